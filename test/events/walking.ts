// Walks of random steps, and what must hold after each: a second version of the tables, written out by hand, and a
// recount of everything from the rows.
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { Milestone } from '../../schemas/milestone.ts'
import { Instant, type ReferralId } from '../../schemas/ids.ts'
import { Reason, Status } from '../../schemas/referral.ts'
import { ala, igm } from './given.ts'
import { type Kept, type Walk, walkFrom } from './walks.ts'

/** from → to, by whom: `f` the referrer, `p` the recipient, `h` the hub (domain.md, written out again). */
const steps = new Set(
  `requested received h|requested cancelled fph|requested entered-in-error f
received accepted p|received rejected p|received cancelled fph|received entered-in-error f
accepted in-progress p|accepted on-hold p|accepted rejected p|accepted completed p|accepted failed p
accepted cancelled fph|accepted entered-in-error f
in-progress on-hold p|in-progress completed p|in-progress failed p|in-progress cancelled fph
in-progress entered-in-error f
on-hold in-progress p|on-hold completed p|on-hold failed p|on-hold cancelled fph|on-hold entered-in-error f`
    .split(/[|\n]/)
    .flatMap(line => {
      const [from = '', to = '', by = ''] = line.trim().split(' ')
      return by.split('').map(side => `${from} ${to} ${side}`)
    }),
)
const over = ['completed', 'rejected', 'failed', 'cancelled', 'entered-in-error']
const once = new Set(
  Milestone.options.filter(
    one =>
      !['contact-made', 'scheduled', 'no-show', 'psychosocial-group', 'stipend-granted'].includes(
        one,
      ),
  ),
)
const day = 86_400_000

/** By whom a row says that it was moved; a withdrawal by any who holds a referral under the consent. */
const sideOf = (row: Kept, { by, reason }: Kept['history'][number]): string =>
  by === 'hub' ? 'h' : reason === 'consent-withdrawn' ? 'h' : by === row.referrer ? 'f' : 'p'

/** No row is in a state that the tables forbid, or came to it by a way that they do. */
const holds = (row: Kept, walk: Walk) => {
  const { history, status, milestones } = row
  expect([history[0]?.status, history.at(-1)?.status, row.version]).toEqual([
    'requested',
    status,
    history.length,
  ])
  history.slice(1).forEach((change, i) => {
    const step = `${history[i]?.status} ${change.status} ${sideOf(row, change)}`
    expect([step, steps.has(step)]).toEqual([step, true])
    expect(change.at >= (history[i]?.at ?? '')).toBe(true)
  })
  expect(milestones.map(({ n }) => n)).toEqual(milestones.map((_, i) => i + 1))
  const counting = milestones.flatMap(one => (one.voidedAt ? [] : one.milestone))
  for (const one of counting)
    if (once.has(one)) expect(counting.filter(other => other === one)).toHaveLength(1)
  // Each was recorded while its recipient worked with the person.
  for (const { recordedAt } of milestones) {
    const then = history.filter(({ at }) => at <= recordedAt).map(one => one.status)
    expect(then.some(one => ['accepted', 'in-progress', 'on-hold'].includes(one))).toBe(true)
  }
  // An entry in error leaves nothing open that was handed over of it.
  if (status === 'entered-in-error')
    for (const one of walk.referrals.values())
      if (one.partOf === row.referralId) expect(over).toContain(one.status)
  // A withdrawal leaves nothing open, and nothing whole.
  if (walk.consentOf(row).state === 'withdrawn')
    expect([over.includes(status), row.contentState]).toEqual([true, 'shredded'])
}

/** What the clock owes is done: nothing is open that should be over, nothing whole that should be destroyed. */
const nothingIsOwed = (walk: Walk) => {
  const now = walk.now()
  const { agreement } = walk.standing()
  const ends = [agreement.renewedUntil ?? agreement.inForceUntil, agreement.rescindedUntil]
    .flatMap(end => end ?? [])
    .toSorted()[0] as string
  for (const row of walk.referrals.values()) {
    const { policy } = walk.under(row.agreementVersion)
    const finish = Date.parse(ends) + (policy.completionDays ?? 90) * day
    const isOver = agreement.terminatedAt !== undefined || Date.parse(now) > finish
    if (isOver) expect([row.referralId, over.includes(row.status)]).toEqual([row.referralId, true])
    if (['requested', 'received'].includes(row.status)) {
      expect(Date.parse(now) - Date.parse(row.submittedAt)).toBeLessThan(
        (policy.expireDays ?? 60) * day,
      )
      if (now > row.respondBy) expect(row.told?.['overdue']).toBe(row.respondBy)
    }
    const { validUntil } = walk.consentOf(row).terms
    if (Date.parse(now) >= Date.parse(validUntil) + policy.retentionDays * day)
      expect([row.referralId, row.contentState]).toEqual([row.referralId, 'shredded'])
  }
}

/** What the counters count, counted from the rows. */
const recount = (walk: Walk) => {
  const rows = [...walk.referrals.values()]
  const sums: Record<string, number> = {}
  const add = (name: string) => (sums[name] = (sums[name] ?? 0) + 1)
  for (const row of rows) {
    add('total')
    add(`s:${row.status}`)
    if (row.status === 'entered-in-error') continue
    for (const { milestone, voidedAt } of row.milestones) if (!voidedAt) add(`m:${milestone}`)
  }
  return sums
}
const stages = { profiled: 'profiled', enrolled: 'enrolled', placed: 'placed' } as const
const personsOf = (walk: Walk, has: (row: Kept) => boolean) =>
  new Set(
    [...walk.referrals.values()]
      .filter(row => row.status !== 'entered-in-error' && has(row))
      .map(({ root }) => root),
  ).size

const accepted = (row: Kept) =>
  row.partOf === undefined && row.history.some(({ status }) => status === 'accepted')

const countersAgree = (walk: Walk) => {
  const named = Object.entries(walk.sums).filter(([name, n]) => /^(total$|[sm]:)/.test(name) && n)
  expect(Object.fromEntries(named)).toEqual(recount(walk))
  expect(walk.persons.referred ?? 0).toBe(personsOf(walk, row => row.partOf === undefined))
  expect(walk.persons.accepted ?? 0).toBe(personsOf(walk, accepted))
  for (const [stage, milestone] of Object.entries(stages))
    expect(walk.persons[stage as keyof typeof stages] ?? 0).toBe(
      personsOf(walk, row =>
        row.milestones.some(one => one.milestone === milestone && !one.voidedAt),
      ),
    )
}

const hour = 3_600_000
const jumps = [1, hour, 5 * hour, 30 * hour, day, 2 * day, 5 * day, 16 * day, 31 * day, 200 * day]
const milestones = ['contact-made', 'profiled', 'enrolled', 'placed', 'in-work-30-days'] as const
const until = Instant.parse('2030-02-05T05:59:59.999Z')
const step = fc.record({
  what: fc.integer({ min: 0, max: 99 }),
  which: fc.nat(5),
  side: fc.constantFrom('referrer' as const, 'recipient' as const, 'recipient' as const),
  to: fc.constantFrom<Status>(
    ...(['accepted', 'accepted', 'accepted', 'in-progress', 'on-hold'] as const),
    ...Status.options,
  ),
  reason: fc.option(fc.constantFrom(...Reason.options), { nil: undefined }),
  milestone: fc.constantFrom(...milestones, ...milestones, ...Milestone.options),
  n: fc.nat(6),
  jump: fc.constantFrom(...jumps),
  looks: fc.integer({ min: 0, max: 3 }).map(n => n > 0),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const doStep = (walk: Walk, { what, which, side, to, reason, milestone, n, jump }: Step) => {
  const by = side === 'referrer' ? igm : ala
  if (what < 14) return walk.submit(jump > day ? 400 : 20, n < 2 ? 'urgent' : 'routine')
  if (what < 28) return walk.ack(which)
  if (what < 44) return walk.status(which, 'recipient', what % 2 ? 'accepted' : 'in-progress')
  // Seldom by chance, of one that was handed over.
  if (what === 44) return walk.status(which, 'referrer', 'entered-in-error')
  if (what < 52) return walk.status(which, side, to, reason ?? 'other')
  if (what < 62) return walk.milestone(which, milestone, n < 5 ? 0 : n)
  if (what < 65) return walk.voided(which, n)
  if (what < 72) return walk.handover(which)
  if (what < 76) return walk.release(which)
  if (what < 79) return walk.withdraw(which, side)
  if (what < 95) return walk.jump(jump)
  const change = { policy: { stallDays: n + 1, expireDays: n + 5, completionDays: n } }
  if (what < 97)
    return [igm, ala].map(one => walk.notice(one, { kind: 'amendment', change })).join(' ')
  if (what === 97) return walk.notice(by, n < 3 ? { kind: 'breach' } : { kind: 'lift' })
  const today = walk.now().slice(0, 10)
  if (what === 98)
    return n < 3
      ? walk.notice(by, { kind: 'rescission', receivedOn: today })
      : walk.notice(by, { kind: 'renewal', until })
  return n === 0 ? walk.notice(by, { kind: 'termination', cause: 'records' }) : 'none'
}

/** Whether what was is still so: closed stays closed, destroyed destroyed, what was told told. */
const goesOn = (before: ReadonlyMap<ReferralId, Kept>, walk: Walk) => {
  for (const [referralId, was] of before) {
    const is = walk.referrals.get(referralId) as Kept
    if (over.includes(was.status)) expect(is.status).toBe(was.status)
    if (was.contentState === 'shredded') expect(is.contentState).toBe('shredded')
    expect(is.history.slice(0, was.history.length)).toEqual(was.history)
    if (was !== is) holds(is, walk)
  }
}

/**
 * Walks, and holds all that must hold; answers how often which answer came, so that a walk that does nothing is seen.
 */
export const walks = (numRuns: number, seed: number): Map<string, number> => {
  const answers = new Map<string, number>()
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), all => {
      const walk = walkFrom()
      for (const one of all) {
        const before = new Map(walk.referrals)
        const answer = doStep(walk, one)
        answers.set(answer, (answers.get(answer) ?? 0) + 1)
        if (one.looks) {
          walk.look()
          nothingIsOwed(walk)
        }
        goesOn(before, walk)
        countersAgree(walk)
      }
      for (const sequences of walk.sent.values())
        expect(sequences).toEqual(sequences.map((_, i) => i + 1))
      const numbers = walk.standing().notices.map(({ number }) => number)
      const years = Map.groupBy(numbers, number => number.slice(3, 7))
      for (const [year, own] of years)
        expect(own).toEqual(own.map((_, i) => `AV-${year}-${String(i + 1).padStart(4, '0')}`))
    }),
    { numRuns, seed },
  )
  return answers
}
