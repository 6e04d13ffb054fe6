// What is news to whoever sent a referral, by its header alone.
import { expect, test } from 'vitest'
import { kindOf, newsOf, newsSince } from '../../console/src/pages/news.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T12:00:00.000Z`
const since = newsSince(new Date(day(21)))
const header = (patch: object) =>
  ({
    referrer: 'IGM',
    recipient: 'ALA',
    history: [],
    milestones: [],
    ...patch,
  }) as unknown as ReferralHeader
const kinds = (patch: object) => newsOf(header(patch), since).map(kindOf)

const accepted = (at: string) => kinds({ history: [{ status: 'accepted', at, by: 'ALA' }] })

test('seven days back, to the millisecond', () => {
  expect(since).toBe(day(14))
  expect(accepted(day(14))).toEqual(['accepted'])
  expect(accepted('2026-11-14T11:59:59.999Z')).toEqual([])
})

test('answers, holds, ends and steps are, newest first; that it arrived, or what one did oneself, is not', () => {
  expect(
    kinds({
      history: [
        { status: 'requested', at: day(15), by: 'IGM' },
        { status: 'received', at: day(16), by: 'hub' },
        { status: 'accepted', at: day(17), by: 'ALA' },
        { status: 'in-progress', at: day(18), by: 'ALA' },
        { status: 'on-hold', at: day(19), by: 'ALA' },
      ],
      milestones: [
        { n: 1, milestone: 'profiled', on: '2026-11-18', recordedAt: day(18) },
        { n: 2, milestone: 'enrolled', on: '2026-11-20', recordedAt: day(20), voidedAt: day(20) },
      ],
    }),
  ).toEqual(['on-hold', 'milestone', 'accepted'])
  expect(kinds({ history: [{ status: 'cancelled', at: day(20), by: 'IGM' }] })).toEqual([])
  expect(kinds({ history: [{ status: 'cancelled', at: day(20), by: 'hub' }] })).toEqual([
    'cancelled',
  ])
})
