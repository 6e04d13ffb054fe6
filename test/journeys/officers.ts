// Both sides' systems and compliance officers, and whose key is which, for files about the access log.
import type { HubClient, LogFilters } from '../../client/hub-client.ts'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { type HubPlace, callerOf, hubFileOf, systemsOf } from './callers.ts'
import { raw } from './signed-requests.ts'

export const officersOf = async (hub: HubPlace) => ({
  ...(await systemsOf(hub)),
  officers: {
    IGM: await callerOf(hub, 'igm-compliance'),
    ALA: await callerOf(hub, 'ala-compliance'),
  },
  keyids: Object.fromEntries(hubFileOf(hub).keys.map(({ name, keyid }) => [name, keyid])),
})

/** All entries that an officer finds, the newest first. */
export const entriesOf = async (
  officer: HubClient,
  filters: LogFilters,
): Promise<AccessLogEntry[]> => {
  const entries: AccessLogEntry[] = []
  for await (const entry of officer.everyEntry(filters)) entries.push(entry)
  return entries
}

/** The sender takes a referral back that its recipient has acknowledged, and a third institution asks for it. */
export const cancelledAndAskedFor = async (
  hub: HubPlace,
  igm: HubClient,
  referralId: string,
): Promise<void> => {
  await igm.changeStatus(referralId, { status: 'cancelled', reason: 'duplicate' }, '"2"')
  await raw(hub, 'oim-system', { path: `/v1/referrals/${referralId}` })
}
