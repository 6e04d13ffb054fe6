// What a terminal would obey, and streams that a test reads to their end.
import { PassThrough } from 'node:stream'

/**
 * All that a terminal obeys, and all that Unicode has for turning, hiding or breaking text; a line feed ends our own
 * lines.
 */
export const acting = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u
/** One of each. */
export const named = [
  '\u001b[31m',
  '\u009b31m',
  '\u001b]8;;http://x\u0007',
  '\r',
  '\t',
  '\u0000',
  '\u007f',
  '\u0085',
  '\u061c',
  '\u200b',
  '\u200e',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\ufeff',
  '\u{e0041}',
  '\ud800',
]
/** With its byte order mark, which a decoder would take off. */
export const readAll = async (stream: PassThrough) =>
  Buffer.concat((await stream.toArray()) as Buffer[]).toString()

export const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY })
