// The gate that every release passes, against a deliberately naive second version.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Consent,
  coversTraining,
  foldConsent,
  mayRelease,
  mayReleaseOnPull,
} from '../../events/consent.ts'
import { type ConsentPurpose, DataCategory, Purpose } from '../../schemas/consent.ts'
import type { Instant } from '../../schemas/ids.ts'
import { after, ala, igm, now, oim } from './given.ts'
import { type LaterName, basicTerms, granted, ledger, names } from './ledger.ts'

const lines: fc.Arbitrary<ConsentPurpose> = fc.record({
  purpose: fc.constantFrom(...Purpose.options),
  recipient: fc.constantFrom(ala, igm, oim),
  dataCategories: fc.subarray([...DataCategory.options], { minLength: 1 }),
})
const moments = fc.constantFrom(-86_400_000, -1, 0, 1, 86_400_000).map(ms => after(now, ms))
const consents: fc.Arbitrary<Consent> = fc
  .record({
    purposes: fc.array(lines, { maxLength: 6 }),
    grantedAt: moments,
    validUntil: moments,
    events: fc.oneof(fc.constant<LaterName[]>([]), names),
  })
  .map(({ events, ...terms }) => foldConsent(ledger(events, { ...basicTerms, ...terms })))
const recipients = fc.constantFrom(ala, igm, oim)
const asked = fc.subarray([...DataCategory.options])

/** The gate once more: every condition on its own, nothing clever. */
const permits = (
  { state, terms }: Consent,
  recipient: string,
  purpose: Purpose,
  category: DataCategory,
  at: Instant,
): boolean => {
  if (state === 'withdrawn' || state === 'expired') return false
  // These ledgers were all taken at `now`.
  if (Date.parse(at) < Math.min(Date.parse(terms.grantedAt), Date.parse(now))) return false
  if (Date.parse(at) > Date.parse(terms.validUntil)) return false
  for (const line of terms.purposes)
    if (line.purpose === purpose && line.recipient === recipient)
      for (const one of line.dataCategories) if (one === category) return true
  return false
}

describe('the gate', () => {
  test('what may be released and a deliberately naive second version agree', () => {
    fc.assert(
      fc.property(
        consents,
        recipients,
        fc.constantFrom(...Purpose.options),
        asked,
        moments,
        (consent, recipient, purpose, categories, at) => {
          expect(mayRelease(consent, recipient, purpose, categories, at)).toEqual(
            categories.filter(category => permits(consent, recipient, purpose, category, at)),
          )
        },
      ),
      { numRuns: 2000 },
    )
  })

  const consent = foldConsent([granted()])
  const release = (at: Instant, given = consent) =>
    mayRelease(given, ala, 'training-referral', DataCategory.options, at)

  test('a consent permits from the instant it was granted to its last instant, to the millisecond', () => {
    const { grantedAt, validUntil } = basicTerms
    const scope = basicTerms.purposes[0]?.dataCategories
    expect(release(after(grantedAt, -1))).toEqual([])
    expect(release(grantedAt)).toEqual(scope)
    expect(release(validUntil)).toEqual(scope)
    expect(release(after(validUntil, 1))).toEqual([])
  })

  test('a consent granted by a clock that was ahead permits from the moment the hub took it', () => {
    const ahead = foldConsent([granted({ ...basicTerms, grantedAt: after(now, 5000) })])
    expect(release(after(now, -1), ahead)).toEqual([])
    expect(release(now, ahead)).not.toEqual([])
  })

  test('a referral whose consent was withdrawn or ran out releases nothing, to anyone, for anything', () => {
    for (const event of ['withdrawn', 'expired'] as const) {
      const dead = foldConsent(ledger([event]))
      for (const recipient of [ala, igm, oim])
        for (const purpose of Purpose.options)
          expect(mayRelease(dead, recipient, purpose, DataCategory.options, now)).toEqual([])
      expect(mayReleaseOnPull(dead, { recipient: ala }, DataCategory.options, now)).toEqual([])
    }
  })
})

const line = (
  purpose: Purpose,
  dataCategories: DataCategory[],
  recipient = ala,
): ConsentPurpose => ({ purpose, recipient, dataCategories })

const pulled = (...purposes: ConsentPurpose[]) =>
  mayReleaseOnPull(
    foldConsent([granted({ ...basicTerms, purposes })]),
    { recipient: ala },
    DataCategory.options,
    now,
  )

describe('a pull', () => {
  const worksUnder: Purpose[] = [
    'training-referral',
    'psychosocial-support',
    'mobility-stipend',
    'protection-handling',
  ]

  test('it releases what the recipient’s own purposes permit, and nothing without the training', () => {
    fc.assert(
      fc.property(consents, recipients, asked, moments, (consent, recipient, categories, at) => {
        const mayFor = (purpose: Purpose) =>
          categories.filter(category => permits(consent, recipient, purpose, category, at))
        const union = new Set(worksUnder.flatMap(mayFor))
        expect(mayReleaseOnPull(consent, { recipient }, categories, at)).toEqual(
          mayFor('training-referral').length ? categories.filter(one => union.has(one)) : [],
        )
      }),
      { numRuns: 2000 },
    )
  })

  const training = line('training-referral', ['identity', 'migrationStatus'])

  test('handling for protection reaches the recipient beside the training, by its own purpose', () => {
    expect(pulled(training, line('protection-handling', ['protection']))).toEqual([
      'identity',
      'migrationStatus',
      'protection',
    ])
  })

  test('feedback, handover and statistics open nothing to the recipient of a referral', () => {
    for (const purpose of [
      'status-feedback',
      'job-placement-handover',
      'aggregate-reporting',
    ] as const)
      expect(pulled(training, line(purpose, ['contact', 'supportNeeds']))).toEqual([
        'identity',
        'migrationStatus',
      ])
  })

  test('a purpose granted to somebody else opens nothing', () => {
    expect(pulled(line('training-referral', ['identity'], oim))).toEqual([])
    expect(pulled(training, line('protection-handling', ['protection'], oim))).not.toContain(
      'protection',
    )
  })
})

test('the training is covered when its lines for that recipient name identity and migration status', () => {
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 6 }), recipients, (purposes, recipient) => {
      const named = (category: DataCategory) =>
        purposes.some(
          one =>
            one.purpose === 'training-referral' &&
            one.recipient === recipient &&
            one.dataCategories.includes(category),
        )
      expect(coversTraining({ ...basicTerms, purposes }, recipient)).toBe(
        named('identity') && named('migrationStatus'),
      )
    }),
  )
})
