// An exported log to tamper with: the real export of a real hub, and the same entries in a log whose note key the test has, so that
// it can cheat as only the log's own operator could. Tree and tiles are computed here by RFC 6962 §2.1 as it is written, not by ours.
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { exportLog } from '../../bin/export-log.ts'
import { callerOf, hubFileOf, submissionOf, type HubPlace } from '../journeys/callers.ts'
import type { Hub } from '../../infra/local/hub.ts'

export const origin = 'referral-hub.example/access-log'

const sha256 = (...parts: Uint8Array[]) => {
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
    ['tile/entries/000', `tile/entries/001.p/${rest}`].flatMap(path => {
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
    /** Changes a file's bytes. */
    bytes: (path: string, change: (bytes: Buffer) => string | Uint8Array) =>
      write(path, changed(read(path), Buffer.from(change(Buffer.from(read(path))) as string))),
  }
}

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

/** Some 300 entries on a hub: submissions, releases, acknowledgements, a status, a refusal, and cheap reads to fill a tile. Exported to `folder`. */
export const exportedFrom = async (place: HubPlace & { hub: Hub }, folder: string) => {
  const [igm, ala, stranger, officer] = await Promise.all([
    callerOf(place, 'igm-system'),
    callerOf(place, 'ala-system'),
    callerOf(place, 'stranger'),
    callerOf(place, 'igm-compliance'),
  ])
  let referralId = ''
  for (let n = 1; n <= 3; n++) ({ referralId } = (await igm.submitReferral(submissionOf(n))).body)
  // Not all at once: a function answers in its time or not at all.
  const reads = async (count: number) => {
    for (let left = count; left > 0; left -= 20)
      await Promise.all(
        Array.from({ length: Math.min(left, 20) }, () => igm.getReferral(referralId)),
      )
  }
  await reads(2)
  const handles: string[] = []
  for (let tries = 0; handles.length < 3 && tries < 10; tries++)
    for (const { handle } of (await ala.pull({ max: 10, waitSeconds: 1 })).body.messages)
      handles.push(handle)
  await ala.ack(handles)
  const etag = (await ala.getReferral(referralId)).headers.get('etag') ?? ''
  await ala.changeStatus(referralId, { status: 'accepted' }, etag)
  await stranger.getReferral(referralId).catch(() => {})
  await reads(285)
  await place.hub.invoke('referral-hub-SequenceAccessLog', {})
  await exportLog(officer, folder, { hub: hubFileOf(place).authority })
  return officer
}

/** The same log under a note key of the test's own, with an entry of the hub's own behind it: the consent of the accepted referral ran out. */
export const ownLog = (from: string, to: string, signer: NoteSigner): Bench => {
  const bench = copyOf(from, to, signer)
  const all = bench.leaves()
  const { time } = JSON.parse(String(all.at(-1))) as Json
  const last = all.findLast(leaf => leaf.includes('"referral.status"')) ?? Buffer.of()
  const { referralId, chain } = JSON.parse(String(last)) as Json
  const own = {
    id: '01a1fdfa-ffff-7fff-8fff-ffffffffffff',
    time: time as string,
    action: 'consent.expire',
    outcome: 'allowed',
    actor: { institution: 'HUB', role: 'hub' },
    referralId: referralId as string,
    chain: { n: chain.n + 1, prevHash: sha256(Buffer.of(0), last).toString('hex') },
    request: {
      id: '01a1fdfa-ffff-7fff-8fff-fffffffffffe',
      method: 'SCHEDULE',
      path: '/run-due-work',
    },
  }
  bench.rebuild([...all, Buffer.from(JSON.stringify(own))], 'signature')
  bench.json('policy.json', policy => {
    policy.vkey = vkeyOf(signer)
  })
  return benchOf(to, signer)
}
