// An agreement by its notices: renewal, rescission, breach and end, at their exact instants.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completionUntil } from '../../events/agreement.ts'
import { foldNotices, nextNumber, rescissionEnds } from '../../events/notice.ts'
import { NoticeNumber } from '../../schemas/agreement.ts'
import { Instant } from '../../schemas/ids.ts'
import { type Notice } from '../../schemas/notice.ts'
import { after, agreement, ala, igm, now, oim, stranger } from './given.ts'
import {
  type Said,
  breach,
  day,
  end,
  endOf,
  give,
  given,
  lift,
  more,
  refusalOf,
  renewal,
  rescission,
  standingOf,
  stateOf,
  termination,
  until,
} from './notices-given.ts'

describe('given an agreement without notices', () => {
  test.each([
    [after(agreement.inForceFrom, -1), 'pending'],
    [agreement.inForceFrom, 'in-force'],
    [end, 'in-force'],
    [after(end, 1), 'completing'],
    ['2028-05-05T05:59:59.999Z', 'completing'],
    ['2028-05-05T06:00:00.000Z', 'ended'],
  ])('then at %s it is %s', (at, state) => {
    expect(stateOf(standingOf(), Instant.parse(at))).toBe(state)
  })
})

describe('given a renewal', () => {
  test('when one party has sent one, then nothing has changed and the other is awaited', () => {
    const standing = standingOf([igm, renewal])
    const { awaiting } = standing
    expect(endOf(standing)).toBe(end)
    expect(awaiting).toEqual([{ kind: 'renewal', digest: expect.any(String), from: [ala] }])
  })

  test('when each has sent one with the same end, then it ends then', () => {
    const standing = standingOf([igm, renewal], [ala, renewal])
    expect([endOf(standing), standing.awaiting]).toEqual([until, []])
    expect([stateOf(standing, after(end, 1)), stateOf(standing, after(until, 1))]).toEqual([
      'in-force',
      'completing',
    ])
  })

  test('when their ends differ, then neither counts', () => {
    const other = { kind: 'renewal', until: after(until, day) }
    const standing = standingOf([igm, renewal], [ala, other])
    expect([endOf(standing), standing.awaiting.length]).toEqual([end, 2])
  })

  test('then it is refused where it comes too late, or ends no later; the same again is another notice', () => {
    expect(refusalOf([igm, renewal, end])).toBe('taken')
    expect(refusalOf([igm, renewal, after(end, 1)])).toBe('agreement-not-in-force')
    expect(refusalOf([igm, renewal], [igm, renewal])).toBe('taken')
    expect(standingOf([igm, renewal], [igm, renewal]).awaiting).toMatchObject([{ from: [ala] }])
    expect(refusalOf([igm, { kind: 'renewal', until: end }])).toBe(
      'invalid-request /until too-early',
    )
    expect(refusalOf([ala, renewal], [igm, rescission])).toBe('transition-not-allowed')
  })
})

const on = (receivedOn: string) => refusalOf([igm, { kind: 'rescission', receivedOn }])

describe('given a rescission', () => {
  test.each([
    ['2026-12-15', '2027-03-15T05:59:59.999Z'],
    ['2026-11-30', '2027-03-01T05:59:59.999Z'],
    ['2027-11-30', '2028-03-01T05:59:59.999Z'],
    ['2027-11-29', '2028-02-29T05:59:59.999Z'],
    ['2026-01-01', '2026-04-01T05:59:59.999Z'],
    ['2026-03-31', '2026-07-01T05:59:59.999Z'],
    ['2026-12-01', '2027-03-01T05:59:59.999Z'],
  ])('received on %s, then it ends at %s', (receivedOn, ends) => {
    expect(rescissionEnds(receivedOn)).toBe(ends)
  })

  test('when it is given, then it is in notice at once and in force, until the eve three months on', () => {
    const standing = standingOf([ala, rescission])
    const last = Instant.parse('2027-02-21T05:59:59.999Z')
    expect(endOf(standing)).toBe(last)
    expect(
      [now, last, after(last, 1), after(last, 90 * day), after(last, 90 * day + 1)].map(at =>
        stateOf(standing, at),
      ),
    ).toEqual(['in-notice', 'in-notice', 'completing', 'completing', 'ended'])
    expect(completionUntil(standing.agreement)).toBe(after(last, 90 * day))
  })

  test('then it does not lengthen what ends before, and days that do not fit are refused', () => {
    const late = Instant.parse('2028-01-10T12:00:00.000Z')
    const standing = standingOf([igm, { kind: 'rescission', receivedOn: '2028-01-10' }, late])
    expect(endOf(standing)).toBe(end)
    expect(on('2026-11-22')).toBe('invalid-request /receivedOn in-the-future')
    expect(on('2026-02-04')).toBe('invalid-request /receivedOn too-early')
    expect(on('2026-08-20')).toBe('invalid-request /receivedOn in-the-past')
    expect(on('2026-08-22')).toBe('taken')
    expect(refusalOf([igm, rescission, after(end, 1)])).toBe('agreement-not-in-force')
  })
})

/** What an amendment to these onward recipients is refused for. */

describe('given a breach', () => {
  test('when it is given, then it is frozen at once, and lifted by each party or not at all', () => {
    expect(stateOf(standingOf([ala, breach]), now)).toBe('frozen')
    expect(stateOf(standingOf([ala, breach], [ala, lift]), now)).toBe('frozen')
    expect(stateOf(standingOf([ala, breach], [ala, lift], [igm, lift]), now)).toBe('in-force')
    // Who agreed to lift the first did not agree to lift the second.
    expect(stateOf(standingOf([ala, breach], [ala, lift], [igm, breach], [igm, lift]), now)).toBe(
      'frozen',
    )
    expect(refusalOf([igm, lift])).toBe('transition-not-allowed')
  })

  test('then a freeze outlasts the term, and ends with the time to finish', () => {
    const standing = standingOf([ala, breach])
    expect(stateOf(standing, after(end, 1))).toBe('frozen')
    expect(stateOf(standing, after(completionUntil(standing.agreement), 1))).toBe('ended')
  })

  test('when it is terminated, then it has ended, without any time to finish, and for good', () => {
    const said: Said[] = [
      [ala, breach],
      [ala, termination],
    ]
    expect(stateOf(standingOf(...said), now)).toBe('ended')
    for (const command of [renewal, rescission, more, breach, lift, termination])
      expect(refusalOf([igm, command], ...said)).toBe('agreement-not-in-force')
  })
})

test('only parties give notice', () => {
  for (const by of [oim, stranger])
    for (const command of [renewal, rescission, more, breach, lift, termination])
      expect(refusalOf([by, command])).toBe('forbidden')
})

const outcomes = (...said: Said[]) =>
  standingOf(...said).notices.map(({ state, effectiveAt }) =>
    effectiveAt ? `${state} ${effectiveAt}` : state,
  )

test('each notice says what it came to', () => {
  expect(outcomes([igm, more], [ala, breach], [ala, lift])).toEqual([
    'awaiting',
    `in-effect ${now}`,
    'awaiting',
  ])
  const later = after(now, 5)
  expect(outcomes([igm, renewal], [ala, renewal, later])).toEqual([
    `in-effect ${later}`,
    `in-effect ${later}`,
  ])
  expect(outcomes([ala, breach], [ala, lift], [igm, breach]).at(1)).toBe('lapsed')
  expect(outcomes([igm, renewal], [ala, rescission]).at(0)).toBe('lapsed')
  expect(outcomes([igm, more], [ala, termination]).at(0)).toBe('lapsed')
})

describe('numbers', () => {
  test('count on within a year of Guatemala, and begin anew with the next', () => {
    const newYear = Instant.parse('2027-01-01T06:00:00.000Z')
    const notices = given(
      [igm, breach],
      [ala, breach],
      [igm, breach, after(newYear, -1)],
      [igm, breach, newYear],
    )
    expect(notices.map(({ number }) => number)).toEqual([
      'AV-2026-0001',
      'AV-2026-0002',
      'AV-2026-0003',
      'AV-2027-0001',
    ])
    expect(() => foldNotices(agreement, notices.toSpliced(1, 1))).toThrow('no series')
    expect(() => foldNotices(agreement, [{ ...notices[0], by: oim } as Notice])).toThrow(
      'no series',
    )
  })

  test('whatever is said by whom and when: no gap, and versions only by the same digest of both', () => {
    const command = fc.constantFrom(renewal, rescission, more, breach, lift, termination)
    const step = fc.tuple(fc.constantFrom(igm, ala, oim), command, fc.integer({ min: 0, max: 40 }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), steps => {
        let at = now
        const notices: Notice[] = []
        for (const [by, one, days] of steps) {
          at = after(at, days * day)
          const notice = give(notices, [by, one, at])
          if ('refused' in notice) continue
          expect(NoticeNumber.safeParse(notice.number).success).toBe(true)
          notices.push(notice)
        }
        const standing = foldNotices(agreement, notices)
        const years = Map.groupBy(notices, ({ number }) => number.slice(3, 7))
        for (const [year, own] of years)
          expect(own.map(({ number }) => number)).toEqual(
            own.map((_, i) => `AV-${year}-${String(i + 1).padStart(4, '0')}`),
          )
        const amending = notices.filter(({ states }) => states.kind === 'amendment')
        // What one party says twice it has said once, until both have.
        const said = new Set<string>()
        let versions = 1
        for (const { by } of amending) {
          said.add(by)
          if (said.size < 2) continue
          versions += 1
          said.clear()
        }
        expect(standing.versions.length).toBe(versions)
        if (notices.some(({ states }) => states.kind === 'termination')) {
          expect(notices.at(-1)?.states.kind).toBe('termination')
          expect(stateOf(standing, at)).toBe('ended')
        }
        expect(nextNumber(notices, at)).toMatch(/^AV-\d{4}-\d{4}$/)
      }),
    )
  })
})
