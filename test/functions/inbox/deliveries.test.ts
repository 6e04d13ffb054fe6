// Messages of one referral keep their order in a pull that is judged again, however long each of them took, whatever
// copies of them came, and whichever of them fails. Adapters are put in by hand: here each can be slow, move or fail.
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Moved } from '../../../functions/aws/dynamodb.ts'
import { noRows } from '../../../functions/aws/known-rows.ts'
import { recordAll } from '../../../functions/inbox/deliveries.ts'
import type { Delivered, Deps, Pull } from '../../../functions/inbox/judge-message.ts'
import { samples } from '../../events/samples.ts'

const news = (sequence: number, sentBefore?: number) => {
  const event = { ...samples['referral.status-changed.v1'], sequence: String(sequence) }
  const message = { inbox: 'IGM', event, sentBefore }
  return { receiptHandle: `r${sequence}`, handle: `h${sequence}`, receiveCount: 1, message }
}

const row = { referrer: 'IGM', recipient: 'ALA', ackedByReferrer: [], ackedByRecipient: [] }

/**
 * Records a pull of what a queue gave.
 *
 * @param find what reading the referral of a message comes to
 * @param commit what the n-th try to commit comes to
 */
const recorded = async (
  messages: readonly ReturnType<typeof news>[],
  {
    find = async () => {},
    commit = () => {},
  }: { find?: () => Promise<void>; commit?: (n: number) => void },
) => {
  const [asked, removed, sent]: [number[], string[], string[]] = [[], [], []]
  let commits = 0
  const deps = {
    directory: { findAgreements: async () => new Map() },
    agreements: { whileOpen: () => [] },
    cover: { look: async () => ({ known: noRows }) },
    referrals: { at: () => ({ table: '', key: {} }), find: () => find().then(() => row) },
    outbox: {
      sendsOf: async (_: unknown, sequences: number[]) => {
        asked.push(...sequences)
        return sequences.map(() => ({ sends: 1, nextSendAt: '2026-12-04T12:00:00.000Z' }))
      },
      sent: async ({ event }: { event: { sequence: string } }) => void sent.push(event.sequence),
    },
    inbox: {
      giveBack: async () => {},
      remove: async (_: unknown, handles: string[]) => void removed.push(...handles),
    },
  }
  const request = {
    id: 'request',
    now: '2026-11-21T12:00:00.000Z',
    caller: { institution: 'IGM', role: 'referrer' },
    body: { content: 'open', visibilitySeconds: 30 },
    commit: async () => {
      commit(++commits)
      return ['entry']
    },
  }
  const left = new Set(messages) as unknown as Set<Delivered>
  const { deliveries } = await recordAll(
    left,
    { told: false },
    request as unknown as Pull,
    deps as unknown as Deps,
  )
  const given = deliveries.map(({ message }) => message.handle)
  return { given, left: [...left].map(({ handle }) => handle), commits, asked, removed, sent }
}

test('order is kept where one took longer, and all is judged again', async () => {
  let looks = 0
  const answer = await recorded([1, 2, 3].map(news), {
    // The first of each look takes longer than the others.
    find: async () => void (looks++ % 3 === 0 && (await wait(20))),
    commit: n => {
      if (n === 1) throw new Moved()
    },
  })
  const handles = ['h1', 'h2', 'h3']
  // Each came with all before it: nothing had to be looked up.
  expect(answer).toMatchObject({ given: handles, left: handles, commits: 2, asked: [] })
})

test('what a queue has in another order is given in its own, and each once', async () => {
  const again = [1, 2].map(n => ({ ...news(n), receiptHandle: `copy ${n}`, handle: `copy ${n}` }))
  const answer = await recorded([news(3), news(2), ...again, news(1)], {})
  expect(answer).toMatchObject({ given: ['copy 1', 'h2', 'h3'], asked: [], sent: [] })
  expect(answer.removed.toSorted()).toEqual(['copy 2', 'r1'])
})

test('a copy that must go does not take the next one with it', async () => {
  // The second has come too soon, its copy too: the first is not there.
  const copy = { ...news(2, 1), receiptHandle: 'copy 2', handle: 'copy 2' }
  const answer = await recorded([news(2), copy], {})
  expect(answer).toMatchObject({ given: ['copy 2'], removed: ['r2'], sent: ['2'] })
})

test('what fails comes again with all that follows it, and holds up no other referral', async () => {
  let looks = 0
  const other = news(1)
  other.message.event.subject = '019aa5d4-7c00-7abc-8def-0123456789ff' as never
  const answer = await recorded([news(1), news(2), news(3), { ...other, handle: 'other' }], {
    find: async () => {
      // The first of the three is read first, then the other one.
      if (looks++ === 0) return
      if (looks === 3) throw new Error('a read that failed')
    },
  })
  expect(answer).toMatchObject({ given: ['h1', 'other'], left: ['h1', 'other'], removed: [] })
})
