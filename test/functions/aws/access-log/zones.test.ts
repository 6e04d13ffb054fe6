// Zones say where entries of a kind lie: against looking at every entry.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Indexed,
  type Kind,
  type Zone,
  emptyZone,
  indexedOf,
  mark,
  parseZone,
  partsOf,
  unknownCategories,
  zoneMembers,
} from '../../../../functions/aws/access-log/zones.ts'
import { toItem, toRow } from '../../../../functions/aws/dynamodb.ts'

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

const stored = (zone: Zone) => parseZone(toRow(toItem(zoneMembers(zone))))

describe('a zone', () => {
  test('of single entries names exactly those of the wanted kind and time, the last first', () => {
    fc.assert(
      fc.property(entries, wanted, (all, { of, from, span }) => {
        const zone = emptyZone()
        all.forEach((entry, part) => mark(zone, part, [entry]))
        const expected = all.flatMap(({ kind, time }, part) =>
          same(of)(kind) && time >= from && time <= from + span ? [part] : [],
        )
        expect(partsOf(stored(zone), { kind: same(of), from, to: from + span })).toEqual(
          expected.toReversed(),
        )
      }),
    )
  })

  test('of zones misses none that holds what is wanted, however its parts came in', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 9 }), wanted, (groups, { of, from, span }) => {
        const zone = emptyZone()
        for (const [part, group] of groups.entries())
          for (let at = 0; at <= group.length; at += 50) mark(zone, part, group.slice(at, at + 50))
        const found = partsOf(stored(zone), { kind: same(of), from, to: from + span })
        groups.forEach((group, part) => {
          if (group.some(({ kind, time }) => same(of)(kind) && time >= from && time <= from + span))
            expect(found).toContain(part)
          if (!group.some(({ kind }) => same(of)(kind))) expect(found).not.toContain(part)
        })
      }),
    )
  })

  test('stays under the size of an item with more kinds than it has room for, and still misses none', () => {
    const zone = emptyZone()
    const many: Indexed[] = Array.from({ length: 4000 }, (_, i) => ({
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
    many.forEach((entry, i) => mark(zone, i % 256, [entry]))
    // DynamoDB counts names, values, and three bytes for each member.
    const size = Object.entries(zone.kinds).reduce((sum, [name]) => sum + name.length + 32 + 3, 0)
    expect(size + 256 * 16 + 100).toBeLessThan(400_000)
    for (const i of [0, 1199, 1200, 3999])
      expect(
        partsOf(stored(zone), { kind: same(many[i]?.kind ?? {}), from: 0, to: 4000 }),
      ).toContain(i % 256)
  })

  test('knows an entry by what its row says, and by nothing that is not there', () => {
    expect(
      indexedOf({ institution: 'ALA', action: 'inbox.ack', time: '2026-11-21T12:00:00.000Z' }),
    ).toEqual({
      kind: { institution: 'ALA', action: 'inbox.ack' },
      time: Date.parse('2026-11-21T12:00:00.000Z'),
    })
    const leaf = JSON.stringify({ categories: ['identity', 'contact'] })
    const time = '2026-11-21T12:00:00.000Z'
    const kindOf = (action: string) => indexedOf({ action, leaf, time }).kind
    expect(kindOf('referral.release')).toEqual({
      action: 'referral.release',
      categories: 'identity,contact',
    })
    expect(kindOf('referral.submit')).toEqual({ action: 'referral.submit' })
  })

  test('from before zones told categories says of each kind that they are not known', () => {
    const bits = new Uint8Array(32).fill(1, 0, 1)
    const zone = (kind: string) => parseZone({ kinds: { [kind]: bits }, times: new Uint8Array(16) })
    const seen: Kind[] = []
    const see = (kind: Kind) => (seen.push(kind), true)
    const old = JSON.stringify(['', 'ALA', '', 'referral.release', 'allowed', ''])
    const now = JSON.stringify(['', 'ALA', '', 'referral.release', 'allowed', '', ''])
    for (const kind of [old, now]) partsOf(zone(kind), { kind: see, from: 0, to: 0 })
    const release = { institution: 'ALA', action: 'referral.release', outcome: 'allowed' }
    expect(seen).toEqual([{ ...release, categories: unknownCategories }, release])
  })
})
