// Counters, held against a recount of what they count.
import { countKey, partitionsOf } from '../functions/aws/access-log/counts.ts'
import { countedOf, nameOfCounted } from '../functions/aws/access-log/summary.ts'
import type { Row } from '../functions/aws/dynamodb.ts'
import { PersonRow } from '../functions/aws/person-row.ts'
import { type Sums, addAll, difference, evidenceOf, tallyOf } from '../events/progress.ts'
import type { Stage } from '../schemas/report.ts'
import { type Facts, readEach } from './facts.ts'
import type { Log } from './told.ts'
import type { Find, Snapshot } from './snapshot.ts'

/** Entries counted by day, up to the size that the counts are of. */
export const verifyCounts = ({ tables }: Snapshot, { placed }: Log, find: Find): void => {
  const counts: Sums = {}
  let size = 0
  for (const { pk, sk, n, size: counted } of tables.AccessLog)
    if (pk === countKey.pk && sk === countKey.sk) size = Number(counted)
    else if (String(pk).startsWith('counts#')) counts[`${String(pk)} ${String(sk)}`] = Number(n)
  if (size > placed.length) find('counts-differ', 'AccessLog counts', `${size} ${placed.length}`)
  const recount: Sums = {}
  for (const { row } of placed.slice(0, size)) {
    const counted = countedOf(row)
    for (const pk of partitionsOf(counted))
      addAll(recount, { [`${pk} ${nameOfCounted(counted)}`]: 1 })
  }
  for (const [name, n] of Object.entries(difference(counts, recount)))
    find('counts-differ', `AccessLog ${name}`, signed(n))
}

const signed = (n = 0): string => (n > 0 ? `+${n}` : String(n))

const isCounter = ({ pk }: Row): boolean => String(pk).startsWith('progress#')
const isPerson = ({ pk }: Row): boolean => String(pk).startsWith('reached#')

/** Referrals of one agreement and quarter. */
const cellOf = (agreementId: string, quarter: string): string => `${agreementId}#${quarter}`

export const verifyProgress = ({ tables }: Snapshot, { referrals }: Facts, find: Find): void => {
  const counters = new Map<string, Sums>()
  for (const { pk, ...sums } of tables.Progress.filter(isCounter)) {
    const cell = String(pk).split('#').slice(1, 3).join('#')
    const into = counters.get(cell) ?? {}
    counters.set(cell, into)
    addAll(into, sums as Sums)
  }
  const recount = new Map<string, Sums>([...counters.keys()].map(cell => [cell, {}]))
  const shredded: Sums = {}
  for (const { row } of referrals.values()) {
    if (!row.counted) continue
    const cell = cellOf(row.agreementId, row.counted.quarter)
    const into = recount.get(cell) ?? {}
    recount.set(cell, into)
    addAll(into, tallyOf(row))
    if (row.counted.person === undefined) addAll(shredded, { [cell]: 1 })
  }
  for (const [cell, expected] of recount) {
    const kept = counters.get(cell) ?? {}
    const ofReferrals = Object.entries(kept).filter(([name]) => !name.startsWith('p:'))
    for (const [name, n] of Object.entries(difference(Object.fromEntries(ofReferrals), expected)))
      find('progress-differs', `Progress ${cell} ${name}`, signed(n))
  }
  const persons = verifyPersons({ tables }, { referrals }, find)
  for (const cell of new Set([...counters.keys(), ...persons.keys()]))
    verifyReached(cell, { kept: counters.get(cell) ?? {}, least: persons.get(cell) ?? {} }, find, {
      gone: shredded[cell] ?? 0,
    })
}

/**
 * A person's row goes with their last referral, and what they had reached stays counted: there are no fewer than there
 * are rows, and no more than with one for each referral that is destroyed.
 */
const verifyReached = (
  cell: string,
  { kept, least }: { kept: Sums; least: Sums },
  find: Find,
  { gone }: { gone: number },
): void => {
  const names = [...Object.keys(kept), ...Object.keys(least)].filter(name => name.startsWith('p:'))
  for (const name of new Set(names)) {
    const [n, from] = [kept[name] ?? 0, least[name] ?? 0]
    if (n < from || n > from + gone)
      find('progress-differs', `Progress ${cell} ${name}`, `${n} ${from}–${from + gone}`)
  }
}

/** @returns how many persons are at each stage, by agreement and quarter, as their rows have it */
const verifyPersons = (
  { tables }: Pick<Snapshot, 'tables'>,
  { referrals }: Pick<Facts, 'referrals'>,
  find: Find,
): Map<string, Sums> => {
  const held = new Map<string, { referrals: number; evidence: Sums; agreementId: string }>()
  for (const { row } of referrals.values()) {
    const { person, as = [] } = row.counted ?? {}
    if (person === undefined) continue
    for (const name of [person, ...as]) {
      const one = held.get(name) ?? { referrals: 0, evidence: {}, agreementId: row.agreementId }
      held.set(name, one)
      one.referrals += 1
      if (name === person) addAll(one.evidence, evidenceOf(row))
    }
  }
  const rows = readEach(tables.Progress.filter(isPerson), { table: 'Progress', find }, row =>
    PersonRow.parse(row),
  )
  const persons = new Map<string, Sums>()
  const there = new Set(rows.map(({ pk }) => pk))
  for (const name of held.keys()) if (!there.has(name)) find('person-differs', `Progress ${name}`)
  for (const { pk, referrals: n, alias, quarter, reached = {} } of rows) {
    const one = held.get(pk)
    const lacks = Object.entries(one?.evidence ?? {}).some(
      ([stage, times = 0]) => (reached[stage as Stage] ?? 0) < times,
    )
    if (one?.referrals !== n || (alias === undefined && lacks))
      find('person-differs', `Progress ${pk}`, `${n} ${one?.referrals ?? 0}`)
    if (alias !== undefined || quarter === undefined || !one) continue
    const cell = cellOf(one.agreementId, quarter)
    const into = persons.get(cell) ?? {}
    persons.set(cell, into)
    for (const stage of Object.keys(reached)) addAll(into, { [`p:${stage}`]: 1 })
  }
  return persons
}
