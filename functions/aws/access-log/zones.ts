// The index over placed entries that queries read: zones, on the same grid of 256 as the tree's tiles. A zone says, for
// each kind of entry, in which of its 256 parts it occurs, and which times each part spans; so a query goes straight to
// what it shows, however long the log and whatever the filters. Derived from the log and never used for a decision.
import * as z from 'zod'
import type { Row } from '../dynamodb.ts'

/** Parts of a zone. A part of level 0 is one entry, of level L a whole zone of level L − 1. */
export const zoneWidth = 256
/** Zones of the highest level are read one after the other: each covers 16.7 million entries. */
export const topLevel = 2

/**
 * What filters tell entries apart by, times and the ids of one referral aside. A kind is one combination of these.
 * `categories`: of a release, the data categories it names, in their order and with commas between.
 */
const kindMembers = [
  'agreementId',
  'institution',
  'keyid',
  'action',
  'outcome',
  'purpose',
  'categories',
] as const
export type Kind = Partial<Record<(typeof kindMembers)[number], string>>

/**
 * The categories of a kind in a zone that was written when zones did not tell them. Nobody knows what such releases
 * opened: whoever asks for a category has their entries looked at one by one.
 */
export const unknownCategories = '?'

/**
 * A zone has room for this many kinds (an item for 400 KB); entries of others are kept as `rest`, and looked at one by
 * one.
 */
const mostKinds = 1200
const rest = '*'

export type Zone = {
  /** One bit for each part, by kind. */
  kinds: Record<string, Uint8Array>
  /** Earliest and latest time of each part, ms since 1970; both Infinity-bounded where there is none yet. */
  times: [from: number, to: number][]
}

/** What the index needs of an entry. */
export type Indexed = { kind: Kind; time: number }

const Released = z.looseObject({ categories: z.array(z.string()).optional() })
/** Read from the leaf: rows were always without them. */
const categoriesIn = ({ action, leaf }: Row): string | undefined =>
  action === 'referral.release' && typeof leaf === 'string'
    ? Released.parse(JSON.parse(leaf)).categories?.join(',')
    : undefined

/** The entry `row` stands for, as zones see it. */
export const indexedOf = (row: Row): Indexed => {
  const told: Row = { ...row, categories: categoriesIn(row) }
  return {
    kind: Object.fromEntries(
      kindMembers.flatMap(member =>
        typeof told[member] === 'string' && told[member] !== '' ? [[member, told[member]]] : [],
      ),
    ),
    time: Date.parse(String(row.time)),
  }
}

const nameOf = (kind: Kind) => JSON.stringify(kindMembers.map(member => kind[member] ?? ''))
const kindNamed = (name: string): Kind => {
  const values = z.array(z.string()).parse(JSON.parse(name))
  const told = values.length < kindMembers.length ? [...values, unknownCategories] : values
  return Object.fromEntries(
    kindMembers.flatMap((member, i) => (told[i] ? [[member, told[i]]] : [])),
  )
}

export const emptyZone = (): Zone => ({ kinds: {}, times: [] })

/** Marks `part` of a zone with entries that lie in it. */
export const mark = (zone: Zone, part: number, entries: readonly Indexed[]): void => {
  let [from, to] = zone.times[part] ?? [Infinity, -Infinity]
  for (const { kind, time } of entries) {
    const wanted = nameOf(kind)
    const name = wanted in zone.kinds || Object.keys(zone.kinds).length < mostKinds ? wanted : rest
    const bits = (zone.kinds[name] ??= new Uint8Array(zoneWidth / 8))
    bits[part >> 3] = (bits[part >> 3] ?? 0) | (1 << (part & 7))
    ;[from, to] = [Math.min(from, time), Math.max(to, time)]
  }
  zone.times[part] = [from, to]
}

/** A zone in its place: `n` counts the zones of its level. */
export type Placed = { level: number; n: number; zone: Zone }

/**
 * The zones that change when the 256 entries from index `start` on are taken up: a new one of level 0, and one of each
 * level above it.
 */
export const growZones = async (
  start: number,
  entries: readonly Indexed[],
  read: (level: number, n: number) => Promise<Zone>,
): Promise<Placed[]> => {
  const lowest: Placed = { level: 0, n: start / zoneWidth, zone: emptyZone() }
  entries.forEach((entry, part) => mark(lowest.zone, part, [entry]))
  const changed = [lowest]
  for (let level = 1; level <= topLevel; level++) {
    const part = Math.floor(start / zoneWidth ** level)
    const n = Math.floor(part / zoneWidth)
    const zone = await read(level, n)
    mark(zone, part % zoneWidth, entries)
    changed.push({ level, n, zone })
  }
  return changed
}

/** Parts that may hold what is asked for, the last first. Exact, but for kinds that found no room. */
export const partsOf = (
  zone: Zone,
  wanted: { kind: (kind: Kind) => boolean; from: number; to: number },
): number[] => {
  const bits = new Uint8Array(zoneWidth / 8)
  for (const [name, of] of Object.entries(zone.kinds))
    if (name === rest || wanted.kind(kindNamed(name)))
      of.forEach((byte, i) => (bits[i] = (bits[i] ?? 0) | byte))
  return zone.times
    .flatMap(([from, to], part) =>
      (bits[part >> 3] ?? 0) & (1 << (part & 7)) && from <= wanted.to && to >= wanted.from
        ? [part]
        : [],
    )
    .toReversed()
}

const ZoneRow = z.looseObject({
  kinds: z.record(z.string(), z.instanceof(Uint8Array)),
  times: z.instanceof(Uint8Array),
})

/** As kept: times as pairs of big-endian doubles. */
export const zoneMembers = ({ kinds, times }: Zone): Row => {
  const bytes = Buffer.alloc(times.length * 16)
  times.forEach(([from, to], part) => {
    bytes.writeDoubleBE(from, part * 16)
    bytes.writeDoubleBE(to, part * 16 + 8)
  })
  return { kinds, times: new Uint8Array(bytes) }
}

export const parseZone = (row: Row): Zone => {
  const { kinds, times } = ZoneRow.parse(row)
  const bytes = Buffer.from(times)
  return {
    kinds,
    times: Array.from({ length: bytes.length / 16 }, (_, part) => [
      bytes.readDoubleBE(part * 16),
      bytes.readDoubleBE(part * 16 + 8),
    ]),
  }
}
