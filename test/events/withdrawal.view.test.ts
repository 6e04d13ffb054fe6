// A consent as its parties see it: what it permits and what happened, and never more.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldConsent, isLive } from '../../events/consent.ts'
import { consentView } from '../../events/withdrawal.ts'
import { ConsentTerms, ConsentView } from '../../schemas/consent.ts'
import type { Instant } from '../../schemas/ids.ts'
import { fullest } from '../schemas/submissions.ts'
import { after, agreementId, ala, consentId, igm, now, referralId } from './given.ts'
import { type LaterName, basicTerms, ledger, names } from './ledger.ts'

const held = [{ referralId, referrer: igm, recipient: ala }] as const
const view = (events: LaterName[], at: Instant = now, terms = basicTerms) =>
  consentView(ledger(events, terms), foldConsent(ledger(events, terms)), { held, now: at })

test('a new consent: what it permits, until when, and who recorded it', () => {
  const { purposes, validUntil } = basicTerms
  expect(view([])).toEqual({
    consentId,
    referralId,
    agreementId,
    state: 'granted',
    deletion: 'none',
    purposes,
    validUntil,
    events: [{ event: 'granted', at: now, by: igm }],
  })
})

test('of a withdrawal it says who asked, how and when; of a deletion, when', () => {
  const said = { requestedBy: 'self', method: 'signature', statedAt: now }
  expect(view(['withdrawn', 'deletion-requested', 'deletion-confirmed'])).toMatchObject({
    state: 'withdrawn',
    deletion: 'confirmed',
    events: [
      { event: 'granted' },
      { event: 'withdrawn', at: now, by: igm, ...said },
      { event: 'deletion-requested', at: now, by: 'hub' },
      { event: 'deletion-confirmed', at: now, by: ala, statedAt: now },
    ],
  })
})

test('it shows as expired a millisecond after its last instant, written or not, and withdrawn for ever', () => {
  const { validUntil } = basicTerms
  expect(view([], validUntil).state).toBe('granted')
  expect(view([], after(validUntil, 1)).state).toBe('expired')
  expect(view(['expired'], now).state).toBe('expired')
  for (const at of [now, after(validUntil, 1)])
    expect(view(['withdrawn'], at).state).toBe('withdrawn')
})

test('what shows as granted is exactly what may still permit something, on any ledger at any time', () => {
  const moments = fc.constantFrom(
    basicTerms.grantedAt,
    now,
    after(basicTerms.validUntil, -1),
    basicTerms.validUntil,
    after(basicTerms.validUntil, 1),
  )
  fc.assert(
    fc.property(names, moments, (events, at) => {
      const shown = view(events, at)
      expect(ConsentView.parse(shown)).toEqual(shown)
      expect(shown.events.map(({ event }) => event)).toEqual(['granted', ...events])
      expect(shown.state === 'granted').toBe(isLive(foldConsent(ledger(events)), at))
    }),
  )
})

test('whatever else a ledger holds, no more leaves than the contract names', () => {
  const terms = ConsentTerms.parse(fullest['consent'])
  const later: LaterName[] = ['withdrawn', 'expired', 'deletion-requested', 'deletion-confirmed']
  const junk = { personRef: 'p-77', note: 'una historia', terms }
  const events = ledger(later, terms).map(event => Object.assign(event, junk))
  const consent = Object.assign(foldConsent(ledger(later, terms)), junk)
  const shown = consentView(events, consent, { held, now })
  expect(ConsentView.parse(shown)).toEqual(shown)
  const { notice, grantor, evidenceSha256, method } = terms
  const text = JSON.stringify({ ...shown, events: shown.events.slice(0, 1) })
  for (const kept of ['p-77', 'historia', notice.sha256, notice.id, evidenceSha256, method])
    expect(text).not.toContain(kept)
  expect(text).not.toContain(grantor.relationship)
})
