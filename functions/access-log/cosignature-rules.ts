// What a caller must offer to countersign the log: a checkpoint of ours, and one cosignature of its own key, made now.
import { type Refusal, refuse } from '../../events/refusal.ts'
import {
  type Note,
  type NoteLine,
  type TreeHead,
  parseCheckpointText,
  parseNote,
  signatureOf,
} from '../../log/checkpoint.ts'
import { type Cosigner, claims, cosignedAt } from '../../log/cosignature.ts'
import type { Instant } from '../../schemas/ids.ts'
import { maxAhead, maxBehind } from '../../signatures/policy.ts'

/** A checkpoint that the log's own key signed. `logLine` is the line that says so. */
export type SignedCheckpoint = Note & { head: TreeHead; logLine: NoteLine }

/**
 * What a caller offers as a checkpoint of ours: form, origin and the log's signature. Lines of other keys are no
 * concern here.
 */
export const readSignedCheckpoint = async (
  note: string,
  log: { origin: string; publicKey: Uint8Array },
): Promise<SignedCheckpoint | Refusal> => {
  const parsed = parseNote(note)
  const head = parsed && parseCheckpointText(parsed.text)
  if (!parsed || !head)
    return refuse('invalid-request', [{ pointer: '/checkpoint', code: 'wrong-format' }])
  const logLine = await signatureOf(parsed, log.origin, log.publicKey)
  return head.origin === log.origin && logLine
    ? { ...parsed, head, logLine }
    : refuse('checkpoint-not-ours')
}

/** The one cosignature of this very cosigner, made now. */
export const judgeCosignature = async (
  { text, lines }: Note,
  cosigner: Cosigner,
  now: Instant,
): Promise<{ line: string; time: number } | Refusal> => {
  const [own, ...more] = lines.filter(line => claims(line, cosigner))
  const time = own && (await cosignedAt(text, own, cosigner))
  if (!own || more.length > 0 || time === undefined) return refuse('cosignature-invalid')
  const seconds = Date.parse(now) / 1000
  if (time < seconds - maxBehind || time > seconds + maxAhead) return refuse('cosignature-time')
  return { line: own.line, time }
}
