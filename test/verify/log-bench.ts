// A copy of an exported log to tamper with, by anybody, and by whoever holds the log's own key. Tree and tiles are
// computed here by RFC 6962 §2.1 as it is written, not by ours.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type NoteSigner, checkpointOf, naiveRoot, sha256 } from './log-notes.ts'

/** What is recomputed after the entries: nothing, the leaf tiles, all tiles, or all and the signature too. */
export type Extent = 'entries' | 'leaf tiles' | 'all tiles' | 'signature'

const bundleOf = (leaves: readonly Uint8Array[]) =>
  Buffer.concat(
    leaves.flatMap(leaf => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(leaf.length)
      return [length, leaf]
    }),
  )

/** What a tampering made of something; one that changed nothing would pass for a verifier that finds nothing. */
const changed = (before: Buffer, after: Buffer): Buffer => {
  if (after.equals(before)) throw new Error('the tampering changed nothing')
  return after
}

/** Every chain followed again: what names an entry names it by its hash. */
const rechained = (all: readonly Json[]): Buffer[] => {
  const hashes = new Map<string, string>()
  const texts = new Map<Json, Buffer>()
  for (const entry of all.toSorted((a, b) => (a.chain?.n ?? 0) - (b.chain?.n ?? 0))) {
    const { referralId, chain } = entry
    const before = chain && hashes.get(`${referralId} ${chain.n - 1}`)
    if (before !== undefined) chain.prevHash = before
    const text = Buffer.from(JSON.stringify(entry))
    texts.set(entry, text)
    const hash = sha256(Buffer.of(0), text).toString('hex')
    if (chain) hashes.set(`${referralId} ${chain.n}`, hash)
  }
  return all.map(entry => texts.get(entry) as Buffer)
}

/** A key's members in the order in which the hub writes them. */
const inOrder = ({
  keyid,
  institution,
  roles,
  post,
  alg,
  jwk,
  validFrom,
  validUntil,
  ...more
}: Json) => {
  const { state, history, revokedAt, revocationReason } = more
  const key = { keyid, institution, roles, post, alg, jwk, validFrom, validUntil, state, history }
  return { ...key, revokedAt, revocationReason }
}

/** A UUIDv7 of a moment, and another each time. */
let made = 0
export const idAt = (time: string): string => {
  const hex = Date.parse(time).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7fff-8fff-${String(made++).padStart(12, '0')}`
}

/** A copy of an exported folder, with what is needed to tamper with it. */
export const benchOf = (dir: string, signer: NoteSigner) => {
  const file = (path: string) => join(dir, path)
  const read = (path: string) => readFileSync(file(path))
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(file(path)), { recursive: true })
    writeFileSync(file(path), content)
  }
  const size = Number(read('checkpoint').toString().split('\n')[1])
  const rest = size % 256
  const leaves = (): Buffer[] =>
    (size < 256
      ? [`tile/entries/000.p/${rest}`]
      : ['tile/entries/000', `tile/entries/001.p/${rest}`]
    ).flatMap(path => {
      const found: Buffer[] = []
      const bytes = read(path)
      for (let at = 0; at < bytes.length; at += 2 + bytes.readUInt16BE(at))
        found.push(bytes.subarray(at + 2, at + 2 + bytes.readUInt16BE(at)))
      return found
    })
  const rebuild = (all: readonly Uint8Array[], extent: Extent) => {
    const put = (level: string | number, items: readonly Uint8Array[], join_: typeof bundleOf) => {
      rmSync(file(`tile/${level}`), { recursive: true, force: true })
      for (let n = 0; n * 256 < items.length; n++) {
        const part = items.slice(n * 256, n * 256 + 256)
        const partial = part.length < 256 ? `.p/${part.length}` : ''
        write(`tile/${level}/${String(n).padStart(3, '0')}${partial}`, join_(part))
      }
    }
    put('entries', all, bundleOf)
    if (extent === 'entries') return
    put(
      0,
      all.map(leaf => sha256(Buffer.of(0), leaf)),
      parts => Buffer.concat(parts),
    )
    if (extent === 'leaf tiles') return
    const whole = Array.from({ length: Math.floor(all.length / 256) }, (_, n) =>
      naiveRoot(all.slice(n * 256, n * 256 + 256)),
    )
    put(1, whole, parts => Buffer.concat(parts))
    if (extent === 'signature') write('checkpoint', checkpointOf(all, signer))
  }
  const untouched = leaves()
  let enrolments = 0
  return {
    dir,
    /** The entries as they were when the bench was made. */
    untouched,
    size,
    rest,
    signer,
    /** The bundle, leaf tile and so on that is not full. */
    partial: (level: string | number) => `tile/${level}/001.p/${rest}`,
    read,
    write,
    remove: (path: string) => rmSync(file(path)),
    leaves,
    rebuild,
    /** Changes the text of one entry, and recomputes as much as is said. */
    text: (index: number, change: (text: string) => string | Uint8Array, extent: Extent) => {
      const all: Uint8Array[] = leaves()
      const before = all[index] as Buffer
      all[index] = changed(before, Buffer.from(change(before.toString()) as string))
      rebuild(all, extent)
    },
    /** Changes a file of JSON, written again as it was exported. */
    json: (path: string, change: (value: Json) => void) => {
      const value = JSON.parse(read(path).toString()) as Json
      change(value)
      write(path, changed(read(path), Buffer.from(`${JSON.stringify(value, null, 2)}\n`)))
    },
    /** Changes the log as whoever has its key can: entries, and every chain and hash that follows from them. */
    resign: (change: (all: Json[]) => void) => {
      const all = leaves().map(leaf => JSON.parse(String(leaf)) as Json)
      change(all)
      rebuild(rechained(all), 'signature')
    },
    /**
     * A key of keys.json that the deployment enrols, its entry in place of a plain read early in the log. Gives the key
     * as it then is.
     */
    enrol: (key: Json, late = false): Json => {
      const all = leaves()
      const index = 140 + enrolments++
      const { id, time } = JSON.parse(String(all[index])) as Json
      const history = [{ event: 'enrolled', at: time, by: 'deployment' }]
      const { keyid: subjectKeyid, institution, roles, validFrom, validUntil, ...more } = key
      const { alg: _alg, jwk: _jwk, ...ended } = more
      const terms = { institution, roles, validFrom, validUntil, ...ended, at: time }
      const entry = { subjectKeyid, key: { ...terms, ...(late ? { before: [] } : {}) } }
      all[index] = Buffer.from(JSON.stringify(enrolment({ id, time }, entry)))
      rebuild(all, 'signature')
      const enrolled = late ? key : { ...key, state: 'active', history }
      const { items } = JSON.parse(read('keys.json').toString()) as { items: Json[] }
      write('keys.json', `${JSON.stringify({ items: [...items, inOrder(enrolled)] }, null, 2)}\n`)
      return enrolled
    },
    /** Changes a file's bytes. */
    bytes: (path: string, change: (bytes: Buffer) => string | Uint8Array) =>
      write(path, changed(read(path), Buffer.from(change(Buffer.from(read(path))) as string))),
  }
}

/** The entry of a key that the deployment enrols, in the place of another. */
export const enrolment = ({ id, time }: Json, { subjectKeyid, key }: Json): Json => ({
  id,
  time,
  action: 'key.enrol',
  outcome: 'allowed',
  actor: { institution: 'HUB', role: 'hub' },
  subjectKeyid,
  key,
  request: { id, method: 'DEPLOYMENT', path: '/enrol' },
})

/** Something of JSON that a test may change anywhere; wrong turns show as type errors at run time. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = Record<string, any>
export type Bench = ReturnType<typeof benchOf>

/** The folder by its content: two folders of one digest hold the same files. */
export const digestOf = (dir: string): string => {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile())
    .map(file => join(file.parentPath, file.name))
    .toSorted()
  const each = files.flatMap(file => [Buffer.from(relative(dir, file)), sha256(readFileSync(file))])
  return sha256(...each).toString('hex')
}

export const copyOf = (from: string, to: string, signer: NoteSigner): Bench => {
  rmSync(to, { recursive: true, force: true })
  cpSync(from, to, { recursive: true })
  return benchOf(to, signer)
}
