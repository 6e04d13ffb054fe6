// Merkle trees as RFC 6962 §2.1 words them, recursively over all leaves: slow, and hard to get wrong.
import { createHash } from 'node:crypto'

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const split = (size: number): number => {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}

/** RFC 6962 §2.1, over leaf hashes: MTH, PATH and PROOF of the first leaves of a tree. Subtrees are hashed once. */
export const naiveTree = (leafHashes: readonly Uint8Array[]) => {
  const known = new Map<string, Buffer>()
  const mth = (start: number, end: number): Buffer => {
    if (end === start) return sha256()
    if (end - start === 1) return Buffer.from(leafHashes[start] as Uint8Array)
    const name = `${start}-${end}`
    const found = known.get(name)
    if (found) return found
    const k = start + split(end - start)
    const hash = sha256(Buffer.of(1), mth(start, k), mth(k, end))
    known.set(name, hash)
    return hash
  }
  const path = (m: number, start: number, end: number): Buffer[] => {
    if (end - start === 1) return []
    const k = start + split(end - start)
    return m < k ? [...path(m, start, k), mth(k, end)] : [...path(m, k, end), mth(start, k)]
  }
  const subproof = (m: number, start: number, end: number, whole: boolean): Buffer[] => {
    if (m === end) return whole ? [] : [mth(start, end)]
    const k = start + split(end - start)
    return m <= k
      ? [...subproof(m, start, k, whole), mth(k, end)]
      : [...subproof(m, k, end, false), mth(start, k)]
  }
  return {
    root: (size: number): Buffer => mth(0, size),
    inclusion: (index: number, size: number): Buffer[] => path(index, 0, size),
    consistency: (old: number, size: number): Buffer[] => subproof(old, 0, size, true),
    /** The hash of the complete subtree `index` of `level`. */
    node: async (level: number, index: number): Promise<Buffer> => {
      const end = (index + 1) * 2 ** level
      if (end > leafHashes.length) throw new Error('no such complete subtree')
      return mth(index * 2 ** level, end)
    },
  }
}

/** Leaf hashes that cost little: any 32 octets will do, as long as they differ. */
export const cheapLeaves = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => {
    const hash = Buffer.alloc(32)
    hash.writeUInt32BE(i, 28)
    return hash
  })
