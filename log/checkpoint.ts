// Checkpoints (C2SP tlog-checkpoint) as signed notes (C2SP signed-note) of one Ed25519 key.
import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, base64, hex, joined, sameBytes, strictBase64, utf8 } from './bytes.ts'

/** The text that is signed: origin, size and root hash, each on its line (C2SP tlog-checkpoint, "Note text"). */
export const checkpointText = (origin: string, size: number, root: Uint8Array): string =>
  `${origin}\n${size}\n${base64(root)}\n`

/**
 * Key ID of an Ed25519 note key: first 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key) (C2SP signed-note,
 * "Signatures").
 * @param type 0x01 signs the text itself, 0x04 cosigns it (cosignature.ts)
 */
export const noteKeyId = (name: string, publicKey: Uint8Array, type: 1 | 4 = 1): Bytes =>
  sha256(joined([utf8(`${name}\n`), Uint8Array.of(type), publicKey])).slice(0, 4)

/** The note: text, empty line, signature line. `signature`: 64 bytes of Ed25519 over the text. */
export const signedNote = (
  text: string,
  name: string,
  publicKey: Uint8Array,
  signature: Uint8Array,
): string => `${text}\n— ${name} ${base64(joined([noteKeyId(name, publicKey), signature]))}\n`

/**
 * The verifier key of an Ed25519 note key: `name+keyid+base64(0x01 ‖ public key)` (C2SP signed-note, "Verifier keys").
 */
export const verifierKey = (name: string, publicKey: Uint8Array): string =>
  `${name}+${hex(noteKeyId(name, publicKey))}+${base64(joined([Uint8Array.of(1), publicKey]))}\n`

/**
 * A proof that an entry is in the log (C2SP tlog-proof): index, audit path from the leaf up, and the checkpoint as it
 * was signed.
 */
export const tlogProof = (index: number, path: readonly Uint8Array[], checkpoint: string): string =>
  ['c2sp.org/tlog-proof@v1', `index ${index}`, ...path.map(base64), '', checkpoint].join('\n')

/**
 * One signature line: whose it says it is, and its bytes behind the key ID. `line` is as it stands, with its newline.
 */
export type NoteLine = { name: string; id: Bytes; signature: Bytes; line: string }
export type Note = { text: string; lines: NoteLine[] }

/**
 * The text of a note and its signature lines, none of them verified (C2SP signed-note, "Format"); undefined for what is
 * no signed note. Attacker-controlled input is parsed here.
 */
export const parseNote = (note: string): Note | undefined => {
  const end = note.lastIndexOf('\n\n')
  // oxlint-disable-next-line no-control-regex -- signed-note forbids them by their number.
  if (end < 0 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return undefined
  const lines: NoteLine[] = []
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, name, blob = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    const bytes = strictBase64(blob)
    if (name === undefined || !bytes || bytes.length < 5) return undefined
    lines.push({ name, id: bytes.slice(0, 4), signature: bytes.slice(4), line: `${line}\n` })
  }
  return { text: note.slice(0, end + 1), lines }
}

/** What a checkpoint says of the tree. */
export type TreeHead = { origin: string; size: number; root: Bytes }

/** The three lines of `checkpointText` and no more: this log writes no extension lines. Undefined for anything else. */
export const parseCheckpointText = (text: string): TreeHead | undefined => {
  const [origin = '', digits = '', encoded = '', ...more] = text.split('\n')
  const root = strictBase64(encoded)
  const wellFormed =
    more.length === 1 &&
    more[0] === '' &&
    /^[^\s+]+$/.test(origin) &&
    /^(0|[1-9]\d{0,14})$/.test(digits) &&
    root?.length === 32
  return wellFormed ? { origin, size: Number(digits), root } : undefined
}

/**
 * Whether an Ed25519 signature verifies (RFC 8032 §5.1.7), by Web Crypto.
 * @param publicKey 32 bytes
 */
export const verifyEd25519 = async (
  publicKey: Uint8Array,
  message: Bytes,
  signature: Bytes,
): Promise<boolean> => {
  // A copy: Web Crypto takes no view of shared memory.
  const raw = new Uint8Array(publicKey)
  const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, signature, message)
}

/**
 * The line by which this key signs the note; undefined where there is none, or where one of the key's lines does not
 * verify (C2SP signed-note: then the whole note is to be rejected).
 */
export const signatureOf = async (
  { text, lines }: Note,
  name: string,
  publicKey: Uint8Array,
): Promise<NoteLine | undefined> => {
  const id = noteKeyId(name, publicKey)
  const own = lines.filter(line => line.name === name && sameBytes(line.id, id))
  for (const { signature } of own)
    if (!(await verifyEd25519(publicKey, utf8(text), signature))) return undefined
  return own[0]
}
