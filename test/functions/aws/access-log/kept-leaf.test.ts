// What a row keeps of a leaf gives back its text, byte for byte, whatever the entry.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeptLeaf, packedLeaf } from '../../../../functions/aws/access-log/kept-leaf.ts'

/** Text without lone surrogates: JSON.stringify escapes those. */
const text = fc.string({ unit: 'binary' })

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(text, leaf => {
      expect(KeptLeaf.parse(packedLeaf(leaf))).toBe(leaf)
    }),
  )
  const long = JSON.stringify({ covered: { 'idempotency-key': 'x'.repeat(20_000) } })
  expect(KeptLeaf.parse(packedLeaf(long))).toBe(long)
})

test('a row of before 0.2 keeps the text itself', () => {
  expect(KeptLeaf.parse('{"id":"1"}')).toBe('{"id":"1"}')
})

test('what was kept by these words once is read with them for ever', () => {
  const leaf =
    '{"id":"0199","action":"referral.submit","outcome":"allowed","actor":{"institution":"IGM"}}'
  const kept = Buffer.from('AYMHkqWlErZYKi5Nys0swRFXONKDp7uvUm0tAA==', 'base64')
  expect(KeptLeaf.parse(kept)).toBe(leaf)
})

test('what another function wrote in another way, or half a row, is a fault and no other text', () => {
  const kept = packedLeaf('{"id":"0199","action":"referral.submit"}')
  expect(() => KeptLeaf.parse(Buffer.concat([Buffer.of(2), kept.subarray(1)]))).toThrow()
  expect(() => KeptLeaf.parse(new Uint8Array())).toThrow()
  expect(() => KeptLeaf.parse(kept.subarray(0, -2))).toThrow()
})
