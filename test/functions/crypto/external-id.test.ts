import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  externalIdName,
  openExternalId,
  sealExternalId,
} from '../../../functions/crypto/external-id.ts'
import { ExternalId, KeptExternalId } from '../../../schemas/referral.ts'
import { other, referralId } from './two-referrals.ts'

const key = randomBytes(32)
const id = ExternalId.parse('IGM-PRUEBA-000001')
const ids = fc
  .array(fc.constantFrom('A', '7', '-', ' ', '"', '\\', 'ñ', '文', '😀'), {
    minLength: 1,
    maxLength: 64,
  })
  .map(list => KeptExternalId.parse(list.join('')))

describe('the sender’s own number', () => {
  test('it is opened for its sender and its referral as it was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(ids, async one => {
        expect(openExternalId(sealExternalId(one, key, referralId), key, referralId)).toBe(one)
      }),
    )
  })

  test('nobody opens it with another institution’s key', async () => {
    const sealed = sealExternalId(id, key, referralId)
    expect(() => openExternalId(sealed, randomBytes(32), referralId)).toThrow()
  })

  test('it cannot be moved to another referral', async () => {
    const sealed = sealExternalId(id, key, referralId)
    expect(() => openExternalId(sealed, key, other)).toThrow()
  })

  test('no part of it can be altered', async () => {
    const parts = sealExternalId(id, key, referralId).split('.')
    expect(parts).toHaveLength(5)
    for (const i of [0, 2, 3, 4]) {
      const part = parts[i] ?? ''
      const altered = parts.with(i, (part.startsWith('A') ? 'B' : 'A') + part.slice(1)).join('.')
      expect(() => openExternalId(altered, key, referralId)).toThrow()
    }
  })

  test('it cannot be read in what is kept, and keeping it twice looks different', async () => {
    const sealed = sealExternalId(id, key, referralId)
    const clear = sealed.split('.').map(part => Buffer.from(part, 'base64url').toString('latin1'))
    expect(clear.join('')).not.toContain('PRUEBA')
    expect(sealExternalId(id, key, referralId)).not.toBe(sealed)
  })

  test('how long it is cannot be seen, in whatever alphabet it is written', async () => {
    const lengths = ['1', 'x'.repeat(64), 'ñ'.repeat(64), '文'.repeat(64), '😀'.repeat(64)].map(
      async one => sealExternalId(ExternalId.parse(one), key, referralId).length,
    )
    expect(new Set(await Promise.all(lengths)).size).toBe(1)
  })
})

describe('the name that keeps it unique', () => {
  test('one number of one sender has one name', () => {
    expect(externalIdName(id, key)).toBe(externalIdName(id, key))
    expect(externalIdName(id, key)).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  test('different numbers have different names, and so has the same number of another sender', () => {
    fc.assert(
      fc.property(ids, ids, (one, another) => {
        expect(externalIdName(one, key) === externalIdName(another, key)).toBe(one === another)
        expect(externalIdName(one, randomBytes(32))).not.toBe(externalIdName(one, key))
      }),
    )
  })
})
