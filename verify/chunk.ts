// All that can be found out of one entry bundle by itself: its bytes, its entries, their hashes, the requests behind
// them. Nearly all of a verification's work; a thread of its own may do it (threads.ts). What is wrong is noted and not
// thrown: which finding comes first is for who knows them all.
import type { Algorithm, PublicJwk } from '../schemas/agreement.ts'
import type { RequestId } from '../schemas/ids.ts'
import { type LoggedEntry, readEntry, type Told } from './entries.ts'
import { type Check, type Measure, namesOf, verifyRequest } from './evidence.ts'
import { bytesOf, type LogFiles } from './files.ts'
import { entriesOf, type TilePlace } from './places.ts'
import { hashBytes, leafHash, type Sha256 } from './tree.ts'
import { Failed, type FailureCode } from './verdict.ts'

/** What is to be checked by what; plain data, so that a thread can be told. */
export type Task = {
  authorities: readonly string[]
  keys: readonly { keyid: string; alg: Algorithm; jwk: PublicJwk }[]
}

export type Finding = { code: FailureCode; detail: string; index?: number | undefined }

/** What the rules of the whole log need of an entry. */
export type NotedEntry = Told & {
  requestId: RequestId
  /** `idempotency-key` of the request, as it was signed. */
  idempotencyKey?: string
  /** The nonce that the request spent. */
  nonce?: string
  /** What is wrong with the request, were its key right. */
  fault?: Finding
}

/** Digests of the entries lie one behind the other, as hashes do (tree.ts). */
export type Noted = {
  hashes: Uint8Array<ArrayBuffer>
  /** Of who asked for what: actor and request. */
  evidences: Uint8Array<ArrayBuffer>
  /** Of all else that an entry says but its id and time. */
  effects: Uint8Array<ArrayBuffer>
}

export type CheckedChunk = Noted & {
  /** What is wrong with the bundle: then there is nothing else. */
  broken?: Finding
  /** The first entry that is none: then there is no further one. */
  wrong?: Finding
  /** NotedEntry[] as JSON: to another thread the cheapest way. */
  entries: string
}

const findingOf = (error: unknown): Finding => {
  if (!(error instanceof Failed)) throw error
  const { code, detail, index } = error
  return { code, detail, index }
}

const noted = (width: number) => new Uint8Array(width * hashBytes)

const note = (entry: LoggedEntry, measure: Measure, index: number): NotedEntry => {
  const { request, ...told } = entry
  const idempotencyKey = request.covered?.['idempotency-key']
  const of = {
    ...told,
    requestId: request.id,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  }
  try {
    const nonce = verifyRequest(entry, measure, index)
    return nonce === undefined ? of : { ...of, nonce }
  } catch (error) {
    return { ...of, fault: findingOf(error) }
  }
}

/** What the machine has to check with: Node (threads.ts), or what browsers have too (check-later.ts). */
export type Means = {
  files: LogFiles
  sha256: Sha256
  /** @param jwk one that `strongKey` has taken */
  checkedBy: (alg: Algorithm, jwk: PublicJwk) => Check
}

/** Answers for one bundle after the other. `bundleOnly`: whether its entries need not be looked at any more. */
export const chunkChecker = ({ authorities, keys }: Task, { files, sha256, checkedBy }: Means) => {
  const digestOf = (value: unknown) => sha256(JSON.stringify(value))
  const checks = new Map(keys.map(({ keyid, alg, jwk }) => [keyid, checkedBy(alg, jwk)]))
  const measure = { names: namesOf(authorities), checks }

  return (place: TilePlace, bundleOnly: boolean): CheckedChunk => {
    const [hashes, evidences, effects] = [place.width, place.width, place.width].map(noted) as [
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>,
    ]
    const nothing = { hashes, evidences, effects, entries: '[]' }
    const first = place.n * 256
    let leaves: Uint8Array[]
    try {
      leaves = entriesOf(bytesOf(files, place.path, 'bundle-missing', first), place)
    } catch (error) {
      return { ...nothing, broken: findingOf(error) }
    }
    if (bundleOnly) return nothing
    const entries: NotedEntry[] = []
    for (const [i, leaf] of leaves.entries()) {
      let entry: LoggedEntry
      try {
        entry = readEntry(leaf, first + i)
      } catch (error) {
        return { ...nothing, wrong: findingOf(error) }
      }
      const { id: _id, time: _time, actor, request, ...effect } = entry
      hashes.set(leafHash(sha256, leaf), i * hashBytes)
      evidences.set(digestOf([actor, request]), i * hashBytes)
      effects.set(digestOf(effect), i * hashBytes)
      entries.push(note(entry, measure, first + i))
    }
    return { ...nothing, entries: JSON.stringify(entries) }
  }
}
