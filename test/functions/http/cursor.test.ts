import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { Refused } from '../../../events/refusal.ts'
import { readCursor, writeCursor } from '../../../functions/http/cursor.ts'
import { EntryId } from '../../../schemas/ids.ts'

const Position = z.strictObject({ id: z.string(), at: z.int() })
const refused = new Refused('invalid-request', [{ pointer: '/cursor', code: 'wrong-format' }])
const thrownBy = (cursor: string) => {
  try {
    return readCursor(cursor, Position)
  } catch (error) {
    return error
  }
}

test('a cursor of the hub is read as what it stands for, and is plain enough for a query', () => {
  fc.assert(
    fc.property(fc.record({ id: fc.string({ unit: 'grapheme' }), at: fc.nat() }), position => {
      const cursor = writeCursor(position)
      expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/)
      expect(readCursor(cursor, Position)).toEqual(position)
    }),
  )
  const id = '019aa5d4-7c00-7abc-8def-000000000001'
  expect(readCursor(writeCursor(id), EntryId)).toBe(id)
})

test('any other text is refused as a wrong cursor, whatever it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), text => {
      expect(thrownBy(text)).toEqual(refused)
    }),
  )
})

test.each([
  '',
  writeCursor({}),
  writeCursor({ id: 'x', at: 1.5 }),
  writeCursor({ id: 'x', at: 1, more: 1 }),
  writeCursor([]),
  writeCursor('x'),
  Buffer.from('null').toString('base64url'),
  Buffer.from('{"id":"x","at":1').toString('base64url'),
  Buffer.from([0xff, 0xfe]).toString('base64url'),
])('%j is refused', cursor => {
  expect(thrownBy(cursor)).toEqual(refused)
})
