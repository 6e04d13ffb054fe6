import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hex } from '../../log/bytes.ts'
import { type Frontier, append, emptyTree, leafHash, nodeHash, root } from '../../log/merkle.ts'

const sha256 = (...parts: Uint8Array[]) =>
  createHash('sha256').update(Buffer.concat(parts)).digest()

/** RFC 6962 §2.1, word for word. */
const treeHash = (leaves: readonly Uint8Array[]): Buffer => {
  const [only] = leaves
  if (only === undefined) return sha256()
  if (leaves.length === 1) return sha256(Buffer.of(0), only)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)))
}
const grown = (leaves: readonly Uint8Array[]): Frontier => leaves.reduce(append, emptyTree)

describe('the published tree of Certificate Transparency', () => {
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map(leaf => Buffer.from(leaf, 'hex'))

  test.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('its first %i leaves have the root %s', (size, hash) => {
    expect(hex(root(grown(leaves.slice(0, size))))).toBe(hash)
  })
})

describe('a growing tree', () => {
  const leaves = Array.from({ length: 256 }, (_, i) => Buffer.from(`entry ${i}`))

  test('of every size from 0 to 256 it has the root of a naive recursive tree', () => {
    let tree = emptyTree
    for (let size = 0; size <= leaves.length; size++) {
      expect(tree.size).toBe(size)
      expect(hex(root(tree))).toBe(treeHash(leaves.slice(0, size)).toString('hex'))
      const leaf = leaves[size]
      if (leaf) tree = append(tree, leaf)
    }
  })

  test('its edge has one hash for each set bit of its size', () => {
    let tree = emptyTree
    for (const leaf of leaves) {
      tree = append(tree, leaf)
      const ones = tree.size.toString(2).replaceAll('0', '').length
      expect(tree.edge).toHaveLength(ones)
    }
  })

  test('adding a leaf leaves the tree before it as it was', () => {
    const before = grown(leaves.slice(0, 7))
    const hash = hex(root(before))
    append(before, Buffer.from('one more'))
    expect([before.size, hex(root(before))]).toEqual([7, hash])
    expect(emptyTree).toEqual({ size: 0, edge: [] })
  })

  test('a size beyond 32 bits is counted rightly', () => {
    const size = 2 ** 40 - 1
    const edge = Array.from({ length: 40 }, (_, i) => sha256(Buffer.of(i)))
    const tree = append({ size, edge }, Buffer.from('leaf'))
    expect(tree.size).toBe(2 ** 40)
    expect(tree.edge).toHaveLength(1)
  })

  test('two leaves in another order are another tree', () => {
    const [one, other] = [Buffer.from('a'), Buffer.from('b')]
    expect(root(grown([one, other]))).not.toEqual(root(grown([other, one])))
  })
})

test('a leaf cannot be passed off as a node: their hashes begin with different bytes', () => {
  const [left, right] = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))]
  expect(hex(nodeHash(left, right))).toEqual(sha256(Buffer.of(1), left, right).toString('hex'))
  expect(hex(leafHash(Buffer.concat([left, right])))).toEqual(
    sha256(Buffer.of(0), left, right).toString('hex'),
  )
})
