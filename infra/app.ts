// The CDK app: for what is deployed (synth.ts), for the local hub and for the tests.
import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import { type Rate, defaultRate } from '../events/rate.ts'
import type { Institution } from '../schemas/agreement.ts'
import { institutions } from './declared.ts'
import { type Deployed, nameOf } from './deployed.ts'
import { DataStack } from './data-stack.ts'
import { DoorsStack } from './doors-stack.ts'
import type { Restored } from './exports.ts'
import { type Stage, namesOf } from './stage.ts'
import { WatchStack } from './watch-stack.ts'

const Count = z.int('must be a whole number').min(1, 'must be at least 1').max(1_000_000)

export type HubAppOptions = {
  /**
   * Folder with `<name>/index.mjs` for each function. Without it functions hold a placeholder: for reading the template
   * only.
   */
  readonly bundles?: string
  /** What is deployed, with its settings. Without it: the names of `prod`, and no settings but these here. */
  readonly stage?: Stage
  /** Who gets an inbox. Default: those of infra/agreements. */
  readonly institutions?: readonly Institution[]
  /** Tables that stand in for those of the stack. Default: the stage's. */
  readonly restored?: Restored
  /** Public host[:port]. Default: the stage's, else that of `deployed`, else the API's own host. */
  readonly authority?: string
  /**
   * What the hub is called (schemas/hub-name.ts). Default: the stage's, else that of `deployed`, else the authority.
   */
  readonly name?: string
  /** What was deployed before, which name and authority must not leave unless `renameFrom`, `authorityFrom` say so. */
  readonly deployed?: Deployed | undefined
  readonly renameFrom?: string | undefined
  readonly authorityFrom?: string | undefined
  /** Whether what is there is kept from being deleted (data-stack.ts): not before it is there. Default: true. */
  readonly kept?: boolean
  /** Whether who watches it is made with it (watch-stack.ts): not on one machine. Default: true. */
  readonly watched?: boolean
  /** How fast one key may go. Default: the stage's, else `defaultRate`. */
  readonly rate?: Rate
  /** Where `app.synth()` writes. Default: a temporary folder. */
  readonly outdir?: string
}

/**
 * The app with the hub's stacks, not yet synthesized and without checks (checks.ts), which take longer than the
 * synthesis.
 *
 * @throws StageError where the name or the authority may not be
 */
export const hubApp = (
  options: HubAppOptions = {},
): { app: App; data: DataStack; doors: DoorsStack } => {
  const { bundles, outdir, stage, kept, watched = true, renameFrom, authorityFrom } = options
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
    // Set here and not in cdk.json, which only the CLI reads: one template however it is made.
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
    ...(outdir !== undefined && { outdir }),
  })
  const rate = options.rate ?? stage?.settings.rate ?? defaultRate
  const restored = options.restored ?? stage?.settings.restored
  const named = nameOf(
    {
      name: options.name ?? stage?.settings.name,
      authority: options.authority ?? stage?.settings.authority,
      renameFrom,
      authorityFrom,
    },
    options.deployed,
  )
  const { prefix, ...names } = namesOf(stage?.stage)
  const data = new DataStack(app, names.stack, {
    institutions: options.institutions ?? institutions(),
    prefix,
    indexes: stage?.settings.indexes,
    ...(kept !== undefined && { kept }),
  })
  const doors = new DoorsStack(app, names.doors, {
    data,
    rate: { perSecond: Count.parse(rate.perSecond), burst: Count.parse(rate.burst) },
    ...named,
    ...(restored && { restored }),
    ...(stage?.settings.domain && { domain: stage.settings.domain }),
    ...(bundles !== undefined && { bundles }),
  })
  const told = stage?.settings.alarms ?? { emails: [] }
  const watch = () => new WatchStack(app, names.watch, { data, doors, told })
  if (watched) watch()
  return { app, data, doors }
}
