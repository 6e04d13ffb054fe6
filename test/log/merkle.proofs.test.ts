// Proofs of RFC 6962: somebody else's vectors, a naive tree beside ours, and every way to spoil a proof.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  consistencyProof,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from '../../log/merkle.ts'
import { cheapLeaves, naiveTree } from './naive-tree.ts'

const projectRoot = resolve(import.meta.dirname, '../..')
const file = resolve(projectRoot, process.env['HUB_VECTORS'] ?? '../shared/vectors', 'merkle.json')
const found = existsSync(file)
if (!found)
  console.warn('MERKLE VECTORS ARE MISSING: the published proofs are not tried. Set HUB_VECTORS.')

const Base64 = z.string().transform(text => Buffer.from(text, 'base64'))
const Proof = z
  .array(Base64)
  .nullable()
  .transform(proof => proof ?? [])
const described = { desc: z.string(), wantErr: z.boolean(), file: z.string(), proof: Proof }
const Vectors = z.object({
  inclusion: z.array(
    z.object({
      ...described,
      leafIdx: z.number(),
      treeSize: z.number(),
      root: Base64,
      leafHash: Base64,
    }),
  ),
  consistency: z.array(
    z.object({ ...described, size1: z.number(), size2: z.number(), root1: Base64, root2: Base64 }),
  ),
})
const vectors = found
  ? Vectors.parse(JSON.parse(readFileSync(file, 'utf8')))
  : { inclusion: [], consistency: [] }

describe('the published proofs', () => {
  test('are there', context => {
    if (!found && process.env['CI'] !== 'true') context.skip()
    expect([vectors.inclusion.length, vectors.consistency.length]).toEqual([98, 98])
  })

  test.for(vectors.inclusion)('$file is judged as published', vector => {
    const { leafHash, leafIdx, treeSize, proof, root, wantErr } = vector
    expect(verifyInclusion(leafHash, leafIdx, treeSize, proof, root)).toBe(!wantErr)
  })

  test.for(vectors.consistency)('$file is judged as published', vector => {
    const { size1, size2, proof, root1, root2, wantErr } = vector
    expect(verifyConsistency(size1, size2, proof, root1, root2)).toBe(!wantErr)
  })
})

const leaves = cheapLeaves(256)
const naive = naiveTree(leaves)
const hex = (hashes: readonly Uint8Array[]) => hashes.map(hash => Buffer.from(hash).toString('hex'))

describe('beside a naive recursive tree', () => {
  test('the audit path is the same for every leaf of every size to 64, and for leaves all over every size to 256', async () => {
    for (let size = 1; size <= 256; size++) {
      const all = Array.from({ length: size }, (_, i) => i)
      const some = [0, 1, size >> 2, size >> 1, (size * 3) >> 2, size - 2, size - 1]
      for (const index of size <= 64 ? all : new Set(some)) {
        const path = await inclusionProof(index, size, naive.node)
        const leaf = leaves[index] as Buffer
        if (!verifyInclusion(leaf, index, size, path, naive.root(size)))
          throw new Error(`the path of leaf ${index} of ${size} does not verify`)
        expect(hex(path)).toEqual(hex(naive.inclusion(index, size)))
      }
    }
  })

  test('the consistency proof is the same for every pair of sizes to 64, and for pairs all over the sizes to 256', async () => {
    for (let size = 1; size <= 256; size++) {
      const all = Array.from({ length: size }, (_, i) => i + 1)
      const some = [1, 2, 63, 64, 65, size >> 1, (size * 2) / 3, 128, 129, size - 1, size]
      const olds = size <= 64 ? all : some.map(Math.floor).filter(old => old <= size)
      for (const old of new Set(olds)) {
        const proof = await consistencyProof(old, size, naive.node)
        if (!verifyConsistency(old, size, proof, naive.root(old), naive.root(size)))
          throw new Error(`the proof from ${old} to ${size} does not verify`)
        expect(hex(proof)).toEqual(hex(naive.consistency(old, size)))
      }
    }
  })

  test('there is no path of a leaf that the tree has not, and no proof from a larger tree to a smaller', async () => {
    for (const [index, size] of [
      [0, 0],
      [5, 5],
      [-1, 5],
    ] as const)
      await expect(inclusionProof(index, size, naive.node)).rejects.toThrow(RangeError)
    await expect(consistencyProof(6, 5, naive.node)).rejects.toThrow(RangeError)
    expect(await consistencyProof(0, 5, naive.node)).toEqual([])
    expect(await consistencyProof(5, 5, naive.node)).toEqual([])
  })
})

type Forge = (proof: Uint8Array[]) => Uint8Array[]
const flipped = (hash: Uint8Array, bit: number): Uint8Array => {
  const other = Buffer.from(hash)
  other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7))
  return other
}
/** Every way to spoil a list of hashes, at each of its places. */
const forgeries = (proof: readonly Uint8Array[]): [string, Forge][] => [
  ['a hash more at the end', hashes => [...hashes, hashes[0] ?? Buffer.alloc(32)]],
  ['a hash more at the beginning', hashes => [hashes[0] ?? Buffer.alloc(32), ...hashes]],
  ...proof.flatMap((_, at): [string, Forge][] => [
    [`hash ${at} dropped`, hashes => hashes.toSpliced(at, 1)],
    [`hash ${at} doubled`, hashes => hashes.toSpliced(at, 0, hashes[at] as Uint8Array)],
    [
      `first bit of hash ${at} flipped`,
      hashes => hashes.with(at, flipped(hashes[at] as Uint8Array, 0)),
    ],
    [
      `last bit of hash ${at} flipped`,
      hashes => hashes.with(at, flipped(hashes[at] as Uint8Array, 255)),
    ],
    [`hash ${at} cut short`, hashes => hashes.with(at, (hashes[at] as Uint8Array).subarray(0, 31))],
    [`hash ${at} empty`, hashes => hashes.with(at, Buffer.alloc(0))],
  ]),
  ...proof
    .slice(1)
    .map((_, at): [string, Forge] => [
      `hashes ${at} and ${at + 1} swapped`,
      hashes =>
        hashes.with(at, hashes[at + 1] as Uint8Array).with(at + 1, hashes[at] as Uint8Array),
    ]),
]

describe.each([1, 2, 3, 5, 6, 7, 8, 11, 64, 100, 255])('a spoilt proof in a tree of %i', size => {
  const root = naive.root(size)

  test('of a leaf is refused, whatever was done to it', async () => {
    for (let index = 0; index < size; index += Math.max(1, size >> 3)) {
      const path = await inclusionProof(index, size, naive.node)
      const leaf = leaves[index] as Buffer
      const accepted = forgeries(path)
        .filter(([, forge]) => verifyInclusion(leaf, index, size, forge(path), root))
        .map(([name]) => name)
      expect(accepted).toEqual([])
      const wrong: [string, boolean][] = [
        ['another leaf', verifyInclusion(flipped(leaf, 9), index, size, path, root)],
        ['another root', verifyInclusion(leaf, index, size, path, flipped(root, 255))],
        ['a short leaf', verifyInclusion(leaf.subarray(1), index, size, path, root)],
        ['a short root', verifyInclusion(leaf, index, size, path, root.subarray(1))],
        [
          'a root of a smaller tree',
          verifyInclusion(leaf, index, size, path, naive.root(size - 1)),
        ],
        ['size 0', verifyInclusion(leaf, index, 0, path, root)],
        ['an index below 0', verifyInclusion(leaf, -1, size, path, root)],
        ['the size as index', verifyInclusion(leaf, size, size, path, root)],
        ...Array.from({ length: size }, (_, other): [string, boolean] => [
          `index ${other}`,
          other !== index && verifyInclusion(leaf, other, size, path, root),
        ]),
      ]
      expect(wrong.filter(([, taken]) => taken)).toEqual([])
    }
  })

  test('of an older tree is refused, whatever was done to it', async () => {
    for (let old = 1; old < size; old += Math.max(1, size >> 3)) {
      const proof = await consistencyProof(old, size, naive.node)
      const oldRoot = naive.root(old)
      const accepted = forgeries(proof)
        .filter(([, forge]) => verifyConsistency(old, size, forge(proof), oldRoot, root))
        .map(([name]) => name)
      expect(accepted).toEqual([])
      const wrong: [string, boolean][] = [
        ['another old root', verifyConsistency(old, size, proof, flipped(oldRoot, 0), root)],
        ['another new root', verifyConsistency(old, size, proof, oldRoot, flipped(root, 7))],
        ['a short old root', verifyConsistency(old, size, proof, oldRoot.subarray(1), root)],
        ['a short new root', verifyConsistency(old, size, proof, oldRoot, root.subarray(1))],
        ['the roots swapped', verifyConsistency(old, size, proof, root, oldRoot)],
        ['the sizes swapped', verifyConsistency(size, old, proof, oldRoot, root)],
        ['no old size', verifyConsistency(0, size, proof, oldRoot, root)],
        ['equal sizes', verifyConsistency(size, size, proof, root, root)],
      ]
      expect(wrong.filter(([, taken]) => taken)).toEqual([])
    }
    expect(verifyConsistency(size, size, [], root, flipped(root, 1))).toBe(false)
  })
})
