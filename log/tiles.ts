// The tree as tiles (C2SP tlog-tiles): 256 consecutive hashes of one level of every eight. Appending touches the last
// tile of a level; a proof reads the tiles on one path.
import { type NodeReader, type Subtree, nodeHash } from './merkle.ts'

/** Hashes in a full tile; its height is 8. */
export const tileWidth = 256
const height = 8
/** Of one hash in a tile. */
export const hashBytes = 32

/**
 * Reads a stored tile, as many hashes as there are yet; undefined where none is stored. The partial tile of an older
 * tree is its beginning.
 */
export type TileReader = (level: number, n: number) => Promise<Uint8Array | undefined>

const hashAt = (hashes: Uint8Array, i: number): Uint8Array =>
  hashes.subarray(i * hashBytes, (i + 1) * hashBytes)

/** Root of 2^height consecutive hashes. */
const subtreeRoot = (hashes: Uint8Array, start: number, count: number): Uint8Array =>
  count === 1
    ? hashAt(hashes, start)
    : nodeHash(
        subtreeRoot(hashes, start, count / 2),
        subtreeRoot(hashes, start + count / 2, count / 2),
      )

/** Where a hash lies: the `at`th of a tile. */
export type TileHash = { level: number; n: number; at: number; hash: Uint8Array }

/** Those of a tree's subtrees that tiles hold: of one level of every eight. */
export const tileHashes = (subtrees: readonly Subtree[]): TileHash[] =>
  subtrees.flatMap(({ level, index, hash }) =>
    level % height === 0
      ? [{ level: level / height, n: Math.floor(index / tileWidth), at: index % tileWidth, hash }]
      : [],
  )

/** Hashes of complete subtrees, out of tiles; each tile is read once. */
export const nodesFrom = (read: TileReader): NodeReader => {
  const tiles = new Map<string, Promise<Uint8Array | undefined>>()
  return async (level, index) => {
    const tileLevel = Math.floor(level / height)
    const within = 2 ** (level % height)
    const n = Math.floor((index * within) / tileWidth)
    const name = `${tileLevel}/${n}`
    const asked = tiles.get(name) ?? read(tileLevel, n)
    tiles.set(name, asked)
    const hashes = await asked
    const start = (index * within) % tileWidth
    if (hashes === undefined || hashes.length < (start + within) * hashBytes)
      throw new Error(`tile ${name} has not what the tree needs`)
    return subtreeRoot(hashes, start, within)
  }
}

/** Width of tile `n` of `level` in a tree of `size`: 0 where it has none (C2SP tlog-tiles, "Partial Tiles"). */
export const widthOf = (level: number, n: number, size: number): number => {
  const hashes = Math.floor(size / tileWidth ** level)
  return Math.max(0, Math.min(tileWidth, hashes - n * tileWidth))
}
