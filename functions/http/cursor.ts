// Cursors of lists: where a page ended, as text that callers need not read.
import type * as z from 'zod'
import { Refused } from '../../events/refusal.ts'

export const writeCursor = (position: object | string): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url')

/** The position that a cursor stands for. One that the hub did not write is refused. */
export const readCursor = <T extends z.ZodType>(cursor: string, position: T): z.infer<T> => {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw new Refused('invalid-request', [{ pointer: '/cursor', code: 'wrong-format' }])
  }
}
