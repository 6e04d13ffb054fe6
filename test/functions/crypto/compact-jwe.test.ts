// The hub's sealing against jose, and against every way to change what is sealed.
import { createCipheriv, randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { describe, expect, test } from 'vitest'
import {
  compactOf,
  openCompact,
  packedCompact,
  sealCompact,
} from '../../../functions/crypto/compact-jwe.ts'

const key = randomBytes(32)
const about = { referralId: '019aa5d4-7c00-7abc-8def-0123456789ab', category: 'ñ' }
const byJose = (text: Uint8Array, header: object = {}, under: Uint8Array = key) =>
  new CompactEncrypt(text)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...header })
    .encrypt(under)
const texts = fc.uint8Array({ maxLength: 2000 })

test('whatever is sealed comes back, here and in jose, with its header', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async text => {
      const sealed = sealCompact(text, key, about)
      const header = { alg: 'dir', enc: 'A256GCM', ...about }
      expect(openCompact(sealed, key)).toEqual({ plaintext: Buffer.from(text), header })
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, key)
      expect(Buffer.from(plaintext)).toEqual(Buffer.from(text))
      expect(protectedHeader).toEqual(header)
    }),
    { numRuns: 50 },
  )
})

test('what jose sealed comes back', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async text => {
      expect(openCompact(await byJose(text, about), key).plaintext).toEqual(Buffer.from(text))
    }),
    { numRuns: 50 },
  )
})

test('the bytes are those that jose writes: the same header, and the same lengths', async () => {
  const text = randomBytes(300)
  const [ours, theirs] = [sealCompact(text, key, about), await byJose(text, about)].map(sealed =>
    sealed.split('.'),
  )
  expect(ours?.[0]).toBe(theirs?.[0])
  expect(ours?.map(part => part.length)).toEqual(theirs?.map(part => part.length))
})

test('its bytes are a quarter less, and its text again letter by letter', async () => {
  for (const text of ['', 'x', 'x'.repeat(2000), '\0\0{']) {
    const bytes = Buffer.from(text)
    for (const sealed of [sealCompact(bytes, key, about), await byJose(bytes, about)]) {
      const packed = packedCompact(sealed)
      expect(packed.length).toBeLessThanOrEqual(Math.ceil((sealed.length * 3) / 4))
      expect(compactOf(packed)).toBe(sealed)
    }
  }
  for (const other of ['', 's', 'a.b.c.d.e', sealCompact(Buffer.from('x'), key).slice(0, -1)])
    expect(() => packedCompact(other)).toThrow('not a compact JWE')
})

test('the same text is never sealed the same way twice', () => {
  const text = Buffer.from('{}')
  const sealed = Array.from({ length: 1000 }, () => sealCompact(text, key))
  expect(new Set(sealed.map(one => one.split('.')[2])).size).toBe(1000)
})

describe('nothing opens', () => {
  const sealed = sealCompact(Buffer.from('{"a":1}'), key, about)
  const parts = sealed.split('.')
  const opens = (one: string, under: Uint8Array = key) => openCompact(one, under)

  test('under another key, or one of another length', () => {
    expect(() => opens(sealed, randomBytes(32))).toThrow('decryption failed')
    for (const length of [0, 16, 24, 31, 33])
      expect(() => opens(sealed, Buffer.alloc(length, key))).toThrow()
  })

  test('with any one character changed', () => {
    for (const [i, char] of sealed.split('').entries()) {
      // The last character of a part may hold bits that say nothing.
      if (char === '.' || (sealed[i + 1] ?? '.') === '.') continue
      const other = char === 'A' ? 'B' : 'A'
      expect(() => opens(sealed.slice(0, i) + other + sealed.slice(i + 1)), `at ${i}`).toThrow()
    }
  })

  test.each([0, 1, 2, 3, 4])('with part %i cut, lengthened, emptied or in other letters', n => {
    const part = parts[n] ?? ''
    for (const other of [
      part.slice(0, -4) || 'A',
      `${part}AAAA`,
      `${part}=`,
      ` ${part}`,
      `${part}\n`,
      '+/',
    ])
      expect(() => opens(parts.with(n, other).join('.')), other).toThrow()
    if (n !== 1) expect(() => opens(parts.with(n, '').join('.'))).toThrow()
  })

  test('with more or fewer parts', () => {
    for (const other of ['', '.', '....', parts.slice(0, 4).join('.'), `${sealed}.AAAA`])
      expect(() => opens(other), other).toThrow('not a compact JWE')
  })

  // Sealed by the rules under the right key, so that the header alone is what is wrong.
  const under = (header: unknown) => {
    const text = typeof header === 'string' ? header : JSON.stringify(header)
    const protectedHeader = Buffer.from(text).toString('base64url')
    const iv = randomBytes(12)
    const sealing = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(protectedHeader))
    const ciphertext = Buffer.concat([sealing.update('{}'), sealing.final()])
    const rest = [iv, ciphertext, sealing.getAuthTag()].map(one => one.toString('base64url'))
    return [protectedHeader, '', ...rest].join('.')
  }
  const good = { alg: 'dir', enc: 'A256GCM' }

  test('with a header that says another thing', () => {
    expect(opens(under(good)).plaintext.toString()).toBe('{}')
    for (const header of [
      {},
      null,
      [],
      'dir',
      '{',
      { ...good, alg: 'A256KW' },
      { ...good, alg: 'none' },
      { ...good, enc: 'A128GCM' },
      { ...good, enc: undefined },
      { ...good, zip: 'DEF' },
      { ...good, crit: ['exp'], exp: 1 },
    ])
      expect(() => opens(under(header)), JSON.stringify(header)).toThrow()
  })

  test('with a key of its own in it, or a shorter tag', async () => {
    const wrapped = await new CompactEncrypt(Buffer.from('{}'))
      .setProtectedHeader({ alg: 'A256KW', enc: 'A256GCM' })
      .encrypt(key)
    expect(() => opens(wrapped)).toThrow('not a compact JWE')
    const tag = Buffer.from(parts[4] ?? '', 'base64url').subarray(0, 12)
    expect(() => opens(parts.with(4, tag.toString('base64url')).join('.'))).toThrow()
  })
})
