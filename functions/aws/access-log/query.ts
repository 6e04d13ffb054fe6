// Asking the access log, whatever the filter: the few entries that no zone covers yet, then as the zones say.
import type { InTable, Row } from '../dynamodb.ts'
import { logAbout } from './about.ts'
import { type LogFilter, type Viewer, type WantedKinds, shows, wantedOf } from './filter.ts'
import { type IndexState, logIndex } from './index-rows.ts'
import {
  type LogPage,
  type LogPosition,
  afterAll,
  idOf,
  newestFirst,
  only,
  pageOf,
  take,
  waiting,
} from './pages.ts'
import { LogRow } from './pending.ts'
import { entryKey, padded, pickRows, readHead, readRows } from './rows.ts'
import { zoneWidth } from './zones.ts'

/** `before`: where the last page ended, exclusive. */
type Asked = {
  /** Entries in a page. */
  limit: number
  before?: LogPosition | undefined
  /** The log's size after a pass that placed all there was: nothing that is to be shown waits for its place. */
  size?: number | undefined
  index?: IndexState | undefined
}

export const logQuery = (place: InTable) => {
  const zones = logIndex(place)
  const { about, ofReferral, wholeOf } = logAbout(place)

  /** Entries from `start` to `end` (exclusive), the newest first, a partition at a time. */
  async function* between(
    start: number,
    end: number,
    { filter, atOnce }: { filter: LogFilter; atOnce: number },
  ): AsyncGenerator<Row> {
    for (let last = end; last > start;) {
      const first = Math.max(start, Math.floor((last - 1) / zoneWidth) * zoneWidth)
      const { pk, sk: from } = entryKey(first)
      const span = { name: 'pk', value: pk, order: 'sk', from, before: padded(last) }
      yield* newestFirst(place, { ...span, filter, limit: atOnce })
      last = first
    }
  }

  type Span = { filter: LogFilter; wanted: WantedKinds; before: number; atOnce: number }

  /** Placed entries before `before`, newest first. */
  async function* placed(span: Span, index: IndexState): AsyncGenerator<Row> {
    const { wanted, before, atOnce } = span
    yield* between(index.size, before, span)
    let picked: number[] = []
    const asked = { ...wanted, before: Math.min(before, index.size) }
    for await (const at of zones.find(asked, atOnce, index)) {
      picked.push(at)
      if (picked.length < atOnce) continue
      yield* await pickRows(place, picked)
      picked = []
    }
    yield* await pickRows(place, picked)
  }

  /**
   * What had no place yet when the log had this size: pending entries, and those that have got their place since. By
   * id.
   */
  const recent = async (
    { wanted, atOnce }: Pick<Span, 'wanted' | 'atOnce'>,
    size: number,
    older: string,
  ): Promise<Row[]> => {
    const rows = await take(
      only(waiting(place, older), row => shows(wanted, row)),
      atOnce,
    )
    const since = await readRows(place, size, (await readHead(place)).size)
    const placedSince = since.filter(row => row.id < older && shows(wanted, row))
    return [
      ...new Map([...rows, ...placedSince].map(row => [String(row.id), row])).values(),
    ].toSorted((a, b) => (String(a.id) < String(b.id) ? 1 : -1))
  }

  return {
    ofReferral,
    wholeOf,

    /** Entries that `viewer` may see and `filter` leaves, newest first. */
    query: async (
      viewer: Viewer,
      filter: LogFilter,
      { limit, before = {}, size: placedSize, index }: Asked,
    ): Promise<LogPage> => {
      const concernsOne = filter.referralId !== undefined || filter.consentId !== undefined
      if (concernsOne) return about(viewer, filter, { limit, before, pending: !placedSize })
      const wanted = wantedOf(viewer, filter)
      const atOnce = limit + 1
      const asked = { filter, wanted, atOnce }
      const size = before.size ?? placedSize ?? (await readHead(place)).size
      const waits = before.size !== undefined || placedSize === undefined
      async function* rows() {
        if (before.index === undefined && waits)
          yield* await recent(asked, size, before.id ?? afterAll)
        const end = Math.min(before.index ?? size, size)
        const state = index ?? (await zones.read(size))
        yield* only(placed({ ...asked, before: end }, state), row => shows(wanted, row))
      }
      return pageOf(rows(), limit, page => {
        const { index: at } = LogRow.parse(page.at(-1))
        return at === undefined || at >= size ? { ...idOf(page.at(-1)), size } : { index: at }
      })
    },
  }
}
