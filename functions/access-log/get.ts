// GET /v1/access-log, GET /v1/access-log/summary: a compliance officer reads who did what under the agreements of their
// institution, entry by entry or counted by day. Reading is itself an entry, written and given its place before
// anything is shown.
import { laterDay } from '../../events/calendar.ts'
import { Refused } from '../../events/refusal.ts'
import { dayOf } from '../../schemas/guatemala.ts'
import { type Instant, Keyid } from '../../schemas/ids.ts'
import { byRoute } from '../http/by-route.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { LogPosition } from '../aws/access-log/pages.ts'
import { type SignedDeps, bind, everySignedDoor } from '../aws/bind.ts'
import { callersInstitution as ahead } from '../http/identify.ts'
import { type Door, type RequestOf, route } from '../http/route.ts'
import { viewerOf } from './viewer.ts'

export const needs = [
  ...everySignedDoor,
  'access-log:about',
  'access-log:pick',
  'access-log:sequence',
  'access-log:index',
  'access-log:counted',
  'log:sign',
] as const

export const getAccessLog: Door<'access-log.query', typeof needs> = async (request, deps) => {
  const { query, caller, known, commit } = request
  const { limit = 50, cursor, keyid: named, ...rest } = query
  const { referralId, consentId } = rest
  const before = cursor === undefined ? undefined : readCursor(cursor, LogPosition)
  const viewer = await viewerOf({ caller, known }, deps)
  const filter = { ...rest, keyid: await keyMeant(named, deps) }

  const about = { referralId, consentId }
  const concernsOne = (referralId ?? consentId) !== undefined
  await commit({ occurrences: [{ action: 'access-log.query', outcome: 'allowed', ...about }] })
  const size = (await deps.sequence.tryRun())?.size
  const index = concernsOne ? undefined : await deps.index.tryRun(size)
  const { entries, next } = await deps.log.query(viewer, filter, { limit, before, size, index })
  return { body: { items: entries, ...(next ? { next: writeCursor(next) } : {}) } }
}

/** The key that a filter means: named in full, or by its first characters where no other key begins so. */
const keyMeant = async (
  named: string | undefined,
  { directory }: SignedDeps,
): Promise<Keyid | undefined> => {
  const whole = Keyid.safeParse(named)
  if (named === undefined || whole.success) return whole.data
  const [keyid, ...others] = await directory.keyidsLike(named)
  if (keyid && others.length === 0) return keyid
  const code = keyid ? 'ambiguous' : 'no-such-key'
  throw new Refused('invalid-request', [{ pointer: '/keyid', code }])
}

/** More days would be more rows than one answer has time for. */
const mostDays = 366

const wrongEnd = (code: string) => new Refused('invalid-request', [{ pointer: '/to', code }])

/** The days that are asked for, both inclusive: to today, and the year before, where they are left out. */
const spanOf = (
  { from: first, to: last }: RequestOf<'access-log.summary'>['query'],
  now: Instant,
): { from: string; to: string } => {
  const to = last ?? dayOf(now)
  const from = first ?? laterDay(to, 1 - mostDays)
  if (from > to) throw wrongEnd('before-from')
  if (from < laterDay(to, 1 - mostDays)) throw wrongEnd('too-many-days')
  return { from, to }
}
export const getSummary: Door<'access-log.summary', typeof needs> = async (
  { query, now, caller, known, commit },
  deps,
) => {
  const { from, to } = spanOf(query, now)
  const viewer = await viewerOf({ caller, known }, deps)
  await commit({ occurrences: [{ action: 'access-log.query', outcome: 'allowed' }] })
  await deps.sequence.tryRun()
  return { body: await deps.counts.summary(viewer, from, to) }
}

const deps = bind(needs)
export const handler = byRoute({
  'access-log.query': route('access-log.query', getAccessLog, { deps, ahead }),
  'access-log.summary': route('access-log.summary', getSummary, { deps, ahead }),
})
