// An exported log of any length for the bench, each of its requests really signed: one deployment's key, and reads by
// it. Tree, tiles and checkpoint are true.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { logOrigin } from '../../schemas/hub-name.ts'
import { base64 } from '../../log/bytes.ts'
import { checkpointText, signedNote, verifierKey } from '../../log/checkpoint.ts'
import { appendAll, emptyTree, leafHash, root } from '../../log/merkle.ts'
import { tileHashes, tileWidth } from '../../log/tiles.ts'
import { keysText } from '../../verify/keys.ts'
import { policyText } from '../../verify/policy.ts'
import { tilePath } from '../../verify/places.ts'
import { DirectoryKey } from '../../schemas/agreement.ts'
import { Instant } from '../../schemas/ids.ts'

const hub = 'referral-hub.example'
const start = Date.parse('2026-01-01T00:00:00.000Z')
const idAt = (time: number, n: number) => {
  const hex = time.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${n.toString(16).padStart(12, '0')}`
}

const pair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  return { x, privateKey, raw: Buffer.from(x, 'base64url') }
}

/** So many signatures are given back: a million would not fit beside their log. */
const mostKept = 10_000

/** What of one entry's request was signed, as any verifier needs it: what a signature alone costs. */
type Signed = { base: Buffer; signature: Buffer }

export type WrittenEntry = Record<string, unknown> & { request: Record<string, unknown> }

/**
 * Writes the export of a log of `size` entries.
 * @param change makes of an entry what is written in its place: the tree is over that
 * @returns the log's key, and its first signatures with their bases
 */
export const writeSignedLog = async (
  folder: string,
  size: number,
  change: (entry: WrittenEntry, index: number) => object = entry => entry,
) => {
  const [log, caller] = [pair(), pair()]
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: caller.x }
  const named = JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x })
  const keyid = createHash('sha256').update(named).digest('base64url')
  const at = new Date(start).toISOString()
  const terms = {
    institution: 'IGM',
    roles: ['referrer'],
    validFrom: at,
    validUntil: '2036-01-01T00:00:00.000Z',
  }
  const signatures: Signed[] = []
  const enrolled = {
    id: idAt(start, 0),
    time: at,
    action: 'key.enrol',
    outcome: 'allowed',
    actor: { institution: 'HUB', role: 'hub' },
    subjectKeyid: keyid,
    key: { ...terms, at },
    request: { id: idAt(start, 0), method: 'DEPLOYMENT', path: '/enrol' },
  }
  const entryAt = (n: number) => {
    const time = start + n * 1000
    const created = Math.floor(time / 1000)
    const path = `/v1/referrals/${idAt(start, n % 997)}`
    const nonce = randomBytes(16).toString('base64url')
    const params = `("@method" "@authority" "@path" "@query");created=${created};expires=${created + 60};nonce="${nonce}";keyid="${keyid}";tag="referral-hub"`
    const base = Buffer.from(
      `"@method": GET\n"@authority": ${hub}\n"@path": ${path}\n"@query": ?\n"@signature-params": ${params}`,
    )
    const signature = sign(null, base, caller.privateKey)
    if (signatures.length < mostKept) signatures.push({ base, signature })
    return {
      id: idAt(time, n),
      time: new Date(time).toISOString(),
      action: 'referral.read',
      outcome: 'allowed',
      actor: { institution: 'IGM', keyid, role: 'referrer' },
      referralId: idAt(start, n % 997),
      request: {
        id: idAt(time, n),
        method: 'GET',
        path,
        signatureInput: `hub=${params}`,
        signature: `hub=:${signature.toString('base64')}:`,
        covered: { '@authority': hub, '@query': '?' },
      },
    }
  }
  const write = (path: string, bytes: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  const tiles = new Map<string, { level: number; n: number; hashes: Uint8Array[] }>()
  let tree = emptyTree
  for (let first = 0; first < size; first += tileWidth) {
    const leaves = Array.from({ length: Math.min(tileWidth, size - first) }, (_, i) =>
      Buffer.from(
        JSON.stringify(change(first + i === 0 ? enrolled : entryAt(first + i), first + i)),
      ),
    )
    const bundle = leaves.flatMap(leaf => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(leaf.length)
      return [length, leaf]
    })
    write(tilePath('entries', first / tileWidth, leaves.length), Buffer.concat(bundle))
    const grown = appendAll(tree, leaves.map(leafHash))
    ;({ tree } = grown)
    for (const { level, n, at: place, hash } of tileHashes(grown.made)) {
      const tile = tiles.get(`${level}/${n}`) ?? { level, n, hashes: [] }
      tile.hashes[place] = hash
      tiles.set(`${level}/${n}`, tile)
    }
  }
  for (const { level, n, hashes } of tiles.values())
    write(tilePath(level, n, hashes.length), Buffer.concat(hashes))
  const origin = logOrigin(hub as Parameters<typeof logOrigin>[0])
  const text = checkpointText(origin, size, root(tree))
  write(
    'checkpoint',
    signedNote(text, origin, log.raw, sign(null, Buffer.from(text), log.privateKey)),
  )
  const vkey = verifierKey(origin, log.raw).trim()
  write('policy.json', policyText({ origin, vkey, exportedAt: Instant.parse(at), hub }))
  const key = DirectoryKey.parse({
    keyid,
    institution: 'IGM',
    roles: terms.roles,
    alg: 'ed25519',
    jwk,
    validFrom: terms.validFrom,
    validUntil: terms.validUntil,
    state: 'active',
    history: [{ event: 'enrolled', at, by: 'deployment' }],
  })
  write('keys.json', keysText([key]))
  return { vkey, jwk, signatures, root: base64(root(tree)), newest: start + (size - 1) * 1000 }
}
