import { describe, expect, test } from 'vitest'
import { completionUntil, isInForce, isParty, named, respondBy } from '../../events/agreement.ts'
import { Instant } from '../../schemas/ids.ts'
import { after, agreement, ala, igm, now, oim, stranger } from './given.ts'

describe('clause 15: the term of the agreement', () => {
  const first = Instant.parse('2026-02-05T06:00:00.000Z')
  const last = Instant.parse('2028-02-05T05:59:59.999Z')

  test.each([
    ['a millisecond before it begins', after(first, -1), false],
    ['at its first instant, midnight in Guatemala', first, true],
    ['in its middle', now, true],
    ['at its last instant, 2028-02-04T23:59:59.999-06:00', last, true],
    ['a millisecond after it ended', after(last, 1), false],
  ])('%s', (_, at, inForce) => {
    expect(isInForce(agreement, at)).toBe(inForce)
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
