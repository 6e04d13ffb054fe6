// Checkpoints and signed notes, verified without our code: node:crypto and the published example of
// golang.org/x/mod/sumdb/note.
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hex } from '../../log/bytes.ts'
import {
  checkpointText,
  noteKeyId,
  signedNote,
  tlogProof,
  verifierKey,
} from '../../log/checkpoint.ts'

const keyOf = (raw: Uint8Array) =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
    format: 'jwk',
  })

describe('the published note of Peter Neumann', () => {
  const verifier = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const text =
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n"
  const line =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
  const [name = '', id, encoded = ''] = verifier
    .split('+', 2)
    .concat(verifier.split('+').slice(2).join('+'))
  const publicKey = Buffer.from(encoded, 'base64').subarray(1)
  const signature = Buffer.from(line.split(' ')[2] ?? '', 'base64').subarray(4)

  test('its signature is good, so that what follows is about the real thing', () => {
    expect(Buffer.from(encoded, 'base64')[0]).toBe(1)
    expect(verify(null, Buffer.from(text), keyOf(publicKey), signature)).toBe(true)
  })

  test('its key has the published id', () => {
    expect(hex(noteKeyId(name, publicKey))).toBe(id)
  })

  test('its verifier key is written byte for byte as published, on a line', () => {
    expect(verifierKey(name, publicKey)).toBe(`${verifier}\n`)
  })

  test('the note is written byte for byte as published', () => {
    expect(signedNote(text, name, publicKey, signature)).toBe(`${text}\n${line}\n`)
  })
})

/** A reader of signed notes (C2SP signed-note) that knows nothing of the code. */
const holds = (given: string, name: string, key: Buffer): boolean => {
  const end = given.lastIndexOf('\n\n')
  const [signed, signatures] = [given.slice(0, end + 1), given.slice(end + 2)]
  const match = /^— (\S+) ([A-Za-z0-9+/]+=*)\n$/.exec(signatures)
  if (match?.[1] !== name) return false
  const bytes = Buffer.from(match[2] ?? '', 'base64')
  const keyId = createHash('sha256')
    .update(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(1), key]))
    .digest()
    .subarray(0, 4)
  return (
    bytes.length === 68 &&
    bytes.subarray(0, 4).equals(keyId) &&
    verify(null, Buffer.from(signed), keyOf(key), bytes.subarray(4))
  )
}

describe('a checkpoint of the access log', () => {
  const origin = 'referral-hub.example/access-log'
  const pair = generateKeyPairSync('ed25519')
  const publicKey = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const rootHash = createHash('sha256').digest()
  const text = checkpointText(origin, 250, rootHash)
  const note = signedNote(text, origin, publicKey, sign(null, Buffer.from(text), pair.privateKey))

  test('its text is origin, size in decimal and root in base64, each on a line (C2SP tlog-checkpoint)', () => {
    expect(text).toBe(
      'referral-hub.example/access-log\n250\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    )
    expect(checkpointText(origin, 0, rootHash).split('\n')[1]).toBe('0')
    expect(checkpointText(origin, 2 ** 53 - 1, rootHash).split('\n')[1]).toBe('9007199254740991')
  })

  test('a reader with the log’s public key accepts its note', () => {
    expect(holds(note, origin, publicKey)).toBe(true)
  })

  test('a note with another size, root, origin, name or key is not accepted', () => {
    const forged = [
      note.replace('\n250\n', '\n251\n'),
      note.replace('47DE', '47DF'),
      note.replace('referral-hub.example', 'other-hub.example'),
      note.replace('— referral', '— other'),
      note.trimEnd(),
    ]
    for (const one of forged) expect([one, holds(one, origin, publicKey)]).toEqual([one, false])
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? ''
    expect(holds(note, origin, Buffer.from(other, 'base64url'))).toBe(false)
  })

  test('a proof is its name, the index, the path from the leaf up, an empty line and the note (C2SP tlog-proof)', () => {
    const [low, high] = [Buffer.alloc(32, 1), Buffer.alloc(32, 255)]
    expect(tlogProof(7, [low, high], note)).toBe(
      `c2sp.org/tlog-proof@v1\nindex 7\n${low.toString('base64')}\n${high.toString('base64')}\n\n${note}`,
    )
    // A tree of one leaf has no path.
    expect(tlogProof(0, [], note)).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${note}`)
  })
})
