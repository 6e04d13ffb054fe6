// Trees grown through tiles: many by chance, and one of three levels.
import { expect, test } from 'vitest'
import { consistencyProof, inclusionProof } from '../../log/merkle.ts'
import { nodesFrom } from '../../log/tiles.ts'
import { cheapLeaves, naiveTree } from './naive-tree.ts'
import { growsInBatches, hex, store } from './tile-store.ts'

test('in random batches has the proofs of a naive tree, also for every older size', () =>
  growsInBatches(cheapLeaves(2400), 40))

test('across 65,536 leaves has three levels, and its proofs hold', async () => {
  const many = cheapLeaves(66_100)
  const naive = naiveTree(many)
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
