// Keeps the zones of the log's index (zones.ts) in the AccessLog table, behind the tree by less than a zone, and
// finds entries in them. Written after the entries have their place, by the minute and before an officer's query: no
// release waits for it.
import * as z from 'zod'
import { Moved, type InTable, type Row, toItem, transact } from '../dynamodb.ts'
import { getRows } from '../read-rows.ts'
import { log } from '../runtime.ts'
import { padded, readHead, readRows } from './rows.ts'
import { parseOldZone, parseZone, zoneMembers } from './zone-bytes.ts'
import {
  type Found,
  type Placed,
  type Wanted,
  emptyZone,
  foundIn,
  growZones,
  indexedOf,
  startOf,
  topLevel,
  zoneWidth,
  zonesOver,
} from './zones.ts'

/** Zones read side by side at most: what one call takes. */
const mostAtOnce = 100

/**
 * `size`: entries that the index covers, a multiple of 256. `since`: those before it are in zones as they were kept
 * until 0.2.0, which are read and not written any more.
 */
const IndexHead = z.looseObject({ size: z.int().nonnegative(), since: z.int().nonnegative() })
const OldHead = z.looseObject({ size: z.int().nonnegative() })
export const indexKey = { pk: 'head', sk: 'zones' }
const oldHeadKey = { pk: 'head', sk: 'index' }

type ZoneName = { level: number; n: number }
const zoneKey = ({ level, n }: ZoneName) => ({ pk: `zone#places#${level}`, sk: padded(n) })
const oldZoneKey = ({ level, n }: ZoneName) => ({ pk: `zone#${level}`, sk: padded(n) })

/** A zone as the table keeps it. */
export const zoneRow = ({ n, zone }: Placed): Row => ({
  ...zoneKey({ level: zone.level, n }),
  ...zoneMembers(zone),
})

/** How far the index has come, and the zones at its end that were read or written with that. */
export type IndexState = { size: number; since: number; near: ReadonlyMap<string, Placed> }
type Since = Pick<IndexState, 'since'>

/** Of the lowest level so many: what is asked for most is among the last entries. */
const lastZones = 8

/** The zones at the end of an index of this size. */
const endingAt = (size: number): ZoneName[] => {
  if (size === 0) return []
  const [lowest, ...higher] = zonesOver(size - 1)
  const last = lowest?.n ?? 0
  const first = Math.max(0, last - lastZones + 1)
  return [
    ...higher,
    ...Array.from({ length: last - first + 1 }, (_, i) => ({ level: 0, n: last - i })),
  ]
}

const called = ({ level, n }: ZoneName): string => `${level}/${n}`
const byName = (zones: readonly Placed[]): Map<string, Placed> =>
  new Map(zones.map(placed => [called({ level: placed.zone.level, n: placed.n }), placed]))

/** Whether a zone is one of those that nobody writes any more. */
const isOld = ({ level, n }: ZoneName, { since }: Since) => startOf(level, n + 1) <= since

export const logIndex = (place: InTable) => {
  const { dynamodb, table } = place
  const rowsOf = (keys: readonly Row[]) =>
    getRows(
      dynamodb,
      keys.map(key => ({ table, key })),
    )

  /**
   * These zones, in one call as a rule. The first zones that span `since` are written from the old ones that they
   * follow.
   */
  const readZones = async (zones: readonly ZoneName[], state: Since): Promise<Placed[]> => {
    const rows = await rowsOf(
      zones.map(one => (isOld(one, state) ? oldZoneKey(one) : zoneKey(one))),
    )
    return Promise.all(
      zones.map(async (one, i) => ({ n: one.n, zone: await zoneOf(one, state, rows[i]) })),
    )
  }

  const zoneOf = async (one: ZoneName, state: Since, row?: Row) => {
    const { level, n } = one
    if (row) return isOld(one, state) ? parseOldZone(level, row) : parseZone(level, row)
    if (isOld(one, state) || startOf(level, n) >= state.since) return emptyZone(level)
    const [old] = await rowsOf([oldZoneKey(one)])
    return old ? parseOldZone(level, old) : emptyZone(level)
  }

  /**
   * One call. What it reads is no snapshot: a zone that is behind the size that came with it is left out, and read when
   * it is needed.
   *
   * @param placed entries that have their place, which the index is near as a rule
   */
  const read = async (placed: number): Promise<IndexState> => {
    const zones = endingAt(Math.floor(placed / zoneWidth) * zoneWidth)
    const [head, old, ...rows] = await rowsOf([indexKey, oldHeadKey, ...zones.map(zoneKey)])
    const since = old ? OldHead.parse(old).size : 0
    if (!head) return { size: since, since, near: new Map() }
    const { size, since: begun } = IndexHead.parse(head)
    const near = zones.flatMap((one, i): Placed[] => {
      const row = rows[i]
      if (!row) return []
      const zone = parseZone(one.level, row)
      return startOf(one.level, one.n) + zone.size < Math.min(startOf(one.level, one.n + 1), size)
        ? []
        : [{ n: one.n, zone }]
    })
    return { size, since: begun, near: byName(near) }
  }

  /** Takes up the next 256 entries: one transaction of the index's size and a zone of each level. */
  const takeUp = async (state: IndexState): Promise<IndexState> => {
    const { size, since } = state
    const [, ...higher] = zonesOver(size)
    const [rows, above] = await Promise.all([
      readRows(place, size, size + zoneWidth),
      readZones(higher, state),
    ])
    const zones = growZones(size, rows.map(indexedOf), above)
    const next = size + zoneWidth
    await transact(dynamodb)([
      {
        item: {
          Put: {
            TableName: table,
            Item: toItem({ ...indexKey, size: next, since }),
            // Nothing was taken up yet: nobody else may have begun.
            ...(size === since
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: '#size = :size',
                  ExpressionAttributeNames: { '#size': 'size' },
                  ExpressionAttributeValues: toItem({ ':size': size }),
                }),
          },
        },
        failed: () => 'moved',
      },
      ...zones.map(zone => ({
        item: { Put: { TableName: table, Item: toItem(zoneRow(zone)) } },
        failed: () => 'moved' as const,
      })),
    ])
    return { size: next, since, near: byName(zones) }
  }

  /**
   * Takes up what has its place, zone by zone, for as long as it has time. Another pass at the same time does no harm.
   *
   * @param placed entries that have their place; asked for where it is left out
   */
  const run = async (withinMs: number, placed?: number): Promise<IndexState> => {
    const begun = performance.now()
    const size = placed ?? (await readHead(place)).size
    let state = await read(size)
    while (state.size + zoneWidth <= size && performance.now() - begun < withinMs) {
      try {
        state = await takeUp(state)
      } catch (error) {
        if (!(error instanceof Moved)) throw error
        state = await read(size)
      }
    }
    return state
  }

  /** Reads the first zones of a list, as many as may hold `enough`, and puts what is in them in their places. */
  const opened = async (
    open: readonly Found[],
    { wanted, enough, state }: { wanted: Wanted; enough: number; state: IndexState },
  ): Promise<Found[]> => {
    const zones: ZoneName[] = []
    let likely = 0
    for (const one of open) {
      if (likely >= enough || zones.length === mostAtOnce) break
      if ('level' in one) zones.push(one)
      // There are fewer here than elsewhere as often as not: one call more costs more than a zone that was not needed.
      likely += 'level' in one ? one.expected / 2 : 1
    }
    const missing = zones.filter(one => !state.near.has(called(one)))
    const now = byName(missing.length === 0 ? [] : await readZones(missing, state))
    const asked = new Set(zones.map(called))
    return open.flatMap(one => {
      if (!('level' in one) || !asked.has(called(one))) return [one]
      const placed = state.near.get(called(one)) ?? now.get(called(one))
      return placed ? foundIn(placed, wanted) : []
    })
  }

  /**
   * Indexes of what is wanted before `wanted.before`, newest first. What nobody can tell yet is read for all that may
   * be needed at once, so that the calls are as many as there are levels, however long the log is.
   *
   * @param count how many are wanted
   */
  async function* find(wanted: Wanted, count: number, state: IndexState): AsyncGenerator<number> {
    const tops = Math.ceil(Math.min(wanted.before, state.size) / startOf(topLevel, 1))
    // The highest are read one after the other.
    let open: Found[] = Array.from({ length: tops }, (_, i) => ({
      level: topLevel,
      n: tops - 1 - i,
      expected: Infinity,
    }))
    let missing = count
    for (let round = 0; open.length > 0; round++) {
      const known = open.findIndex(one => 'level' in one)
      const ready = known < 0 ? open.length : known
      for (const one of open.splice(0, ready)) if ('index' in one) yield one.index
      missing -= ready
      // Once each level has been read, and there were fewer than it seemed: more at once, the longer it goes on.
      const enough = Math.max(1, missing) * 2 ** Math.max(0, round - topLevel)
      open = await opened(open, { wanted, enough, state })
    }
  }

  return {
    read,
    run,
    /** A pass for readers: what it does not come to, or where it fails, they read entry by entry. */
    tryRun: async (placed?: number): Promise<IndexState | undefined> =>
      run(1000, placed).catch((error: unknown) => {
        log('error', 'index-failed', { error: error instanceof Error ? error.name : 'unknown' })
        return undefined
      }),
    find,
  }
}
