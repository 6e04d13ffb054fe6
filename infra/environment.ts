// The environment that a function's capabilities imply: the names of what it may use, and nothing else.
import type { Rate } from '../events/rate.ts'
import { type Capability, type Grant, type Kept, grants } from './capabilities.ts'

/** The host that callers sign, what the hub is called in all that outlives a request, and how fast one key may go. */
export type Settings = {
  /** What the names of the stage begin with (stage.ts). */
  readonly prefix: string
  readonly authority: string
  /** A HubName, or what becomes one when it is deployed: the API's own host. */
  readonly name: string
  readonly rate: Rate
}

/** The environment that a list of capabilities implies; nothing else is set. */
export const environmentOf = (
  may: readonly Capability[],
  kept: Kept,
  settings: Settings,
): Record<string, string> => {
  // Whatever a function answers, sends or signs is the hub's.
  const environment: Record<string, string> = { HUB_NAME: settings.name }
  for (const capability of may) {
    const grant: Grant = grants[capability]
    if ('table' in grant)
      environment[`TABLE_${grant.table.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`] =
        kept.tables[grant.table].tableName
    if ('key' in grant) environment[`KEY_${grant.key.toUpperCase()}`] = kept.keys[grant.key].keyArn
    if ('inboxes' in grant) environment['INBOX_URL_PREFIX'] = kept.inboxes.urlPrefix
    // Only a door that verifies signatures keeps nonces and counts a key's requests; its answers carry the log's size.
    if (capability === 'requests:spend') {
      environment['AUTHORITY'] = settings.authority
      environment['RATE_PER_SECOND'] = String(settings.rate.perSecond)
      environment['RATE_BURST'] = String(settings.rate.burst)
    }
    if (capability === 'inbox:probe') environment['HEALTH_INSTITUTION'] = kept.inboxes.first
  }
  return environment
}
