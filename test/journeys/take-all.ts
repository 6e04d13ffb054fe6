// All that an inbox gives, taken and acknowledged.
import { expect } from 'vitest'
import type { HubClient } from '../../client/hub-client.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'

/**
 * Pulls until nothing comes: what is in a queue is there at once, and copies are no end of it. What comes of one
 * referral or agreement comes in its order, and nothing that was acknowledged comes again.
 */
export const takeAll = async (
  client: HubClient,
  content: 'open' | 'none' = 'open',
): Promise<PulledMessage[]> => {
  const taken: PulledMessage[] = []
  for (;;) {
    const { messages } = (await client.pull({ max: 10, content })).body
    if (messages.length === 0) break
    taken.push(...messages)
    await client.ack(messages.map(({ handle }) => handle))
  }
  for (const [subject, of] of Map.groupBy(taken, ({ event }) => event.subject)) {
    const came = of.map(({ event }) => Number(event.sequence))
    expect([subject, came]).toEqual([subject, [...new Set(came)].toSorted((a, b) => a - b)])
  }
  return taken
}
