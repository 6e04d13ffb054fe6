// A store of tiles that grows by batches, and what holds of it however it grew.
import * as fc from 'fast-check'
import { expect } from 'vitest'
import {
  appendAll,
  consistencyProof,
  emptyTree,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from '../../log/merkle.ts'
import { type TileReader, nodesFrom, tileHashes, widthOf } from '../../log/tiles.ts'
import { naiveTree } from './naive-tree.ts'

/** A store of tiles that grows by batches, each hash at its place. */
export const store = () => {
  const tiles = new Map<string, Uint8Array>()
  const read: TileReader = async (level, n) => tiles.get(`${level}/${n}`)
  let tree = emptyTree
  return {
    tiles,
    read,
    /** Names of the tiles that changed. */
    add: (leaves: readonly Buffer[]): string[] => {
      const grown = appendAll(tree, leaves)
      ;({ tree } = grown)
      const changed = tileHashes(grown.made).map(({ level, n, at, hash }) => {
        const name = `${level}/${n}`
        const before = tiles.get(name) ?? new Uint8Array()
        // Each comes right behind the one before it. No expectation: 66,000 would be most of this file's time.
        if (before.length !== at * 32)
          throw new Error(`${name}: ${at} behind ${before.length / 32}`)
        tiles.set(name, Buffer.concat([before, hash]))
        return name
      })
      return [...new Set(changed)]
    },
  }
}

export const hex = (hashes: readonly Uint8Array[]) =>
  hashes.map(hash => Buffer.from(hash).toString('hex'))

/** `many`: leaves enough for eight batches of 300. */
export const growsInBatches = async (many: readonly Buffer[], numRuns: number): Promise<void> => {
  const naive = naiveTree(many)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      async (batches, chances) => {
        const grown = store()
        const sizes: number[] = []
        let size = 0
        for (const count of batches) {
          grown.add(many.slice(size, size + count))
          sizes.push((size += count))
        }
        const pick = (below: number) => Math.floor((chances.next().value as number) * below)
        const node = nodesFrom(grown.read)
        for (const old of [...sizes, pick(size) + 1, pick(size) + 1]) {
          const index = pick(old)
          const path = await inclusionProof(index, old, node)
          expect(hex(path)).toEqual(hex(naive.inclusion(index, old)))
          const leaf = many[index] as Buffer
          expect(verifyInclusion(leaf, index, old, path, naive.root(old))).toBe(true)
          const proof = await consistencyProof(old, size, node)
          expect(hex(proof)).toEqual(hex(naive.consistency(old, size)))
          const roots = [naive.root(old), naive.root(size)] as const
          expect(verifyConsistency(old, size, proof, ...roots)).toBe(true)
        }
        for (const [name, hashes] of grown.tiles) {
          const [level = 0, n = 0] = name.split('/').map(Number)
          expect([name, hashes.length / 32]).toEqual([name, widthOf(level, n, size)])
        }
      },
    ),
    { numRuns, seed: 4 },
  )
}
