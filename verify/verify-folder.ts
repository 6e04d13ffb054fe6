// Verifies an exported access log without the hub: no network, no cloud, nothing but the folder, this machine and the
// log's key.
import { readFileSync } from 'node:fs'
import { base64, sameBytes } from '../log/bytes.ts'
import { verifyChains } from './chains.ts'
import { verifyCosignatures } from './cosignatures.ts'
import { directoryOf } from './directory.ts'
import { refuseRepeated, type Told } from './entries.ts'
import { refuseAltered, refuseOther, refuseOthers, textOf } from './folder.ts'
import { strictText, tilesOf } from './places.ts'
import { Inconsistent, keepEvidence } from './inconsistent.ts'
import { heldAgainst, readKeys } from './keys.ts'
import { verifyMeaning, verifyTimes } from './meaning.ts'
import { type Checkpoint, type NoteKey, readCheckpoint } from './note.ts'
import { type Policy, readPolicy } from './policy.ts'
import type { Progress } from './progress.ts'
import { readLog } from './read-log.ts'
import { verifyRequests } from './requests.ts'
import { ThreadLost } from './threads.ts'
import { compareTiles, type Hashes, levelsOf, rootOf, rootsOf } from './tree.ts'
import { type Environment, givenKey, NotTrustable, pinKey, signerOf, trusting } from './trust.ts'
import { type Continued, Failed, type Trusted, type Verdict } from './verdict.ts'

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

const day = 86_400_000

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
  return judge(folder, options, policy => ({
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
  const verdict = await judge(folder, options, policy => {
    ;({ hub } = policy)
    return trusting(folder, { ...given, env })(policy)
  })
  if (!verdict.ok || verdict.trusted.by !== 'folder') return verdict
  const file = pinKey(verdict.trusted.vkey, { hub, folder, env })
  if (file === undefined) return verdict
  return { ...verdict, trusted: { ...verdict.trusted, by: 'first-use', file } }
}

type Trust = (policy: Policy) => Trusted
type Judged = Omit<VerifyOptions, 'vkey'>

async function judge(folder: string, options: Judged, trust: Trust): Promise<Verdict> {
  let trusted: Trusted | undefined
  try {
    return await verified(folder, options, policy => (trusted = trust(policy)))
  } catch (error) {
    if (error instanceof NotTrustable || error instanceof ThreadLost) throw error
    if (!(error instanceof Failed)) return { ok: false, code: 'folder-unreadable', detail: folder }
    const { code, detail, index } = error
    const evidence = error instanceof Inconsistent ? keepEvidence(folder, error) : undefined
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
async function verified(folder: string, options: Judged, trust: Trust): Promise<Verdict> {
  const { since, now, maxAgeMs, authorities = [], workers, progress } = options
  refuseOther(folder)
  const policy = readPolicy(textOf(folder, 'policy.json', 'policy-missing'))
  const trusted = trust(policy)
  const signer = signerOf(policy, trusted)
  const text = textOf(folder, 'checkpoint', 'checkpoint-missing')
  const checkpoint = await readCheckpoint(text, signer, 'checkpoint')
  const { size, root, note } = checkpoint

  const places = tilesOf(size)
  // Whose keys these are comes later; whether a signature is by one of them can be said at once.
  const material = await attempt(async () => readKeys(textOf(folder, 'keys.json', 'keys-missing')))
  const task = {
    folder,
    authorities: [policy.hub, ...authorities],
    keys: [...(material.value?.values() ?? [])].map(({ keyid, alg, jwk }) => ({ keyid, alg, jwk })),
  }
  const log = await readLog(places, size, { task, workers, progress })
  const { entries, hashes } = log
  progress?.('tree', size, size)
  const levels = levelsOf(hashes)
  compareTiles(folder, places, levels)
  refuseOthers(folder, places)
  if (!sameBytes(rootOf(levels), root)) throw new Failed('root', base64(root))
  progress?.('rules', size, size)
  refuseRepeated(entries)
  const continued =
    since === undefined ? undefined : await continues(since, signer, checkpoint, hashes)
  const clocks = verifyTimes(entries)

  const directory = directoryOf(entries)
  const keys = heldAgainst(directory, material.value ?? refuse(material.error))
  const requests = verifyRequests(entries, log.evidences, keys)
  const cosigned = await verifyCosignatures(folder, { checkpoint, signer }, hashes, keys)
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
  file: string,
  signer: NoteKey,
  { size, note }: Checkpoint,
  hashes: Hashes,
): Promise<number> {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch {
    throw new Failed('since-missing', file)
  }
  refuseAltered(bytes, file)
  const old = await readCheckpoint(strictText(bytes) ?? '', signer, 'since')
  const sizes = `${old.size} → ${size}`
  if (old.size > size) throw new Inconsistent('rollback', sizes, [old.note, note])
  const before = rootsOf(hashes, [old.size]).get(old.size) ?? new Uint8Array()
  if (!sameBytes(before, old.root)) throw new Inconsistent('fork', sizes, [old.note, note])
  return old.size
}
