// Whether a message may come now, by what its inbox is owed: of a referral whose row knows what was acknowledged, and
// of an agreement, where the outbox alone does.
import { expect, test } from 'vitest'
import { comesInOrder } from '../../../functions/inbox/judge-message.ts'
import { Instant, InstitutionCode } from '../../../schemas/ids.ts'
import { samples } from '../../events/samples.ts'

const now = Instant.parse('2028-01-06T06:00:00.000Z')
const nextSendAt = Instant.parse('2028-01-19T06:00:00.000Z')
const message = (
  type: 'agreement.ending.v1' | 'referral.overdue.v1',
  sequence: number,
  sentBefore?: number,
) => ({
  inbox: InstitutionCode.parse('ALA'),
  event: { ...samples[type], sequence: String(sequence) },
  ...(sentBefore !== undefined && { sentBefore }),
})
/** @param sends how often each was sent, by its sequence, at last a moment ago; who is not there was acknowledged */
const comes = async (
  of: ReturnType<typeof message>,
  sends: Record<number, number>,
  ackedBy: 'row' | 'outbox',
  come: number[] = [],
) => {
  const again: string[] = []
  const outbox = {
    sendsOf: async (_: unknown, sequences: readonly number[]) =>
      sequences.map(n => (sends[n] === undefined ? undefined : { sends: sends[n], nextSendAt })),
    sent: async ({ event }: { event: { sequence: string } }) => void again.push(event.sequence),
  }
  return [await comesInOrder(of, { come, now, ackedBy }, { outbox }), again]
}

test('an event of an agreement comes once, and not again when it was acknowledged', async () => {
  const first = message('agreement.ending.v1', 1)
  expect(await comes(first, { 1: 1 }, 'outbox')).toEqual([true, []])
  expect(await comes(first, { 1: 0 }, 'outbox')).toEqual([true, []])
  expect(await comes(first, {}, 'outbox')).toEqual([false, []])
})

test('and behind what comes before it, which it waits for', async () => {
  const second = message('agreement.ending.v1', 2)
  expect(await comes(second, { 1: 0, 2: 0 }, 'outbox')).toEqual([false, ['2']])
  expect(await comes(second, { 1: 1, 2: 0 }, 'outbox')).toEqual([false, ['2']])
  const again = message('agreement.ending.v1', 2, 1)
  expect(await comes(again, { 1: 1, 2: 2 }, 'outbox')).toEqual([true, []])
  expect(await comes(second, { 1: 0, 2: 0 }, 'outbox', [1])).toEqual([true, []])
  expect(await comes(second, { 2: 0 }, 'outbox')).toEqual([true, []])
})

test('of a referral the first comes without a look, and one that 0.1.0 sent has no row', async () => {
  expect(await comes(message('referral.overdue.v1', 1), {}, 'row')).toEqual([true, []])
  expect(await comes(message('referral.overdue.v1', 2), {}, 'row')).toEqual([true, []])
})
