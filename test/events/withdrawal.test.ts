// The end of a consent by its person's word. Given / when / then.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldConsent, isLive, mayReleaseOnPull } from '../../events/consent.ts'
import { isClosed } from '../../events/referral.ts'
import { withdrawConsent } from '../../events/withdrawal.ts'
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
