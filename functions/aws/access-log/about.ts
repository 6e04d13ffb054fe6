// Entries about one referral, or one consent: out of their own partition of an index, so that what else is in the log
// costs nothing. An index names places only, and only of entries that have theirs: it is as narrow as an index can be,
// and a pending entry costs it nothing. The entries are read from the table.
import type { AccessLogEntry } from '../../../schemas/access-log.ts'
import type { ReferralId } from '../../../schemas/ids.ts'
import type { InTable, Row } from '../dynamodb.ts'
import { KeptLeaf } from './kept-leaf.ts'
import { type LogFilter, type Viewer, shows, wantedOf } from './filter.ts'
import {
  type LogPage,
  type LogPosition,
  afterAll,
  entryOf,
  idOf,
  newestFirst,
  only,
  pageOf,
  waiting,
} from './pages.ts'
import { rowsUnder } from './rows.ts'

/**
 * As the template names them (infra/data-stack.ts). In older hubs they hold whole entries, which nobody reads there.
 */
const byReferral = { index: 'by-referral', name: 'referralId' }
const byConsent = { index: 'by-consent', name: 'consentId' }

/** `before`: where the last page ended, exclusive. */
type Asked = { limit: number; before: LogPosition; pending: boolean }

type About = Pick<LogFilter, 'referralId' | 'consentId'>

/** The placed entries about it, by id, from `before` down; `atOnce` of them in a call. */
async function* placedAbout(
  place: InTable,
  { referralId, consentId }: About,
  { before, atOnce }: { before: string; atOnce: number },
): AsyncGenerator<Row> {
  const names =
    referralId === undefined
      ? { ...byConsent, value: String(consentId) }
      : { ...byReferral, value: referralId }
  let keys: Row[] = []
  const rows = async () => {
    const read = await rowsUnder(place, keys)
    keys = []
    return read
  }
  for await (const { pk, sk } of newestFirst(place, {
    ...names,
    order: 'id',
    before,
    limit: atOnce,
  })) {
    // A row from before had these attributes while it was pending, too.
    if (String(pk).startsWith('entry#')) keys.push({ pk, sk })
    if (keys.length === atOnce) yield* await rows()
  }
  yield* await rows()
}

const concerns =
  ({ referralId, consentId }: About) =>
  (row: Row): boolean => {
    const entry = JSON.parse(KeptLeaf.parse(row.leaf)) as About
    return (
      (referralId === undefined || entry.referralId === referralId) &&
      (consentId === undefined || entry.consentId === consentId)
    )
  }

/** Two streams by id, newest first, as one. */
async function* merged(waitingRows: readonly Row[], placed: AsyncGenerator<Row>) {
  const left = [...waitingRows]
  for await (const row of placed) {
    while (left[0] && String(left[0].id) > String(row.id)) yield left.shift() as Row
    yield row
  }
  yield* left
}

export const logAbout = (place: InTable) => {
  const ask = async (
    viewer: Viewer,
    filter: LogFilter,
    { limit, before, rows }: { limit: number; before: string; rows: readonly Row[] },
  ): Promise<LogPage> => {
    const wanted = wantedOf(viewer, filter)
    const concerned = concerns(filter)
    const placed = placedAbout(place, filter, { before, atOnce: limit + 1 })
    const shown = only(merged(rows, placed), row => concerned(row) && shows(wanted, row))
    return pageOf(shown, limit, page => idOf(page.at(-1)))
  }

  return {
    /** Entries about a referral that have their place. */
    ofReferral: (
      viewer: Viewer,
      filter: LogFilter & { referralId: ReferralId },
      limit: number,
      { id }: LogPosition = {},
    ): Promise<LogPage> => ask(viewer, filter, { limit, before: id ?? afterAll, rows: [] }),

    /**
     * All placed entries about a referral that `viewer` may see, the oldest first. Nothing while the index lacks any of
     * the first `chained` of its chain, whoever may see it: an index may lag behind the table, and nobody could tell
     * that something is missing.
     */
    wholeOf: async (
      viewer: Viewer,
      referralId: ReferralId,
      chained: number,
    ): Promise<AccessLogEntry[] | undefined> => {
      const wanted = wantedOf(viewer, { referralId })
      const shown: AccessLogEntry[] = []
      const chain = new Set<number>()
      for await (const row of placedAbout(
        place,
        { referralId },
        { before: afterAll, atOnce: 100 },
      )) {
        const entry = entryOf(row)
        if (entry.chain && entry.chain.n <= chained) chain.add(entry.chain.n)
        if (shows(wanted, row)) shown.unshift(entry)
      }
      return chain.size < chained ? undefined : shown
    },

    /**
     * Entries about a referral, a consent or both.
     *
     * @param asked its `pending`: whether some may wait for their place that are to be shown
     */
    about: async (
      viewer: Viewer,
      filter: LogFilter,
      { limit, before: last, pending }: Asked,
    ): Promise<LogPage> => {
      const before = last.id ?? afterAll
      const rows: Row[] = []
      // Before the index is asked: what gets its place meanwhile is in one of the two.
      if (pending)
        for await (const row of only(waiting(place, before), concerns(filter))) rows.push(row)
      return ask(viewer, filter, { limit, before, rows })
    },
  }
}
