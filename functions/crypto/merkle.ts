// RFC 6962 §2.1 tree hashing, as far as appending needs it: leaf and node hashes and the right edge of the tree.
import { createHash } from 'node:crypto'

/** RFC 6962 §2.1: SHA-256(0x00 ‖ leaf). */
export const leafHash = (leaf: Uint8Array): Buffer =>
  createHash('sha256').update(Buffer.of(0)).update(leaf).digest()

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest()

/**
 * A tree seen from its right edge: for each set bit of `size`, highest first, the root of that complete subtree.
 * At most 53 hashes, enough to append and to make the root.
 */
export type Frontier = { size: number; edge: Buffer[] }

export const emptyTree: Frontier = { size: 0, edge: [] }

/** The tree with one more leaf. O(log size). */
export const append = ({ size, edge }: Frontier, leaf: Uint8Array): Frontier => {
  const grown = [...edge]
  let node = leafHash(leaf)
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2))
    node = nodeHash(grown.pop() as Buffer, node)
  return { size: size + 1, edge: [...grown, node] }
}

/** RFC 6962 §2.1 Merkle Tree Hash; of an empty tree SHA-256 of nothing. */
export const root = ({ edge }: Frontier): Buffer =>
  edge.length === 0
    ? createHash('sha256').digest()
    : edge.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), edge.at(-1) as Buffer)
