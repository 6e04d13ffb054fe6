// Keeps the zones of the log's index (zones.ts) in the AccessLog table, behind the tree by less than a zone, and
// finds entries in them. Written after the entries have their place, by the minute and before an officer's query: no
// release waits for it.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { Moved, type Row, getRow, toItem, transact } from '../dynamodb.ts'
import { padded, readHead, readRows, rowsUnder } from './rows.ts'
import { log } from '../runtime.ts'
import {
  type Kind,
  type Zone,
  type Placed,
  emptyZone,
  growZones,
  indexedOf,
  parseZone,
  partsOf,
  topLevel,
  zoneMembers,
  zoneWidth,
} from './zones.ts'

/** Zones read side by side at most. */
const mostAhead = 32

const IndexHead = z.looseObject({ size: z.int().nonnegative() })
export const indexKey = { pk: 'head', sk: 'index' }
const zoneKey = (level: number, n: number) => ({ pk: `zone#${level}`, sk: padded(n) })

/** A zone as the table keeps it. */
export const zoneRow = ({ level, n, zone }: Placed): Row => ({
  ...zoneKey(level, n),
  ...zoneMembers(zone),
})

export const logIndex = (place: { dynamodb: DynamoDBClient; table: string }) => {
  const { dynamodb, table } = place

  /** Entries that the index covers; a multiple of 256. */
  const indexedSize = async (): Promise<number> => {
    const row = await getRow(dynamodb, table, indexKey)
    return row ? IndexHead.parse(row).size : 0
  }

  const readZone = async (level: number, n: number): Promise<Zone> => {
    const row = await getRow(dynamodb, table, zoneKey(level, n))
    return row ? parseZone(row) : emptyZone()
  }

  /** Takes up the next 256 entries: one transaction of the index's size and a zone of each level. */
  const takeUp = async (size: number): Promise<void> => {
    const entries = (await readRows(place, size, size + zoneWidth)).map(indexedOf)
    const zones = await growZones(size, entries, readZone)
    await transact(dynamodb)([
      {
        item: {
          Put: {
            TableName: table,
            Item: toItem({ ...indexKey, size: size + zoneWidth }),
            ConditionExpression: size === 0 ? 'attribute_not_exists(pk)' : '#size = :size',
            ...(size === 0
              ? {}
              : {
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
  }

  type Wanted = { kind: (kind: Kind) => boolean; from: number; to: number; before: number }

  /**
   * Indexes under the zones `names` of `level`, newest first. `ahead`: zones of each level that the next call reads.
   */
  async function* under(
    level: number,
    names: readonly number[],
    wanted: Wanted,
    ahead: number[],
  ): AsyncGenerator<number> {
    for (let at = 0; at < names.length;) {
      const count = ahead[level] ?? 1
      const keys = names.slice(at, at + count).map(n => zoneKey(level, n))
      at += count
      // The longer nobody has enough, the more is read at once.
      ahead[level] = Math.min(count * 2, mostAhead)
      for (const row of await rowsUnder(place, keys)) {
        const n = Number(row.sk)
        const parts = partsOf(parseZone(row), wanted)
          .map(part => n * zoneWidth + part)
          .filter(part => part * zoneWidth ** level < wanted.before)
        if (level === 0) yield* parts
        else yield* under(level - 1, parts, wanted, ahead)
      }
    }
  }

  /**
   * Takes up what has its place, zone by zone, for as long as it has time. Another pass at the same time does no harm.
   */
  const run = async (withinMs: number): Promise<void> => {
    const begun = performance.now()
    const { size } = await readHead(place)
    let done = await indexedSize()
    while (done + zoneWidth <= size && performance.now() - begun < withinMs) {
      try {
        await takeUp(done)
        done += zoneWidth
      } catch (error) {
        if (!(error instanceof Moved)) throw error
        done = await indexedSize()
      }
    }
  }

  return {
    indexedSize,

    run,
    /** A pass for readers: what it does not come to, or where it fails, they read entry by entry. */
    tryRun: async (): Promise<void> => {
      await run(1000).catch((error: unknown) =>
        log('error', 'index-failed', { error: error instanceof Error ? error.name : 'unknown' }),
      )
    },

    /**
     * Indexes of entries of the wanted kinds and times before `before`, newest first; read as far as they are asked
     * for.
     */
    find: (wanted: Wanted): AsyncGenerator<number> => {
      const zones = Math.ceil(wanted.before / zoneWidth ** (topLevel + 1))
      const tops = Array.from({ length: zones }, (_, i) => zones - 1 - i)
      return under(topLevel, tops, wanted, [])
    },
  }
}
