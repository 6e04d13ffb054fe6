// The log as the rules of the whole need it: a note of each entry, and digests in three long rows. The entries
// themselves are never all in memory.
import type { CheckedChunk, Finding, NotedEntry, Noted, Task } from './chunk.ts'
import type { TilePlace } from './places.ts'
import type { Progress } from './progress.ts'
import { hashBytes } from './tree.ts'
import { Failed } from './verdict.ts'

/**
 * Checks each bundle, as many at once as the machine can.
 * @param take is given the answers as they come, each once, with the place of its bundle among `places`
 */
export type CheckBundles = (
  places: readonly TilePlace[],
  task: Task,
  take: (answer: { n: number; chunk: CheckedChunk }) => void,
) => Promise<void>

export type NotedLog = Noted & { entries: NotedEntry[] }

/** One text for each that is often the same. */
const shared = () => {
  const known = new Map<string, string>()
  return <T extends string>(text: T): T => {
    const first = known.get(text)
    if (first === undefined) known.set(text, text)
    return (first ?? text) as T
  }
}

/**
 * Notes in their order, with what they have in common kept once: who acts are few, and each referral has its entries.
 */
const keeper = () => {
  const actors = new Map<string, NotedEntry['actor']>()
  const same = shared()
  return (entry: NotedEntry): NotedEntry => {
    const { action, outcome, actor, referralId, consentId, envelopeDigest } = entry
    const { institution, keyid = '', role, post = '' } = actor
    const who = `${institution} ${keyid} ${role} ${post}`
    const known = actors.get(who)
    if (known === undefined) actors.set(who, actor)
    entry.actor = known ?? actor
    entry.action = same(action)
    entry.outcome = same(outcome)
    if (referralId !== undefined) entry.referralId = same(referralId)
    if (consentId !== undefined) entry.consentId = same(consentId)
    if (envelopeDigest !== undefined) entry.envelopeDigest = same(envelopeDigest)
    if (entry.requestId.valueOf() === entry.id.valueOf())
      entry.requestId = entry.id as unknown as NotedEntry['requestId']
    return entry
  }
}

const failed = ({ code, detail, index }: Finding) => new Failed(code, detail, index)

/**
 * Reads and checks every bundle. What is wrong with a bundle comes first, then what is wrong with an entry, each in the
 * order of the log; what is wrong with a request stands in its note.
 * @throws Failed, and what `checkBundles` throws
 */
export const readLog = async (
  places: readonly TilePlace[],
  size: number,
  {
    task,
    checkBundles,
    progress,
  }: { task: Task; checkBundles: CheckBundles; progress?: Progress | undefined },
): Promise<NotedLog> => {
  const bundles = places.filter(({ level }) => level === 'entries')
  const [hashes, evidences, effects] = [size, size, size].map(
    each => new Uint8Array(each * hashBytes),
  ) as [Noted['hashes'], Noted['hashes'], Noted['hashes']]
  const notes: NotedEntry[][] = []
  const broken: Finding[] = []
  const wrong: Finding[] = []
  const keep = keeper()
  let done = 0
  const take = ({ n, chunk }: { n: number; chunk: CheckedChunk }) => {
    const first = (bundles[n] as TilePlace).n * 256
    hashes.set(chunk.hashes, first * hashBytes)
    evidences.set(chunk.evidences, first * hashBytes)
    effects.set(chunk.effects, first * hashBytes)
    if (chunk.broken) broken[n] = chunk.broken
    if (chunk.wrong) wrong[n] = chunk.wrong
    notes[n] = (JSON.parse(chunk.entries) as NotedEntry[]).map(keep)
    done += (bundles[n] as TilePlace).width
    progress?.('entries', done, size)
  }
  progress?.('entries', 0, size)
  await checkBundles(bundles, task, take)
  const finding = broken.find(Boolean) ?? wrong.find(Boolean)
  if (finding) throw failed(finding)
  return { hashes, evidences, effects, entries: notes.flat() }
}
