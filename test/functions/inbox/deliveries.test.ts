// Messages of one referral keep their order in a pull that is judged again, however long each of them took. The queue
// of a local hub gives out one message of a referral at a time (SQS up to ten), so the adapters are put in by hand.
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Moved } from '../../../functions/aws/dynamodb.ts'
import { noRows } from '../../../functions/aws/known-rows.ts'
import { recordAll } from '../../../functions/inbox/deliveries.ts'
import type { Delivered, Deps, Pull } from '../../../functions/inbox/judge-message.ts'
import { samples } from '../../events/samples.ts'

const news = (sequence: number) => {
  const event = { ...samples['referral.status-changed.v1'], sequence: String(sequence) }
  const message = { inbox: 'IGM', event }
  return { receiptHandle: `r${sequence}`, handle: `h${sequence}`, receiveCount: 1, message }
}

test('order is kept where one took longer, and all is judged again', async () => {
  const asked: number[] = []
  let looks = 0
  let commits = 0
  const row = { referrer: 'IGM', recipient: 'ALA', ackedByReferrer: [], ackedByRecipient: [] }
  const deps = {
    directory: { findAgreements: async () => new Map() },
    agreements: { whileOpen: () => [] },
    cover: { look: async () => ({ known: noRows }) },
    referrals: {
      at: () => ({ table: '', key: {} }),
      // The first of each look takes longer than the others.
      find: async () => {
        if (looks++ % 3 === 0) await wait(20)
        return row
      },
    },
    outbox: {
      sendsOf: async (_: unknown, sequences: number[]) => {
        asked.push(...sequences)
        return []
      },
    },
    inbox: { giveBack: async () => {}, remove: async () => {} },
  }
  const request = {
    id: 'request',
    now: '2026-11-21T12:00:00.000Z',
    caller: { institution: 'IGM', role: 'referrer' },
    body: { content: 'open', visibilitySeconds: 30 },
    commit: async () => {
      commits += 1
      if (commits === 1) throw new Moved()
      return ['entry']
    },
  }
  const left = new Set([1, 2, 3].map(news)) as unknown as Set<Delivered>
  const { deliveries } = await recordAll(
    left,
    { told: false },
    request as unknown as Pull,
    deps as unknown as Deps,
  )
  expect(commits).toBe(2)
  expect(deliveries.map(({ message }) => message.event.sequence)).toEqual(['1', '2', '3'])
  expect([...left].map(({ handle }) => handle)).toEqual(['h1', 'h2', 'h3'])
  // Each came with all before it: nothing had to be looked up.
  expect(asked).toEqual([])
})
