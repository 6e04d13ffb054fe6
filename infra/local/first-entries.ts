// What a local hub writes before it serves: in its log, that its clock was set back, where it was; in its directory,
// the institutions, agreements and keys that it is started with; and which console it has.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type Enrolment, enrol } from '../../functions/aws/enrol.ts'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import type { Instant } from '../../schemas/ids.ts'
import { enterClock } from './clock-entry.ts'
import { enterConsole } from './console-entry.ts'

/** Where it is written. */
type Written = {
  dynamodb: DynamoDBClient
  nameOf: (logicalId: string) => string
  invoke: (functionName: string, event: unknown) => Promise<unknown>
}

/** Adds keys to the directory, each with its entry. */
type EnrolKeys = (keys: readonly DirectoryKey[], at: Instant) => Promise<unknown>

/**
 * @param first whom the hub knows from its start
 * @param console a file in the folder that has the console's `served.json` (console-entry.ts)
 */
export const enterFirst = async (
  { dynamodb, nameOf, invoke }: Written,
  first: Enrolment,
  { at, console }: { at: Instant; console: string },
): Promise<EnrolKeys> => {
  const log = { dynamodb, table: nameOf('AccessLog') }
  await enterClock(at, log, () => invoke('referral-hub-SequenceAccessLog', {}))
  const enrolKeys: EnrolKeys = (keys, when) =>
    enrol(
      { ...first, keys },
      { dynamodb, table: nameOf('Directory'), logTable: log.table, at: when },
    )
  await enrolKeys(first.keys, at)
  await enterConsole(console, at, log)
  return enrolKeys
}
