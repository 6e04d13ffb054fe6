// The log's code is for browsers too: bundled for one, it needs nothing of Node, and it works where there is nothing of
// Node.
import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkpointText, signedNote } from '../../log/checkpoint.ts'
import { bundled, filesOf, inBrowser } from '../bundled.ts'
import { cheapLeaves, naiveTree } from './naive-tree.ts'

const bundle = await bundled(...filesOf('log'))

test('the log needs nothing but a hash function: no module of Node, none of ours from elsewhere', () => {
  expect(bundle.packages).toEqual(['@noble/hashes'])
  expect(bundle.own).toEqual(filesOf('log').toSorted())
  expect(bundle.text).not.toMatch(/\bBuffer\b|\bprocess\./)
})

test('where nothing of Node is, a proof, a note and a cosignature are verified', async () => {
  const leaves = cheapLeaves(5)
  const tree = naiveTree(leaves)
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const text = checkpointText('log.example', 5, tree.root(5))
  const note = signedNote(text, 'log.example', key, sign(null, Buffer.from(text), privateKey))
  const message = Buffer.from(`cosignature/v1\ntime 7\n${text}`)
  const given = {
    leaf: new Uint8Array(leaves[3] as Buffer),
    path: tree.inclusion(3, 5).map(hash => new Uint8Array(hash)),
    key: new Uint8Array(key),
    note,
    changed: note.replace('\n5\n', '\n6\n'),
    cosigned: new Uint8Array(sign(null, message, privateKey)),
  }
  const verdict = await inBrowser(
    bundle,
    `(async ({ leaf, path, key, note, changed, cosigned }) => {
      const parsed = bundle.parseNote(note)
      const head = bundle.parseCheckpointText(parsed.text)
      const cosigner = { name: 'log.example/institutions/IGM', publicKey: key }
      const line = bundle.cosignatureLine(cosigner, 7, cosigned)
      const [, own] = bundle.parseNote(note + line).lines
      return {
        size: head.size,
        included: bundle.verifyInclusion(leaf, 3, 5, path, head.root),
        elsewhere: bundle.verifyInclusion(leaf, 2, 5, path, head.root),
        signed: (await bundle.signatureOf(parsed, 'log.example', key)) !== undefined,
        forged: (await bundle.signatureOf(bundle.parseNote(changed), 'log.example', key)) !== undefined,
        at: await bundle.cosignedAt(parsed.text, own, cosigner),
        never: await bundle.cosignedAt(parsed.text + ' ', own, cosigner),
      }
    })(given)`,
    given,
  )
  expect(verdict).toEqual({
    size: 5,
    included: true,
    elsewhere: false,
    signed: true,
    forged: false,
    at: 7,
    never: undefined,
  })
})
