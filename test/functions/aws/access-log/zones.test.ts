// Zones say where entries of a kind lie: against looking at every entry.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  parseOldZone,
  parseZone,
  zoneMembers,
} from '../../../../functions/aws/access-log/zone-bytes.ts'
import {
  type Found,
  type Indexed,
  type Kind,
  type Zone,
  emptyZone,
  foundIn,
  indexedOf,
  mark,
  mostKinds,
  unknownCategories,
} from '../../../../functions/aws/access-log/zones.ts'
import { type Row, toItem, toRow } from '../../../../functions/aws/dynamodb.ts'

const kinds = fc.record(
  {
    agreementId: fc.constantFrom('igm-ala-2026', 'igm-oim-2026'),
    institution: fc.constantFrom('IGM', 'ALA'),
    action: fc.constantFrom('referral.read', 'inbox.pull'),
    outcome: fc.constantFrom('allowed', 'denied'),
  },
  { requiredKeys: ['institution', 'action', 'outcome'] },
)
const entries = fc.array(fc.record({ kind: kinds, time: fc.nat(50) }), { maxLength: 256 })
const wanted = fc.record({ of: kinds, from: fc.nat(50), span: fc.nat(20) })

const same = (wantedKind: Kind) => (kind: Kind) =>
  (Object.keys(wantedKind) as (keyof Kind)[]).every(name => kind[name] === wantedKind[name])

const stored = (zone: Zone) => parseZone(zone.level, toRow(toItem(zoneMembers(zone))))

/** The first entry of the zone in these tests: the second of its level. */
const n = 1
const asked = (zone: Zone, of: Kind, [from, to]: [number, number] = [0, 4000], before = Infinity) =>
  foundIn({ n, zone: stored(zone) }, { kind: same(of), from, to, before })

const indexes = (found: readonly Found[]) =>
  found.flatMap(one => ('index' in one ? [one.index] : []))

/** Entries as they are taken up: groups of 256, as many as a zone of level 1 has parts. */
const grown = (level: number, groups: readonly (readonly Indexed[])[]): Zone => {
  const zone = emptyZone(level)
  groups.forEach((group, i) => mark(zone, i * 256, group))
  return zone
}

const occurring = (action: string, time: number): Indexed => ({
  kind: { institution: 'ALA', action },
  time,
})

describe('a zone', () => {
  test('of single entries names exactly those of the wanted kind and time, the last first', () => {
    fc.assert(
      fc.property(entries, wanted, fc.nat(256), (all, { of, from, span }, before) => {
        const zone = grown(0, [all])
        const expected = all.flatMap(({ kind, time }, at) =>
          same(of)(kind) && time >= from && time <= from + span && at < before ? [256 + at] : [],
        )
        expect(asked(zone, of, [from, from + span], 256 + before)).toEqual(
          expected.toReversed().map(index => ({ index })),
        )
      }),
    )
  })

  test('of zones misses none, names what it names exactly, and the last first', () => {
    const groups = fc.array(
      fc.array(fc.record({ kind: kinds, time: fc.nat(50) }), { minLength: 256, maxLength: 256 }),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(groups, wanted, fc.nat(1100), (all, { of, from, span }, before) => {
        const flat = all.flat()
        const found = asked(grown(1, all), of, [from, from + span], 65_536 + before)
        const holds = ({ kind, time }: Indexed) =>
          same(of)(kind) && time >= from && time <= from + span
        const expected = flat.flatMap((entry, at) =>
          holds(entry) && at < before ? [65_536 + at] : [],
        )
        const named = new Set(indexes(found))
        const zones = new Set(found.flatMap(one => ('level' in one ? [one.n] : [])))
        for (const index of expected)
          expect(named.has(index) || zones.has(Math.floor(index / 256))).toBe(true)
        expect([...named].filter(index => !expected.includes(index))).toEqual([])
        const order = found.map(one => ('index' in one ? one.index : one.n * 256 + 255))
        expect(order).toEqual(order.toSorted((a, b) => b - a))
      }),
      { numRuns: 40 },
    )
  })

  test('names the places of what is rare, and of what is not the zones and how many to expect there', () => {
    const groups = Array.from({ length: 100 }, (_, group) =>
      Array.from({ length: 256 }, (_each, i) =>
        occurring(i === 7 && group % 2 === 0 ? 'rare' : i === 8 ? 'usual' : 'common', group),
      ),
    )
    const zone = grown(1, groups)
    const rare = Array.from({ length: 50 }, (_, i) => 65_536 + i * 512 + 7)
    expect(asked(zone, { action: 'rare' })).toEqual(rare.toReversed().map(index => ({ index })))
    const usual = asked(zone, { action: 'usual' })
    expect(usual.slice(0, 2)).toEqual([
      { level: 0, n: 256 + 99, expected: 1 },
      { level: 0, n: 256 + 98, expected: 1 },
    ])
    expect(usual.length).toBe(100)
    const [first] = asked(zone, { action: 'common' }, undefined, 65_536 + 64)
    expect(first).toEqual({ level: 0, n: 256, expected: expect.closeTo(254.5 / 4, 0) as number })
    // A part that the span cuts: nobody can tell how many of it are wanted, nor which.
    const two = grown(1, [[occurring('rare', 1), occurring('rare', 3)], [occurring('rare', 3)]])
    expect(asked(two, { action: 'rare' }, [2, 3])).toEqual([
      { index: 65_536 + 256 },
      { level: 0, n: 256, expected: 0 },
    ])
  })

  test('stays under the size of an item with more kinds than it has room for, and still misses none', () => {
    const many: Indexed[] = Array.from({ length: 2 * mostKinds }, (_, i) => ({
      kind: {
        agreementId: '0198b2c4-0000-7000-8000-000000000001',
        institution: 'IGM',
        keyid: String(i).padStart(43, 'k'),
        action: 'consent.confirm-deletion',
        outcome: 'allowed',
        purpose: 'psychosocial-support',
        categories: 'identity,contact,migrationStatus,trainingProfile,supportNeeds,protection',
      },
      time: i,
    }))
    for (const [level, rounds] of [
      [1, 9],
      [2, 60],
    ] as const) {
      const zone = emptyZone(level)
      // Each as often as its places are kept by themselves where kinds are few.
      for (let round = 0; round < rounds; round++)
        many.forEach((entry, i) => mark(zone, round * many.length + i, [entry]))
      const { size: _taken, ...members } = zoneMembers(zone) as Record<string, string | Uint8Array>
      const size = Object.entries(members).reduce(
        (sum, [name, value]) => sum + name.length + value.length,
        0,
      )
      expect(size).toBeLessThan(390_000)
      for (const i of [0, mostKinds - 1, mostKinds, 2 * mostKinds - 1]) {
        const found = asked(zone, many[i]?.kind ?? {}, [0, 2 * mostKinds])
        const start = n * 256 ** (level + 1)
        const at = start + (rounds - 1) * many.length + i
        expect(
          found.some(one =>
            'index' in one ? one.index === at : one.n === Math.floor(at / 256 ** level),
          ),
        ).toBe(true)
      }
    }
  })

  test('knows an entry by what its leaf says, and by nothing that is not there', () => {
    const time = '2026-11-21T12:00:00.000Z'
    const actor = { institution: 'ALA', role: 'recipient' }
    const of = (row: Row, entry: object) =>
      indexedOf({ ...row, leaf: JSON.stringify({ time, actor, ...entry }) })
    expect(of({}, { action: 'inbox.ack' })).toEqual({
      kind: { institution: 'ALA', action: 'inbox.ack' },
      time: Date.parse(time),
    })
    const categories = ['identity', 'contact']
    expect(of({ agreementId: 'a' }, { action: 'referral.release', categories }).kind).toEqual({
      agreementId: 'a',
      institution: 'ALA',
      action: 'referral.release',
      categories: 'identity,contact',
    })
    expect(of({}, { action: 'referral.submit', categories }).kind).toEqual({
      institution: 'ALA',
      action: 'referral.submit',
    })
  })
})

const bits = (...parts: number[]) => {
  const bytes = new Uint8Array(32)
  for (const part of parts) bytes[part >> 3] = (bytes[part >> 3] as number) | (1 << (part & 7))
  return bytes
}
const times = (count: number) => {
  const bytes = Buffer.alloc(count * 16)
  for (let i = 0; i < count * 2; i++) bytes.writeDoubleBE(i >> 1, i * 8)
  return new Uint8Array(bytes)
}
const name = (...values: string[]) => JSON.stringify(values)

describe('a zone from until 0.2.0', () => {
  const acks = name('', 'ALA', '', 'inbox.ack', 'allowed', '', '')
  const row = { kinds: { [acks]: bits(1, 3), '*': bits(2) }, times: times(4) }
  const wantedAcks = {
    kind: same({ action: 'inbox.ack' }),
    from: 0,
    to: 9,
    before: Infinity,
  }

  test('says where entries are, and is added to in the way of now', () => {
    expect(foundIn({ n, zone: parseOldZone(0, row) }, wantedAcks)).toEqual(
      [259, 258, 257].map(index => ({ index })),
    )
    const zone = parseOldZone(1, row)
    const kind = { institution: 'ALA', action: 'inbox.ack', outcome: 'allowed' }
    mark(zone, 4 * 256 + 9, [{ kind, time: 5 }])
    const parts = foundIn({ n, zone: stored(zone) }, wantedAcks).map(one => 'n' in one && one.n)
    expect(parts).toEqual([260, 259, 258, 257])
  })

  test('says of each kind that its categories are not known, where zones did not tell them', () => {
    const seen: Kind[] = []
    const release = { institution: 'ALA', action: 'referral.release', outcome: 'allowed' }
    for (const old of [
      name('', 'ALA', '', 'referral.release', 'allowed', ''),
      name('', 'ALA', '', 'referral.release', 'allowed', '', ''),
    ]) {
      const zone = parseOldZone(0, { kinds: { [old]: bits(0) }, times: times(1) })
      foundIn({ n, zone }, { ...wantedAcks, kind: kind => (seen.push(kind), true) })
    }
    expect(seen).toEqual([{ ...release, categories: unknownCategories }, release])
  })
})
