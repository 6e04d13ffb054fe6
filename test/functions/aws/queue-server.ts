// A queue on loopback that answers a batch as SQS may and the embedded one never does: part of it taken, part of it
// not.
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll } from 'vitest'
import { inbox } from '../../../functions/aws/inbox.ts'
import { awsServer, json } from './aws-server.ts'

type Entry = { Id: string; MessageBody?: string; MessageGroupId?: string; ReceiptHandle?: string }
/** A batch as it arrived: its operation and its entries, in their order. */
type Batch = { operation: string; entries: Entry[] }
/** Which entry is not taken, and why; undefined where it is. */
export type Refuses = (entry: Entry, operation: string) => string | undefined

/** Starts the queue and an adapter of it. `batches` has all that arrived; `refuse` sets what it does not take. */
export const queueServer = async () => {
  const batches: Batch[] = []
  const met: { refuses?: Refuses | undefined } = {}
  const { aws } = await awsServer((response, { headers, body }) => {
    const operation = String(headers['x-amz-target']).split('.')[1] ?? ''
    const { Entries } = JSON.parse(body) as { Entries: Entry[] }
    batches.push({ operation, entries: Entries })
    const judged = Entries.map(entry => ({ entry, code: met.refuses?.(entry, operation) }))
    const of = (taken: boolean) => judged.filter(({ code }) => (code === undefined) === taken)
    json(response, 200, {
      Successful: of(true).map(({ entry }) => ({ Id: entry.Id })),
      Failed: of(false).map(({ entry, code }) => ({
        Id: entry.Id,
        Code: code,
        SenderFault: false,
      })),
    })
  }, afterAll)
  // It answers nothing but ids.
  const sqs = new SQSClient({ ...aws, md5: false })
  afterAll(() => sqs.destroy())
  return {
    batches,
    refuse: (refuses?: Refuses) => void (met.refuses = refuses),
    adapter: inbox({ sqs, urlPrefix: 'http://127.0.0.1/queue-' }),
  }
}
