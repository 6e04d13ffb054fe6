// The tree over the entries, computed anew from their bytes and compared with every hash that the hub gave (RFC 6962
// §2.1).
import { sameBytes } from '../log/bytes.ts'
import { append, emptyTree, leafHash, nodeHash, root } from '../log/merkle.ts'
import { tileWidth } from '../log/tiles.ts'
import { bytesOf, type TilePlace } from './folder.ts'
import { Failed } from './verdict.ts'

const hashBytes = 32

/** Hashes of every eighth level, from the leaves up: what the tiles must hold. */
const levelsOf = (leaves: readonly Uint8Array[]): Uint8Array[][] => {
  const levels: Uint8Array[][] = [leaves.map(leafHash)]
  for (;;) {
    const below = levels.at(-1) as Uint8Array[]
    const count = Math.floor(below.length / tileWidth)
    if (count === 0) return levels
    levels.push(
      Array.from({ length: count }, (_, n) => {
        let row: Uint8Array[] = below.slice(n * tileWidth, (n + 1) * tileWidth)
        while (row.length > 1)
          row = Array.from({ length: row.length / 2 }, (_each, i) =>
            nodeHash(row[2 * i] as Uint8Array, row[2 * i + 1] as Uint8Array),
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
  leaves: readonly Uint8Array[],
): void => {
  const levels = levelsOf(leaves)
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

/** The root of the tree over the first `size` entries. */
export const rootOf = (leaves: readonly Uint8Array[], size = leaves.length): Uint8Array => {
  let tree = emptyTree
  for (const leaf of leaves.slice(0, size)) tree = append(tree, leaf)
  return root(tree)
}

/** The roots of the trees over the first so many entries, for each of the sizes, in one pass. */
export const rootsOf = (leaves: readonly Uint8Array[], sizes: readonly number[]) => {
  const asked = new Set(sizes)
  const roots = new Map<number, Uint8Array>()
  let tree = emptyTree
  if (asked.has(0)) roots.set(0, root(tree))
  for (const leaf of leaves) {
    tree = append(tree, leaf)
    if (asked.has(tree.size)) roots.set(tree.size, root(tree))
  }
  return roots
}
