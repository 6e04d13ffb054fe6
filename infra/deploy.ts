// npm run deploy: a stage into the account of whoever runs it. npm run diff: what that would change. Exit codes: 0 done
// · 1 refused, with a sentence · 2 wrong usage · else the CLI's own.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { liveHub } from './account/stack.ts'
import { hubApp } from './app.ts'
import { Deployed, readDeployed, remember } from './deployed.ts'
import { planFor } from './deploying.ts'
import { StageError, type Stage, namesOf, placeholdersIn } from './stage.ts'
import { bundled, changeUsage, ending, forStage, root, stageOptions, synthesized } from './synth.ts'

const usage = `npm run deploy -- --stage NAME [--rename-from NAME] [--authority-from HOST] [-- OPTIONS OF cdk deploy]
npm run diff -- --stage NAME [--template FILE]

Deploys the stage of infra/stages/NAME.json with your AWS credentials, or says what that would change. The first
deployment has two passes: it makes everything, and then protects it from being deleted.

  --template FILE          compare with this template instead of what is deployed: needs no account. The file is
                           named after its stack (ReferralHub-Doors.json)
${changeUsage}

Exit codes: 0 done, 1 refused and why, 2 wrong usage, else those of cdk.`

const options = {
  ...stageOptions,
  diff: { type: 'boolean', default: false },
  template: { type: 'string' },
} as const

/** Runs the CDK's CLI with these arguments; its exit code. */
type Cdk = (args: readonly string[]) => Promise<number>

const cdk: Cdk = args =>
  new Promise((resolve, reject) => {
    const cli = join(root, 'node_modules/aws-cdk/bin/cdk')
    spawn(process.execPath, [cli, ...args], { stdio: 'inherit', cwd: root })
      .on('error', reject)
      .on('exit', code => resolve(code ?? 1))
  })

/** What the CLI writes with `--outputs-file`: the outputs of each stack. */
const Outputs = z.record(z.string(), z.record(z.string(), z.string()))

/** What the outputs of a deployment say of the hub. Throws where they do not say it. */
export const deployedIn = (outputs: string, stage: string): Deployed => {
  const { doors } = namesOf(stage)
  const { HubName: name, Authority: authority } = Outputs.parse(JSON.parse(outputs))[doors] ?? {}
  return Deployed.parse({ name, authority })
}

/** An account that cannot be asked is no reason to deploy over what may be there. */
const asked = (stage: string) =>
  liveHub(namesOf(stage)).catch((error: unknown) => {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
    throw new StageError(
      `The account could not be asked what is deployed (${what}). npm run preflight says what is missing`,
    )
  })

type Flags = { renameFrom?: string | undefined; authorityFrom?: string | undefined }

/** Deploys a stage; `run` runs the CLI. Returns the exit code. Throws StageError. */
export const deployStage = async (
  stage: Stage,
  flags: Flags,
  { run, more = [] }: { run: Cdk; more?: readonly string[] },
): Promise<number> => {
  const examples = placeholdersIn(stage)
  if (examples.length > 0) throw new StageError(examples.join('\n'))
  const { deployed, passes } = planFor(stage, await asked(stage.stage), readDeployed(stage.stage))
  // Refuses before anything is bundled.
  hubApp({ stage, deployed, ...flags })
  const { bundles } = await bundled()
  const outdir = join(root, 'cdk.out', stage.stage)
  const outputs = join(outdir, 'outputs.json')
  for (const { kept } of passes) {
    await synthesized({ stage, deployed, ...flags, kept, bundles, outdir })
    const code = await run(['deploy', '--all', '--app', outdir, '--outputs-file', outputs, ...more])
    if (code !== 0) return code
    const now = deployedIn(readFileSync(outputs, 'utf8'), stage.stage)
    if (remember(stage.stage, now))
      console.log(`infra/deployed/${stage.stage}.json: the hub is called ${now.name}. Commit it.`)
  }
  return 0
}

/** What a deployment would change. */
const differences = async (stage: Stage, flags: Flags, template?: string): Promise<number> => {
  const { bundles } = await bundled()
  const outdir = join(root, 'cdk.out', stage.stage)
  const deployed = readDeployed(stage.stage)
  const files = await synthesized({ stage, deployed, ...flags, bundles, outdir })
  for (const { file } of files) console.log(relative(process.cwd(), file))
  if (template === undefined) return cdk(['diff', '--app', outdir])
  // A template is of one stack, which its file is named after.
  const of = files.map(({ file }) => basename(file, '.template.json'))
  const stack = of.find(name => basename(template).startsWith(`${name}.`))
  if (stack === undefined)
    throw new StageError(
      `--template ${template}: of which stack? Name the file ${of.map(name => `${name}.json`).join(', ')}`,
    )
  return cdk(['diff', stack, '--app', outdir, '--template', template])
}

const main = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  return forStage(values, usage, async (stage, flags) =>
    values.diff
      ? differences(stage, flags, values.template)
      : deployStage(stage, flags, { run: cdk, more: positionals }),
  )
}

if (import.meta.main) await ending(usage, () => main(process.argv.slice(2)))
