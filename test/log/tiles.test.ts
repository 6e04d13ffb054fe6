// Tiles (C2SP tlog-tiles): a tree grown in batches through tiles gives the proofs of a naive tree, across every
// boundary.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appendAll,
  consistencyProof,
  emptyTree,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from '../../log/merkle.ts'
import { type TileReader, nodesFrom, tileHashes, widthOf } from '../../log/tiles.ts'
import { cheapLeaves, naiveTree } from './naive-tree.ts'

/** A store of tiles that grows by batches, each hash at its place. */
const store = () => {
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
        // Each comes right behind the one before it.
        expect(before.length).toBe(at * 32)
        tiles.set(name, Buffer.concat([before, hash]))
        return name
      })
      return [...new Set(changed)]
    },
  }
}

const hex = (hashes: readonly Uint8Array[]) => hashes.map(hash => Buffer.from(hash).toString('hex'))

const many = cheapLeaves(66_100)
const naive = naiveTree(many)

describe('a tree grown through tiles', () => {
  test('in random batches has the proofs of a naive tree, also for every older size', async () => {
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
      { numRuns: 40, seed: 4 },
    )
  })

  test('across 65,536 leaves has three levels, and its proofs hold', async () => {
    const grown = store()
    for (let size = 0; size < many.length; size += 1777) grown.add(many.slice(size, size + 1777))
    expect(grown.tiles.get('2/0')?.length).toBe(32)
    expect(grown.tiles.get('1/0')?.length).toBe(256 * 32)
    expect(grown.tiles.get('1/1')?.length).toBe(2 * 32)
    expect(grown.tiles.get('0/258')?.length).toBe((66_100 - 258 * 256) * 32)
    const node = nodesFrom(grown.read)
    for (const size of [65_535, 65_536, 65_537, 66_048, 66_100])
      for (const index of [0, 255, 256, 65_535, size - 1].filter(each => each < size)) {
        const path = await inclusionProof(index, size, node)
        expect(hex(path)).toEqual(hex(naive.inclusion(index, size)))
      }
    for (const old of [1, 256, 65_535, 65_536, 65_537])
      expect(hex(await consistencyProof(old, 66_100, node))).toEqual(
        hex(naive.consistency(old, 66_100)),
      )
  })

  test('one leaf at a time across 256 changes one tile, and two when a tile is full', () => {
    const grown = store()
    for (let size = 0; size < 520; size++) {
      const named = grown.add([many[size] as Buffer])
      const n = Math.floor(size / 256)
      expect(named).toEqual(size % 256 === 255 ? [`0/${n}`, '1/0'] : [`0/${n}`])
    }
  })

  test('no leaves change nothing', () => {
    const grown = store()
    grown.add(many.slice(0, 7))
    expect(grown.add([])).toEqual([])
  })
})

describe('what a tile store has lost', () => {
  test.each([
    ['is missing', undefined],
    ['is too short', Buffer.alloc(4 * 32)],
  ])('a tile that %s stops proving, rather than giving a wrong proof', async (_, tile) => {
    const read: TileReader = async () => tile
    await expect(inclusionProof(1, 5, nodesFrom(read))).rejects.toThrow('tile 0/0')
  })
})

describe('the width of a tile', () => {
  test('is as in the example of the specification: a tree of 70,000', () => {
    // C2SP tlog-tiles, "Merkle Tree": 256 full tiles and more of level 0, one full and one partial of level 1, one
    // partial of level 2.
    const size = 70_000
    expect(Array.from({ length: 273 }, (_, n) => widthOf(0, n, size))).toEqual(
      Array.from({ length: 273 }, () => 256),
    )
    expect([273, 274].map(n => widthOf(0, n, size))).toEqual([112, 0])
    expect([0, 1, 2].map(n => widthOf(1, n, size))).toEqual([256, 17, 0])
    expect([0, 1].map(n => widthOf(2, n, size))).toEqual([1, 0])
    expect(widthOf(3, 0, size)).toBe(0)
  })

  test('of any size adds up to the hashes of each level', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), fc.nat(3), (size, level) => {
        const hashes = Math.floor(size / 256 ** level)
        let sum = 0
        for (let n = 0; n * 256 <= hashes; n++) sum += widthOf(level, n, size)
        expect(sum).toBe(hashes)
      }),
      { seed: 4 },
    )
  })

  test('of levels and numbers beyond any tree is nothing', () => {
    expect(widthOf(63, 0, 2 ** 40)).toBe(0)
    expect(widthOf(0, Number.MAX_SAFE_INTEGER, 2 ** 40)).toBe(0)
  })
})
