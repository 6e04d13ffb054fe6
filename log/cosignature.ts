// Cosignatures of checkpoints by other keys than the log's (C2SP tlog-cosignature, `cosignature/v1`, Ed25519): a dated
// statement that this is the largest tree its signer has seen of the log, and that all it has seen before is in it.
import { type Bytes, base64, joined, sameBytes, utf8 } from './bytes.ts'
import { type NoteLine, noteKeyId, verifyEd25519 } from './checkpoint.ts'

/** Signature type of an Ed25519 cosignature (C2SP signed-note, "Signature types"). */
const type = 4

/** The last second that RFC 3339 can write. */
const lastSecond = 253_402_300_799n

/** An Ed25519 key that cosigns under a name. `publicKey`: 32 bytes. */
export type Cosigner = { name: string; publicKey: Uint8Array }

/**
 * What an institution cosigns as: a schema-less URL beside the log's own origin. Its keys share the name; key IDs tell
 * them apart. `referral-hub.example/access-log`, `IGM` → `referral-hub.example/institutions/IGM`
 */
export const cosignerName = (origin: string, institution: string): string =>
  `${origin.split('/', 1)[0]}/institutions/${institution}`

/**
 * What is signed: header line, time in POSIX seconds, then the text of the note. Nothing else that these keys sign
 * begins with this header: an RFC 9421 signature base begins with a quotation mark (§2.5).
 */
export const cosignedMessage = (text: string, time: number): Bytes =>
  utf8(`cosignature/v1\ntime ${time}\n${text}`)

/** The signature line: key ID, time as 8 bytes big-endian, 64 bytes of Ed25519. `time`: POSIX seconds. */
export const cosignatureLine = (
  { name, publicKey }: Cosigner,
  time: number,
  signature: Uint8Array,
): string => {
  const stamp = new Uint8Array(8)
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time))
  const blob = joined([noteKeyId(name, publicKey, type), stamp, signature])
  return `— ${name} ${base64(blob)}\n`
}

/** Whether a line claims to be this cosigner's: name and key ID, nothing verified. */
export const claims = ({ name, id }: NoteLine, cosigner: Cosigner): boolean =>
  name === cosigner.name && sameBytes(id, noteKeyId(cosigner.name, cosigner.publicKey, type))

/** The time of a cosignature that verifies, in POSIX seconds; undefined for any other line. */
export const cosignedAt = async (
  text: string,
  line: NoteLine,
  cosigner: Cosigner,
): Promise<number | undefined> => {
  if (!claims(line, cosigner) || line.signature.length !== 72) return undefined
  const time = new DataView(line.signature.buffer, line.signature.byteOffset).getBigUint64(0)
  if (time > lastSecond) return undefined
  const message = cosignedMessage(text, Number(time))
  return (await verifyEd25519(cosigner.publicKey, message, line.signature.slice(8)))
    ? Number(time)
    : undefined
}
