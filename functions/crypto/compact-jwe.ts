// Compact JWE (RFC 7516 §7.1) under a key that both sides have (`dir`, RFC 7518 §4.5) with AES-256-GCM (§5.3): all that
// the hub seals with. jose reads what this writes, and the other way round (test/functions/crypto/compact-jwe.test.ts);
// jose goes through Web Crypto's thread pool twice for each text.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const cipher = 'aes-256-gcm'
const authTagLength = 16
const algorithms = { alg: 'dir', enc: 'A256GCM' }

/** Header, no encrypted key, 96 bits of IV, ciphertext and 128 bits of tag, in base64url. */
const form = /^([\w-]+)\.\.([\w-]{16})\.([\w-]*)\.([\w-]{22})$/

const bytes = (part = ''): Buffer => Buffer.from(part, 'base64url')

/**
 * Seals a text.
 *
 * @param key 32 bytes
 * @param about members of the protected header: anybody can read them, nobody can change them
 */
export const sealCompact = (
  plaintext: Uint8Array,
  key: Uint8Array,
  about: Readonly<Record<string, string>> = {},
): string => {
  const header = Buffer.from(JSON.stringify({ ...algorithms, ...about })).toString('base64url')
  const iv = randomBytes(12)
  const sealing = createCipheriv(cipher, key, iv, { authTagLength }).setAAD(Buffer.from(header))
  const ciphertext = Buffer.concat([sealing.update(plaintext), sealing.final()])
  const parts = [iv, ciphertext, sealing.getAuthTag()].map(part => part.toString('base64url'))
  return [header, '', ...parts].join('.')
}

/** A compact JWE without its base64url: header, 0, IV, tag, ciphertext. Throws for what is none. */
export const packedCompact = (sealed: string): Uint8Array => {
  const [, header, iv, ciphertext, tag] = form.exec(sealed) ?? []
  if (header === undefined) throw new Error('not a compact JWE under a direct key')
  return Buffer.concat([bytes(header), Buffer.of(0), ...[iv, tag, ciphertext].map(bytes)])
}

/** The text that `packedCompact` was given, letter by letter: ours are made of canonical base64url. */
export const compactOf = (packed: Uint8Array): string => {
  const all = Buffer.from(packed)
  const end = all.indexOf(0)
  const parts = [all.subarray(0, end), all.subarray(end + 1, end + 13), all.subarray(end + 29)]
  const [header, iv, ciphertext] = parts.map(part => part.toString('base64url'))
  const tag = all.toString('base64url', end + 13, end + 29)
  return [header, '', iv, ciphertext, tag].join('.')
}

/**
 * Opens what `sealCompact` sealed. Throws for another key, a text that was altered, and a JWE of another kind: with an
 * encrypted key, other algorithms, compression, or a header that must be understood (`crit`).
 *
 * @returns the text, and its header's members
 */
export const openCompact = (
  sealed: string,
  key: Uint8Array,
): { plaintext: Buffer; header: Readonly<Record<string, unknown>> } => {
  const [, protectedHeader, iv, ciphertext, tag] = form.exec(sealed) ?? []
  if (protectedHeader === undefined) throw new Error('not a compact JWE under a direct key')
  // RFC 7516 §5.2, steps 3 to 5; what it says is believed once the tag holds.
  const header = JSON.parse(bytes(protectedHeader).toString()) as Record<string, unknown>
  const { alg, enc } = header
  if (alg !== algorithms.alg || enc !== algorithms.enc || 'zip' in header || 'crit' in header)
    throw new Error('a JWE of another kind')
  const opening = createDecipheriv(cipher, key, bytes(iv), { authTagLength })
  opening.setAAD(Buffer.from(protectedHeader)).setAuthTag(bytes(tag))
  try {
    const plaintext = Buffer.concat([opening.update(bytes(ciphertext)), opening.final()])
    return { plaintext, header }
  } catch {
    throw new Error('decryption failed')
  }
}
