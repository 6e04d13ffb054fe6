// How a status may move: every status × every status × every caller, against the table of the domain page.
import { describe, expect, test } from 'vitest'
import {
  availableTransitions,
  changeStatus,
  deliveryAt,
  isClosed,
  isOpenable,
} from '../../events/referral.ts'
import { DeliveryState, Reason, Status, consentReasons } from '../../schemas/referral.ts'
import { after, ala, igm, now, oim, stranger } from './given.ts'

/** status | set by | next */
const table = `
requested        | referrer               | received cancelled entered-in-error
received         | hub                    | accepted rejected cancelled entered-in-error
accepted         | recipient              | in-progress on-hold rejected completed failed cancelled entered-in-error
in-progress      | recipient              | on-hold completed failed cancelled entered-in-error
on-hold          | recipient              | in-progress completed failed cancelled entered-in-error
completed        | recipient              |
rejected         | recipient              |
failed           | recipient              |
cancelled        | referrer recipient hub |
entered-in-error | referrer               |`
const rows = table
  .trim()
  .split('\n')
  .map(line => line.split('|').map(cell => cell.trim().split(' ').filter(Boolean)))
const setBy = new Map(rows.map(([status, by]) => [status?.[0], by ?? []]))
const nextOf = new Map(rows.map(([status, , next]) => [status?.[0], next ?? []]))
const reasoned = ['rejected', 'on-hold', 'failed', 'cancelled']

const parties = { referrer: igm, recipient: ala }
const callers = [
  ['referrer', igm],
  ['recipient', ala],
  ['hub', 'hub'],
  ['stranger', stranger],
  ['onward recipient', oim],
] as const

/** What the table says of one step: done, or the code it is refused with. */
const expected = (from: Status, to: Status, caller: string): string => {
  if (!['referrer', 'recipient', 'hub'].includes(caller)) return 'forbidden'
  const setters = setBy.get(to) ?? []
  if (setters.includes(caller) && nextOf.get(from)?.includes(to)) return 'moved'
  // What only the other side sets is not this caller's to ask. What the hub alone sets is nobody's: it just is not
  // possible.
  if (!setters.includes(caller) && !setters.includes('hub')) return 'forbidden'
  return 'transition-not-allowed'
}

test('the table has every status once', () => {
  expect([...nextOf.keys()]).toEqual(Status.options)
})

const steps = callers.flatMap(([caller, by]) =>
  Status.options.flatMap(from => Status.options.map(to => ({ caller, by, from, to }))),
)

test('every one of the 500 steps goes as the table says', () => {
  expect(steps).toHaveLength(500)
  for (const { caller, by, from, to } of steps) {
    const answer = changeStatus(
      { status: to, reason: 'other' },
      { ...parties, status: from },
      { by, now },
    )
    const outcome = 'refused' in answer ? answer.refused : 'moved'
    expect([caller, from, to, outcome]).toEqual([caller, from, to, expected(from, to, caller)])
    if ('refused' in answer) continue
    expect(answer).toEqual({
      change: { status: to, at: now, by, reason: 'other' },
      closes: nextOf.get(to)?.length === 0,
    })
  }
})

test('34 steps are possible: 10 to the referrer, 18 to the recipient, 6 to the hub, none to anyone else', () => {
  const possible = steps.filter(({ by, from: status, to }) => {
    const command = { status: to, reason: 'other' } as const
    return 'change' in changeStatus(command, { ...parties, status }, { by, now })
  })
  const count = ([caller]: (typeof callers)[number]) =>
    possible.filter(step => step.caller === caller).length
  expect(callers.map(count)).toEqual([10, 18, 6, 0, 0])
})

/** What anybody may say of a status. */
const byHand = Reason.options.filter(reason => !reason.startsWith('consent-'))

describe('reasons', () => {
  test.each(reasoned)('%s needs one, from whoever may set it', status => {
    const to = Status.parse(status)
    const possible = steps.filter(
      step => step.to === to && expected(step.from, to, step.caller) === 'moved',
    )
    expect(possible.length).toBeGreaterThan(0)
    for (const { by, from } of possible) {
      const referral = { ...parties, status: from }
      expect(changeStatus({ status: to }, referral, { by, now })).toEqual({
        refused: 'reason-required',
        errors: [{ pointer: '/reason', code: 'required', allowed: byHand }],
      })
      for (const reason of Reason.options)
        expect(changeStatus({ status: to, reason }, referral, { by, now })).toMatchObject(
          by !== 'hub' && consentReasons.includes(reason)
            ? { refused: 'invalid-request' }
            : { change: { reason } },
        )
    }
  })

  test('no other status needs one, and then the history has none', () => {
    const possible = steps.filter(
      ({ caller, from, to }) => expected(from, to, caller) === 'moved' && !reasoned.includes(to),
    )
    expect(possible.length).toBeGreaterThan(0)
    for (const { by, from, to } of possible)
      expect(changeStatus({ status: to }, { ...parties, status: from }, { by, now })).toEqual({
        change: { status: to, at: now, by },
        closes: nextOf.get(to)?.length === 0,
      })
  })

  test('who may not make a step is not asked for its reason', () => {
    const referral = { ...parties, status: 'requested' as const }
    expect(changeStatus({ status: 'rejected' }, referral, { by: stranger, now })).toEqual({
      refused: 'forbidden',
    })
  })
})

test('a status cannot be made to say by hand what only the consent brings about', () => {
  for (const by of [igm, ala])
    for (const reason of ['consent-withdrawn', 'consent-expired'] as const)
      for (const from of Status.options)
        for (const to of ['rejected', 'on-hold', 'failed', 'cancelled'] as const) {
          const answer = changeStatus(
            { status: to, reason },
            { ...parties, status: from },
            { by, now },
          )
          const mayAsk = by === ala || to === 'cancelled'
          expect([by, from, to, answer]).toEqual([
            by,
            from,
            to,
            mayAsk
              ? {
                  refused: 'invalid-request',
                  errors: [{ pointer: '/reason', code: 'use-the-consent', allowed: byHand }],
                }
              : { refused: 'forbidden' },
          ])
        }
})

test('the transitions that a header offers are exactly those that its viewer can make', () => {
  for (const status of Status.options)
    for (const [, viewer] of callers) {
      if (viewer === 'hub') continue
      const can = Status.options.filter(
        to =>
          !(
            'refused' in
            changeStatus(
              { status: to, reason: 'other' },
              { ...parties, status },
              { by: viewer, now },
            )
          ),
      )
      const offered = availableTransitions({ ...parties, status }, viewer)
      expect([status, viewer, offered.toSorted()]).toEqual([status, viewer, can.toSorted()])
    }
})

test('a referral is closed in the five statuses that nothing follows', () => {
  expect(Status.options.filter(isClosed)).toEqual(rows.slice(5).map(([status]) => status?.[0]))
})

test('content is not opened any more once the referral was cancelled or entered in error', () => {
  const shut = Status.options.filter(status => !isOpenable(status))
  expect(shut).toEqual(['cancelled', 'entered-in-error'])
})

const delivered = (leaseUntil: typeof now) =>
  deliveryAt({ deliveryState: 'delivered', leaseUntil }, now)

describe('delivery as a reader sees it', () => {
  test('a lease runs to its last instant; a millisecond later the message is queued again', () => {
    expect(delivered(after(now, 1))).toBe('delivered')
    expect(delivered(now)).toBe('delivered')
    expect(delivered(after(now, -1))).toBe('queued')
  })

  test('nothing but a lease is ever taken back by the clock', () => {
    for (const deliveryState of DeliveryState.options) {
      expect(deliveryAt({ deliveryState }, now)).toBe(deliveryState)
      if (deliveryState === 'delivered') continue
      const leaseUntil = after(now, -1)
      expect(deliveryAt({ deliveryState, leaseUntil }, now)).toBe(deliveryState)
    }
  })
})
