import { describe, expect, test } from 'vitest'
import { ConsentEvent, ConsentTerms } from '../../schemas/consent.ts'
import { type JsonObject, mergePatch, patched } from './submissions.ts'

const terms = (patch: JsonObject = {}) => mergePatch(patched()['consent'], patch)
const wrongIn = (patch: JsonObject): string[] => {
  const parsed = ConsentTerms.safeParse(terms(patch))
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => `/${path.join('/')}`)
}

describe('the terms of a consent', () => {
  test('a consent under Guatemalan law on the ground of consent is the only kind', () => {
    expect(ConsentTerms.parse(terms())).toMatchObject({
      jurisdiction: 'GT',
      lawfulBasis: 'consent',
    })
    expect(wrongIn({ jurisdiction: 'MX' })).toEqual(['/jurisdiction'])
    expect(wrongIn({ lawfulBasis: 'public-task' })).toEqual(['/lawfulBasis'])
  })

  test('a consent has an end, and the end lies after its beginning', () => {
    expect(wrongIn({ validUntil: null })).toEqual(['/validUntil'])
    const grantedAt = '2026-11-07T15:00:00.000Z'
    expect(wrongIn({ grantedAt, validUntil: grantedAt })).toEqual(['/validUntil'])
    expect(wrongIn({ grantedAt, validUntil: '2026-11-07T14:59:59.999Z' })).toEqual(['/validUntil'])
    expect(wrongIn({ grantedAt, validUntil: '2026-11-07T15:00:00.001Z' })).toEqual([])
  })

  test('a consent without a purpose, or a purpose without a category, is none', () => {
    const line = { purpose: 'training-referral', recipient: 'ALA' }
    expect(wrongIn({ purposes: [] })).toEqual(['/purposes'])
    expect(wrongIn({ purposes: [{ ...line, dataCategories: [] }] })).toEqual([
      '/purposes/0/dataCategories',
    ])
    expect(wrongIn({ purposes: [{ ...line, dataCategories: ['identity', 'identity'] }] })).toEqual([
      '/purposes/0/dataCategories',
    ])
    expect(wrongIn({ purposes: [{ ...line, dataCategories: ['health'] }] })).toEqual([
      '/purposes/0/dataCategories/0',
    ])
  })

  test('there is no member that could override a consent', () => {
    for (const name of ['override', 'emergency', 'force', 'breakGlass'])
      expect(wrongIn({ [name]: true })).toEqual(['/'])
  })
})

const accepts = (event: object) => ConsentEvent.safeParse(event).success

describe('the ledger’s events', () => {
  const ids = {
    consentId: '019aa5d4-7c00-7abc-8def-0123456789ac',
    at: '2026-11-21T12:00:00.000Z',
  }
  const granted = {
    ...ids,
    event: 'granted',
    n: 1,
    by: 'IGM',
    referralId: '019aa5d4-7c00-7abc-8def-0123456789ab',
    agreementId: 'igm-ala-2026',
    terms: terms(),
  }
  test('a ledger opens with number one, and only the granted event may be number one', () => {
    expect(accepts(granted)).toBe(true)
    expect(accepts({ ...granted, n: 2 })).toBe(false)
    for (const event of ['withdrawn', 'expired', 'deletion-requested', 'deletion-confirmed']) {
      expect(accepts({ ...ids, event, n: 2, by: 'hub' })).toBe(true)
      expect(accepts({ ...ids, event, n: 1, by: 'hub' })).toBe(false)
    }
  })

  test('only an institution grants, and an event that nobody knows is none', () => {
    expect(accepts({ ...granted, by: 'hub' })).toBe(false)
    expect(accepts({ ...ids, event: 'reinstated', n: 2, by: 'IGM' })).toBe(false)
  })
})
