// Verifies an exported access log without the hub: no network, no cloud, nothing but the folder, this machine and the
// log's key.
import { readFileSync } from 'node:fs'
import { filesOf, keepEvidence } from './folder.ts'
import type { Inconsistent } from './inconsistent.ts'
import { judge, type Trust } from './judge.ts'
import type { Progress } from './progress.ts'
import { sha256 } from './signature.ts'
import { onDisk } from './threads.ts'
import { type Environment, givenKey, pinKey, trusting } from './trust.ts'
import type { Verdict } from './verdict.ts'

export type VerifyOptions = {
  /** A file with an older checkpoint of this log: what it covers must still be there, as it was. */
  since?: string
  /**
   * The reader's clock. It has no default here: a verifier that asks the machine passes on one day and fails on the
   * next.
   */
  now: Date
  /** Milliseconds that the last entry may lie back. Without it, a day is only warned of. */
  maxAgeMs?: number
  /** Other names that the hub has had, beside the one in policy.json: callers sign for the name. */
  authorities?: readonly string[]
  /**
   * How many threads check entries; 1: the one that asks, which is busy until then. Default: one for each core, where
   * the log is long enough to be worth their start.
   */
  workers?: number | undefined
  /** Told how far it has come, from time to time. */
  progress?: Progress | undefined
  /** The log's key as somebody outside has it. Without it the folder's own is taken, and the verdict says so. */
  vkey?: string
}

/**
 * Verifies a folder that `hub log export` made. Whatever is in the folder, there is a verdict.
 * @throws ThreadLost where the machine ended a thread that checked it: nothing is known of the log then
 */
export async function verifyFolder(
  folder: string,
  { vkey, ...options }: VerifyOptions,
): Promise<Verdict> {
  // A file of it, and the hub's own answer, end in a line feed.
  const given = vkey?.trim()
  return judged(folder, options, policy => ({
    vkey: given ?? policy.vkey,
    by: given === undefined ? 'folder' : 'given',
  }))
}

/**
 * Verifies a folder by a key from outside: the one that was given, or the one that is pinned on this machine. Where
 * there is neither, and the folder holds by its own, that one is pinned.
 * @throws NotTrustable where the given key, or the list of pinned ones, cannot be read; ThreadLost as `verifyFolder`
 */
export async function verifyTrusting(
  folder: string,
  { vkey, env, ...options }: VerifyOptions & { env: Environment },
): Promise<Verdict> {
  const given = vkey === undefined ? {} : { given: givenKey(vkey) }
  let hub = ''
  const verdict = await judged(folder, options, policy => {
    ;({ hub } = policy)
    return trusting(folder, { ...given, env })(policy)
  })
  if (!verdict.ok || verdict.trusted.by !== 'folder') return verdict
  const file = pinKey(verdict.trusted.vkey, { hub, folder, env })
  if (file === undefined) return verdict
  return { ...verdict, trusted: { ...verdict.trusted, by: 'first-use', file } }
}

const judged = (
  folder: string,
  { since, workers, ...options }: Omit<VerifyOptions, 'vkey'>,
  trust: Trust,
): Promise<Verdict> => {
  const machine = {
    files: filesOf(folder),
    sha256,
    checkBundles: onDisk(folder, workers),
    keep: (both: Inconsistent) => keepEvidence(folder, both),
  }
  const older = since === undefined ? {} : { since: { file: since, bytes: bytesAt(since) } }
  return judge(machine, { ...options, ...older }, trust)
}

const bytesAt = (file: string): Uint8Array | undefined => {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
