// The CDK app: `hubApp` for the local hub and the tests; run as main it bundles, checks and synthesizes what is
// deployed.
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import { type Rate, defaultRate } from '../events/rate.ts'
import { institutions } from './declared.ts'
import { type Deployed, NameError, nameOf, readDeployed } from './deployed.ts'
import { hubFunctions } from './functions.ts'
import { HubStack } from './hub-stack.ts'

/** Text where it comes from the command line. */
const Count = z.coerce
  .number()
  .pipe(z.int('must be a whole number').min(1, 'must be at least 1').max(1_000_000))

export type HubAppOptions = {
  /**
   * Folder with `<name>/index.mjs` for each function. Without it functions hold a placeholder: for reading the template
   * only.
   */
  readonly bundles?: string
  /** Public host[:port]. Default: the context value `authority`, else that of `deployed`, else the API's own host. */
  readonly authority?: string
  /** What the hub is called (schemas/hub-name.ts). Default: the context value `name`, else the authority. */
  readonly name?: string
  /**
   * What was deployed before, which the name must not leave unless the context value `renameFrom` says so
   * (deployed.ts).
   */
  readonly deployed?: Deployed | undefined
  /** How fast one key may go. Default: the context values `ratePerSecond` and `rateBurst`, each alone or both. */
  readonly rate?: Rate
  /** Where `app.synth()` writes. Default: a temporary folder, or the CLI's. */
  readonly outdir?: string
}

/**
 * The app and its one stack, not yet synthesized and without checks (checks.ts), which take longer than the synthesis.
 */
export const hubApp = (options: HubAppOptions = {}): { app: App; stack: HubStack } => {
  const { bundles, outdir } = options
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
    // Set here and not in cdk.json, which only the CLI reads: one template however it is made.
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
    ...(outdir !== undefined && { outdir }),
  })
  const context = (name: string): unknown => app.node.tryGetContext(name)
  const text = (name: string) => z.string().optional().parse(context(name))
  const rate = {
    perSecond: Count.parse(
      options.rate?.perSecond ?? context('ratePerSecond') ?? defaultRate.perSecond,
    ),
    burst: Count.parse(options.rate?.burst ?? context('rateBurst') ?? defaultRate.burst),
  }
  const stack = new HubStack(app, 'ReferralHub', {
    institutions: institutions(),
    rate,
    ...nameOf(
      {
        name: options.name ?? text('name'),
        authority: options.authority ?? text('authority'),
        renameFrom: text('renameFrom'),
      },
      options.deployed,
    ),
    indexes: z.enum(['0.1.0', '0.2.0']).optional().parse(context('indexes')),
    ...(bundles !== undefined && { bundles }),
  })
  return { app, stack }
}

/** As `hubApp`; a name that may not be ends the process, with the message alone. */
const hubOrNothing = (options: HubAppOptions): ReturnType<typeof hubApp> => {
  try {
    return hubApp(options)
  } catch (error) {
    if (!(error instanceof NameError)) throw error
    console.error(error.message)
    return process.exit(1)
  }
}

if (import.meta.main) {
  // Loaded here only: the local hub and the tests of handlers need neither.
  const { bundleFunctions } = await import('./bundle.ts')
  const { addChecks } = await import('./checks.ts')
  const root = join(import.meta.dirname, '..')
  const bundles = join(root, 'dist/functions')
  const sizes = await bundleFunctions(hubFunctions, join(root, 'functions'), bundles)
  // The CLI names its own folder.
  const outdir = process.env['CDK_OUTDIR'] ?? join(root, 'cdk.out')
  const { app, stack } = hubOrNothing({ bundles, outdir, deployed: readDeployed() })
  addChecks(app)
  const { templateFullPath, template } = app.synth().getStackByName(stack.stackName)
  const { Resources } = template as { Resources: Record<string, unknown> }
  for (const [name, bytes] of sizes) console.log(`${name} ${Math.ceil(bytes / 1024)} KiB`)
  console.log(`${templateFullPath}: ${Object.keys(Resources).length} resources`)
}
