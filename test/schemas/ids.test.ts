import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import {
  AgreementId,
  Folio,
  IdempotencyKey,
  InstitutionCode,
  Instant,
  Keyid,
  ReferralId,
  Salt,
  Sha256,
} from '../../schemas/ids.ts'

const accepts = (shape: z.ZodType) => (value: unknown) => shape.safeParse(value).success

type Row = { shape: z.ZodType; good: string[]; bad: string[] }
const rows: Record<string, Row> = {
  'a referral id (UUID version 7, RFC 9562)': {
    shape: ReferralId,
    good: ['019aa5d4-7c00-7abc-8def-0123456789ab', '00000000-0000-7000-b000-000000000000'],
    bad: [
      '019AA5D4-7C00-7ABC-8DEF-0123456789AB',
      '019aa5d4-7c00-4abc-8def-0123456789ab',
      '019aa5d4-7c00-7abc-7def-0123456789ab',
      '019aa5d4-7c00-7abc-cdef-0123456789ab',
      '019aa5d47c007abc8def0123456789ab',
      '{019aa5d4-7c00-7abc-8def-0123456789ab}',
      '019aa5d4-7c00-7abc-8def-0123456789ab\n',
      '019aa5d4-7c00-7abc-8def-0123456789a',
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
    ],
  },
  'an institution code': {
    shape: InstitutionCode,
    good: ['IGM', 'ALA', 'OIM', 'XXX', 'AB', 'ABCDEFGH'],
    bad: ['', 'A', 'ABCDEFGHI', 'igm', 'IGM ', 'IGM1', 'hub', 'ÍGM', 'IGM\n'],
  },
  'an agreement id': {
    shape: AgreementId,
    good: ['igm-ala-2026', 'a', '2', 'a'.repeat(64)],
    bad: ['', '-a', 'a-', 'a--b', 'IGM', 'a b', 'a/b', 'a.b', 'a'.repeat(65), 'a\n'],
  },
  'a keyid (RFC 7638 thumbprint)': {
    shape: Keyid,
    good: ['NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', 'A'.repeat(43)],
    bad: ['', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}+`, `${'A'.repeat(42)}=`],
  },
  'a folio': {
    shape: Folio,
    good: ['REF-0000-0001-1', 'REF-ZZZZ-ZZZZ-*', 'REF-0000-0000-U', 'REF-9VXW-2TQA-~'],
    bad: [
      'REF-0000-0001',
      'REF-0000-0001-',
      'ref-0000-0001-1',
      'REF-000I-0001-1',
      'REF-000L-0001-1',
      'REF-000O-0001-1',
      'REF-000U-0001-1',
      'REF-0000-0001-I',
      'REF-0000-0001-11',
      'REF-00000001-1',
      'REF-0000-0001-1\n',
    ],
  },
  'a SHA-256': {
    shape: Sha256,
    good: ['0'.repeat(64), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    bad: ['', '0'.repeat(63), '0'.repeat(65), 'E'.repeat(64), 'g'.repeat(64)],
  },
  'an Idempotency-Key': {
    shape: IdempotencyKey,
    good: ['a'.repeat(16), 'Z'.repeat(64), 'key_of-16_chars0'],
    bad: ['', 'a'.repeat(15), 'a'.repeat(65), `${'a'.repeat(15)} `, `${'a'.repeat(15)}ñ`],
  },
}

describe.each(Object.entries(rows))('%s', (_, { shape, good, bad }) => {
  test.each(good)('is %j', text => {
    expect(accepts(shape)(text)).toBe(true)
  })
  test.each(bad)('is not %j', text => {
    expect(accepts(shape)(text)).toBe(false)
  })
  test.each([undefined, null, 7, true, [good[0]], {}])('is a string, not %j', value => {
    expect(accepts(shape)(value)).toBe(false)
  })
})

describe('a salt', () => {
  test('any 16 bytes in base64url are one, and no other number of bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 40 }), bytes => {
        const text = Buffer.from(bytes).toString('base64url')
        expect(accepts(Salt)(text)).toBe(bytes.length === 16)
      }),
    )
  })

  test('of all last characters only the four that 16 bytes can end in are accepted', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const accepted = alphabet.split('').filter(last => accepts(Salt)('A'.repeat(21) + last))
    expect(accepted.join('')).toBe('AQgw')
  })
})

describe('an instant', () => {
  test.each(['2026-11-21T12:00:00.000Z', '2024-02-29T23:59:59.999Z', '2000-02-29T00:00:00.000Z'])(
    'is %s',
    at => {
      expect(accepts(Instant)(at)).toBe(true)
    },
  )

  test.each([
    '2026-11-21T12:00:00Z',
    '2026-11-21T12:00:00.00Z',
    '2026-11-21T12:00:00.0000Z',
    '2026-11-21T12:00:00.000',
    '2026-11-21T12:00:00.000+00:00',
    '2026-11-21T06:00:00.000-06:00',
    '2026-11-21t12:00:00.000z',
    '2026-11-21 12:00:00.000Z',
    '2026-02-29T12:00:00.000Z',
    '1900-02-29T12:00:00.000Z',
    '2026-04-31T12:00:00.000Z',
    '2026-13-01T12:00:00.000Z',
    '2026-11-21T24:00:00.000Z',
    '2026-11-21T12:60:00.000Z',
    '2016-12-31T23:59:60.000Z',
    '+002026-11-21T12:00:00.000Z',
    '2026-11-21T12:00:00.000Z\n',
    '2026-11-21',
    '',
  ])('is not %j', at => {
    expect(accepts(Instant)(at)).toBe(false)
  })

  test('any instant of the clock is one, and instants compare as text like the moments they name', () => {
    const moments = fc.date({
      min: new Date('1970-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        const [one, other] = [Instant.parse(a.toISOString()), Instant.parse(b.toISOString())]
        expect(one < other).toBe(a.getTime() < b.getTime())
      }),
    )
  })
})
