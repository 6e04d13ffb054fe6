// What of the access log a viewer is shown, and what a filter leaves of it: as a test of one row, and of a kind of
// entry. Indexes only say where to look; each row that is shown is tested.
import type * as z from 'zod'
import { sidesOf } from '../../../events/seen-under.ts'
import type { AgreementId, InstitutionCode, Keyid } from '../../../schemas/ids.ts'
import { later } from '../../../schemas/instants.ts'
import type { routes } from '../../../schemas/routes.ts'
import type { Row } from '../dynamodb.ts'
import { type Kind, indexedOf, unknownCategories } from './zones.ts'

type Query = z.infer<(typeof routes)['access-log.query']['query']>
/** `keyid`: in full. */
export type LogFilter = Partial<Omit<Query, 'limit' | 'cursor' | 'keyid'>> & {
  keyid?: Keyid | undefined
}

/**
 * Entries are seen under the agreements of the viewer's institution, those of a handover by its two sides, and all that
 * the institution did itself. Not, however, what its act did to a handover that it is no side of: who ends a referral
 * does not learn by the log what else ended with it.
 */
export type Viewer = { institution: InstitutionCode; agreements: readonly AgreementId[] }

export const mayView = (
  { institution, agreements }: Viewer,
  { agreementId: seen, institution: actor, outcome }: Readonly<Record<string, unknown>>,
): boolean => {
  const sides = typeof seen === 'string' ? sidesOf(seen) : []
  if (sides.includes(institution) || agreements.some(agreement => agreement === seen)) return true
  return institution === actor && (sides.length === 0 || outcome !== 'allowed')
}

/** Members of a row that a filter names by their value. */
const equal = ['institution', 'keyid', 'action', 'outcome', 'purpose'] as const

/** Whether entries of a kind are releases that opened the category; also where a zone cannot tell. */
const opened = ({ action, outcome, categories }: Kind, category: string): boolean =>
  action === 'referral.release' &&
  outcome === 'allowed' &&
  (categories === unknownCategories || (categories?.split(',').includes(category) ?? false))

/** What is wanted, as a test of one kind of entry and a span of time. */
export type WantedKinds = ReturnType<typeof wantedOf>
export const wantedOf = (viewer: Viewer, filter: LogFilter) => ({
  kind: (kind: Kind) =>
    mayView(viewer, kind) &&
    equal.every(member => filter[member] === undefined || filter[member] === kind[member]) &&
    (filter.category === undefined || opened(kind, filter.category)),
  from: filter.from === undefined ? -Infinity : Date.parse(filter.from),
  to: filter.to === undefined ? Infinity : Date.parse(filter.to),
})

export const shows = (wanted: WantedKinds, row: Row): boolean => {
  const { kind, time } = indexedOf(row)
  return wanted.kind(kind) && time >= wanted.from && time <= wanted.to
}

/**
 * The part of a filter that the table can apply itself, so that what a filter leaves out is not sent. `shows` has the
 * last word, also on rows that have nothing beside their leaf.
 */
export const filterExpression = (filter: LogFilter) => {
  const released = { action: 'referral.release', outcome: 'allowed' } as const
  const told: LogFilter = filter.category === undefined ? filter : { ...filter, ...released }
  const members = equal.filter(member => told[member] !== undefined)
  const bounds = [
    ['>=', ':from', filter.from, -1000],
    ['<=', ':to', filter.to, 1000],
  ] as const
  // As text, whose fractions of a second may be written or not: a second is left on either side.
  const spans = bounds.flatMap(([sign, name, at, slack]) =>
    at === undefined ? [] : [{ sign, name, at: later(at, slack) }],
  )
  if (members.length + spans.length === 0) return undefined
  const tests = [
    ...members.map(member => `#${member} = :${member}`),
    ...spans.map(({ sign, name }) => `#time ${sign} ${name}`),
  ]
  const named = ['action', ...members, ...(spans.length > 0 ? ['time'] : [])]
  return {
    FilterExpression: `attribute_not_exists(#action) OR (${tests.join(' AND ')})`,
    names: Object.fromEntries(named.map(name => [`#${name}`, name])),
    values: Object.fromEntries([
      ...members.map(member => [`:${member}`, told[member]]),
      ...spans.map(({ name, at }) => [name, at]),
    ]),
  }
}
