// A reader of transparency logs written from the C2SP specifications and RFC 6962 alone: what an officer's own tool
// would do.
import { type KeyObject, createHash, createPublicKey, verify } from 'node:crypto'

const sha256 = (...parts: Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest()
export const hashOfLeaf = (leaf: Uint8Array): Buffer => sha256(Buffer.of(0), leaf)
const hashOfNode = (left: Uint8Array, right: Uint8Array): Buffer =>
  sha256(Buffer.of(1), left, right)

export type Verifier = { name: string; id: Buffer; key: KeyObject }

/** C2SP signed-note, "Verifier keys". Throws where the id is not that of name and key. */
export const readVerifier = (line: string): Verifier => {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)\n$/.exec(line)
  const [, name = '', id = '', encoded = ''] = match ?? []
  const bytes = Buffer.from(encoded, 'base64')
  const computed = sha256(Buffer.from(`${name}\n`), bytes).subarray(0, 4)
  if (bytes.length !== 33 || bytes[0] !== 1 || computed.toString('hex') !== id)
    throw new Error('no Ed25519 verifier key')
  const x = bytes.subarray(1).toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return { name, id: computed, key }
}

export type Checkpoint = { origin: string; size: number; root: Buffer; note: string }

/** C2SP tlog-checkpoint: a note of exactly this verifier. Throws where no signature of it holds. */
export const readCheckpoint = (note: string, verifier: Verifier): Checkpoint => {
  const end = note.indexOf('\n\n')
  const text = note.slice(0, end + 1)
  const good = note
    .slice(end + 2)
    .split('\n')
    .filter(line => {
      const [dash, name, encoded = ''] = line.split(' ')
      const bytes = Buffer.from(encoded, 'base64')
      return (
        dash === '—' &&
        name === verifier.name &&
        bytes.subarray(0, 4).equals(verifier.id) &&
        verify(null, Buffer.from(text), verifier.key, bytes.subarray(4))
      )
    })
  if (good.length !== 1) throw new Error('no good signature on the checkpoint')
  const match = /^([^\n]+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n$/.exec(text)
  if (match?.[1] !== verifier.name) throw new Error('no checkpoint of this log')
  return {
    origin: match[1],
    size: Number(match[2]),
    root: Buffer.from(match[3] ?? '', 'base64'),
    note,
  }
}

/** C2SP tlog-proof. */
const readProof = (text: string): { index: number; path: Buffer[]; note: string } => {
  const end = text.indexOf('\n\n')
  const [name, index = '', ...path] = text.slice(0, end).split('\n')
  const number = /^index (0|[1-9]\d*)$/.exec(index)?.[1]
  if (name !== 'c2sp.org/tlog-proof@v1' || number === undefined) throw new Error('no tlog-proof')
  return {
    index: Number(number),
    path: path.map(hash => Buffer.from(hash, 'base64')),
    note: text.slice(end + 2),
  }
}

/** The root that a leaf and its audit path make, from the top down: how many hashes are needed is known beforehand. */
const rootOf = (leaf: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer => {
  if (size === 1) {
    if (path.length > 0) throw new Error('the path is too long')
    return leaf
  }
  const sibling = path.at(-1)
  if (!sibling) throw new Error('the path is too short')
  let k = 1
  while (k * 2 < size) k *= 2
  return index < k
    ? hashOfNode(rootOf(leaf, index, k, path.slice(0, -1)), sibling)
    : hashOfNode(sibling, rootOf(leaf, index - k, size - k, path.slice(0, -1)))
}

/**
 * Verifies a whole proof offline: signature, then path. Gives where the leaf is, and under which checkpoint. Throws.
 */
export const verifyProof = (
  proof: string,
  leaf: Uint8Array,
  verifier: Verifier,
): { index: number; checkpoint: Checkpoint } => {
  const { index, path, note } = readProof(proof)
  const checkpoint = readCheckpoint(note, verifier)
  if (index >= checkpoint.size) throw new Error('the checkpoint does not cover the leaf')
  if (!rootOf(hashOfLeaf(leaf), index, checkpoint.size, path).equals(checkpoint.root))
    throw new Error('the path does not lead to the root')
  return { index, checkpoint }
}

/** RFC 6962 §2.1 over leaf hashes. */
export const treeRoot = (leaves: readonly Buffer[]): Buffer => {
  if (leaves.length < 2) return leaves[0] ?? sha256()
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return hashOfNode(treeRoot(leaves.slice(0, k)), treeRoot(leaves.slice(k)))
}

/** C2SP tlog-tiles: `<L>/<N>` of a tile of `width`, N in groups of three digits. */
export const tilePath = (level: number | 'entries', n: number, width: number): string => {
  const groups = [String(n % 1000).padStart(3, '0')]
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return `${level}/${groups.join('/')}${width < 256 ? `.p/${width}` : ''}`
}

/** Every tile of one level in a tree of `size`, as paths. */
export const tilesOf = (level: number | 'entries', size: number): string[] => {
  const hashes = Math.floor(size / 256 ** (level === 'entries' ? 0 : level))
  return Array.from({ length: Math.ceil(hashes / 256) }, (_, n) =>
    tilePath(level, n, Math.min(256, hashes - n * 256)),
  )
}

/** The hashes of a tile. */
export const hashesIn = (tile: Buffer): Buffer[] => {
  if (tile.length % 32 !== 0) throw new Error('no tile')
  return Array.from({ length: tile.length / 32 }, (_, i) => tile.subarray(i * 32, i * 32 + 32))
}

/** C2SP tlog-tiles, "Log entries": each entry behind its length in two octets, big-endian. */
export const entriesIn = (bundle: Buffer): Buffer[] => {
  const entries: Buffer[] = []
  for (let at = 0; at < bundle.length;) {
    const length = bundle.readUInt16BE(at)
    if (at + 2 + length > bundle.length) throw new Error('the bundle is cut')
    entries.push(bundle.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries
}
