// What `hub list` tells each side to do next.
import { expect, test } from 'vitest'
import { nextStep } from '../../bin/next-step.ts'
import { nextSteps } from '../../texts/next-steps.ts'
import { samples } from '../events/samples.ts'
import { Status, type ReferralHeader } from '../../schemas/referral.ts'

const { data: header } = samples['referral.requested.v1'] as { data: ReferralHeader }
const inTime = new Date('2026-12-01T00:00:00.000Z')
const late = new Date('2026-12-06T00:00:00.000Z')
const withdrawn: Partial<ReferralHeader> = {
  status: 'cancelled',
  history: [
    { ...header.history[0], status: 'cancelled', by: 'hub', reason: 'consent-withdrawn' } as never,
  ],
}

test.each<[string, 'sent' | 'received', Partial<ReferralHeader>, Date, keyof typeof nextSteps]>([
  ['a new one', 'received', {}, inTime, 'collect'],
  ['a new one', 'sent', {}, inTime, 'await-receipt'],
  [
    'one that nobody collected',
    'sent',
    { deliveryState: 'undelivered' },
    inTime,
    'call-uncollected',
  ],
  ['one that nobody collected', 'received', { deliveryState: 'undelivered' }, inTime, 'collect'],
  ['one received', 'received', { status: 'received' }, inTime, 'decide'],
  ['one received', 'received', { status: 'received' }, late, 'decide-late'],
  ['one received', 'sent', { status: 'received' }, inTime, 'await-answer'],
  ['one received', 'sent', { status: 'received' }, late, 'call-late'],
  ['a new one', 'sent', {}, late, 'call-late'],
  ['one accepted', 'received', { status: 'accepted' }, late, 'begin'],
  ['one on hold', 'received', { status: 'on-hold' }, late, 'resume'],
  ['one rejected', 'sent', { status: 'rejected' }, late, 'tell-person'],
  ['one withdrawn', 'received', withdrawn, late, 'delete'],
  ['one withdrawn', 'sent', withdrawn, late, 'nothing'],
])('%s, %s: %o at %s', (_, side, change, now, step) => {
  expect(nextStep({ ...header, ...change }, side, now)).toBe(step)
})

test('every status has its step on either side, in both languages', () => {
  for (const status of Status.options)
    for (const side of ['sent', 'received'] as const) {
      const { es, en } = nextSteps[nextStep({ ...header, status }, side, inTime)]
      expect(es).not.toBe(en)
    }
})
