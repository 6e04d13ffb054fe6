// Trees and signed notes by the letter of RFC 6962 and of C2SP signed-note, with node:crypto and nothing of ours.
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'

const origin = 'referral-hub.example/local/access-log'

export const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** RFC 6962 §2.1 MTH, by the letter. */
export const naiveRoot = (leaves: readonly Uint8Array[]): Buffer => {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0] as Uint8Array)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(Buffer.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)))
}

export type NoteSigner = { name: string; key: KeyObject; raw: Buffer }

export const noteSigner = (name = origin): NoteSigner => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(privateKey.export({ format: 'jwk' }).x as string, 'base64url')
  return { name, key: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })), raw }
}

const idOf = ({ name, raw }: NoteSigner) =>
  sha256(Buffer.from(`${name}\n`), Buffer.of(1), raw).subarray(0, 4)

export const vkeyOf = (signer: NoteSigner): string =>
  `${signer.name}+${idOf(signer).toString('hex')}+${Buffer.concat([Buffer.of(1), signer.raw]).toString('base64')}`

export const noteOf = (text: string, signer: NoteSigner, id = idOf(signer)): string =>
  `${text}\n— ${signer.name} ${Buffer.concat([id, sign(null, Buffer.from(text), signer.key)]).toString('base64')}\n`

export const textOf = (size: number, root: Uint8Array, name = origin): string =>
  `${name}\n${size}\n${Buffer.from(root).toString('base64')}\n`

export const checkpointOf = (leaves: readonly Uint8Array[], signer: NoteSigner): string =>
  noteOf(textOf(leaves.length, naiveRoot(leaves)), signer)
