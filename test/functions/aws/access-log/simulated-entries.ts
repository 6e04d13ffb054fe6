// What the simulated log is made of: entries, the tree of a log that had begun before, and what its readers see.
import { expect } from 'vitest'
import { hubActor } from '../../../../events/access-log.ts'
import { AccessLogEntry } from '../../../../schemas/access-log.ts'
import { naiveTree } from '../../../log/naive-tree.ts'

/** For each bit of the size, highest first, the root of its complete subtree. */
export const edgeOf = (leaves: readonly Buffer[]) => {
  const naiveEdge: string[] = []
  let start = 0
  for (let width = 256; width >= 1; width /= 2)
    if (leaves.length & width) {
      naiveEdge.push(
        naiveTree(leaves.slice(start, start + width))
          .root(width)
          .toString('base64'),
      )
      start += width
    }
  return { naiveEdge }
}

const hexOf = (random: () => number, digits: number) =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
// Ids in no order: what is committed later may sort before.
export const uuidOf = (random: () => number) =>
  `00${hexOf(random, 6)}-${hexOf(random, 4)}-7${hexOf(random, 3)}-8${hexOf(random, 3)}-${hexOf(random, 12)}`

export const entryOf = (random: () => number): AccessLogEntry =>
  AccessLogEntry.parse({
    id: uuidOf(random),
    time: '2026-11-21T12:00:00.000Z',
    action: 'referral.release',
    outcome: 'allowed',
    actor: hubActor,
    request: { id: uuidOf(random), method: 'POST', path: '/v1/inbox/pull' },
  })

/** What a reader of C2SP tlog-proof sees in a receipt. */
export const readProof = (proof: string) => {
  const [head = '', ...rest] = proof.split('\n\n')
  const [name, index = '', ...path] = head.split('\n')
  const [text, signature = ''] = [`${rest[0]}\n`, rest[1]]
  expect(name).toBe('c2sp.org/tlog-proof@v1')
  const [, size = '', root = ''] = text.split('\n')
  return {
    index: Number(index.replace('index ', '')),
    path: path.map(hash => Buffer.from(hash, 'base64')),
    text,
    size: Number(size),
    root: Buffer.from(root, 'base64'),
    signature: Buffer.from(signature.trim().split(' ')[2] ?? '', 'base64').subarray(4),
  }
}
