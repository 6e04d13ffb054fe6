// The requests of the whole log: what chunk.ts found out about each of them, in the order of the entries, by the keys
// that the log's directory has; and what no entry shows alone: one evidence for one request, one request for one
// signature.
import { sameBytes } from '../log/bytes.ts'
import type { NotedEntry } from './chunk.ts'
import { isHubs } from './evidence.ts'
import { keyOf, type VerifierKey } from './keys.ts'
import { hashAt, type Hashes } from './tree.ts'
import { Failed } from './verdict.ts'

/**
 * Verifies every entry's request. Entries of one request (a batch) have one evidence; one signature stands behind one
 * request.
 * @param evidences digests of what each entry says of who asked for what
 * @returns how many signed requests there were
 */
export const verifyRequests = (
  entries: readonly NotedEntry[],
  evidences: Hashes,
  keys: ReadonlyMap<string, VerifierKey>,
): number => {
  const firsts = new Map<string, number>()
  const nonces = new Map<string, string>()
  for (const [index, entry] of entries.entries()) {
    const { actor, requestId, nonce, fault } = entry
    const first = firsts.get(requestId)
    if (first === undefined) firsts.set(requestId, index)
    else if (!sameBytes(hashAt(evidences, first), hashAt(evidences, index)))
      throw new Failed('evidence-differs', requestId, index)
    if (!isHubs(entry)) keyOf(entry, keys, index)
    if (fault) throw new Failed(fault.code, fault.detail, index)
    if (nonce === undefined) continue
    const spent = `${actor.keyid} ${nonce}`
    if ((nonces.get(spent) ?? requestId) !== requestId)
      throw new Failed('evidence-reused', requestId, index)
    nonces.set(spent, requestId)
  }
  return nonces.size
}
