// What an officer reads of the log through a hub's routes, and checks with tlog-reader.ts: with nothing of our own
// code.
import { expect } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { type CallerName, type HubPlace, callerOf } from './callers.ts'
import { type RawAnswer, raw, signed } from './signed-requests.ts'
import {
  type Checkpoint,
  type Verifier,
  hashesIn,
  readCheckpoint,
  tilesOf,
  verifyProof,
} from './tlog-reader.ts'

export const log = '/v1/access-log'

/** The bytes of an entry in the tree: what a query gives, without its place. */
export const leafOf = ({ index: _, ...entry }: AccessLogEntry): Buffer =>
  Buffer.from(JSON.stringify(entry))

export const readingOf = async (hub: HubPlace) => {
  const officer = await callerOf(hub, 'igm-compliance')
  const get = (who: CallerName, path: string): Promise<RawAnswer> => raw(hub, who, { path })

  /** The octets of a tile or bundle, as an officer reads it. */
  const octets = async (tile: string): Promise<Buffer> => {
    const request = signed(hub, 'ala-compliance', { path: `${log}/tile/${tile}` })
    const answer = await fetch(request.url, request)
    expect([tile, answer.status]).toEqual([tile, 200])
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    return Buffer.from(await answer.arrayBuffer())
  }
  const checkpointNow = async (verifier: Verifier): Promise<Checkpoint> =>
    readCheckpoint((await get('igm-compliance', `${log}/checkpoint`)).text, verifier)

  const entriesAbout = async (referralId: string, action: string): Promise<AccessLogEntry[]> =>
    (await officer.accessLog({ referralId, action })).body.items

  /** Verifies a release's proof against the entries of its referral; gives the entry that it proves. */
  const proven = async (
    proof: string | undefined,
    referralId: string,
    verifier: Verifier,
    action = 'referral.release',
  ) => {
    const holds = (await entriesAbout(referralId, action)).flatMap(entry => {
      try {
        return [{ entry, ...verifyProof(proof ?? '', leafOf(entry), verifier) }]
      } catch {
        return []
      }
    })
    expect(holds.length).toBe(1)
    return holds[0] as (typeof holds)[number]
  }

  /** All leaf hashes of a tree, out of its tiles. */
  const leavesOf = async (size: number): Promise<Buffer[]> =>
    (await Promise.all(tilesOf(0, size).map(octets))).flatMap(hashesIn)

  return { officer, get, octets, checkpointNow, entriesAbout, proven, leavesOf }
}
