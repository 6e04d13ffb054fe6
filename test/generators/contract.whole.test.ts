// The contract loads in generators that know nothing of it, and what they make of it can be used.
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import openapiTS, { astToString } from 'openapi-typescript'
import { InputData, JSONSchemaInput, quicktype } from 'quicktype-core'
import { expect, test } from 'vitest'
import { openapi } from '../../schemas/openapi.ts'
import { answerExamples, bodyExamples } from '../../schemas/openapi/examples.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const run = promisify(execFile)
const folder = temporaryFolder('generated')
const text = JSON.stringify(openapi('https://hub.example.org'))

const write = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
/** What the compiler says of programs that use the types, each in a file of its own. */
const faultsOf = async (programs: Record<string, string>): Promise<string> => {
  const paths = Object.entries(programs).map(([name, program]) =>
    write(`${name}.ts`, `import type { operations, paths } from './contract'\n${program}`),
  )
  const options = ['--noEmit', '--strict', '--ignoreConfig', '--types', '', ...paths]
  return run(process.execPath, [tsc, ...options]).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  )
}

/** A program on the generated types that sends `body`. */
const checkedProgram = (body: unknown) => `
  type Body = paths['/v1/referrals']['post']['requestBody']['content']['application/json']
  type Answers = operations['referral.read']['responses']
  export const sent: Body = ${JSON.stringify(body)}
  export const read: Answers[200]['content']['application/json'] = ${JSON.stringify(answerExamples['referral.read'])}
  export const code = (problem: Answers[403]['content']['application/problem+json']): string => problem.code
`

test('openapi-typescript makes types that a program can be checked with', async () => {
  // Without that option a member with a default has to be there, in requests too (docs/partners.en.md says so).
  const options = { defaultNonNullable: false }
  const source = JSON.parse(text) as Parameters<typeof openapiTS>[0]
  const types = astToString(await openapiTS(source, options))
  write('contract.ts', types)
  const body = bodyExamples['referral.submit']
  const faults = await faultsOf({
    good: checkedProgram(body),
    priority: checkedProgram({ ...body, priority: 'soon' }),
    notes: checkedProgram({ ...body, notes: 'x' }),
  })
  // A fault begins at the left; what is indented explains it.
  const of = (name: string) =>
    faults
      .split(/^(?=\S)/m)
      .filter(fault => fault.includes(`${name}.ts`))
      .join('')
  expect(of('good')).toBe('')
  expect(of('priority')).toContain('"soon"')
  expect(of('notes')).toContain('"notes"')
}, 60_000)

const python = await run('python3', ['--version']).then(
  () => true,
  () => false,
)

test.runIf(python)(
  'quicktype makes Python of its schemas, which Python takes',
  async () => {
    const { components } = JSON.parse(
      text.replaceAll('#/components/schemas/', '#/definitions/'),
    ) as { components: { schemas: Record<string, object> } }
    const schemas = new JSONSchemaInput(undefined)
    const names = [
      'Submission',
      'ReferralHeader',
      'ConsentView',
      'PulledMessages',
      'ProblemDetails',
    ]
    for (const name of names) {
      const schema = { ...components.schemas[name], definitions: components.schemas }
      await schemas.addSource({ name, schema: JSON.stringify(schema) })
    }
    const inputData = new InputData()
    inputData.addInput(schemas)
    const { lines } = await quicktype({
      inputData,
      lang: 'python',
      rendererOptions: { 'just-types': 'true' },
    })
    write('contract.py', lines.join('\n'))
    const program = `
import dataclasses, contract
for name in ${JSON.stringify(names)}:
    print(name, *sorted(field.name for field in dataclasses.fields(getattr(contract, name))))
`
    const { stdout } = await run('python3', ['-c', program], { cwd: folder })
    expect(stdout.trim().split('\n')).toHaveLength(names.length)
    expect(stdout).toContain('\nProblemDetails code detail errors instance status title type\n')
  },
  60_000,
)
