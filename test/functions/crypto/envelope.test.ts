import { hkdfSync, randomBytes } from 'node:crypto'
import { CompactEncrypt, decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import type { ReleaseReceipt } from '../../../events/access-log.ts'
import {
  type Binding,
  categoriesOf,
  envelopeDigest,
  open,
  seal,
} from '../../../functions/crypto/envelope.ts'
import { DataCategory } from '../../../schemas/consent.ts'
import { AgreementId, EntryId, InstitutionCode } from '../../../schemas/ids.ts'
import { Envelope } from '../../../schemas/inbox.ts'
import { Payload } from '../../../schemas/payload.ts'
import { Submission } from '../../../schemas/referral.ts'
import { fullPayload as payload, referrals } from '../../schemas/submissions.ts'
import { other, referralId } from './two-referrals.ts'

const key = randomBytes(32)
const binding: Binding = {
  referralId,
  agreementId: AgreementId.parse('igm-ala-2026'),
  recipient: InstitutionCode.parse('ALA'),
}
const ofReferral = { ...binding, referrer: InstitutionCode.parse('IGM') }
const entryId = EntryId.parse('019aa5d4-7c00-7abc-8def-000000000001')

/** A receipt as the transaction makes it. Only a cast can make one here. */
const receipt = (categories: DataCategory[], of = referralId) =>
  ({ entryId, referralId: of, categories }) as unknown as ReleaseReceipt
const whole = receipt([...DataCategory.options])

test('a payload comes back whole, and its envelope is in the form that the queues carry', async () => {
  const envelope = seal(payload, key, binding)
  expect(Envelope.parse(envelope)).toEqual(envelope)
  expect(open(envelope, key, ofReferral, whole)).toEqual(payload)
})

test('every synthetic referral comes back whole', async () => {
  for (const referral of referrals) {
    const one = Submission.parse(referral).payload
    const envelope = seal(one, key, binding)
    expect(categoriesOf(envelope)).toEqual(DataCategory.options.filter(name => name in one))
    expect(open(envelope, key, ofReferral, receipt(categoriesOf(envelope)))).toEqual(one)
  }
})

describe('a release', () => {
  test('only the categories of its receipt are opened', async () => {
    const envelope = seal(payload, key, binding)
    for (const category of DataCategory.options)
      expect(open(envelope, key, ofReferral, receipt([category]))).toEqual({
        [category]: payload[category],
      })
    expect(open(envelope, key, ofReferral, receipt([]))).toEqual({})
  })

  test('a compartment outside the receipt is not even touched: broken or absent, the rest opens', async () => {
    const { protection: _, ...envelope } = seal(payload, key, binding)
    const broken: Envelope = { ...envelope, contact: 'a..b.c.d' }
    expect(open(broken, key, ofReferral, receipt(['identity']))).toEqual({
      identity: payload.identity,
    })
  })

  test('a compartment that is not there cannot be opened', async () => {
    const { protection: _, ...envelope } = seal(payload, key, binding)
    expect(() => open(envelope, key, ofReferral, receipt(['protection']))).toThrow()
  })

  test('a receipt for another referral opens nothing', async () => {
    const envelope = seal(payload, key, binding)
    expect(() => open(envelope, key, ofReferral, receipt(['identity'], other))).toThrow('receipt')
  })

  test('without a receipt of the transaction opening does not compile', async () => {
    const envelope = seal(payload, key, binding)
    // @ts-expect-error a receipt cannot be made by hand: it lacks the mark of the transaction
    const opening = open(envelope, key, ofReferral, { entryId, referralId, categories: [] })
    expect(opening).toEqual({})
  })
})

describe('an envelope that was interfered with', () => {
  const only = receipt(['identity'])

  test('no segment of a compartment can be altered', async () => {
    const envelope = seal(payload, key, binding)
    const parts = envelope.identity?.split('.') ?? []
    expect(parts).toHaveLength(5)
    for (const i of [0, 2, 3, 4]) {
      const part = parts[i] ?? ''
      const altered = [
        parts.with(i, (part.startsWith('A') ? 'B' : 'A') + part.slice(1)),
        parts.with(i, part.slice(0, -4)),
        parts.with(i, ''),
      ]
      for (const identity of altered.map(one => one.join('.')))
        expect(() => open({ ...envelope, identity }, key, ofReferral, only)).toThrow()
    }
    const wrapped = parts.with(1, 'AAAA').join('.')
    expect(() => open({ ...envelope, identity: wrapped }, key, ofReferral, only)).toThrow()
  })

  test('each category has a key of its own: one’s compartment does not open as another’s', async () => {
    const envelope = seal(payload, key, binding)
    for (const from of DataCategory.options)
      for (const to of DataCategory.options) {
        if (from === to) continue
        const moved = { ...envelope, [to]: envelope[from] }
        expect(() => open(moved, key, ofReferral, receipt([to]))).toThrow()
      }
  })

  test.each([
    ['another referral', { referralId: other }],
    ['another agreement', { agreementId: AgreementId.parse('igm-xxx-2027') }],
    ['another recipient', { recipient: InstitutionCode.parse('OIM') }],
  ])('it cannot be passed off as that of %s', async (_, change) => {
    const envelope = seal(payload, key, { ...binding, ...change })
    expect(() => open(envelope, key, ofReferral, only)).toThrow('bound')
  })

  test('a compartment from an envelope of another key does not open', async () => {
    const { identity } = seal(payload, randomBytes(32), binding)
    const envelope = seal(payload, key, binding)
    expect(() =>
      open({ ...envelope, ...(identity ? { identity } : {}) }, key, ofReferral, only),
    ).toThrow()
  })

  test('only AES-256-GCM under the category’s own key opens: no other algorithm of the JWE is taken', async () => {
    // RFC 5869 with the info that the format documents; the right key, so that the algorithm alone is wrong.
    const info = 'referral-hub/envelope/v1/identity'
    const secret = new Uint8Array(hkdfSync('sha256', key, '', info, 32))
    const sealed = async (alg: string, enc: string) => ({
      identity: await new CompactEncrypt(Buffer.from(JSON.stringify(payload.identity)))
        .setProtectedHeader({ alg, enc, category: 'identity', ...binding })
        .encrypt(secret),
    })
    expect(open(await sealed('dir', 'A256GCM'), key, ofReferral, only)).toEqual({
      identity: payload.identity,
    })
    for (const [alg, enc] of [
      ['dir', 'A128CBC-HS256'],
      ['A256KW', 'A256GCM'],
      ['A256GCMKW', 'A256GCM'],
    ] as const) {
      const jwe = await sealed(alg, enc)
      expect(() => open(jwe, key, ofReferral, only)).toThrow()
    }
  })

  test('content that a referrer may not send is not given out, even if the key sealed it', async () => {
    const smuggled = { ...payload.identity, story: 'x' }
    const envelope = seal({ ...payload, identity: smuggled }, key, binding)
    expect(() => open(envelope, key, ofReferral, only)).toThrow()
    expect(Payload.shape.identity.safeParse(smuggled).success).toBe(false)
  })
})

const named = (count: number, name = 'a') => ({
  ...payload,
  identity: { ...payload.identity, givenNames: [name.repeat(count)] },
})

describe('what an envelope gives away', () => {
  const lengthOf = async (count: number, name?: string) =>
    seal(named(count, name), key, binding).identity?.length ?? 0
  /** Bytes of the identity without any letter of the name. */
  const base = Buffer.byteLength(JSON.stringify(named(0).identity))

  test('its size grows in steps of 256 bytes: one letter more or less cannot be seen', async () => {
    const room = 256 - (base % 256)
    expect(await lengthOf(1)).toBe(await lengthOf(room))
    expect(await lengthOf(room + 1)).toBe(await lengthOf(room + 256))
    expect(await lengthOf(room + 1)).toBeGreaterThan(await lengthOf(room))
  })

  test('letters of two bytes count as two, so that the alphabet of a name cannot be seen either', async () => {
    const room = 256 - (base % 256)
    const half = Math.floor(room / 2)
    expect(await lengthOf(half, 'ñ')).toBe(await lengthOf(1))
  })

  test('it says which referral, agreement, recipient and category it is of, and nothing else', async () => {
    const envelope = seal(payload, key, binding)
    for (const category of DataCategory.options)
      expect(decodeProtectedHeader(envelope[category] ?? '')).toEqual({
        alg: 'dir',
        enc: 'A256GCM',
        category,
        ...binding,
      })
  })

  test('nothing of what was sealed can be read in it', async () => {
    const envelope = seal(payload, key, binding)
    const seen = Object.values(envelope)
      .flatMap(jwe => [
        jwe,
        ...jwe.split('.').map(part => Buffer.from(part, 'base64url').toString()),
      ])
      .join('\n')
    const values = (value: unknown): string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, one]) => [name, ...values(one)])
        : [String(value)]
    const categories: string[] = [...DataCategory.options]
    const telling = values(payload).filter(one => one.length > 5 && !categories.includes(one))
    expect(telling.length).toBeGreaterThan(30)
    for (const one of telling) expect(seen).not.toContain(one)
  })

  test('the same payload is never sealed to the same bytes twice', async () => {
    const [one, two] = [seal(payload, key, binding), seal(payload, key, binding)]
    for (const category of DataCategory.options) expect(one[category]).not.toBe(two[category])
  })
})

describe('the digest of an envelope', () => {
  test('is of its bytes, whatever order its compartments are listed in', async () => {
    const envelope = seal(payload, key, binding)
    const reversed = Object.fromEntries(Object.entries(envelope).toReversed())
    expect(envelopeDigest(reversed)).toBe(envelopeDigest(envelope))
    expect(envelopeDigest(envelope)).toMatch(/^[0-9a-f]{64}$/)
  })

  test('changes with every compartment that is changed, lost or moved', async () => {
    const envelope = seal(payload, key, binding)
    const digests = [envelopeDigest(envelope)]
    for (const category of DataCategory.options) {
      const { [category]: lost, ...rest } = envelope
      digests.push(envelopeDigest(rest), envelopeDigest({ ...envelope, [category]: `${lost}A` }))
    }
    digests.push(envelopeDigest({ identity: 'a..b.c.d' }), envelopeDigest({ contact: 'a..b.c.d' }))
    expect(new Set(digests).size).toBe(15)
  })
})
