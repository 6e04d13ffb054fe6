import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cloudEvent } from '../../events/catalogue.ts'
import { samples } from './samples.ts'
import { isFolio } from '../../events/folio.ts'
import { availableTransitions } from '../../events/referral.ts'
import { MessageId } from '../../schemas/ids.ts'
import { InboxEvent } from '../../schemas/inbox.ts'
import { ReferralHeader } from '../../schemas/referral.ts'
import { ala, now, referralId } from './given.ts'

const contract = [
  'referral.requested.v1',
  'referral.status-changed.v1',
  'referral.milestone-recorded.v1',
  'referral.milestone-voided.v1',
  'referral.undelivered.v1',
  'referral.overdue.v1',
  'referral.stalled.v1',
  'consent.withdrawn.v1',
  'consent.expiring.v1',
  'consent.expired.v1',
  'consent.deletion-confirmed.v1',
  'agreement.ending.v1',
]
const rows = Object.entries(samples)
const ofReferral = rows.filter(([type]) => !type.startsWith('agreement.'))

describe('the events of the inbox', () => {
  test('they are those of the contract, each with a sample', () => {
    const known = InboxEvent.options.map(option => option.shape.type.value)
    expect(known).toEqual(contract)
    expect(Object.keys(samples)).toEqual(contract)
  })

  test.each(rows)('the sample of %s is one, whole and exactly', (type, sample) => {
    expect(InboxEvent.parse(sample)).toEqual(sample)
    expect(sample.type).toBe(type)
    expect(JSON.parse(JSON.stringify(sample))).toEqual(sample)
  })

  test.each(rows)('%s has every attribute that CloudEvents 1.0 asks for', (_, sample) => {
    expect(sample).toMatchObject({
      specversion: '1.0',
      id: expect.stringMatching(/./),
      source: expect.stringMatching(/^https:\/\//),
      type: expect.stringMatching(/^[a-z.-]+\.v1$/),
    })
    for (const name of Object.keys(sample)) expect(name).toMatch(/^[a-z0-9]+$/)
  })

  test.each(rows)('%s without any one of its members is none', (_, sample) => {
    for (const name of Object.keys(sample)) {
      const { [name]: __, ...less } = sample as Record<string, unknown>
      expect([name, InboxEvent.safeParse(less).success]).toEqual([name, false])
    }
  })

  test('the samples of one referral are in sequence without gaps, each with an id of its own', () => {
    const places = ofReferral.map(([, { sequence }]) => sequence)
    expect(places).toEqual(ofReferral.map((_, i) => `${i + 1}`))
    expect(new Set(ofReferral.map(([, { id }]) => id)).size).toBe(ofReferral.length)
    expect(new Set(ofReferral.map(([, { subject }]) => subject)).size).toBe(1)
    expect(samples['agreement.ending.v1']).toMatchObject({ subject: 'igm-ala-2026', sequence: '1' })
  })

  test('the sample header is one that the recipient could be given', () => {
    const header = ReferralHeader.parse(samples['referral.requested.v1'].data)
    expect(isFolio(header.folio)).toBe(true)
    expect(header.externalId).toBeUndefined()
    expect(header.availableTransitions).toEqual(availableTransitions(header, ala))
    expect(header.referralId).toBe(samples['referral.requested.v1'].subject)
  })

  test('the place of an event in its sequence is written as a decimal number', () => {
    const id = MessageId.parse('019aa5d4-7c00-7abc-8def-000000000001')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), sequence => {
        const data = { respondBy: now }
        const event = cloudEvent('referral.overdue.v1', data, {
          id,
          source: 'https://hub.example.org/v1',
          subject: referralId,
          time: now,
          sequence,
        })
        expect(InboxEvent.parse(event)).toMatchObject({ sequence: `${sequence}`, data, id })
      }),
    )
  })
})
