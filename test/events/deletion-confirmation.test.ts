// The recipient's word that it deleted what it held. Given / when / then.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldConsent } from '../../events/consent.ts'
import { confirmDeletion } from '../../events/withdrawal.ts'
import { ConsentEvent } from '../../schemas/consent.ts'
import { Instant } from '../../schemas/ids.ts'
import { after, ala, consentId, now } from './given.ts'
import { type LaterName, ledger, names } from './ledger.ts'

const refused = (code: string) => ({
  refused: 'invalid-request',
  errors: [{ pointer: '/at', code }],
})

const moment = (instant: string) => Instant.parse(instant)

/** The midnight in Guatemala of the day of `now`, or so many days from it. */
const dayOf = (days: number) => after(moment('2026-11-21T06:00:00.000Z'), days * 86_400_000)

const confirm = (events: LaterName[], at = now) =>
  confirmDeletion({ at }, foldConsent(ledger(events)), { by: ala, now })

describe('the recipient’s word that it deleted', () => {
  test('it is taken where it was asked for, and says when that was', () => {
    const event = confirm(['withdrawn', 'deletion-requested'], after(now, -1000))
    expect(event).toEqual({
      event: 'deletion-confirmed',
      consentId,
      n: 4,
      at: now,
      by: ala,
      statedAt: after(now, -1000),
    })
    expect(ConsentEvent.parse(event)).toEqual(event)
  })

  test('it is not taken where nobody asked', () => {
    for (const events of [[], ['expired'], ['withdrawn']] satisfies LaterName[][])
      expect(confirm(events)).toEqual({ refused: 'transition-not-allowed' })
  })

  test('a second one has no second effect, whatever is said in it', () => {
    const confirmed: LaterName[] = ['withdrawn', 'deletion-requested', 'deletion-confirmed']
    for (const at of [now, after(now, 86_400_000)]) expect(confirm(confirmed, at)).toBe('already')
  })

  test('it cannot be of a time to come, but for half a minute of a clock that goes wrong', () => {
    const asked: LaterName[] = ['withdrawn', 'deletion-requested']
    expect(confirm(asked, after(now, 30_000))).toHaveProperty('event')
    expect(confirm(asked, after(now, 30_001))).toEqual(refused('in-the-future'))
  })

  test.each<[string, Instant, Instant, string | undefined]>([
    ['at the moment the person withdrew', after(now, -5000), after(now, -5000), undefined],
    [
      'before the hub was told, and after the person said so',
      after(now, -5000),
      after(now, -1),
      undefined,
    ],
    [
      'half a minute earlier, by a clock that goes wrong',
      after(now, -5000),
      after(now, -35_000),
      undefined,
    ],
    ['a millisecond before that', after(now, -5000), after(now, -35_001), 'before-withdrawn'],
    ['on that day as a day, which is its midnight', after(now, -5000), dayOf(0), undefined],
    ['on the day before as a day', after(now, -5000), dayOf(-1), 'before-withdrawn'],
    ['at another hour of that day', after(now, -5000), after(dayOf(0), 1), 'before-withdrawn'],
    ['a year before', after(now, -5000), after(now, -365 * 86_400_000), 'before-withdrawn'],
    [
      'half a minute before the hub was told, by a clock that was ahead',
      after(now, 30_000),
      after(now, -30_000),
      undefined,
    ],
    [
      'a millisecond before that, whatever was said',
      after(now, 30_000),
      after(now, -30_001),
      'before-withdrawn',
    ],
  ])('it cannot be of a time before the withdrawal: %s', (_, withdrawnAt, at, code) => {
    const events = ledger(['withdrawn', 'deletion-requested']).map(event =>
      event.event === 'withdrawn' ? { ...event, statedAt: withdrawnAt } : event,
    )
    const fact = confirmDeletion({ at }, foldConsent(events), { by: ala, now })
    expect(fact).toEqual(code === undefined ? expect.objectContaining({ n: 4 }) : refused(code))
  })

  test('on any ledger it follows from the last word on deletion alone', () => {
    fc.assert(
      fc.property(names, events => {
        const last = events.findLast(name => name.startsWith('deletion-'))
        const expected =
          last === undefined
            ? { refused: 'transition-not-allowed' }
            : last === 'deletion-confirmed'
              ? 'already'
              : expect.objectContaining({ n: events.length + 2 })
        expect(confirm(events)).toEqual(expected)
      }),
    )
  })
})
