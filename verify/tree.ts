// The tree over the entries, computed again from their bytes and compared with every hash that the hub gave (RFC 6962
// §2.1), by the SHA-256 that the machine has.
import { sameBytes } from '../log/bytes.ts'
import { tileWidth } from '../log/tiles.ts'
import { bytesOf, type LogFiles } from './files.ts'
import type { TilePlace } from './places.ts'
import { Failed } from './verdict.ts'

export const hashBytes = 32

/** Hashes one behind the other, 32 octets each: a million of them as objects would take five times the memory. */
export type Hashes = Uint8Array

export const hashAt = (hashes: Hashes, index: number): Uint8Array =>
  hashes.subarray(index * hashBytes, (index + 1) * hashBytes)

/** Of octets, or of a text in UTF-8. */
export type Sha256 = (bytes: string | Uint8Array) => Uint8Array

/** RFC 6962 §2.1: SHA-256(0x00 ‖ leaf). */
export const leafHash = (sha256: Sha256, leaf: Uint8Array): Uint8Array => {
  const prefixed = new Uint8Array(leaf.length + 1)
  prefixed.set(leaf, 1)
  return sha256(prefixed)
}

const node = new Uint8Array(1 + 2 * hashBytes).fill(1, 0, 1)

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right), of both as they lie one behind the other. */
const above = (sha256: Sha256, pair: Uint8Array): Uint8Array => {
  node.set(pair, 1)
  return sha256(node)
}

/** The hashes above each two of a row. */
const rowAbove = (sha256: Sha256, row: Hashes): Hashes => {
  const higher = new Uint8Array(row.length / 2)
  for (let at = 0; at < higher.length; at += hashBytes)
    higher.set(above(sha256, row.subarray(2 * at, 2 * (at + hashBytes))), at)
  return higher
}

/** Hashes of every eighth level, from the leaves up: what the tiles must hold. */
export const levelsOf = (sha256: Sha256, hashes: Hashes): Hashes[] => {
  const levels = [hashes]
  const tileBytes = tileWidth * hashBytes
  for (;;) {
    const below = levels.at(-1) as Hashes
    const count = Math.floor(below.length / tileBytes)
    if (count === 0) return levels
    const level = new Uint8Array(count * hashBytes)
    for (let n = 0; n < count; n++) {
      let row: Hashes = below.subarray(n * tileBytes, (n + 1) * tileBytes)
      while (row.length > hashBytes) row = rowAbove(sha256, row)
      level.set(row, n * hashBytes)
    }
    levels.push(level)
  }
}

/** Compares every hash tile with what the entries give: the leaves first, then what is above them. */
export const compareTiles = (
  files: LogFiles,
  places: readonly TilePlace[],
  levels: readonly Hashes[],
): void => {
  for (const { level, n, width, path } of places) {
    if (level === 'entries') continue
    const tile = bytesOf(files, path, 'tile-missing')
    if (tile.length !== width * hashBytes) throw new Failed('tile-length', path)
    for (let i = 0; i < width; i++) {
      const index = n * tileWidth + i
      if (sameBytes(hashAt(tile, i), hashAt(levels[level] ?? new Uint8Array(), index))) continue
      const first = index * tileWidth ** level
      throw new Failed(level === 0 ? 'leaf-hash' : 'tile-hash', path, first)
    }
  }
}

const pair = new Uint8Array(2 * hashBytes)
const over = (sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array => {
  pair.set(left)
  pair.set(right, hashBytes)
  return above(sha256, pair)
}

/** For each set bit of the number of hashes, highest first, the root of that complete subtree; one may be added. */
type Edge = { sha256: Sha256; roots: Uint8Array[] }
const append = ({ sha256, roots }: Edge, hash: Uint8Array, size: number): void => {
  let subtree = hash
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2))
    subtree = over(sha256, roots.pop() as Uint8Array, subtree)
  roots.push(subtree)
}
const rootAt = ({ sha256, roots }: Edge): Uint8Array =>
  roots.length === 0 ? sha256('') : roots.reduceRight((right, left) => over(sha256, left, right))

/** The root of the whole tree: of each level only what no higher one has. */
export const rootOf = (sha256: Sha256, levels: readonly Hashes[]): Uint8Array =>
  rootAt({
    sha256,
    roots: levels.toReversed().flatMap((hashes, i) => {
      const edge: Edge = { sha256, roots: [] }
      const count = hashes.length / hashBytes
      const first = i === 0 ? 0 : count - (count % tileWidth)
      for (let at = first; at < count; at++) append(edge, hashAt(hashes, at), at - first)
      return edge.roots
    }),
  })

/** The roots of the trees over the first so many entries, for each of the sizes, in one pass. */
export const rootsOf = (
  sha256: Sha256,
  hashes: Hashes,
  sizes: readonly number[],
): Map<number, Uint8Array> => {
  const asked = new Set(sizes)
  const roots = new Map<number, Uint8Array>()
  const edge: Edge = { sha256, roots: [] }
  if (asked.has(0)) roots.set(0, rootAt(edge))
  const count = hashes.length / hashBytes
  // No further than is asked for. (A size may be anything that a file is called.)
  const last = sizes.reduce((most, size) => (size <= count && size > most ? size : most), 0)
  for (let size = 0; size < last; size++) {
    append(edge, hashAt(hashes, size), size)
    if (asked.has(size + 1)) roots.set(size + 1, rootAt(edge))
  }
  return roots
}
