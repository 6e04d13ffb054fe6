// A zone of the log's index as the table keeps it: a list of the words its kinds are made of, and two byte strings, so
// that one zone is three attributes however many kinds it has. And zones as they were kept until 0.2.0.
import * as z from 'zod'
import type { Row } from '../dynamodb.ts'
import {
  type Kind,
  type Occurs,
  type Zone,
  byParts,
  hasPart,
  kindMembers,
  mostPlaces,
  nameOf,
  rest,
  unknownCategories,
  zoneWidth,
} from './zones.ts'

/** A kind: its seven words, each by its number; its form; how often it occurs. */
const wordBytes = 2
const headBytes = kindMembers.length * wordBytes + 1 + 4
const partsBytes = zoneWidth / 8
const timeBytes = 6
const form = { places: 0, parts: 1, restPlaces: 2, restParts: 3 } as const

const ZoneRow = z.looseObject({
  size: z.int().nonnegative(),
  words: z.string(),
  kinds: z.instanceof(Uint8Array),
  times: z.instanceof(Uint8Array),
})
const Words = z.array(z.string())

/** Bytes of a place in a zone: a level has 256 times the entries of the one below. */
const placeBytes = (level: number) => level + 1

/** As kept: numbers are big-endian; a level-0 part has one time, another its earliest and its latest. */
export const zoneMembers = (zone: Zone): Row => {
  const { level, times } = zone
  const words = ['']
  const numbers = new Map([['', 0]])
  const numberOf = (word: string): number => {
    const known = numbers.get(word)
    if (known !== undefined) return known
    numbers.set(word, words.length)
    return words.push(word) - 1
  }
  const kinds = [...zone.kinds].map(([name, kept]) => {
    const short = 'parts' in kept || level === 0 || kept.places.length <= mostPlaces(zone.kinds)
    const occurs = short ? kept : byParts(kept, level)
    const places = 'places' in occurs ? occurs.places : []
    const bytes = Buffer.alloc(headBytes + places.length * placeBytes(level))
    let at = 0
    for (const member of kindMembers)
      at = bytes.writeUInt16BE(numberOf(occurs.kind[member] ?? ''), at)
    at = bytes.writeUInt8(
      ('parts' in occurs ? form.parts : form.places) + (name === rest ? form.restPlaces : 0),
      at,
    )
    at = bytes.writeUInt32BE(occurs.n, at)
    for (const place of places) at = bytes.writeUIntBE(place, at, placeBytes(level))
    return 'parts' in occurs ? Buffer.concat([bytes, occurs.parts]) : bytes
  })
  const each = level === 0 ? 1 : 2
  const spans = Buffer.alloc(times.length * each * timeBytes)
  times.forEach((span, part) => {
    for (let i = 0; i < each; i++)
      spans.writeUIntBE(span[i] as number, (part * each + i) * timeBytes, timeBytes)
  })
  return {
    size: zone.size,
    words: JSON.stringify(words),
    kinds: new Uint8Array(Buffer.concat(kinds)),
    times: new Uint8Array(spans),
  }
}

export const parseZone = (level: number, row: Row): Zone => {
  const { words: text, size: taken, ...parsed } = ZoneRow.parse(row)
  const words = Words.parse(JSON.parse(text))
  const kinds = new Map<string, Occurs>()
  const bytes = Buffer.from(parsed.kinds)
  const size = placeBytes(level)
  for (let at = 0; at < bytes.length;) {
    const kind: Kind = {}
    kindMembers.forEach((member, i) => {
      const word = words[bytes.readUInt16BE(at + i * wordBytes)]
      if (word) kind[member] = word
    })
    const shape = bytes.readUInt8(at + headBytes - 5)
    const n = bytes.readUInt32BE(at + headBytes - 4)
    at += headBytes
    const name = shape >= form.restPlaces ? rest : nameOf(kind)
    if (shape % 2 === form.parts) {
      kinds.set(name, { kind, n, parts: new Uint8Array(bytes.subarray(at, at + partsBytes)) })
      at += partsBytes
      continue
    }
    const first = at
    const places = Array.from({ length: n }, (_, i) => bytes.readUIntBE(first + i * size, size))
    at += n * size
    kinds.set(name, { kind, n, places })
  }
  const spans = Buffer.from(parsed.times)
  const each = level === 0 ? 1 : 2
  const timeAt = (i: number) => spans.readUIntBE(i * timeBytes, timeBytes)
  const times = Array.from(
    { length: spans.length / (each * timeBytes) },
    (_, part): [number, number] => [timeAt(part * each), timeAt(part * each + each - 1)],
  )
  return { level, size: taken, kinds, times }
}

const OldRow = z.looseObject({
  kinds: z.record(z.string(), z.instanceof(Uint8Array)),
  times: z.instanceof(Uint8Array),
})

/** The kind of a name in an old zone; one with six members is from when zones did not tell categories. */
const oldKind = (name: string): Kind => {
  const values = z.array(z.string()).parse(JSON.parse(name))
  const told = values.length < kindMembers.length ? [...values, unknownCategories] : values
  return Object.fromEntries(
    kindMembers.flatMap((member, i) => (told[i] ? [[member, told[i]]] : [])),
  )
}

/** A zone as it was kept until 0.2.0: one bit for each part, by kind, and times as pairs of doubles. */
export const parseOldZone = (level: number, row: Row): Zone => {
  const { kinds: old, times } = OldRow.parse(row)
  const bytes = Buffer.from(times)
  const count = bytes.length / 16
  const kinds = new Map<string, Occurs>()
  for (const [name, parts] of Object.entries(old)) {
    const kind = name === rest ? {} : oldKind(name)
    const places = Array.from({ length: count }, (_, part) => part).filter(part =>
      hasPart(parts, part),
    )
    const n = places.length
    kinds.set(name === rest ? rest : nameOf(kind), {
      kind,
      n,
      ...(level === 0 ? { places } : { parts: Uint8Array.from(parts) }),
    })
  }
  return {
    level,
    size: count * zoneWidth ** level,
    kinds,
    times: Array.from({ length: count }, (_, part) => [
      bytes.readDoubleBE(part * 16),
      bytes.readDoubleBE(part * 16 + 8),
    ]),
  }
}
