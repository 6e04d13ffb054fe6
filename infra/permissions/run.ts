// npm run permissions: what each function may do and why, from the template that is deployed. Exit codes: 0 done · 1 a
// permission that nothing explains, or the page is another · 2 wrong usage · 3 output that could not be written.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hubApp } from '../app.ts'
import { linked } from '../linked.ts'
import { answersOf, findingsIn } from './answers.ts'
import { functionSection, pageOf } from './page.ts'
import { type Permissions, permissionsIn } from './read.ts'
import { Template, Unreadable } from './template.ts'

const usage = `npm run permissions -- [--function NAME] [--json] [--template FILE …] [--write | --check]

Prints which function may do what, on which resource, under which condition, and why, from the template as it would be
deployed now: Markdown, the page docs/reference/permissions.md.

  --function NAME  one function only, by its name in infra/functions.ts (pull-inbox)
  --template FILE  of other templates, such as cdk.out/prod/ReferralHub.template.json, or what is deployed: once for
                   the stack that keeps (ReferralHub), once for the one that works on it (ReferralHub-Doors):
                   aws cloudformation get-template --stack-name NAME --query TemplateBody > FILE
  --json           the same as one JSON object, for machines
  --write          writes docs/reference/permissions.md instead
  --check          only says whether that page is what this would print
  -h, --help       this

Exit codes: 0 done, 1 a permission that nothing explains or a page that is not up to date, 2 wrong usage or a template
that cannot be read, 3 output that could not be written.`

export const page = join(import.meta.dirname, '../../docs/reference/permissions.md')

const options = {
  function: { type: 'string' },
  template: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

class Usage extends Error {}

/** The template as it would be deployed now, but for its code. */
const synthesized = (): unknown => {
  const outdir = mkdtempSync(join(tmpdir(), 'hub-permissions-'))
  try {
    const { app } = hubApp({ outdir, watched: false })
    return linked(app.synth().stacks.map(({ template }) => template as unknown))
  } finally {
    rmSync(outdir, { recursive: true, force: true })
  }
}

const jsonIn = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Usage(`--template ${file}: ${error instanceof Error ? error.message : 'unreadable'}`)
  }
}

const templateIn = (files: readonly string[]): Template => {
  const given = files.map(file => `--template ${file}`).join(' ')
  const read = files.map(file => {
    const parsed = Template.loose().safeParse(jsonIn(file))
    if (!parsed.success) throw new Usage(`--template ${file}: no CloudFormation template in JSON`)
    return parsed.data
  })
  try {
    return Template.parse(linked(read))
  } catch (error) {
    throw new Usage(`${given}: ${error instanceof Error ? error.message : 'unreadable'}`)
  }
}

const valuesOf = (args: string[]) => {
  try {
    const { values } = parseArgs({ args, options })
    const { write, check, json, function: name, template } = values
    const whole = name === undefined && template === undefined && !json
    if (write && check) throw new Usage('--write or --check, not both')
    if ((write || check) && !whole)
      throw new Usage(
        `${write ? '--write' : '--check'} is about the whole page, as it would be deployed now`,
      )
    return values
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

const only = (permissions: Permissions, name: string): Permissions => {
  const functions = permissions.functions.filter(one => one.name === name)
  if (functions.length > 0) return { ...permissions, functions }
  const known = permissions.functions.map(one => one.name).join(', ')
  throw new Usage(`--function ${name}: no such function. There are ${known}`)
}

type Printed = { readonly text: string; readonly exit: number }

const print = (args: string[], tell: (line: string) => void): Printed => {
  const { function: name, template, json, write, check, help } = valuesOf(args)
  if (help) return { text: `${usage}\n`, exit: 0 }
  const whole = permissionsIn(
    template === undefined ? Template.parse(synthesized()) : templateIn(template),
  )
  const permissions = name === undefined ? whole : only(whole, name)
  const findings = findingsIn(permissions)
  for (const finding of findings) tell(finding)
  const exit = findings.length > 0 ? 1 : 0
  if (write) {
    writeFileSync(page, pageOf(permissions))
    return { text: '', exit }
  }
  if (check) {
    if (readFileSync(page, 'utf8') === pageOf(permissions)) return { text: '', exit }
    tell('docs/reference/permissions.md is not what is deployed: npm run permissions -- --write')
    return { text: '', exit: 1 }
  }
  if (json) {
    const answers = name === undefined ? { answers: answersOf(permissions) } : {}
    return { text: `${JSON.stringify({ ...permissions, ...answers, findings })}\n`, exit }
  }
  const text = permissions.functions.map(one => `${functionSection(one, permissions)}\n`).join('\n')
  return { text: name === undefined ? pageOf(permissions) : text, exit }
}

/** What the command prints, and its exit code; `tell` is given what is said about it. */
export const permissionsCommand = (args: string[], tell: (line: string) => void): Printed => {
  try {
    return print(args, tell)
  } catch (error) {
    if (!(error instanceof Usage || error instanceof Unreadable)) throw error
    tell(error instanceof Usage ? `${error.message}\n\n${usage}` : error.message)
    return { text: '', exit: 2 }
  }
}

const say = (line: string) => void process.stderr.write(`${line}\n`)

if (import.meta.main) {
  // A reader that had enough ends it, and that is no fault.
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code === 'EPIPE') process.exit()
    say(`output could not be written (${fault.code ?? 'unknown'})`)
    process.exit(3)
  })
  const { text, exit } = permissionsCommand(process.argv.slice(2), say)
  process.exitCode = exit
  process.stdout.write(text)
}
