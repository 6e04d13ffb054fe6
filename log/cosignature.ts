// Cosignatures of checkpoints by other keys than the log's (C2SP tlog-cosignature, `cosignature/v1`, Ed25519): a dated statement that
// this is the largest tree its signer has seen of the log, and that all it has seen before is in it.
import { verify } from 'node:crypto'
import { type Refusal, refuse } from '../events/refusal.ts'
import type { Instant } from '../schemas/ids.ts'
import {
  type Note,
  type NoteLine,
  type TreeHead,
  ed25519Key,
  noteKeyId,
  parseCheckpointText,
  parseNote,
  signatureOf,
} from './checkpoint.ts'

/** Signature type of an Ed25519 cosignature (C2SP signed-note, "Signature types"). */
const type = 4

/** The last second that RFC 3339 can write. */
const lastSecond = 253_402_300_799n

/** An Ed25519 key that cosigns under a name. `publicKey`: 32 bytes. */
export type Cosigner = { name: string; publicKey: Uint8Array }

/**
 * What an institution cosigns as: a schema-less URL beside the log's own origin. Its keys share the name; key IDs tell them apart.
 * `referral-hub.example/access-log`, `IGM` → `referral-hub.example/institutions/IGM`
 */
export const cosignerName = (origin: string, institution: string): string =>
  `${origin.split('/', 1)[0]}/institutions/${institution}`

/**
 * What is signed: header line, time in POSIX seconds, then the text of the note. Nothing else that these keys sign begins with this
 * header: an RFC 9421 signature base begins with a quotation mark (§2.5).
 */
export const cosignedMessage = (text: string, time: number): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)

/** The signature line: key ID, time as 8 bytes big-endian, 64 bytes of Ed25519. `time`: POSIX seconds. */
export const cosignatureLine = (
  { name, publicKey }: Cosigner,
  time: number,
  signature: Uint8Array,
): string => {
  const stamp = Buffer.alloc(8)
  stamp.writeBigUInt64BE(BigInt(time))
  const blob = Buffer.concat([noteKeyId(name, publicKey, type), stamp, signature])
  return `— ${name} ${blob.toString('base64')}\n`
}

/** Whether a line claims to be this cosigner's: name and key ID, nothing verified. */
export const claims = ({ name, id }: NoteLine, cosigner: Cosigner): boolean =>
  name === cosigner.name && id.equals(noteKeyId(cosigner.name, cosigner.publicKey, type))

/** The time of a cosignature that verifies, in POSIX seconds; undefined for any other line. */
export const cosignedAt = (
  text: string,
  line: NoteLine,
  cosigner: Cosigner,
): number | undefined => {
  if (!claims(line, cosigner) || line.signature.length !== 72) return undefined
  const time = line.signature.readBigUInt64BE()
  if (time > lastSecond) return undefined
  const message = cosignedMessage(text, Number(time))
  return verify(null, message, ed25519Key(cosigner.publicKey), line.signature.subarray(8))
    ? Number(time)
    : undefined
}

/** A checkpoint that the log's own key signed. `logLine` is the line that says so. */
export type SignedCheckpoint = Note & { head: TreeHead; logLine: NoteLine }

/** What a caller offers as a checkpoint of ours: form, origin and the log's signature. Lines of other keys are no concern here. */
export const readSignedCheckpoint = (
  note: string,
  log: { origin: string; publicKey: Uint8Array },
): SignedCheckpoint | Refusal => {
  const parsed = parseNote(note)
  const head = parsed && parseCheckpointText(parsed.text)
  if (!parsed || !head)
    return refuse('invalid-request', [{ pointer: '/checkpoint', code: 'wrong-format' }])
  const logLine = signatureOf(parsed, log.origin, log.publicKey)
  return head.origin === log.origin && logLine
    ? { ...parsed, head, logLine }
    : refuse('checkpoint-not-ours')
}

/** Seconds that a cosignature may lie behind the hub's clock and ahead of it: the window of request signatures. */
export const maxBehind = 300
const maxAhead = 30

/** The one cosignature of this very cosigner, made now. */
export const judgeCosignature = (
  { text, lines }: Note,
  cosigner: Cosigner,
  now: Instant,
): { line: string; time: number } | Refusal => {
  const [own, ...more] = lines.filter(line => claims(line, cosigner))
  const time = own && cosignedAt(text, own, cosigner)
  if (!own || more.length > 0 || time === undefined) return refuse('cosignature-invalid')
  const seconds = Date.parse(now) / 1000
  if (time < seconds - maxBehind || time > seconds + maxAhead) return refuse('cosignature-time')
  return { line: own.line, time }
}
