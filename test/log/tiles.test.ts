// Tiles (C2SP tlog-tiles): a tree grown in batches through tiles gives the proofs of a naive tree, across every
// boundary.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inclusionProof } from '../../log/merkle.ts'
import { type TileReader, nodesFrom, widthOf } from '../../log/tiles.ts'
import { cheapLeaves } from './naive-tree.ts'
import { growsInBatches, store } from './tile-store.ts'

const many = cheapLeaves(2400)

describe('a tree grown through tiles', () => {
  test('in random batches has the proofs of a naive tree, also for every older size', () =>
    growsInBatches(many, 8))

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
