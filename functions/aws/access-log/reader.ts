// The signed part of the log for those who verify it: checkpoint, tiles, entry bundles, proofs. Nothing unsigned is
// shown.
import type { InTable } from '../dynamodb.ts'
import { tlogProof } from '../../../log/checkpoint.ts'
import { consistencyProof, inclusionProof, rootOfSize } from '../../../log/merkle.ts'
import { hashBytes, nodesFrom, widthOf } from '../../../log/tiles.ts'
import { type PlacedRow, pickOne, readEntries, readHead } from './rows.ts'
import { tileReader } from './tile-rows.ts'

export const logReader = (place: InTable) => {
  const readTile = tileReader(place)

  return {
    checkpoint: async (): Promise<string | undefined> => (await readHead(place)).checkpoint,

    /** An entry's row, signed or not. */
    row: (index: number): Promise<PlacedRow | undefined> => pickOne(place, index),

    /** The tlog-proof of an entry under the last checkpoint; undefined where it does not cover the entry. */
    proof: async (index: number): Promise<string | undefined> => {
      const { signedSize, checkpoint } = await readHead(place)
      if (checkpoint === undefined || index >= signedSize) return undefined
      return tlogProof(
        index,
        await inclusionProof(index, signedSize, nodesFrom(readTile)),
        checkpoint,
      )
    },

    /** A hash tile of `width` hashes; undefined where the signed tree has not that many. */
    tile: async (level: number, n: number, width: number): Promise<Uint8Array | undefined> => {
      const { signedSize } = await readHead(place)
      if (widthOf(level, n, signedSize) < width) return undefined
      const hashes = await readTile(level, n)
      return hashes?.subarray(0, width * hashBytes)
    },

    /** The root of the tree at an older size, out of the tiles; undefined where no tree of that size was signed. */
    rootAt: async (size: number): Promise<Uint8Array | undefined> => {
      const { signedSize } = await readHead(place)
      return size > signedSize ? undefined : rootOfSize(size, nodesFrom(readTile))
    },

    /** That the tree of `old` leaves is a beginning of the one of `size`, which must be signed (RFC 6962 §2.1.2). */
    consistency: (old: number, size: number): Promise<Uint8Array[]> =>
      consistencyProof(old, size, nodesFrom(readTile)),

    /**
     * Entries `n * 256` and on, `width` of them, each behind its length in two octets, big-endian (C2SP tlog-tiles,
     * "Log entries").
     */
    bundle: async (n: number, width: number): Promise<Uint8Array | undefined> => {
      const { signedSize } = await readHead(place)
      if (widthOf(0, n, signedSize) < width) return undefined
      const entries = await readEntries(place, n * 256, n * 256 + width)
      return Buffer.concat(
        entries.flatMap(({ leaf }) => {
          const bytes = Buffer.from(leaf)
          const length = Buffer.alloc(2)
          length.writeUInt16BE(bytes.length)
          return [length, bytes]
        }),
      )
    },
  }
}
