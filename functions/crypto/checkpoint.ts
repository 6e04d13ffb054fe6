// Checkpoints (C2SP tlog-checkpoint) as signed notes (C2SP signed-note) of one Ed25519 key.
import { createHash } from 'node:crypto'

/** The text that is signed: origin, size and root hash, each on its line (C2SP tlog-checkpoint, "Note text"). */
export const checkpointText = (origin: string, size: number, root: Uint8Array): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`

/** Key ID of an Ed25519 note key: first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key) (C2SP signed-note, "Signatures"). */
export const noteKeyId = (name: string, publicKey: Uint8Array): Buffer =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.of(1))
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
