// Milestones: who records which one when, and how one is voided.
import { describe, expect, test } from 'vitest'
import { foldConsent } from '../../events/consent.ts'
import { recordMilestone, voidMilestone } from '../../events/milestone.ts'
import { Milestone, mostMilestones } from '../../schemas/milestone.ts'
import { Status } from '../../schemas/referral.ts'
import { after, ala, igm, now, oim, stranger } from './given.ts'
import { basicTerms, ledger } from './ledger.ts'
import {
  around,
  consentTo,
  day,
  type everything,
  feedback,
  followed,
  handover,
  today,
  training,
} from './milestones-given.ts'

/** `n`, or the code of the refusal, with pointer and code of what is wrong in the request. */
const outcome = (result: ReturnType<typeof recordMilestone>) =>
  'refused' in result
    ? [result.refused, ...(result.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)]
    : result.changed.n

const profiledAt = (on: string, submittedAt: typeof now, at: typeof now) =>
  outcome(
    recordMilestone({ milestone: 'profiled', on }, followed([], { submittedAt }), {
      ...around,
      now: at,
    }),
  )

/** One more, where so many are there. */
const inFull = (count: number) => {
  const there = Array.from({ length: count }, () => ['contact-made', today, 'voided'] as const)
  return outcome(recordMilestone({ milestone: 'contact-made', on: today }, followed(there), around))
}

describe('given a referral, when a milestone is recorded', () => {
  const open = ['accepted', 'in-progress', 'on-hold']
  test.each(Status.options)('at %s, then only under way, and only by its recipient', status => {
    for (const milestone of Milestone.options)
      for (const by of [igm, ala, oim, stranger]) {
        const placed = milestone.startsWith('in-work') ? ([['placed', '2025-11-01']] as const) : []
        const referral = followed([...placed], { status, submittedAt: after(now, -500 * day) })
        const told = [
          milestone,
          by,
          outcome(recordMilestone({ milestone, on: today }, referral, { ...around, by })),
        ]
        const expected =
          by !== ala
            ? ['forbidden']
            : open.includes(status)
              ? placed.length + 1
              : ['transition-not-allowed']
        expect(told).toEqual([milestone, by, expected])
      }
  })

  test('then it is kept with its number, its day and the time, behind those that are there', () => {
    const before = followed([['contact-made', '2026-11-02']])
    const result = recordMilestone({ milestone: 'profiled', on: '2026-11-20' }, before, around)
    const added = { n: 2, milestone: 'profiled', on: '2026-11-20', recordedAt: now }
    expect(result).toEqual({
      changed: added,
      milestones: [...before.milestones, added],
      feedback: 'milestones',
      tells: true,
    })
  })

  const many = ['contact-made', 'scheduled', 'no-show', 'psychosocial-group', 'stipend-granted']
  test.each(Milestone.options)(
    'a second %s is there once or many times, as the contract says',
    milestone => {
      const placed = milestone.startsWith('in-work') ? ([['placed', '2025-11-01']] as const) : []
      const old = { submittedAt: after(now, -500 * day) }
      const again = (...voided: ['voided'?]) =>
        outcome(
          recordMilestone(
            { milestone, on: today },
            followed([...placed, [milestone, today, ...voided]], old),
            around,
          ),
        )
      const third = placed.length + 2
      expect(again()).toEqual(many.includes(milestone) ? third : ['milestone-exists'])
      // Voided, it counts no more.
      expect(again('voided')).toBe(third)
    },
  )

  const ofHandover = Milestone.options.filter(milestone =>
    /^(handed|placed|in-work)/.test(milestone),
  )
  test.each(Milestone.options)('%s needs the consent that it needs', milestone => {
    const placed = [['placed', '2025-11-01']] as const
    const old = followed(milestone.startsWith('in-work') ? [...placed] : [], {
      submittedAt: after(now, -500 * day),
    })
    const under = (consent: typeof everything) =>
      outcome(recordMilestone({ milestone, on: today }, old, { ...around, consent }))
    const needed = ofHandover.includes(milestone)
    expect(needed ? ['consent-missing-purpose'] : 1).toEqual(under(consentTo([training, feedback])))
    expect(under(consentTo([training, handover]))).toBe(old.milestones.length + 1)
    const over = consentTo([training, handover], 'expired')
    expect(under(over)).toEqual(needed ? ['consent-expired'] : 1)
  })

  test.each([
    ['2026-11-22', ['invalid-request', '/on in-the-future']],
    ['2026-11-21', 1],
    ['2026-11-01', 1],
    ['2026-10-31', ['invalid-request', '/on before-referral']],
    ['0001-01-01', ['invalid-request', '/on before-referral']],
  ])('for %s: between the referral’s own day and today', (on, expected) => {
    expect(outcome(recordMilestone({ milestone: 'profiled', on }, followed(), around))).toEqual(
      expected,
    )
  })

  test('then days are those of Guatemala, to the millisecond', () => {
    const midnight = after(now, 18 * 3_600_000) // 06:00 UTC
    expect(profiledAt('2026-11-22', now, after(midnight, -1))).toEqual([
      'invalid-request',
      '/on in-the-future',
    ])
    expect(profiledAt('2026-11-22', now, midnight)).toBe(1)
    expect(profiledAt('2026-11-21', after(midnight, -1), midnight)).toBe(1)
    expect(profiledAt('2026-11-21', midnight, midnight)).toEqual([
      'invalid-request',
      '/on before-referral',
    ])
  })

  test.each([
    ['in-work-30-days', 30],
    ['in-work-180-days', 180],
    ['in-work-365-days', 365],
  ] as const)('%s comes %i days after the placement, or later', (milestone, days) => {
    const placedOn = '2026-11-10'
    const on = (shift: number) =>
      new Date(Date.parse(placedOn) + (days + shift) * day).toISOString().slice(0, 10)
    const forLong = { ...basicTerms, purposes: [handover], validUntil: after(now, 900 * day) }
    const consent = foldConsent(ledger([], forLong))
    const later = { ...around, consent, now: after(now, 500 * day) }
    const record = (shift: number, ...more: ['voided'?]) =>
      outcome(
        recordMilestone(
          { milestone, on: on(shift) },
          followed([['placed', placedOn, ...more]]),
          later,
        ),
      )
    expect(record(-1)).toEqual(['invalid-request', '/on too-early'])
    expect([record(0), record(1)]).toEqual([2, 2])
    expect(record(0, 'voided')).toEqual(['invalid-request', '/milestone needs-placed'])
    // Whoever voids the placement and records it again may not contradict what was recorded of it.
    const rest = followed([
      ['placed', placedOn, 'voided'],
      [milestone, on(0)],
      ['profiled', '2026-11-02'],
    ])
    const anew = (placed: string) =>
      outcome(recordMilestone({ milestone: 'placed', on: placed }, rest, later))
    expect([anew('2026-11-09'), anew(placedOn)]).toEqual([4, 4])
    expect(anew('2026-11-11')).toEqual(['invalid-request', '/on too-late'])
  })

  test('then there is an end to how many one referral holds, voided ones too', () => {
    expect(inFull(mostMilestones - 1)).toBe(mostMilestones)
    expect(inFull(mostMilestones)).toEqual(['milestones-full'])
  })
})

describe('given a milestone, when it is voided', () => {
  const referral = followed([
    ['contact-made', today],
    ['profiled', today, 'voided'],
  ])

  test('then it stays, with the time, and the others are as they were', () => {
    const changed = { ...referral.milestones[0], voidedAt: now }
    expect(voidMilestone(1, referral, around)).toEqual({
      changed,
      milestones: [changed, referral.milestones[1]],
      feedback: 'milestones',
      tells: true,
    })
  })

  test.each(Status.options)(
    'at %s it can be, for what is wrong can always be put right',
    status => {
      expect(outcome(voidMilestone(1, { ...referral, status }, around))).toBe(1)
    },
  )

  test('a second time, then it is refused', () => {
    expect(outcome(voidMilestone(2, referral, around))).toEqual(['milestone-voided'])
  })

  test.each([0, 3, -1, 1.5])('number %d is not there, which is told as of anything else', n => {
    expect(outcome(voidMilestone(n, referral, around))).toEqual(['forbidden'])
  })

  test('only the recipient does it', () => {
    for (const by of [igm, oim, stranger])
      expect(outcome(voidMilestone(1, referral, { ...around, by }))).toEqual(['forbidden'])
  })
})
