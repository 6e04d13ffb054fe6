// The index over placed entries that queries read: zones, on the same grid of 256 as the tree's tiles. A zone says of
// each kind of entry where it occurs in it, and which times each of its 256 parts spans: the places themselves while
// they are few, so that what is rare is found without looking further down, and the parts once they are many. Derived
// from the log and never used for a decision. How zones are kept: zone-bytes.ts.
import * as z from 'zod'
import type { Row } from '../dynamodb.ts'
import { KeptLeaf } from './kept-leaf.ts'

/** Parts of a zone. A part of level 0 is one entry, of level L a whole zone of level L − 1. */
export const zoneWidth = 256
/** Zones of the highest level are read one after the other: each covers 16.7 million entries. */
export const topLevel = 2

/**
 * What filters tell entries apart by, times and the ids of one referral aside. A kind is one combination of these.
 * `categories`: of a release, the data categories it names, in their order and with commas between.
 */
export const kindMembers = [
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
export const mostKinds = 3600
export const rest = '*'
/** So many places of a kind are kept by themselves; more only by their parts. Fewer where kinds are many. */
export const mostPlaces = ({ size }: { size: number }): number => (size > 1000 ? 10 : 64)

/**
 * Where a kind occurs. `n`: how often, at least. `places`: offsets from the zone's first entry, ascending; where there
 * are too many, one bit for each part.
 */
export type Occurs = { kind: Kind; n: number } & ({ places: number[] } | { parts: Uint8Array })

export type Zone = {
  level: number
  /** Entries that it has taken up, from its first on. */
  size: number
  /** By name. */
  kinds: Map<string, Occurs>
  /** Earliest and latest time of each part, ms since 1970. */
  times: [from: number, to: number][]
}

/** What the index needs of an entry. */
export type Indexed = { kind: Kind; time: number }

/** What zones need of a leaf; members that are not there are not told. */
const Leaf = z.looseObject({
  time: z.string(),
  action: z.string().optional(),
  outcome: z.string().optional(),
  purpose: z.string().optional(),
  categories: z.array(z.string()).optional(),
  actor: z.looseObject({ institution: z.string(), keyid: z.string().optional() }),
})

/** The entry of a row, as zones see it: all of it is in the leaf, but for the agreement that it is seen under. */
export const indexedOf = ({ leaf, agreementId }: Row): Indexed => {
  const { time, actor, categories, ...entry } = Leaf.parse(JSON.parse(KeptLeaf.parse(leaf)))
  const told: Kind = {
    agreementId: typeof agreementId === 'string' ? agreementId : '',
    institution: actor.institution,
    keyid: actor.keyid ?? '',
    action: entry.action ?? '',
    outcome: entry.outcome ?? '',
    purpose: entry.purpose ?? '',
    categories: entry.action === 'referral.release' ? (categories?.join(',') ?? '') : '',
  }
  return {
    kind: Object.fromEntries(
      kindMembers.flatMap(member => (told[member] ? [[member, told[member]]] : [])),
    ),
    time: Date.parse(time),
  }
}

export const nameOf = (kind: Kind): string =>
  kindMembers.map(member => kind[member] ?? '').join('\n')

export const emptyZone = (level: number): Zone => ({
  level,
  size: 0,
  kinds: new Map(),
  times: [],
})

const partOf = (place: number, level: number) => Math.floor(place / zoneWidth ** level)
export const hasPart = (parts: Uint8Array, part: number): boolean =>
  ((parts[part >> 3] ?? 0) & (1 << (part & 7))) !== 0
const addPart = (parts: Uint8Array, part: number): void => {
  parts[part >> 3] = (parts[part >> 3] ?? 0) | (1 << (part & 7))
}

/** What occurs at these places, by its parts alone. */
export const byParts = ({ kind, n, places }: Occurs & { places: number[] }, level: number) => {
  const parts = new Uint8Array(zoneWidth / 8)
  for (const place of places) addPart(parts, partOf(place, level))
  return { kind, n, parts }
}

/** Takes up entries that follow one another, the first of them `at` places behind the zone's beginning. */
export const mark = (zone: Zone, at: number, entries: readonly Indexed[]): void => {
  const { level, kinds, times } = zone
  entries.forEach(({ kind, time }, i) => {
    const part = partOf(at + i, level)
    const wanted = nameOf(kind)
    const name = kinds.has(wanted) || kinds.size < mostKinds ? wanted : rest
    const occurs = kinds.get(name) ?? { kind: name === rest ? {} : kind, n: 0, places: [] }
    occurs.n += 1
    if ('parts' in occurs) addPart(occurs.parts, part)
    else occurs.places.push(at + i)
    const few = 'parts' in occurs || level === 0 || occurs.places.length <= mostPlaces(kinds)
    kinds.set(name, few ? occurs : byParts(occurs, level))
    const [from, to] = times[part] ?? [Infinity, -Infinity]
    times[part] = [Math.min(from, time), Math.max(to, time)]
  })
  zone.size = at + entries.length
}

/** A zone in its place: `n` counts the zones of its level. */
export type Placed = { n: number; zone: Zone }

/** Where the zone that holds an entry lies, for each level. */
export const zonesOver = (index: number): { level: number; n: number }[] =>
  Array.from({ length: topLevel + 1 }, (_, level) => ({
    level,
    n: Math.floor(index / zoneWidth ** (level + 1)),
  }))

/** The first entry of a zone. */
export const startOf = (level: number, n: number): number => n * zoneWidth ** (level + 1)

/**
 * The zones that change when the 256 entries from index `start` on are taken up: a new one of level 0, and those above
 * it, which are given as they are.
 */
export const growZones = (
  start: number,
  entries: readonly Indexed[],
  above: readonly Placed[],
): Placed[] => {
  const lowest: Placed = { n: start / zoneWidth, zone: emptyZone(0) }
  const changed = [lowest, ...above]
  for (const { n, zone } of changed) mark(zone, start - startOf(zone.level, n), entries)
  return changed
}

export type Wanted = {
  kind: (kind: Kind) => boolean
  from: number
  to: number
  /** The first entry that is not wanted any more. */
  before: number
}

/**
 * What a zone says of the wanted: an entry by its index, or a zone below it that is to be read, with how many it may
 * hold (0 where nobody can tell).
 */
export type Found = { index: number } | { level: number; n: number; expected: number }

/** What is wanted in a zone, the newest first. Of entries nothing is missed; only `rest` may be something else. */
export const foundIn = ({ n, zone }: Placed, wanted: Wanted): Found[] => {
  const { level, kinds, times } = zone
  const start = startOf(level, n)
  const size = zoneWidth ** level
  const wantedOnes = [...kinds].filter(([name, { kind }]) => name === rest || wanted.kind(kind))
  const places = new Map<number, number[]>()
  const many: { parts: Uint8Array; each: number }[] = []
  for (const [name, occurs] of wantedOnes) {
    if ('places' in occurs)
      for (const place of occurs.places) {
        const part = partOf(place, level)
        const among = places.get(part)
        if (among) among.push(place)
        else places.set(part, [place])
      }
    else {
      const { parts } = occurs
      const count = times.reduce((sum, _, part) => sum + (hasPart(parts, part) ? 1 : 0), 0)
      many.push({ parts, each: name === rest ? 0 : occurs.n / Math.max(1, count) })
    }
  }
  const found: Found[] = []
  for (let part = times.length - 1; part >= 0; part--) {
    const [from, to] = times[part] ?? [Infinity, -Infinity]
    const first = start + part * size
    if (from > wanted.to || to < wanted.from || first >= wanted.before) continue
    const here = (places.get(part) ?? []).map(place => start + place)
    const others = many.filter(({ parts }) => hasPart(parts, part))
    if (here.length === 0 && others.length === 0) continue
    const whole = from >= wanted.from && to <= wanted.to
    if (level === 0 || (whole && others.length === 0)) {
      const shown = here.filter(index => index < wanted.before).toSorted((a, b) => b - a)
      found.push(...shown.map(index => ({ index })))
      continue
    }
    const share = Math.min(1, (wanted.before - first) / size)
    const likely = others.reduce((sum, { each }) => sum + each, here.length) * share
    found.push({ level: level - 1, n: Math.floor(first / size), expected: whole ? likely : 0 })
  }
  return found
}
