import { describe, expect, test } from 'vitest'
import { samples } from './samples.ts'
import { type HeaderFacts, etagOf, referralHeader } from '../../events/referral-header.ts'
import { ExternalId, ReferralHeader, Status } from '../../schemas/referral.ts'
import { after, ala, igm, now, stranger } from './given.ts'

const { availableTransitions: _, ...facts } = ReferralHeader.parse(
  samples['referral.requested.v1'].data,
)
const externalId = ExternalId.parse('IGM-PRUEBA-000001')

const offered = (viewer: typeof igm) => referralHeader(facts, viewer, now).availableTransitions

describe('the header of a referral', () => {
  test('the sender sees its own number, the recipient does not', () => {
    expect(referralHeader(facts, igm, now, externalId)).toMatchObject({ externalId })
    expect(referralHeader(facts, ala, now)).not.toHaveProperty('externalId')
  })

  test('whatever else a row holds, no more leaves in a header than the contract names', () => {
    const row: HeaderFacts = Object.assign(structuredClone(facts), {
      leaseUntil: after(now, 1),
      externalId,
      envelope: { identity: 'a..b.c.d' },
      personName: 'x',
    })
    expect(ReferralHeader.safeParse(referralHeader(row, ala, now)).success).toBe(true)
    expect(referralHeader(row, ala, now)).not.toHaveProperty('externalId')
  })

  test('each viewer is offered the steps of its own side, and nobody else any', () => {
    expect(offered(igm)).toEqual(['cancelled', 'entered-in-error'])
    expect(offered(ala)).toEqual(['cancelled'])
    expect(offered(stranger)).toEqual([])
  })

  test('a lease that ran out shows as queued again', () => {
    const delivered = { ...facts, deliveryState: 'delivered' as const, leaseUntil: now }
    expect(referralHeader(delivered, igm, now).deliveryState).toBe('delivered')
    expect(referralHeader(delivered, igm, after(now, 1)).deliveryState).toBe('queued')
  })

  test('its recipient alone is told until when it is leased, as long as it is', () => {
    const delivered = { ...facts, deliveryState: 'delivered' as const, leaseUntil: now }
    expect(referralHeader(delivered, ala, now).leasedUntil).toBe(now)
    expect(referralHeader(delivered, ala, after(now, 1))).not.toHaveProperty('leasedUntil')
    expect(referralHeader(delivered, igm, now)).not.toHaveProperty('leasedUntil')
    for (const deliveryState of ['queued', 'acknowledged'] as const)
      expect(referralHeader({ ...delivered, deliveryState }, ala, now)).not.toHaveProperty(
        'leasedUntil',
      )
  })

  test('it is overdue while undecided once the time to answer has passed, and not on the dot', () => {
    for (const status of Status.options) {
      const late = (by: number) =>
        referralHeader({ ...facts, status }, igm, after(facts.respondBy, by)).overdue
      expect([status, late(-1), late(0)]).toEqual([status, false, false])
      expect([status, late(1)]).toEqual([status, ['requested', 'received'].includes(status)])
    }
  })

  test('milestones are for the recipient, and for the referrer where the consent lets it have them', () => {
    const milestones = [{ n: 1, milestone: 'enrolled' as const, on: '2026-11-22', recordedAt: now }]
    const seen = (viewer: typeof igm, more: Partial<HeaderFacts>) => {
      const header = referralHeader({ ...facts, milestones, ...more }, viewer, now)
      return [header.milestones.length, header.feedback]
    }
    const { feedback: __, ...older } = { ...facts, milestones }
    for (const [told, more] of [
      [1, { feedback: 'milestones' }],
      [0, { feedback: 'status-only' }],
      // Nothing is permitted any more once the content was destroyed.
      [0, { feedback: 'milestones', contentState: 'shredded' }],
    ] as const) {
      const feedback = told ? 'milestones' : 'status-only'
      expect([seen(ala, more), seen(igm, more)]).toEqual([
        [1, feedback],
        [told, feedback],
      ])
    }
    expect(referralHeader(older, igm, now)).toMatchObject({
      feedback: 'status-only',
      milestones: [],
    })
  })

  test('in every status it is a header of the contract', () => {
    for (const status of Status.options)
      expect(ReferralHeader.safeParse(referralHeader({ ...facts, status }, ala, now)).success).toBe(
        true,
      )
  })
})

test('the entity tag of a version is that number in quotes (RFC 9110 §8.8.3)', () => {
  expect([1, 12].map(version => etagOf({ version }))).toEqual(['"1"', '"12"'])
})
