// A local hub may be started on an earlier day than the one its log has come to (`--now`, or the same day again). Its
// log then says so, in an entry of its own: times that went back in silence would look like entries that were put in.
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { accessLogEntry, hubActor } from '../../events/access-log.ts'
import { LogRow, accessLog } from '../../functions/aws/access-log/pending.ts'
import { toRow, transact } from '../../functions/aws/dynamodb.ts'
import { readHead, readRows } from '../../functions/aws/access-log/rows.ts'
import { pendingPartitions } from '../../functions/aws/access-log/waiting.ts'
import { newId } from '../../functions/aws/runtime.ts'
import { AccessLogEntry } from '../../schemas/access-log.ts'
import type { EntryId, Instant, RequestId } from '../../schemas/ids.ts'

/** Milliseconds that a log's times may go back anyway (verify/meaning.ts): below that nobody set a clock. */
const unnoticed = 30_000

/** More than this many passes would mean that nothing gets its place. */
const passes = 1000

/**
 * Enters that the clock now starts at `at`, where the log has later entries. They get their places first, for places go
 * by time.
 * @param sequence one pass over what is pending (functions/access-log/sequence.ts)
 */
export const enterClock = async (
  at: Instant,
  place: { dynamodb: DynamoDBClient; table: string },
  sequence: () => Promise<unknown>,
): Promise<void> => {
  const { dynamodb, table } = place
  const lastIn = async (partition: string): Promise<string[]> => {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partition } },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: 1,
      }),
    )
    return Items.map(item => timeOf(LogRow.parse(toRow(item)).leaf))
  }
  /** Times of the last entry that waits, in each partition. */
  const lastPending = async (): Promise<string[]> =>
    (await Promise.all(pendingPartitions.map(lastIn))).flat()
  const { size } = await readHead(place)
  const [placed] = size > 0 ? await readRows(place, size - 1, size) : []
  const times = [...(await lastPending()), ...(placed ? [timeOf(placed.leaf)] : [])]
  const ahead = (time: string) => Date.parse(time) - Date.parse(at) > unnoticed
  if (!times.some(ahead)) return
  for (let pass = 0; (await lastPending()).length > 0; pass++) {
    if (pass === passes) throw new Error('what is pending gets no place')
    await sequence()
  }
  // A millisecond before whatever else this start enters.
  const made = Date.parse(at) - 1
  const entry = accessLogEntry(
    { action: 'hub.clock', outcome: 'allowed' },
    {
      id: newId<EntryId>(made),
      time: at,
      actor: hubActor,
      evidence: { id: newId<RequestId>(made), method: 'DEPLOYMENT', path: '/start' },
    },
  )
  await transact(dynamodb)([accessLog(place).append(entry, undefined)])
}

const timeOf = (leaf: string): string => AccessLogEntry.parse(JSON.parse(leaf)).time
