// What is kept of requests: whatever was answered, or spent a nonce, is in the log.
import { readEach } from './facts.ts'
import * as z from 'zod'
import type { Log } from './told.ts'
import type { Find, Snapshot } from './snapshot.ts'

const Kept = z.object({ pk: z.string(), requestId: z.string() })

export const verifyRequests = ({ tables }: Snapshot, log: Log, find: Find): void => {
  const told = new Set(log.all.map(({ entry }) => entry.request.id as string))
  const named = /^(answer|nonce)#/
  const rows = tables.Requests.filter(({ pk }) => named.test(String(pk)))
  const kept = readEach(rows, { table: 'Requests', find }, row => Kept.parse(row))
  for (const { pk, requestId } of kept)
    if (!told.has(requestId))
      find(pk.startsWith('answer#') ? 'answer-unlogged' : 'nonce-unlogged', `request ${requestId}`)
}
