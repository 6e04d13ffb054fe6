import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Occurrence, accessLogEntry, isToldOfStranger } from '../../events/access-log.ts'
import { underAgreement } from '../../events/seen-under.ts'
import { AccessLogEntry } from '../../schemas/access-log.ts'
import { DataCategory, Purpose } from '../../schemas/consent.ts'
import { EntryId, Keyid, RequestId, Sha256 } from '../../schemas/ids.ts'
import { agreementId, ala, consentId, now, referralId } from './given.ts'

const request = {
  id: EntryId.parse('019aa5d4-7c00-7abc-8def-000000000002'),
  time: now,
  actor: { institution: ala, keyid: Keyid.parse('A'.repeat(43)), role: 'recipient' as const },
  evidence: {
    id: RequestId.parse('019aa5d4-7c00-7abc-8def-000000000003'),
    method: 'POST',
    path: '/v1/inbox/pull',
    contentDigest: 'sha-256=:x:',
    signatureInput: 'hub=()',
    signature: 'hub=:x:',
  },
}
const orNothing = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constant(undefined))
const occurrences: fc.Arbitrary<Occurrence> = fc.record(
  {
    action: fc.constantFrom('inbox.pull' as const, 'referral.release' as const),
    outcome: fc.constantFrom('allowed' as const, 'denied' as const, 'failed' as const),
    referralId: orNothing(fc.constant(referralId)),
    consentId: orNothing(fc.constant(consentId)),
    agreementId: orNothing(fc.constant(underAgreement(agreementId))),
    purpose: orNothing(fc.constantFrom(...Purpose.options)),
    categories: orNothing(fc.subarray([...DataCategory.options])),
    code: orNothing(fc.constant('forbidden' as const)),
    envelopeDigest: orNothing(fc.constant(Sha256.parse('0'.repeat(64)))),
  },
  { requiredKeys: ['action', 'outcome'] },
)

test('an entry says what is known and leaves out what is not; whose agreement it is under stays beside it', () => {
  fc.assert(
    fc.property(occurrences, occurrence => {
      const entry = accessLogEntry(occurrence, request)
      const { agreementId: _, ...stated } = occurrence
      expect(Object.values(entry)).not.toContain(undefined)
      expect(entry).not.toHaveProperty('agreementId')
      expect(AccessLogEntry.parse(JSON.parse(JSON.stringify(entry)))).toEqual(entry)
      expect(entry).toEqual({
        ...Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)),
        id: request.id,
        time: now,
        actor: request.actor,
        request: request.evidence,
      })
    }),
  )
})

test('equal facts make equal bytes, whatever order they were given in: a leaf of the log is one text', () => {
  const occurrence: Occurrence = { action: 'inbox.pull', outcome: 'allowed', referralId }
  const seen = underAgreement(agreementId)
  const undefineds = { ...occurrence, consentId: undefined, code: undefined, agreementId: seen }
  const lineOf = (one: Occurrence) => JSON.stringify(accessLogEntry(one, request))
  expect(lineOf(undefineds)).toBe(lineOf(occurrence))
  expect(Object.keys(accessLogEntry(occurrence, request))).toEqual([
    'id',
    'time',
    'action',
    'outcome',
    'actor',
    'referralId',
    'request',
  ])
})

test('of a stranger’s refusals those are told that double their number', () => {
  const told = Array.from({ length: 1000 }, (_, i) => i + 1).filter(isToldOfStranger)
  expect(told).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
  expect(isToldOfStranger(2 ** 40)).toBe(true)
  expect(isToldOfStranger(2 ** 40 + 1)).toBe(false)
})
