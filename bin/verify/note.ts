// Who must have signed (policy.json) and what was signed (C2SP tlog-checkpoint in a C2SP signed-note).
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import * as z from 'zod'
import { noteKeyId } from '../../functions/crypto/checkpoint.ts'
import { Instant } from '../../schemas/ids.ts'
import { Failed, type FailureCode } from './verdict.ts'

/** Whom the folder's reader trusts. `hub` and `exportedAt` say where it came from and prove nothing. */
export const Policy = z.strictObject({
  origin: z.string().regex(/^[^\s+]+$/),
  vkey: z.string(),
  exportedAt: Instant,
  hub: z.string(),
})
export type Policy = z.infer<typeof Policy>

export type NoteKey = { name: string; id: Buffer; key: KeyObject }
export type Checkpoint = { note: string; size: number; root: Buffer }

/** Base64 with padding, the one way to write it (RFC 4648 §3.5): a second spelling would be a second note. */
const base64 = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** policy.json: strict, and in the one spelling in which it is exported. */
export const readPolicy = (text: string): Policy => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Failed('policy-malformed', 'policy.json')
  }
  const parsed = Policy.safeParse(value)
  if (!parsed.success || policyText(parsed.data) !== text)
    throw new Failed('policy-malformed', 'policy.json')
  return parsed.data
}

export const policyText = ({ origin, vkey, exportedAt, hub }: Policy): string =>
  `${JSON.stringify({ origin, vkey, exportedAt, hub }, null, 2)}\n`

/** A verifier key `name+hex8+base64(0x01 ‖ public key)` (C2SP signed-note, "Verifier keys"), whose key ID is recomputed. */
export const readVerifierKey = (vkey: string, origin: string): NoteKey => {
  const wrong = new Failed('policy-key', 'vkey')
  const [, name = '', hex = '', encoded = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? []
  const bytes = base64(encoded)
  if (name !== origin || bytes?.length !== 33 || bytes[0] !== 1) throw wrong
  const publicKey = bytes.subarray(1)
  const id = noteKeyId(name, publicKey)
  if (id.toString('hex') !== hex) throw wrong
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') }
    return { name, id, key: createPublicKey({ key: jwk, format: 'jwk' }) }
  } catch {
    throw wrong
  }
}

type NoteFault = 'malformed' | 'origin' | 'unsigned' | 'signature'

/**
 * A checkpoint of that key. Three lines of text and no more: this log writes no extension lines. Signatures of other keys
 * (witnesses) may follow; they are read past, as signed-note says.
 * @param about which checkpoint: it begins the code of a failure
 */
export const readCheckpoint = (
  note: string,
  signer: NoteKey,
  about: 'checkpoint' | 'since',
): Checkpoint => {
  const fail = (fault: NoteFault): never => {
    throw new Failed(`${about}-${fault}` satisfies FailureCode, about)
  }
  const end = note.lastIndexOf('\n\n')
  if (end < 0) return fail(note.split('\n').length >= 4 ? 'unsigned' : 'malformed')
  const text = note.slice(0, end + 1)
  const [origin, digits = '', encoded = '', ...more] = text.split('\n')
  const root = base64(encoded)
  const size = Number(digits)
  if (
    more.length !== 1 ||
    !/^(0|[1-9]\d{0,8})$/.test(digits) ||
    root?.length !== 32 ||
    !note.endsWith('\n')
  )
    return fail('malformed')
  if (origin !== signer.name) return fail('origin')
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length === 1 && lines[0] === '') return fail('unsigned')
  let signed = false
  for (const line of lines) {
    const [, name, blob = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    const bytes = base64(blob)
    if (name === undefined || !bytes || bytes.length < 5) return fail('malformed')
    if (name !== signer.name || !bytes.subarray(0, 4).equals(signer.id)) continue
    if (!verify(null, Buffer.from(text), signer.key, bytes.subarray(4))) return fail('signature')
    signed = true
  }
  return signed ? { note, size, root } : fail('unsigned')
}
