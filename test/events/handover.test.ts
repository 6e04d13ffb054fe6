// Who may hand a person over, and what comes of it. Given / when / then.
import { describe, expect, test } from 'vitest'
import { foldConsent, mayReleaseFor, mayReleaseOnPull } from '../../events/consent.ts'
import { type Handed, contentOf, endedInError, handOver } from '../../events/handover.ts'
import { seenUnder, sidesOf } from '../../events/seen-under.ts'
import { namedTo } from '../../events/certificate.ts'
import { respondBy } from '../../events/agreement.ts'
import { DataCategory, Purpose } from '../../schemas/consent.ts'
import { mostHandovers } from '../../schemas/handover.ts'
import type { KeptAgreement } from '../../schemas/agreement.ts'
import { type InstitutionCode, Instant, ReferralId } from '../../schemas/ids.ts'
import { Status } from '../../schemas/referral.ts'
import { after, agreement, agreementId, ala, igm, now, oim, referralId, stranger } from './given.ts'
import { type LaterName, basicTerms, ledger } from './ledger.ts'

const child = ReferralId.parse('019aa5d4-7c00-7abc-8def-0123456789b1')
const underWay: readonly Status[] = ['accepted', 'in-progress', 'on-hold']
const line = (purpose: Purpose, recipient: InstitutionCode, dataCategories: DataCategory[]) => ({
  purpose,
  recipient,
  dataCategories,
})
const training = line('training-referral', ala, ['identity', 'migrationStatus'])
const placement = line('job-placement-handover', oim, ['identity', 'trainingProfile'])
const feedback = line('status-feedback', igm, ['trainingProfile'])
const consentTo = (purposes = [training, placement, feedback], events: LaterName[] = []) =>
  foldConsent(ledger(events, { ...basicTerms, purposes }))

const parent = (more: Partial<Handed> = {}): Handed => ({
  agreementId,
  referrer: igm,
  recipient: ala,
  priority: 'routine',
  status: 'accepted',
  submittedAt: now,
  milestones: [],
  ...more,
})
type Around = Parameters<typeof handOver>[2]
const hand = (
  given: {
    referral?: Partial<Handed>
    to?: InstitutionCode
    priority?: 'stat'
  } & Partial<Around> = {},
) => {
  const { referral, to = oim, priority, ...around } = given
  return handOver({ recipient: to, ...(priority ? { priority } : {}) }, parent(referral), {
    agreement,
    consent: consentTo(),
    handovers: [],
    by: ala,
    now,
    ...around,
  })
}
const refusedOf = (fact: ReturnType<typeof hand>) => ('refused' in fact ? fact.refused : undefined)

describe('a handover', () => {
  test('is a referral from the one to the next, answered by its own priority, and a milestone of its parent', () => {
    const later = after(now, 3_600_000)
    for (const status of underWay)
      for (const priority of [undefined, 'stat'] as const) {
        const fact = hand({ referral: { status }, now: later, ...(priority ? { priority } : {}) })
        if ('refused' in fact) throw new Error(fact.refused)
        expect(fact.child).toEqual({
          referrer: ala,
          recipient: oim,
          priority: priority ?? 'routine',
          services: ['job-placement-handover'],
          submittedAt: later,
          respondBy: respondBy(agreement, priority ?? 'routine', later),
          history: [{ status: 'requested', at: later, by: ala }],
          feedback: 'status-only',
        })
        const milestone = { n: 1, milestone: 'handed-over-iom', on: '2026-11-21' }
        expect(fact.milestone).toMatchObject({ changed: milestone, tells: true })
      }
  })

  test('is told to the parent’s referrer only where the consent has feedback for it', () => {
    const fact = hand({ consent: consentTo([training, placement]) })
    expect(fact).toMatchObject({ milestone: { tells: false, feedback: 'status-only' } })
    const told = line('status-feedback', ala, ['trainingProfile'])
    const known = hand({ consent: consentTo([training, placement, told]) })
    expect(known).toMatchObject({ child: { feedback: 'milestones' } })
  })

  test('does not repeat a milestone that stands, and records one again that was voided', () => {
    const one = { n: 1, milestone: 'handed-over-iom' as const, on: '2026-11-21', recordedAt: now }
    expect(hand({ referral: { milestones: [one] } })).not.toHaveProperty('milestone')
    const voided = [{ ...one, voidedAt: now }]
    expect(hand({ referral: { milestones: voided } })).toMatchObject({
      milestone: { changed: { n: 2 } },
    })
  })

  test('is for the recipient alone, and at no status but those under way', () => {
    for (const by of [igm, oim, stranger]) expect(refusedOf(hand({ by }))).toBe('forbidden')
    for (const status of Status.options)
      expect([status, refusedOf(hand({ referral: { status } }))]).toEqual([
        status,
        underWay.includes(status) ? undefined : 'transition-not-allowed',
      ])
  })

  test('goes to an onward recipient of the agreement, whom the consent names for it, while it permits', () => {
    for (const to of [igm, ala, stranger])
      expect(refusedOf(hand({ to }))).toBe('recipient-not-party')
    expect(refusedOf(hand({ referral: { partOf: referralId } }))).toBe('recipient-not-party')
    const without = [
      [training],
      [training, line('job-placement-handover', igm, ['identity'])],
      [training, line('training-referral', oim, ['identity'])],
    ]
    for (const purposes of without)
      expect(refusedOf(hand({ consent: consentTo(purposes) }))).toBe('consent-missing-purpose')
    for (const events of [['expired'], ['withdrawn']] as LaterName[][])
      expect(refusedOf(hand({ consent: consentTo(undefined, events) }))).toBe('consent-expired')
    const { validUntil } = basicTerms
    expect(refusedOf(hand({ now: validUntil }))).toBeUndefined()
    const late = { now: after(validUntil, 1) }
    expect(refusedOf(hand(late))).toBe('consent-expired')
    // Which is said before what is there already, whose end would change nothing.
    const open = [{ recipient: oim, status: 'accepted' as const }]
    for (const handovers of [open, many(mostHandovers)])
      expect(refusedOf(hand({ ...late, handovers }))).toBe('consent-expired')
  })

  test('goes on after the agreement’s end while work is finished, not later, and not while it is frozen', () => {
    const long = foldConsent(
      ledger([], {
        ...basicTerms,
        validUntil: Instant.parse('2029-01-01T00:00:00.000Z'),
        purposes: [training, placement],
      }),
    )
    const at = (moment: string, more: Partial<KeptAgreement> = {}) =>
      refusedOf(
        hand({
          consent: long,
          now: Instant.parse(moment),
          agreement: { ...agreement, ...more },
        }),
      )
    expect(at('2028-02-05T06:00:00.000Z')).toBeUndefined()
    expect(at('2028-05-05T05:59:59.999Z')).toBeUndefined()
    expect(at('2028-05-05T06:00:00.000Z')).toBe('agreement-not-in-force')
    expect(at('2027-01-01T00:00:00.000Z', { frozen: true })).toBe('agreement-frozen')
  })

  test('is there once for each recipient while it is open, and so many times in all', () => {
    const closed: Status[] = ['completed', 'rejected', 'failed', 'cancelled', 'entered-in-error']
    for (const status of Status.options)
      expect([status, refusedOf(hand({ handovers: [{ recipient: oim, status }] }))]).toEqual([
        status,
        closed.includes(status) ? undefined : 'handover-exists',
      ])
    expect(refusedOf(hand({ handovers: many(mostHandovers - 1) }))).toBeUndefined()
    expect(refusedOf(hand({ handovers: many(mostHandovers) }))).toBe('handovers-full')
    expect(
      refusedOf(hand({ handovers: [{ recipient: stranger, status: 'accepted' }] })),
    ).toBeUndefined()
  })
})

/** So many handovers that came to nothing. */
const many = (count: number) =>
  Array.from({ length: count }, () => ({ recipient: oim, status: 'rejected' as const }))

describe('what a handover is part of', () => {
  const handed = {
    referralId: child,
    agreementId,
    referrer: ala,
    recipient: oim,
    partOf: referralId,
  }
  const own = { referralId, agreementId, referrer: igm, recipient: ala }

  test('its content is its parent’s, sealed once for who sent it on', () => {
    expect(contentOf(own)).toEqual({ referralId, agreementId, recipient: ala })
    expect(contentOf(handed)).toEqual(contentOf(own))
  })

  test('it is opened for placement alone; what is not handed over is opened as ever', () => {
    const consent = consentTo([training, placement, line('aggregate-reporting', oim, ['contact'])])
    const all = DataCategory.options
    expect(mayReleaseOnPull(consent, handed, all, now)).toEqual(placement.dataCategories)
    expect(mayReleaseOnPull(consent, own, all, now)).toEqual(training.dataCategories)
    for (const purpose of Purpose.options)
      expect([
        purpose,
        mayReleaseFor(purpose, consent, { referral: handed, categories: all, now }),
      ]).toEqual([purpose, purpose === 'job-placement-handover' ? placement.dataCategories : []])
    // Whatever the consent gives OIM, it is not given of a referral that was never handed over.
    const stray = { ...own, recipient: oim }
    expect(mayReleaseOnPull(consent, stray, all, now)).toEqual([])
  })

  test('its entries are seen by its two sides, and those of its parent under the agreement', () => {
    expect(sidesOf(seenUnder(handed))).toEqual([ala, oim])
    expect([seenUnder(own), sidesOf(seenUnder(own))]).toEqual([agreementId, []])
  })

  test('a certificate names it to its sides, and to the parent’s referrer by the person’s consent to feedback', () => {
    const both = [own, handed] as const
    expect(namedTo(ala, consentTo(), both)).toEqual(both)
    expect(namedTo(igm, consentTo(), both)).toEqual(both)
    expect(namedTo(igm, consentTo([training, placement]), both)).toEqual([own])
    const other = { ...handed, recipient: stranger }
    expect(namedTo(oim, consentTo(), [own, handed, other])).toEqual(both)
  })
})

test.each(Status.options)(
  'of a referral that is entered in error, a handover that is %s is not open any more',
  status => {
    const closed: Status[] = ['completed', 'rejected', 'failed', 'cancelled', 'entered-in-error']
    const handover = { referrer: ala, recipient: oim, status }
    const change = { status: 'cancelled', at: now, by: 'hub', reason: 'other' }
    expect(endedInError([handover], now)).toEqual(
      closed.includes(status) ? [] : [{ handover, change }],
    )
  },
)
