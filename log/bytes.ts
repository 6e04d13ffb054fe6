// Octets as the log needs them: compared, joined, and spelled in base64 and hexadecimal. Nothing of Node: browsers run
// this too.
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

export type Bytes = Uint8Array<ArrayBuffer>

/** UTF-8 (RFC 3629). */
export const utf8: (text: string) => Bytes = utf8ToBytes

export const joined = (parts: readonly Uint8Array[]): Bytes => concatBytes(...parts)

/** Lower case. */
export const hex: (bytes: Uint8Array) => string = bytesToHex

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, i) => byte === other[i])

/** With padding (RFC 4648 §4). signatures/keys.ts has it too: neither folder knows the other. */
export const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))

/** Base64 with padding, the one way to write it (RFC 4648 §3.5): a second spelling would be a second note. */
export const strictBase64 = (text: string): Bytes | undefined => {
  let bytes: Bytes
  try {
    bytes = Uint8Array.from(atob(text), char => char.charCodeAt(0))
  } catch {
    return undefined
  }
  return base64(bytes) === text ? bytes : undefined
}
