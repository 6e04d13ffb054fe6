// Reads that nobody sent, each really signed by who made the one that it repeats: some 300 requests would be most of
// what a test costs that needs a full tile.
import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { accessLog } from '../../functions/aws/access-log/pending.ts'
import { transact } from '../../functions/aws/dynamodb.ts'
import type { Hub } from '../../infra/local/hub.ts'
import { AccessLogEntry } from '../../schemas/access-log.ts'
import { SeenUnder } from '../../schemas/ids.ts'
import { type HubPlace, callerOf } from '../journeys/callers.ts'
import { jwkOf } from '../journeys/cosigning.ts'
import { type Json, idAt } from './log-bench.ts'

/** So many entries more like this one, a read by igm-system; each with an id and a nonce of its own. */
export const readsLike = (place: HubPlace, read: Json, count: number): Json[] => {
  const { method, path, signatureInput, covered } = read.request as Json
  const key = createPrivateKey({ key: jwkOf(place, 'igm-system'), format: 'jwk' })
  const [, names = ''] = /^hub=\(([^)]*)\)/.exec(signatureInput as string) ?? []
  const values = { '@method': method, '@path': path, ...covered } as Record<string, string>
  return Array.from({ length: count }, () => {
    const nonce = randomBytes(16).toString('base64url')
    const input = String(signatureInput).replace(/;nonce="[^"]*"/, `;nonce="${nonce}"`)
    const lines = names.split(' ').map(name => `${name}: ${values[name.slice(1, -1)]}`)
    const base = [...lines, `"@signature-params": ${input.slice('hub='.length)}`].join('\n')
    const signature = `hub=:${sign(null, Buffer.from(base), key).toString('base64')}:`
    const id = idAt(read.time as string)
    const request = { ...read.request, id, signatureInput: input, signature }
    return { ...read, id: idAt(read.time as string), request }
  })
}

/** Most writes of one transaction are 100. */
const together = 90

/** Puts reads like the newest of a referral into the hub's table, where they wait for their places in the log. */
export const appendReads = async (
  place: HubPlace & { hub: Hub },
  referralId: string,
  count: number,
): Promise<void> => {
  const officer = await callerOf(place, 'igm-compliance')
  const asked = { referralId, action: 'referral.read', outcome: 'allowed', limit: 1 } as const
  const [{ index: _, ...read } = { index: 0 }] = (await officer.accessLog(asked)).body.items
  const reads = readsLike(place, read, count).map(entry => AccessLogEntry.parse(entry))
  const dynamodb = new DynamoDBClient(place.hub.aws)
  const { append } = accessLog({ dynamodb, table: place.hub.nameOf('AccessLog') })
  const seen = SeenUnder.parse('igm-ala-2026')
  for (let at = 0; at < count; at += together)
    await transact(dynamodb)(reads.slice(at, at + together).map(entry => append(entry, seen)))
  dynamodb.destroy()
}
