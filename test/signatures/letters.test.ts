// A thumbprint as people read it out: another alphabet, the same bits.
import { expect, test } from 'vitest'
import { areLettersOf, lettersOf } from '../../signatures/letters.ts'

const keyidOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

test('the letters are the first 80 bits in Crockford’s base32', () => {
  expect(lettersOf(keyidOf(new Uint8Array(32)))).toBe('0000-0000-0000-0000')
  expect(lettersOf(keyidOf(new Uint8Array(32).fill(255)))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ')
  // RFC 7638 §3.1's own thumbprint: 0x37 36 cb b1 78 a7 cb ee 0a e4.
  expect(lettersOf('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')).toBe(
    Array.from(BigInt('0x3736cbb1787cb8309c77').toString(32).padStart(16, '0'))
      .map(digit => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number.parseInt(digit, 32)])
      .join('')
      .replaceAll(/(.{4})(?=.)/g, '$1-'),
  )
})

test('what somebody types is read as Crockford has it, and one other letter is another key', () => {
  const keyid = keyidOf(Uint8Array.from({ length: 32 }, (_, place) => place * 7))
  const letters = lettersOf(keyid)
  const typed = [
    letters,
    letters.toLowerCase(),
    letters.replaceAll('-', ' '),
    letters.replaceAll('0', 'o').replaceAll('1', 'l'),
  ]
  for (const one of typed) expect([one, areLettersOf(one, keyid)]).toEqual([one, true])
  for (let place = 0; place < letters.length; place++) {
    if (letters[place] === '-') continue
    const other = letters[place] === 'Z' ? 'Y' : 'Z'
    expect(areLettersOf(letters.slice(0, place) + other + letters.slice(place + 1), keyid)).toBe(
      false,
    )
  }
  for (const one of ['', letters.slice(0, -1), `${letters}0`])
    expect(areLettersOf(one, keyid)).toBe(false)
})
