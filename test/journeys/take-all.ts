// All that an inbox gives, taken and acknowledged.
import { expect } from 'vitest'
import type { HubClient } from '../../client/hub-client.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'

/** What comes of one referral or agreement comes in its order, and nothing that was acknowledged comes again. */
const expectInOrder = (taken: readonly PulledMessage[]): void => {
  for (const [subject, of] of Map.groupBy(taken, ({ event }) => event.subject)) {
    const came = of.map(({ event }) => Number(event.sequence))
    expect([subject, came]).toEqual([subject, [...new Set(came)].toSorted((a, b) => a - b)])
  }
}

/** Pulls until nothing comes: what is in a queue is there at once, and copies are no end of it. */
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
  expectInOrder(taken)
  return taken
}

/** Takes all that comes now and, minute by minute, after it, until a minute brings nothing. */
export const takeMinuteByMinute = async (
  client: HubClient,
  relay: () => Promise<unknown>,
): Promise<PulledMessage[]> => {
  const taken: PulledMessage[] = []
  for (let more = 1; more > 0;) {
    await relay()
    const came = await takeAll(client, 'none')
    more = came.length
    taken.push(...came)
  }
  expectInOrder(taken)
  return taken
}
