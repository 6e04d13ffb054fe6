// Consent as a fold of its ledger, against a deliberately naive second version.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldConsent, isLive } from '../../events/consent.ts'
import type { ConsentEvent } from '../../schemas/consent.ts'
import { agreementId, consentId, now, referralId } from './given.ts'
import { type LaterName, basicTerms, granted, laterNames, ledger, names } from './ledger.ts'

describe('the state of a consent', () => {
  test('a new consent is granted, with nothing to delete', () => {
    expect(foldConsent([granted()])).toEqual({
      consentId,
      referralId,
      agreementId,
      terms: basicTerms,
      permitsFrom: basicTerms.grantedAt,
      state: 'granted',
      deletion: 'none',
      confirmedBy: [],
      n: 1,
    })
  })

  test('the fold and a deliberately naive second version agree on every ledger', () => {
    fc.assert(
      fc.property(names, events => {
        const { state, deletion, n, terms } = foldConsent(ledger(events))
        const lastDeletion = events.findLast(name => name.startsWith('deletion-'))
        expect({ state, deletion, n, terms }).toEqual({
          state: events.includes('withdrawn')
            ? 'withdrawn'
            : events.includes('expired')
              ? 'expired'
              : 'granted',
          deletion: lastDeletion ? lastDeletion.slice('deletion-'.length) : 'none',
          n: events.length + 1,
          terms: basicTerms,
        })
      }),
    )
  })

  test('once withdrawn, no later event gives a consent its life back', () => {
    fc.assert(
      fc.property(names, names, (before, afterwards) => {
        const consent = foldConsent(ledger([...before, 'withdrawn', ...afterwards]))
        expect(consent.state).toBe('withdrawn')
        expect(isLive(consent, now)).toBe(false)
      }),
    )
  })
})

describe('a broken ledger', () => {
  test('an empty ledger is none', () => {
    expect(() => foldConsent([])).toThrow()
  })

  test('a ledger that loses, repeats, swaps or borrows an event is none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...laterNames), { minLength: 2, maxLength: 10 }),
        fc.nat(),
        (events, at) => {
          const whole = ledger(events)
          const i = at % (whole.length - 1)
          const swapped = whole
            .with(i, whole[i + 1] as ConsentEvent)
            .with(i + 1, whole[i] as ConsentEvent)
          const lost = whole.toSpliced(i, 1)
          const repeated = whole.toSpliced(i, 0, whole[i] as ConsentEvent)
          const other = '019aa5d4-7c00-7abc-8def-0123456789ad' as typeof consentId
          const borrowed = whole.with(i + 1, {
            ...(whole[i + 1] as ConsentEvent),
            consentId: other,
          })
          for (const broken of [swapped, lost, repeated, borrowed])
            expect(() => foldConsent(broken)).toThrow()
          expect(() => foldConsent(whole)).not.toThrow()
        },
      ),
    )
  })

  test('a consent cannot be granted a second time in its ledger', () => {
    for (const events of [[], ['withdrawn'], ['expired']] satisfies LaterName[][])
      expect(() => foldConsent([...ledger(events), granted()])).toThrow()
  })
})
