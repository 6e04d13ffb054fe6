// The end of a consent by its person's word, and the recipient's word that it deleted. Given / when / then.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldConsent, isLive, mayReleaseOnPull } from '../../events/consent.ts'
import { isClosed } from '../../events/referral.ts'
import { confirmDeletion, withdrawConsent } from '../../events/withdrawal.ts'
import { ConsentEvent, DataCategory, WithdrawalCommand } from '../../schemas/consent.ts'
import { type InstitutionCode, Instant } from '../../schemas/ids.ts'
import { type ContentState, Status } from '../../schemas/referral.ts'
import { after, ala, consentId, igm, now } from './given.ts'
import { type LaterName, basicTerms, ledger, names } from './ledger.ts'

const command = (more: Partial<WithdrawalCommand> = {}): WithdrawalCommand =>
  WithdrawalCommand.parse({ requestedBy: 'self', method: 'in-person', at: now, ...more })
const referral = (status: Status = 'accepted', contentState: ContentState = 'released') => ({
  referrer: igm,
  recipient: ala,
  status,
  contentState,
})
const withdraw = (
  events: LaterName[] = [],
  given: { at?: Instant; status?: Status; by?: InstitutionCode; contentState?: ContentState } = {},
) => {
  const { at = now, status = 'accepted', by = igm, contentState } = given
  const consent = foldConsent(ledger(events))
  return withdrawConsent(command({ at }), consent, [referral(status, contentState)], { by, now })
}

const refused = (code: string) => ({
  refused: 'invalid-request',
  errors: [{ pointer: '/at', code }],
})

/** Ledgers as the hub writes them: not withdrawn yet. */
const live: LaterName[][] = [[], ['expired']]

describe('a withdrawal', () => {
  test('it adds the person’s word and the request to delete, in this order, with no gap', () => {
    for (const before of live)
      for (const requestedBy of ['self', 'guardian', 'representative'] as const) {
        const consent = foldConsent(ledger(before))
        const said = command({ requestedBy, method: 'written-note', at: after(now, -1) })
        const fact = withdrawConsent(said, consent, [referral()], { by: ala, now })
        const common = { consentId, at: now }
        const [n, next] = [before.length + 2, before.length + 3]
        const word = { requestedBy, method: 'written-note', statedAt: after(now, -1) }
        expect(fact).toMatchObject({
          ledger: [
            { event: 'withdrawn', ...common, n, by: ala, ...word },
            { event: 'deletion-requested', ...common, n: next, by: 'hub' },
          ],
        })
      }
  })

  test('it closes the referral in every status that is open, and leaves a closed one as it was closed', () => {
    for (const before of live)
      for (const by of [igm, ala])
        for (const status of Status.options) {
          const fact = withdraw(before, { status, by })
          const closing = { status: 'cancelled', at: now, by, reason: 'consent-withdrawn' }
          expect([status, fact]).toEqual([
            status,
            {
              ledger: expect.any(Array),
              ends: [{ referral: referral(status), ...(isClosed(status) ? {} : { closing }) }],
            },
          ])
        }
  })

  test('what it adds is a ledger of the contract, after which nothing is permitted, at any time', () => {
    for (const before of live) {
      const fact = withdraw(before)
      if (typeof fact === 'string' || 'refused' in fact) throw new Error('not withdrawn')
      for (const event of fact.ledger) expect(ConsentEvent.parse(event)).toEqual(event)
      const consent = foldConsent([...ledger(before), ...fact.ledger])
      expect(consent).toMatchObject({ state: 'withdrawn', deletion: 'requested' })
      for (const at of [basicTerms.grantedAt, now, after(now, 1), basicTerms.validUntil]) {
        expect(isLive(consent, at)).toBe(false)
        expect(mayReleaseOnPull(consent, { recipient: ala }, DataCategory.options, at)).toEqual([])
      }
    }
  })

  test('a second one has no second effect, whatever is said in it and whatever happened since', () => {
    fc.assert(
      fc.property(names, names, fc.constantFrom(...Status.options), (before, since, status) => {
        for (const at of [now, after(now, 86_400_000), after(basicTerms.grantedAt, -1)])
          expect(
            withdraw([...before, 'withdrawn', ...since], { at, status, contentState: 'shredded' }),
          ).toBe('already')
      }),
    )
  })

  test('where the ledger has it and the referral came back from a backup, a second one finishes it and adds nothing to the ledger', () => {
    fc.assert(
      fc.property(
        names,
        names,
        fc.constantFrom(...Status.options),
        fc.constantFrom('sealed' as const, 'released' as const),
        fc.constantFrom(igm, ala),
        (before, since, status, contentState, by) => {
          const closing = { status: 'cancelled', at: now, by, reason: 'consent-withdrawn' }
          expect(
            withdraw([...before, 'withdrawn', ...since], { status, contentState, by }),
          ).toEqual({
            ledger: [],
            ends: [
              {
                referral: referral(status, contentState),
                ...(isClosed(status) ? {} : { closing }),
              },
            ],
          })
        },
      ),
    )
  })

  test('it ends all that is under the consent; half done, what is left of it', () => {
    const oim = 'OIM' as InstitutionCode
    const first = referral('completed')
    const handed = { ...referral('accepted'), referrer: ala, recipient: oim }
    const at = { by: oim, now }
    const closing = { status: 'cancelled', at: now, by: oim, reason: 'consent-withdrawn' }
    expect(withdrawConsent(command(), foldConsent(ledger([])), [first, handed], at)).toMatchObject({
      ends: [{ referral: first }, { referral: handed, closing }],
    })
    const done = { ...first, contentState: 'shredded' as const }
    const withdrawn = foldConsent(ledger(['withdrawn']))
    expect(withdrawConsent(command(), withdrawn, [done, handed], at)).toEqual({
      ledger: [],
      ends: [{ referral: handed, closing }],
    })
  })

  test('a consent can be withdrawn although it has expired: its content is still there to be destroyed', () => {
    expect(withdraw(['expired'])).toHaveProperty('ledger')
    const late = { by: igm, now: after(basicTerms.validUntil, 86_400_000) }
    const said = command({ at: basicTerms.validUntil })
    expect(withdrawConsent(said, foldConsent(ledger([])), [referral()], late)).toHaveProperty(
      'ledger',
    )
  })
})

const moment = (instant: string) => Instant.parse(instant)

describe('when the person said so', () => {
  test.each<[string, Instant, string | undefined]>([
    ['at the very instant', now, undefined],
    ['half a minute ahead, by a clock that goes wrong', after(now, 30_000), undefined],
    ['a millisecond more than that', after(now, 30_001), 'in-the-future'],
    ['tomorrow', after(now, 86_400_000), 'in-the-future'],
    ['when the consent was granted', basicTerms.grantedAt, undefined],
    // Granted on 7 November at 09:00 in Guatemala.
    ['on the day it was granted, at an earlier hour', after(basicTerms.grantedAt, -1), undefined],
    ['on that day as a day, which is its midnight', moment('2026-11-07T06:00:00.000Z'), undefined],
    ['at the last moment of the day before', moment('2026-11-07T05:59:59.999Z'), 'before-granted'],
    ['on the day before as a day', moment('2026-11-06T06:00:00.000Z'), 'before-granted'],
  ])('%s', (_, at, code) => {
    for (const before of live)
      for (const status of Status.options)
        expect(withdraw(before, { at, status })).toEqual(
          code === undefined
            ? expect.objectContaining({ ledger: expect.any(Array) })
            : refused(code),
        )
  })
})

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
