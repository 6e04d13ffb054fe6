// The tree over the entries, computed anew from their bytes and compared with every hash that the hub gave (RFC 6962
// §2.1). Each entry is hashed once, by Node's own SHA-256: of a long log this is the most there is beside signatures.
import { createHash } from 'node:crypto'
import { sameBytes } from '../log/bytes.ts'
import { tileWidth } from '../log/tiles.ts'
import { bytesOf, type TilePlace } from './folder.ts'
import { Failed } from './verdict.ts'

const hashBytes = 32
const [leafPrefix, nodePrefix] = [Uint8Array.of(0), Uint8Array.of(1)]

/** RFC 6962 §2.1: SHA-256(0x00 ‖ leaf). */
const hashOf = (leaf: Uint8Array): Uint8Array =>
  createHash('sha256').update(leafPrefix).update(leaf).digest()

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). */
const above = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  createHash('sha256').update(nodePrefix).update(left).update(right).digest()

/** The leaf hashes of the log in their order. */
export const hashesOf = (leaves: readonly Uint8Array[]): Uint8Array[] => leaves.map(hashOf)

/** Hashes of every eighth level, from the leaves up: what the tiles must hold. */
const levelsOf = (hashes: readonly Uint8Array[]): (readonly Uint8Array[])[] => {
  const levels: (readonly Uint8Array[])[] = [hashes]
  for (;;) {
    const below = levels.at(-1) as readonly Uint8Array[]
    const count = Math.floor(below.length / tileWidth)
    if (count === 0) return levels
    levels.push(
      Array.from({ length: count }, (_, n) => {
        let row: readonly Uint8Array[] = below.slice(n * tileWidth, (n + 1) * tileWidth)
        while (row.length > 1)
          row = Array.from({ length: row.length / 2 }, (_each, i) =>
            above(row[2 * i] as Uint8Array, row[2 * i + 1] as Uint8Array),
          )
        return row[0] as Uint8Array
      }),
    )
  }
}

/** Compares every hash tile with what the entries give: the leaves first, then what is above them. */
export const compareTiles = (
  folder: string,
  places: readonly TilePlace[],
  hashes: readonly Uint8Array[],
): void => {
  const levels = levelsOf(hashes)
  for (const { level, n, width, path } of places) {
    if (level === 'entries') continue
    const tile = bytesOf(folder, path, 'tile-missing')
    if (tile.length !== width * hashBytes) throw new Failed('tile-length', path)
    for (let i = 0; i < width; i++) {
      const index = n * tileWidth + i
      const hash = tile.subarray(i * hashBytes, (i + 1) * hashBytes)
      if (sameBytes(hash, levels[level]?.[index] ?? new Uint8Array())) continue
      const first = index * tileWidth ** level
      throw new Failed(level === 0 ? 'leaf-hash' : 'tile-hash', path, first)
    }
  }
}

/** The roots of the trees over the first so many entries, for each of the sizes, in one pass. */
export const rootsOf = (hashes: readonly Uint8Array[], sizes: readonly number[]) => {
  const asked = new Set(sizes)
  const roots = new Map<number, Uint8Array>()
  // For each set bit of the size, highest first, the root of that complete subtree.
  const edge: Uint8Array[] = []
  const root = () =>
    edge.length === 0
      ? new Uint8Array(createHash('sha256').digest())
      : edge.reduceRight((right, left) => above(left, right))
  if (asked.has(0)) roots.set(0, root())
  if (asked.size === 0) return roots
  hashes.forEach((hash, size) => {
    let node = hash
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2))
      node = above(edge.pop() as Uint8Array, node)
    edge.push(node)
    if (asked.has(size + 1)) roots.set(size + 1, root())
  })
  return roots
}

/** The root of the tree over the first `size` entries. */
export const rootOf = (hashes: readonly Uint8Array[], size = hashes.length): Uint8Array =>
  rootsOf(hashes.slice(0, size), [size]).get(size) ?? new Uint8Array()
