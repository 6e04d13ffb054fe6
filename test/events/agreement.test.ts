import { describe, expect, test } from 'vitest'
import {
  completionUntil,
  endsAt,
  gate,
  isParty,
  named,
  respondBy,
  stateAt,
} from '../../events/agreement.ts'
import { rescissionEnds } from '../../events/notice.ts'
import type { KeptAgreement } from '../../schemas/agreement.ts'
import { Instant } from '../../schemas/ids.ts'
import { after, agreement, ala, igm, now, oim, stranger } from './given.ts'

describe('clause 15: the term of the agreement', () => {
  const first = Instant.parse('2026-02-05T06:00:00.000Z')
  const last = Instant.parse('2028-02-05T05:59:59.999Z')

  test.each([
    ['a millisecond before it begins', after(first, -1), 'pending'],
    ['at its first instant, midnight in Guatemala', first, 'in-force'],
    ['in its middle', now, 'in-force'],
    ['at its last instant, 2028-02-04T23:59:59.999-06:00', last, 'in-force'],
    ['a millisecond after it ended', after(last, 1), 'completing'],
    ['while work in progress is finished', Instant.parse('2028-05-05T05:59:59.999Z'), 'completing'],
    ['a millisecond after that', Instant.parse('2028-05-05T06:00:00.000Z'), 'ended'],
  ])('%s', (_, at, state) => {
    expect(stateAt(agreement, at)).toBe(state)
  })
})

describe('what an agreement refuses', () => {
  const last = agreement.inForceUntil
  const renewedUntil = Instant.parse('2030-02-05T05:59:59.999Z')
  const rescindedUntil = Instant.parse('2027-03-15T05:59:59.999Z')
  const over = 'agreement-not-in-force'
  const everything = { submit: over, open: over, work: over }
  const day = 86_400_000
  const finish = Instant.parse('2028-05-05T05:59:59.999Z')
  const rescinded = after(rescindedUntil, 90 * day)
  // February 2028 has no 30th: its last day, which is leap day, stands for it; 28 February 2027 as well.
  const leap = rescissionEnds('2027-11-30')
  const short = rescissionEnds('2026-11-30')
  const frozenAll = { submit: 'agreement-frozen', open: 'agreement-frozen' }
  const quiet = { ...agreement.policy, referralsInNotice: false }

  test.each<[string, Partial<KeptAgreement>, Instant, object]>([
    ['in force: nothing', {}, now, { state: 'in-force' }],
    ['pending: all', {}, after(agreement.inForceFrom, -1), everything],
    ['completing: new referrals', {}, after(last, 1), { submit: over }],
    ['renewed: nothing, past the first end', { renewedUntil }, after(last, 1), {}],
    ['renewed and over: new referrals', { renewedUntil }, after(renewedUntil, 1), { submit: over }],
    ['ended: all', {}, Instant.parse('2028-05-05T06:00:00.000Z'), everything],
    ['at its last millisecond: new referrals', {}, finish, { submit: over }],
    ['rescinded, at the last: new referrals', { rescindedUntil }, rescinded, { submit: over }],
    ['rescinded and over: all', { rescindedUntil }, after(rescinded, 1), everything],
    [
      'ending on leap day: new referrals after it',
      { renewedUntil, rescindedUntil: leap },
      after(leap, 1),
      {
        submit: over,
      },
    ],
    ['ending on leap day: in notice at its last', { renewedUntil, rescindedUntil: leap }, leap, {}],
    [
      'ending on leap day: all, 90 days after',
      { renewedUntil, rescindedUntil: leap },
      after(leap, 90 * day + 1),
      everything,
    ],
    [
      'ending in a month without its day: in notice at its last',
      { rescindedUntil: short },
      short,
      {},
    ],
    [
      'ending in a month without its day: work goes on',
      { rescindedUntil: short },
      after(short, 90 * day),
      { submit: over },
    ],
    [
      'ending in a month without its day: all',
      { rescindedUntil: short },
      after(short, 90 * day + 1),
      everything,
    ],
    ['in notice: nothing', { rescindedUntil }, rescindedUntil, { state: 'in-notice' }],
    [
      'in notice, by policy: new referrals',
      { rescindedUntil, policy: quiet },
      now,
      { submit: over },
    ],
    ['in force, with that policy: nothing', { policy: quiet }, now, {}],
    ['rescinded: new referrals', { rescindedUntil }, after(rescindedUntil, 1), { submit: over }],
    ['frozen: all', { frozen: true }, now, frozenAll],
    ['frozen, past the end: all', { frozen: true }, after(last, 1), frozenAll],
    ['terminated: all, at once', { terminatedAt: now }, now, everything],
    ['a millisecond before: nothing', { terminatedAt: after(now, 1) }, now, {}],
    ['frozen, past the time to finish: all', { frozen: true }, after(finish, 1), everything],
    ['frozen and terminated: all', { frozen: true, terminatedAt: now }, now, everything],
  ])('%s', (_, standing, at, expected) => {
    const kept = { ...agreement, ...standing }
    expect(gate(kept, at)).toEqual({ state: stateAt(kept, at), ...expected })
  })

  test('then a termination leaves no time to finish, and a rescission does not lengthen the term', () => {
    const terminated = { ...agreement, terminatedAt: now }
    expect([endsAt(terminated), completionUntil(terminated)]).toEqual([now, now])
    const late = { ...agreement, rescindedUntil: after(last, 1) }
    expect(endsAt(late)).toBe(last)
    expect(completionUntil({ ...agreement, rescindedUntil })).toBe('2027-06-13T05:59:59.999Z')
  })
})

test('clause 15: work in progress is finished for 90 days after the end, or as many as the policy says', () => {
  expect(completionUntil(agreement)).toBe('2028-05-05T05:59:59.999Z')
  const policy = { ...agreement.policy, completionDays: 0 }
  expect(completionUntil({ ...agreement, policy })).toBe(agreement.inForceUntil)
})

test('clause 12: a consent may name the parties and OIM, and nobody else', () => {
  const each = [igm, ala, oim, stranger].map(one => [
    isParty(agreement, one),
    named(agreement).includes(one),
  ])
  expect(each).toEqual([
    [true, true],
    [true, true],
    [false, true],
    [false, false],
  ])
})

test.each([
  ['routine', '2026-12-05T12:00:00.000Z'],
  ['urgent', '2026-11-24T12:00:00.000Z'],
  ['stat', '2026-11-22T12:00:00.000Z'],
] as const)('an answer to a %s referral is asked for by %s', (priority, by) => {
  expect(respondBy(agreement, priority, now)).toBe(by)
})
