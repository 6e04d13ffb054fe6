// A referral and what was handed over of it are rows of their own, walked one by one. In whatever order, after whatever
// outage: what is told of each is the same, nothing that fell due before their common end is left out, and nothing
// comes of it behind.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Clocked, ClockedReferral } from '../../../events/clock/rule.ts'
import { walkRules } from '../../../events/clock/walk.ts'
import { foldConsent } from '../../../events/consent.ts'
import type { Instant } from '../../../schemas/ids.ts'
import { after, agreement, ala, now, oim, referralId } from '../given.ts'
import { basicTerms, ledger } from '../ledger.ts'
import { clockedReferral } from './clocked.ts'

const [hour, day] = [3_600_000, 86_400_000]

/** Rows that share a consent: the first, and what was handed over of it. */
type Rows = { rows: readonly ClockedReferral[] } & Pick<Clocked, 'consent' | 'agreement'>

/** Walks one row as the clock finds it. Undefined where nothing comes of it. */
const walked = ({ rows, ...under }: Rows, which: number, at: Instant) => {
  const [first, ...others] = rows as [ClockedReferral, ...ClockedReferral[]]
  const referral = rows[which] as ClockedReferral
  const handovers = which === 0 ? others : []
  const { done, after: then, waits } = walkRules({ ...under, referral, handovers }, at)
  if (done.length === 0) return { waits }
  const family = which === 0 ? [then.referral, ...(then.handovers ?? [])] : [first, ...others]
  const changed = family.map((row, i) => (i === which ? then.referral : row))
  const told = done.flatMap(({ action, tells, handovers: also }) => [
    [which, action, tells],
    ...also.map((one, i) => [i + 1, action, one.tells]),
  ]) as [number, string, { to: string; type: string; data: unknown }[]][]
  return { waits, told, state: { ...under, consent: then.consent, rows: changed } }
}

/** What is told of each row, in order, when they are looked at at these instants, each time in this order. */
const looking = (given: Rows, instants: readonly Instant[], order: readonly number[]) => {
  const told: unknown[][] = given.rows.map(() => [])
  let state = given
  for (const at of instants)
    for (let moved = true; moved;) {
      moved = false
      for (const which of order) {
        const walk = walked(state, which, at)
        for (const [of, action, tells] of walk.told ?? [])
          told[of]?.push([action, ...tells.map(({ to, type, data }) => [to, type, data])])
        if (!walk.state) continue
        state = walk.state
        moved = true
      }
    }
  return { told, state }
}
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

const child = (more: Parameters<typeof clockedReferral>[0]): ClockedReferral =>
  clockedReferral({ referrer: ala, recipient: oim, partOf: referralId, ...more })
const rowsOf = (
  members: readonly Parameters<typeof clockedReferral>[0][],
  { validFor, ...standing }: { validFor: number } & Partial<Clocked['agreement']>,
): Rows => ({
  rows: members.map((one, i) => (i === 0 ? clockedReferral(one) : child(one))),
  consent: foldConsent(ledger([], { ...basicTerms, validUntil: after(now, validFor) })),
  agreement: { ...agreement, ...standing },
})

const actions = (told: readonly unknown[][]) => told.map(of => of.map(one => (one as [string])[0]))

test('a handover became overdue and then the consent ended, while the hub was away: both are told, in this order', () => {
  const given = rowsOf(
    [{ status: 'accepted' }, { status: 'received', priority: 'urgent' }, { status: 'completed' }],
    {
      validFor: 80 * hour,
    },
  )
  const answers = orders.map(order => looking(given, [after(now, 82 * hour)], order))
  for (const { told } of answers)
    expect(actions(told)).toEqual([
      ['consent.expire'],
      ['referral.overdue', 'consent.expire'],
      ['consent.expire'],
    ])
  // And where the consent ends before the answer is late.
  const early = rowsOf(
    [{ status: 'accepted' }, { status: 'received', priority: 'urgent' }, { status: 'completed' }],
    {
      validFor: 71 * hour,
    },
  )
  for (const order of orders)
    expect(actions(looking(early, [after(now, 82 * hour)], order).told)[1]).toEqual([
      'consent.expire',
      'referral.overdue',
    ])
})

test('what ends in silence ends so before its content is destroyed, and nothing is told behind that', () => {
  const { retentionDays } = agreement.policy
  const given = rowsOf([{ status: 'accepted' }, { status: 'requested' }, { status: 'received' }], {
    validFor: 40 * day,
  })
  for (const order of orders) {
    const { told, state } = looking(given, [after(now, (41 + retentionDays) * day)], order)
    expect(actions(told)[1]).toEqual([
      'referral.undelivered',
      'consent.expiring',
      'referral.overdue',
      'consent.expire',
      'referral.not-answered',
      'referral.shred',
    ])
    expect(state.rows.map(({ contentState }) => contentState)).toEqual(Array(3).fill('shredded'))
    expect(state.rows.map(({ history }) => history.at(-1)?.reason)).toEqual([
      'consent-expired',
      'not-answered',
      'not-answered',
    ])
  }
})

const status = fc.constantFrom(
  ...(['requested', 'received', 'accepted', 'in-progress', 'on-hold', 'completed'] as const),
)
const members = fc.record({
  status,
  priority: fc.constantFrom('routine' as const, 'urgent' as const, 'stat' as const),
})
const families = fc.record({
  rows: fc.tuple(members, members, members),
  validFor: fc.oneof(
    fc.integer({ min: 1, max: 120 * 24 }).map(n => n * hour),
    // Beside what else is due at whole hours and days.
    fc.constantFrom(4, 24, 72, 120, 14 * 24, 30 * 24, 60 * 24).map(n => n * hour - 1),
  ),
  retentionDays: fc.constantFrom(0, 1, 20, 90),
  terminatedIn: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
  evidenceDays: fc.constantFrom(0, 3, 30),
})

test('in every order, after every outage, the same is told of each, and all of them end', () => {
  fc.assert(
    fc.property(
      families,
      fc.uniqueArray(fc.integer({ min: 0, max: 130 * 24 }), { maxLength: 5 }),
      ({ rows, validFor, retentionDays, terminatedIn, evidenceDays }, hours) => {
        const terminatedAt = terminatedIn && after(now, terminatedIn * day)
        const policy = { ...agreement.policy, retentionDays, evidenceDays }
        const standing = { policy, ...(terminatedAt && { terminatedAt }) }
        const given = rowsOf(rows, { validFor, ...standing })
        const looks = hours.toSorted((a, b) => a - b).map(n => after(now, n * hour))
        const instants = [...looks, after(now, 400 * day)]
        const [one, ...others] = orders.map(order => looking(given, instants, order))
        for (const other of others) expect(other).toEqual(one)
        for (const { contentState } of one?.state.rows ?? []) expect(contentState).toBe('shredded')
        for (const told of actions(one?.told ?? [])) expect(told.at(-1)).toBe('referral.shred')
      },
    ),
    { numRuns: 600 },
  )
})
