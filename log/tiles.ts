// The tree as tiles (C2SP tlog-tiles): 256 consecutive hashes of one level of every eight. Appending touches the last
// tile of a level; a proof reads the tiles on one path.
import { joined } from './bytes.ts'
import { type NodeReader, nodeHash } from './merkle.ts'

/** Hashes in a full tile; its height is 8. */
export const tileWidth = 256
const height = 8
/** Of one hash in a tile. */
export const hashBytes = 32

/** A tile as kept: as many hashes as there are yet. The partial tile of an older tree is its beginning. */
export type Tile = { level: number; n: number; hashes: Uint8Array }

/** Reads a stored tile; undefined where none is stored yet. */
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

/**
 * The tiles that change when `leaves` (leaf hashes) follow a tree of `size`: the grown last tiles of each level that is
 * touched. Reads at most one tile a level.
 */
export const growTiles = async (
  size: number,
  leaves: readonly Uint8Array[],
  read: TileReader,
): Promise<Tile[]> => {
  const changed: Tile[] = []
  let [count, added] = [size, [...leaves]]
  for (let level = 0; added.length > 0; level++) {
    const completed: Uint8Array[] = []
    let n = Math.floor(count / tileWidth)
    const width = count % tileWidth
    let hashes = width === 0 ? new Uint8Array() : await read(level, n)
    if (hashes === undefined || hashes.length < width * hashBytes)
      throw new Error(`tile ${level}/${n} is not as long as the tree says`)
    hashes = hashes.subarray(0, width * hashBytes)
    while (added.length > 0) {
      const room = tileWidth - hashes.length / hashBytes
      hashes = joined([hashes, ...added.splice(0, room)])
      changed.push({ level, n, hashes })
      if (hashes.length === tileWidth * hashBytes) {
        completed.push(subtreeRoot(hashes, 0, tileWidth))
        n += 1
        hashes = new Uint8Array()
      }
    }
    ;[count, added] = [Math.floor(count / tileWidth), completed]
  }
  return changed
}

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
