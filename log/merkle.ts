// RFC 6962 §2.1 Merkle trees: hashing, appending by the right edge, inclusion and consistency proofs and their
// verification.
import { sha256 as digest } from '@noble/hashes/sha2.js'
import { type Bytes, sameBytes } from './bytes.ts'

/** FIPS 180-4, at once: Web Crypto's is a promise. */
export const sha256: (bytes: Uint8Array) => Bytes = digest

const [leafPrefix, nodePrefix] = [Uint8Array.of(0), Uint8Array.of(1)]

/** RFC 6962 §2.1: SHA-256(0x00 ‖ leaf). */
export const leafHash = (leaf: Uint8Array): Bytes =>
  digest.create().update(leafPrefix).update(leaf).digest()

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Bytes =>
  digest.create().update(nodePrefix).update(left).update(right).digest()

/**
 * A tree seen from its right edge: for each set bit of `size`, highest first, the root of that complete subtree.
 * At most 53 hashes, enough to append and to make the root.
 */
export type Frontier = { size: number; edge: Uint8Array[] }

export const emptyTree: Frontier = { size: 0, edge: [] }

/** A complete subtree that a tree has: `index` of those at `level`, of leaves `index * 2^level` and on. */
export type Subtree = { level: number; index: number; hash: Uint8Array }

/** Complete subtrees that come with one more leaf, by its hash, the smallest first. O(log size). */
const completed = ({ size, edge }: Frontier, leaf: Uint8Array): Subtree[] => {
  const made: Subtree[] = [{ level: 0, index: size, hash: leaf }]
  const left = [...edge]
  for (let { level, index, hash } = made[0] as Subtree; index % 2 === 1;) {
    hash = nodeHash(left.pop() as Uint8Array, hash)
    ;[level, index] = [level + 1, Math.floor(index / 2)]
    made.push({ level, index, hash })
  }
  return made
}

/** The tree with more leaves, by their hashes, and the complete subtrees that come with them. */
export const appendAll = (
  from: Frontier,
  leaves: readonly Uint8Array[],
): { tree: Frontier; made: Subtree[] } => {
  let tree = from
  const made: Subtree[] = []
  for (const leaf of leaves) {
    const more = completed(tree, leaf)
    const kept = tree.edge.slice(0, tree.edge.length - more.length + 1)
    tree = { size: tree.size + 1, edge: [...kept, (more.at(-1) as Subtree).hash] }
    made.push(...more)
  }
  return { tree, made }
}

/** The tree with one more leaf. O(log size). */
export const append = (tree: Frontier, leaf: Uint8Array): Frontier =>
  appendAll(tree, [leafHash(leaf)]).tree

/** The complete subtrees that a tree's edge names. */
export const subtreesOf = ({ size, edge }: Frontier): Subtree[] => {
  const found: Subtree[] = []
  for (let [level, rest] = [0, size]; rest > 0; [level, rest] = [level + 1, Math.floor(rest / 2)])
    if (rest % 2 === 1) {
      const hash = edge[edge.length - 1 - found.length] as Uint8Array
      found.push({ level, index: rest - 1, hash })
    }
  return found
}

/** RFC 6962 §2.1 Merkle Tree Hash; of an empty tree SHA-256 of nothing. */
export const root = ({ edge }: Frontier): Uint8Array =>
  edge.length === 0
    ? sha256(new Uint8Array())
    : edge
        .slice(0, -1)
        .reduceRight((right, left) => nodeHash(left, right), edge.at(-1) as Uint8Array)

/** The hash of the complete subtree `index` at `level`: of leaves `index * 2^level` to `(index + 1) * 2^level`. */
export type NodeReader = (level: number, index: number) => Promise<Uint8Array>

/** The largest power of two below `size` (RFC 6962 §2.1: k). */
const split = (size: number): number => {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}

/** RFC 6962 §2.1 MTH of the leaves from `start` to `end`, out of complete subtrees. O(log size) reads. */
const rangeHash = async (start: number, end: number, node: NodeReader): Promise<Uint8Array> => {
  const width = end - start
  const level = Math.log2(width)
  if (Number.isInteger(level)) return node(level, start / width)
  const k = split(width)
  return nodeHash(await rangeHash(start, start + k, node), await rangeHash(start + k, end, node))
}

/** RFC 6962 §2.1 Merkle Tree Hash of the first `size` leaves, out of complete subtrees. */
export const rootOfSize = async (size: number, node: NodeReader): Promise<Uint8Array> =>
  size === 0 ? root(emptyTree) : rangeHash(0, size, node)

/** RFC 6962 §2.1.1: the audit path of leaf `index` in the tree of `size`, from the leaf's sibling up. */
export const inclusionProof = async (
  index: number,
  size: number,
  node: NodeReader,
): Promise<Uint8Array[]> => {
  if (!(index >= 0 && index < size)) throw new RangeError('no such leaf in that tree')
  const path = async (start: number, end: number): Promise<Uint8Array[]> => {
    if (end - start === 1) return []
    const middle = start + split(end - start)
    return index < middle
      ? [...(await path(start, middle)), await rangeHash(middle, end, node)]
      : [...(await path(middle, end)), await rangeHash(start, middle, node)]
  }
  return path(0, size)
}

/**
 * RFC 6962 §2.1.2: the proof that the tree of `old` leaves is a prefix of the tree of `size`. Empty for equal sizes and
 * for `old` 0.
 */
export const consistencyProof = async (
  old: number,
  size: number,
  node: NodeReader,
): Promise<Uint8Array[]> => {
  if (!(old >= 0 && old <= size)) throw new RangeError('the older tree is the larger one')
  const subproof = async (start: number, end: number, whole: boolean): Promise<Uint8Array[]> => {
    if (end === old) return whole ? [] : [await rangeHash(start, end, node)]
    const middle = start + split(end - start)
    return old <= middle
      ? [...(await subproof(start, middle, whole)), await rangeHash(middle, end, node)]
      : [...(await subproof(middle, end, false)), await rangeHash(start, middle, node)]
  }
  return old === 0 ? [] : subproof(0, size, true)
}

/**
 * Whether `path` proves that the leaf with this hash is at `index` in the tree of `size` with this root (RFC 9162
 * §2.1.3.2).
 */
export const verifyInclusion = (
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  treeRoot: Uint8Array,
): boolean => {
  if (!(index >= 0 && index < size) || [leaf, treeRoot, ...path].some(hash => hash.length !== 32))
    return false
  let [fn, sn] = [index, size - 1]
  let hash: Uint8Array = leaf
  for (const sibling of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else hash = nodeHash(hash, sibling)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && sameBytes(hash, treeRoot)
}

/** Whether `proof` proves that the tree of `old` leaves is a prefix of the tree of `size` (RFC 9162 §2.1.4.2). */
export const verifyConsistency = (
  old: number,
  size: number,
  proof: readonly Uint8Array[],
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
): boolean => {
  if (old === size) return old > 0 && proof.length === 0 && sameBytes(oldRoot, newRoot)
  if ([oldRoot, newRoot, ...proof].some(hash => hash.length !== 32)) return false
  if (!(old > 0 && old < size)) return false
  let [fn, sn] = [old - 1, size - 1]
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  // A complete old tree is its own first node.
  const [first, ...rest] = fn === 0 ? [oldRoot, ...proof] : proof
  if (!first) return false
  let [oldHash, newHash]: Uint8Array[] = [first, first]
  for (const hash of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      oldHash = nodeHash(hash, oldHash as Uint8Array)
      newHash = nodeHash(hash, newHash as Uint8Array)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else newHash = nodeHash(newHash as Uint8Array, hash)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return (
    sn === 0 &&
    sameBytes(oldHash as Uint8Array, oldRoot) &&
    sameBytes(newHash as Uint8Array, newRoot)
  )
}
