// A queue on loopback that answers a batch as SQS may and the embedded one never does: part of it taken, part of it
// not.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll } from 'vitest'
import { inbox } from '../../../functions/aws/inbox.ts'

type Entry = { Id: string; MessageBody?: string; MessageGroupId?: string; ReceiptHandle?: string }
/** A batch as it arrived: its operation and its entries, in their order. */
type Batch = { operation: string; entries: Entry[] }
/** Which entry is not taken, and why; undefined where it is. */
export type Refuses = (entry: Entry, operation: string) => string | undefined

/** Starts the queue and an adapter of it. `batches` has all that arrived; `refuse` sets what it does not take. */
export const queueServer = async () => {
  const batches: Batch[] = []
  const met: { refuses?: Refuses | undefined } = {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
      const { Entries } = JSON.parse(Buffer.concat(chunks).toString()) as { Entries: Entry[] }
      batches.push({ operation, entries: Entries })
      const judged = Entries.map(entry => ({ entry, code: met.refuses?.(entry, operation) }))
      const of = (taken: boolean) => judged.filter(({ code }) => (code === undefined) === taken)
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
      response.end(
        JSON.stringify({
          Successful: of(true).map(({ entry }) => ({ Id: entry.Id })),
          Failed: of(false).map(({ entry, code }) => ({
            Id: entry.Id,
            Code: code,
            SenderFault: false,
          })),
        }),
      )
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sqs = new SQSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'queue', secretAccessKey: 'queue' },
    // It answers nothing but ids.
    md5: false,
  })
  afterAll(() => {
    sqs.destroy()
    server.close()
    server.closeAllConnections()
  })
  return {
    batches,
    refuse: (refuses?: Refuses) => void (met.refuses = refuses),
    adapter: inbox({ sqs, urlPrefix: 'http://127.0.0.1/queue-' }),
  }
}
