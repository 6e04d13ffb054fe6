// npm run synth: what would be deployed, bundled and checked, without an account and without Docker. Exit codes: 0 done
// · 1 the stage, its name or a check refuses · 2 wrong usage.
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { hubApp } from './app.ts'
import type { HubAppOptions } from './app.ts'
import { readDeployed } from './deployed.ts'
import { StageError, type Stage, readStage } from './stage.ts'

export const root = join(import.meta.dirname, '..')

/** What a command line may say of a deployment: the stage, and what it means to change of a live hub. */
export const stageOptions = {
  stage: { type: 'string' },
  'rename-from': { type: 'string' },
  'authority-from': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

export const changeUsage = `  --rename-from NAME       means to change the name that the deployed hub has (the log becomes another log)
  --authority-from HOST    means to change the host that callers sign
  -h, --help               this`

const usage = `npm run synth -- [--stage NAME] [--rename-from NAME] [--authority-from HOST]

Writes the CloudFormation templates and the bundled functions of a stage to cdk.out/NAME, by infra/stages/NAME.json.
Without a stage it writes to cdk.out what no stage's settings are in: to read, not to deploy.

${changeUsage}

Exit codes: 0 done, 1 the settings, the name or a check refuses, 2 wrong usage.`

/** Bundles every function, each with what it imports. Returns the folder, and the bytes of each. */
export const bundled = async () => {
  // Loaded here only: the local hub and the tests of handlers need it not.
  const { bundleHub } = await import('./bundle-hub.ts')
  const bundles = join(root, 'dist/functions')
  const sizes = await bundleHub(join(root, 'functions'), bundles)
  return { bundles, sizes }
}

/**
 * Synthesizes into `outdir`, with every check: the template of each stack, and how many resources it has.
 *
 * @throws StageError; what CDK says where a check finds something
 */
export const synthesized = async (options: HubAppOptions & { readonly outdir: string }) => {
  const { addChecks } = await import('./checks.ts')
  const { app } = hubApp(options)
  addChecks(app)
  return app.synth().stacks.map(({ templateFullPath, template }) => {
    const { Resources } = template as { Resources: Record<string, unknown> }
    return { file: templateFullPath, resources: Object.keys(Resources).length }
  })
}

/** Runs a command: a StageError is its message and exit 1, wrong usage is exit 2. */
export const ending = async (usageOf: string, run: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await run()
  } catch (error) {
    const wrongUsage =
      error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE')
    if (!(error instanceof StageError || wrongUsage)) throw error
    console.error(wrongUsage ? `${error.message}\n\n${usageOf}` : error.message)
    process.exitCode = wrongUsage ? 2 : 1
  }
}

type Flags = { renameFrom: string | undefined; authorityFrom: string | undefined }
type StageValues = {
  stage?: string | undefined
  'rename-from'?: string | undefined
  'authority-from'?: string | undefined
  help: boolean
}

/** Runs a command for the stage that it is given. It must be given one, unless it is asked for its usage. */
export const forStage = async (
  values: StageValues,
  usageOf: string,
  run: (stage: Stage, flags: Flags) => Promise<number>,
): Promise<number> => {
  if (values.help) {
    console.log(usageOf)
    return 0
  }
  if (values.stage === undefined) throw new StageError(`--stage NAME is missing\n\n${usageOf}`)
  const flags = { renameFrom: values['rename-from'], authorityFrom: values['authority-from'] }
  return run(readStage(values.stage), flags)
}

const synth = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: stageOptions })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const stage = values.stage === undefined ? undefined : readStage(values.stage)
  const settings: HubAppOptions = {
    ...(stage && { stage, deployed: readDeployed(stage.stage) }),
    renameFrom: values['rename-from'],
    authorityFrom: values['authority-from'],
  }
  // Before anything is bundled, which takes longer.
  hubApp(settings)
  const { bundles, sizes } = await bundled()
  const outdir = join(root, 'cdk.out', stage?.stage ?? '')
  const files = await synthesized({ ...settings, bundles, outdir })
  for (const [name, bytes] of sizes) console.log(`${name} ${Math.ceil(bytes / 1024)} KiB`)
  for (const { file, resources } of files)
    console.log(`${relative(process.cwd(), file)}: ${resources} resources`)
  return 0
}

if (import.meta.main) await ending(usage, () => synth(process.argv.slice(2)))
