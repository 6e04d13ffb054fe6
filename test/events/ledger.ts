// Ledgers of one consent, as the rules fold them.
import * as fc from 'fast-check'
import type { ConsentEvent, ConsentTerms } from '../../schemas/consent.ts'
import { submission } from '../schemas/submissions.ts'
import { agreementId, ala, consentId, igm, now, referralId } from './given.ts'

export const { consent: basicTerms } = submission()
export const granted = (terms: ConsentTerms = basicTerms): ConsentEvent => ({
  event: 'granted',
  consentId,
  n: 1,
  at: now,
  by: igm,
  referralId,
  agreementId,
  terms,
})
export type LaterName = Exclude<ConsentEvent['event'], 'granted'>
export const laterNames: LaterName[] = [
  'withdrawn',
  'expired',
  'deletion-requested',
  'deletion-confirmed',
]
const later = (event: LaterName, n: number): ConsentEvent => {
  const common = { consentId, n, at: now }
  if (event === 'withdrawn')
    return { event, ...common, by: igm, requestedBy: 'self', method: 'signature', statedAt: now }
  if (event === 'deletion-confirmed') return { event, ...common, by: ala, statedAt: now }
  return { event, ...common, by: 'hub' }
}
export const ledger = (names: LaterName[], terms?: ConsentTerms) => [
  granted(terms),
  ...names.map((name, i) => later(name, i + 2)),
]
export const names = fc.array(fc.constantFrom(...laterNames), { maxLength: 12 })
