// The one verification of an exported log, for Node (verify-folder.ts) and for a browser's worker: the order of its
// checks and the verdict. Where the files are, and by what bundles are checked, is given to it.
import { base64, sameBytes } from '../log/bytes.ts'
import { verifyChains } from './chains.ts'
import { verifyCosignatures } from './cosignatures.ts'
import { directoryOf } from './directory.ts'
import { refuseRepeated, type Told } from './entries.ts'
import { type LogFiles, refuseAltered, refuseOther, refuseOthers, textOf } from './files.ts'
import { Inconsistent } from './inconsistent.ts'
import { heldAgainst, readKeys } from './keys.ts'
import { verifyMeaning, verifyTimes } from './meaning.ts'
import { type Checkpoint, type NoteKey, readCheckpoint } from './note.ts'
import { strictText, tilesOf } from './places.ts'
import { type Policy, readPolicy, signerOf } from './policy.ts'
import type { Progress } from './progress.ts'
import { type CheckBundles, readLog } from './read-log.ts'
import { verifyRequests } from './requests.ts'
import { compareTiles, levelsOf, rootOf, rootsOf, type Sha256 } from './tree.ts'
import { type Continued, Failed, NoVerdict, type Trusted, type Verdict } from './verdict.ts'

/** What a machine has for it. */
export type Machine = {
  files: LogFiles
  sha256: Sha256
  checkBundles: CheckBundles
  /** Keeps two checkpoints that no one log can have; gives the name of the file, if there is one. */
  keep?: (both: Inconsistent) => string | undefined
}

export type Judged = {
  /** An older checkpoint of this log, and what its reader calls it; no bytes: it cannot be read. */
  since?: { file: string; bytes: Uint8Array | undefined }
  now: Date
  maxAgeMs?: number
  authorities?: readonly string[]
  progress?: Progress | undefined
}

export type Trust = (policy: Policy) => Trusted

const day = 86_400_000

/**
 * The verdict on a log, whatever is in its files.
 * @throws NoVerdict where nothing is known of the log
 */
export const judge = async (machine: Machine, options: Judged, trust: Trust): Promise<Verdict> => {
  let trusted: Trusted | undefined
  try {
    return await verified(machine, options, policy => (trusted = trust(policy)))
  } catch (error) {
    if (error instanceof NoVerdict) throw error
    if (!(error instanceof Failed))
      return { ok: false, code: 'folder-unreadable', detail: machine.files.name }
    const { code, detail, index } = error
    const evidence = error instanceof Inconsistent ? machine.keep?.(error) : undefined
    return {
      ok: false,
      code,
      detail,
      ...(index === undefined ? {} : { index }),
      ...(trusted === undefined ? {} : { trusted }),
      ...(evidence === undefined ? {} : { evidence }),
    }
  }
}

/**
 * The order of checks: who signed, what was signed, that it is this and continues what was signed before, whose keys
 * there were, that the callers signed theirs, what was countersigned, the chains, what it all means, the age.
 */
async function verified(machine: Machine, options: Judged, trust: Trust): Promise<Verdict> {
  const { since, now, maxAgeMs, authorities = [], progress } = options
  const { files, sha256, checkBundles } = machine
  refuseOther(files)
  const policy = readPolicy(textOf(files, 'policy.json', 'policy-missing'))
  const trusted = trust(policy)
  const signer = signerOf(policy, trusted)
  const text = textOf(files, 'checkpoint', 'checkpoint-missing')
  const checkpoint = await readCheckpoint(text, signer, 'checkpoint')
  const { size, root, note } = checkpoint

  const places = tilesOf(size)
  // Whose keys these are comes later; whether a signature is by one of them can be said at once.
  const material = await attempt(async () => readKeys(textOf(files, 'keys.json', 'keys-missing')))
  const task = {
    authorities: [policy.hub, ...authorities],
    keys: [...(material.value?.values() ?? [])].map(({ keyid, alg, jwk }) => ({ keyid, alg, jwk })),
  }
  const log = await readLog(places, size, { task, checkBundles, progress })
  const { entries, hashes } = log
  progress?.('tree', size, size)
  const levels = levelsOf(sha256, hashes)
  compareTiles(files, places, levels)
  refuseOthers(files, places)
  if (!sameBytes(rootOf(sha256, levels), root)) throw new Failed('root', base64(root))
  progress?.('rules', size, size)
  refuseRepeated(entries)
  const rootAt = (before: number) => rootsOf(sha256, hashes, [before]).get(before)
  const continued =
    since === undefined ? undefined : await continues(since, signer, { ...checkpoint, rootAt })
  const clocks = verifyTimes(entries)

  const directory = directoryOf(entries)
  const keys = heldAgainst(directory, material.value ?? refuse(material.error))
  const requests = verifyRequests(entries, log.evidences, keys)
  const cosigned = await verifyCosignatures(machine, { checkpoint, signer, hashes }, keys)
  const referrals = verifyChains(entries, hashes)
  verifyMeaning(entries, log)

  const newest = newestOf(entries)
  const age = newest === '' ? 0 : now.getTime() - Date.parse(newest)
  if (maxAgeMs !== undefined && age > maxAgeMs) throw new Failed('stale', newest)
  return {
    ok: true,
    origin: policy.origin,
    size,
    root: base64(root),
    checkpoint: note,
    requests,
    cosigned,
    referrals,
    keys: directory.size,
    trusted,
    ...(newest === '' ? {} : { newest }),
    ...(continued === undefined ? {} : { since: until(continued, entries) }),
    warnings: [
      ...(maxAgeMs === undefined && age > day ? (['old'] as const) : []),
      ...(clocks > 0 ? (['clock-set'] as const) : []),
    ],
  }
}

type Attempt<T> = { value: T; error?: never } | { value?: never; error: unknown }

/** What comes of it, for a later place in the order of checks. */
const attempt = async <T>(make: () => Promise<T>): Promise<Attempt<T>> => {
  try {
    return { value: await make() }
  } catch (error) {
    return { error }
  }
}

const refuse = (error: unknown): never => {
  throw error
}

const newestOf = (entries: readonly Told[]): string =>
  entries.reduce<string>((last, { time }) => (time > last ? time : last), '')

/** What an older checkpoint of `size` entries has proven of this log. */
const until = (size: number, entries: readonly Told[]): Continued => {
  const newest = newestOf(entries.slice(0, size))
  return { size, added: entries.length - size, ...(newest === '' ? {} : { newest }) }
}

/**
 * The older tree must be the beginning of this one: its root is computed from the leaves that are here.
 * @returns its size
 */
async function continues(
  { file, bytes }: NonNullable<Judged['since']>,
  signer: NoteKey,
  { size, note, rootAt }: Checkpoint & { rootAt: (size: number) => Uint8Array | undefined },
): Promise<number> {
  if (!bytes) throw new Failed('since-missing', file)
  refuseAltered(bytes, file)
  const old = await readCheckpoint(strictText(bytes) ?? '', signer, 'since')
  const sizes = `${old.size} → ${size}`
  if (old.size > size) throw new Inconsistent('rollback', sizes, [old.note, note])
  const before = rootAt(old.size) ?? new Uint8Array()
  if (!sameBytes(before, old.root)) throw new Inconsistent('fork', sizes, [old.note, note])
  return old.size
}
