// Whether one entry is in the log that a key signed: its bytes, the proof that they are in the tree (C2SP tlog-proof),
// and the checkpoint of that tree. The one check of a single entry, on paper and in a browser: nothing of Node here.
import { type Bytes, strictBase64 } from '../log/bytes.ts'
import { leafHash, verifyInclusion } from '../log/merkle.ts'
import { readCheckpoint, readVerifierKey } from './note.ts'
import { Failed } from './verdict.ts'

/** `leaf` in base64, `proof` a tlog-proof. `entry`: what was said that the bytes are; compared where it is there. */
export type EntryEvidence = { leaf: string; proof: string; entry?: unknown }

export type ProofFault =
  | 'key'
  | 'proof-malformed'
  | 'checkpoint'
  | 'checkpoint-key'
  | 'not-included'
  | 'entry-malformed'
  | 'entry-differs'

export type ProofVerdict =
  | {
      ok: true
      index: number
      /** What the bytes say: JSON, of no known shape. */
      entry: object
      origin: string
      /** Entries that the checkpoint covers. */
      size: number
    }
  | { ok: false; code: ProofFault }

const fail = (code: ProofFault) => ({ ok: false, code }) as const

/**
 * @param vkey C2SP signed-note verifier key, known by other means than the evidence
 * @param wanted the place that was asked for: the entry of another is as good a proof, of something else
 */
export const proveEntry = async (
  { leaf, proof, entry: told }: EntryEvidence,
  vkey: string,
  wanted?: number,
): Promise<ProofVerdict> => {
  const signer = attempt(() => readVerifierKey(vkey.trim(), vkey.slice(0, vkey.indexOf('+'))))
  if (!signer) return fail('key')
  const read = readProof(proof)
  const bytes = strictBase64(leaf)
  if (!read || !bytes) return fail('proof-malformed')
  let checkpoint
  try {
    checkpoint = await readCheckpoint(read.note, signer, 'checkpoint')
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    // Not signed by this key: perhaps by another log's, or by nobody's.
    const others = ['checkpoint-origin', 'checkpoint-unsigned'].includes(error.code)
    return fail(others ? 'checkpoint-key' : 'checkpoint')
  }
  const { size, root } = checkpoint
  const { index, path } = read
  if (index >= size || !verifyInclusion(leafHash(bytes), index, size, path, root))
    return fail('not-included')
  const entry = attempt(() => JSON.parse(strictUtf8(bytes)) as unknown)
  if (!isRecord(entry) || 'index' in entry) return fail('entry-malformed')
  const differs = told !== undefined && inOrder({ ...entry, index }) !== inOrder(told)
  if (differs || (wanted !== undefined && wanted !== index)) return fail('entry-differs')
  return { ok: true, index, entry, origin: signer.name, size }
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members in one order: what was written in another is still the same. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    isRecord(member)
      ? Object.fromEntries(
          Object.entries(member).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : member,
  )

const strictUtf8 = (bytes: Bytes) =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)

const attempt = <T>(make: () => T): T | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** The parts of a C2SP tlog-proof, as this log writes them. */
const readProof = (proof: string): { index: number; path: Bytes[]; note: string } | undefined => {
  const end = proof.indexOf('\n\n')
  const [head, place = '', ...hashes] = proof.slice(0, Math.max(end, 0)).split('\n')
  const index = /^index (0|[1-9]\d{0,14})$/.exec(place)?.[1]
  const path = hashes.map(hash => strictBase64(hash))
  if (head !== 'c2sp.org/tlog-proof@v1' || index === undefined || path.length > 63) return undefined
  if (!path.every(hash => hash?.length === 32)) return undefined
  return { index: Number(index), path: path as Bytes[], note: proof.slice(end + 2) }
}
