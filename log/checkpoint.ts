// Checkpoints (C2SP tlog-checkpoint) as signed notes (C2SP signed-note) of one Ed25519 key.
import { createHash, createPublicKey, verify } from 'node:crypto'

/** The text that is signed: origin, size and root hash, each on its line (C2SP tlog-checkpoint, "Note text"). */
export const checkpointText = (origin: string, size: number, root: Uint8Array): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`

/**
 * Key ID of an Ed25519 note key: first 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key) (C2SP signed-note, "Signatures").
 * @param type 0x01 signs the text itself, 0x04 cosigns it (cosignature.ts)
 */
export const noteKeyId = (name: string, publicKey: Uint8Array, type: 1 | 4 = 1): Buffer =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.of(type))
    .update(publicKey)
    .digest()
    .subarray(0, 4)

/** The note: text, empty line, signature line. `signature`: 64 bytes of Ed25519 over the text. */
export const signedNote = (
  text: string,
  name: string,
  publicKey: Uint8Array,
  signature: Uint8Array,
): string =>
  `${text}\n— ${name} ${Buffer.concat([noteKeyId(name, publicKey), signature]).toString('base64')}\n`

/** The verifier key of an Ed25519 note key: `name+keyid+base64(0x01 ‖ public key)` (C2SP signed-note, "Verifier keys"). */
export const verifierKey = (name: string, publicKey: Uint8Array): string =>
  `${name}+${noteKeyId(name, publicKey).toString('hex')}+${Buffer.concat([Buffer.of(1), publicKey]).toString('base64')}\n`

/** A proof that an entry is in the log (C2SP tlog-proof): index, audit path from the leaf up, and the checkpoint as it was signed. */
export const tlogProof = (index: number, path: readonly Uint8Array[], checkpoint: string): string =>
  [
    'c2sp.org/tlog-proof@v1',
    `index ${index}`,
    ...path.map(hash => Buffer.from(hash).toString('base64')),
    '',
    checkpoint,
  ].join('\n')

/** One signature line: whose it says it is, and its bytes behind the key ID. `line` is as it stands, with its newline. */
export type NoteLine = { name: string; id: Buffer; signature: Buffer; line: string }
export type Note = { text: string; lines: NoteLine[] }

/** Base64 with padding, the one way to write it (RFC 4648 §3.5): a second spelling would be a second note. */
export const strictBase64 = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/**
 * The text of a note and its signature lines, none of them verified (C2SP signed-note, "Format"); undefined for what is no signed
 * note. Attacker-controlled input is parsed here.
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
    lines.push({ name, id: bytes.subarray(0, 4), signature: bytes.subarray(4), line: `${line}\n` })
  }
  return { text: note.slice(0, end + 1), lines }
}

/** What a checkpoint says of the tree. */
export type TreeHead = { origin: string; size: number; root: Buffer }

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

/** The public key object of 32 bytes of Ed25519 (RFC 8037 §2). */
export const ed25519Key = (publicKey: Uint8Array) =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  })

/**
 * The line by which this key signs the note; undefined where there is none, or where one of the key's lines does not verify
 * (C2SP signed-note: then the whole note is to be rejected).
 */
export const signatureOf = (
  { text, lines }: Note,
  name: string,
  publicKey: Uint8Array,
): NoteLine | undefined => {
  const id = noteKeyId(name, publicKey)
  const own = lines.filter(line => line.name === name && line.id.equals(id))
  const key = ed25519Key(publicKey)
  return own.every(({ signature }) => verify(null, Buffer.from(text), key, signature))
    ? own[0]
    : undefined
}
