import { pascal } from '../../infra/capabilities.ts'
import { hubFunctions } from '../../infra/functions.ts'
import { type Hub, type HubOptions, startHub as startAny } from '../../infra/local/hub.ts'
import { everyFunction } from '../every-function.ts'
import { lateIndexes } from './late-indexes.ts'

/** HUB_FAULTS=SEED: hubs meet faults by that seed. */
export const faultSeed = process.env['HUB_FAULTS']

/** As long as the gateway waits, nearly. */
const patientMs = 28_000

/** Every hub of a journey is started by this, so that it meets faults where the journeys do. */
export const startHub = async (options: HubOptions): Promise<Hub> => {
  if (faultSeed === undefined) return startAny(options)
  const hub = await startAny({ faults: Number(faultSeed), ...options })
  lateIndexes(hub)
  // An instance for each call, many of them cold, on a machine that is no region: what has no time left is no fault.
  for (const { name, trigger } of hubFunctions)
    if ('routes' in trigger) hub.shorten(`referral-hub-${pascal(name)}`, patientMs)
  /** A schedule comes by again: what an index does not show yet, or a fault has put off, it does a minute later. */
  const invoke: Hub['invoke'] = async (...run) => {
    await hub.indexed()
    await hub.invoke(...run).catch(() => {})
    await hub.indexed()
    return hub.invoke(...run)
  }
  return { ...hub, invoke }
}

/** A hub on the day that test/data is made for, its functions warm, that does nothing by its schedules. */
export const startTestHub = (
  options: Partial<HubOptions> & Pick<HubOptions, 'data'>,
): Promise<Hub> =>
  startHub({
    warm: everyFunction,
    port: 0,
    now: new Date('2026-11-21T12:00:00.000Z'),
    schedules: false,
    ...options,
  })
