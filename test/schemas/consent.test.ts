import { describe, expect, test } from 'vitest'
import {
  ConsentEvent,
  ConsentTerms,
  ConsentView,
  DeletionConfirmation,
  WithdrawalCommand,
} from '../../schemas/consent.ts'
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

  test('what is said aloud needs its witness', () => {
    const method = 'witnessed-verbal'
    expect(wrongIn({ method, witnessed: true })).toEqual([])
    for (const witnessed of [false, null])
      expect(wrongIn({ method, witnessed })).toEqual(['/witnessed'])
    for (const other of ['signature', 'thumbprint', 'electronic'])
      for (const witnessed of [true, false, null])
        expect(wrongIn({ method: other, witnessed })).toEqual([])
  })

  test('who consents for somebody says what they are to them', () => {
    for (const type of ['guardian', 'representative']) {
      expect(wrongIn({ grantor: { type } })).toEqual(['/grantor/relationship'])
      expect(wrongIn({ grantor: { type, relationship: 'mother' } })).toEqual([])
    }
    expect(wrongIn({ grantor: { type: 'self' } })).toEqual([])
  })

  test('a digest is taken as any program prints it, and kept in lower case', () => {
    const digest = 'AbCdEf'.padEnd(64, '0')
    const parsed = ConsentTerms.parse(terms({ evidenceSha256: digest, notice: { sha256: digest } }))
    expect(parsed.evidenceSha256).toBe(digest.toLowerCase())
    expect(parsed.notice.sha256).toBe(digest.toLowerCase())
    for (const wrong of ['', digest.slice(1), `${digest}0`, 'g'.repeat(64)])
      expect(wrongIn({ evidenceSha256: wrong })).toEqual(['/evidenceSha256'])
  })

  test('the notice was given in a registered language', () => {
    expect(wrongIn({ notice: { language: 'spanish' } })).toEqual(['/notice/language'])
    expect(wrongIn({ notice: { language: 'quc' } })).toEqual([])
  })

  test('there is no member that could override a consent', () => {
    for (const name of ['override', 'emergency', 'force', 'breakGlass'])
      expect(wrongIn({ [name]: true })).toEqual(['/'])
  })
})

const accepts = (event: object) => ConsentEvent.safeParse(event).success

describe('the ledger’s events', () => {
  const at = '2026-11-21T12:00:00.000Z'
  const ids = { consentId: '019aa5d4-7c00-7abc-8def-0123456789ac', at }
  const granted = {
    ...ids,
    event: 'granted',
    n: 1,
    by: 'IGM',
    referralId: '019aa5d4-7c00-7abc-8def-0123456789ab',
    agreementId: 'igm-ala-2026',
    terms: terms(),
  }
  const said = { by: 'IGM', requestedBy: 'self', method: 'in-person', statedAt: at }
  const later: Record<string, object> = {
    withdrawn: { ...ids, event: 'withdrawn', n: 2, ...said },
    expired: { ...ids, event: 'expired', n: 2, by: 'hub' },
    'deletion-requested': { ...ids, event: 'deletion-requested', n: 2, by: 'hub' },
    'deletion-confirmed': { ...ids, event: 'deletion-confirmed', n: 2, by: 'ALA', statedAt: at },
  }

  test('a ledger opens with number one, and only the granted event may be number one', () => {
    expect(accepts(granted)).toBe(true)
    expect(accepts({ ...granted, n: 2 })).toBe(false)
    for (const event of Object.values(later)) {
      expect(accepts(event)).toBe(true)
      expect(accepts({ ...event, n: 1 })).toBe(false)
      expect(accepts({ ...event, n: 2.5 })).toBe(false)
    }
  })

  test('institutions grant, withdraw and confirm; the hub alone sees time run out and asks for deletion', () => {
    for (const event of [granted, later['withdrawn'], later['deletion-confirmed']])
      expect(accepts({ ...event, by: 'hub' })).toBe(false)
    for (const event of [later['expired'], later['deletion-requested']])
      expect(accepts({ ...event, by: 'IGM' })).toBe(false)
  })

  test('a consent that an earlier version took is still there to be read, and withdrawn', () => {
    for (const patch of [
      { method: 'witnessed-verbal', witnessed: false },
      { grantor: { type: 'guardian', assent: true } },
      { notice: { language: 'spanish' } },
    ]) {
      expect(wrongIn(patch)).not.toEqual([])
      expect(accepts({ ...granted, terms: terms(patch) })).toBe(true)
    }
  })

  test('an event that nobody knows is none', () => {
    expect(accepts({ ...ids, event: 'reinstated', n: 2, by: 'IGM' })).toBe(false)
  })

  test.each(Object.entries({ granted, ...later }))(
    'an event %s is whole and has no room for more',
    (_, event) => {
      expect(accepts({ ...event, note: 'una historia' })).toBe(false)
      for (const name of Object.keys(event)) {
        const { [name]: __, ...less } = event as Record<string, unknown>
        expect([name, accepts(less)]).toEqual([name, false])
      }
    },
  )
})

describe('a withdrawal', () => {
  const body = { requestedBy: 'self', method: 'in-person', at: '2026-11-21T12:00:00.000Z' }
  const wrong = (patch: JsonObject) => !WithdrawalCommand.safeParse({ ...body, ...patch }).success

  test('it is asked for by the person, a guardian or a representative', () => {
    for (const requestedBy of ['self', 'guardian', 'representative'])
      expect(wrong({ requestedBy })).toBe(false)
    for (const requestedBy of ['hub', 'IGM', 'relative', '', null])
      expect(wrong({ requestedBy })).toBe(true)
  })

  test('how it was said is a code, too short for a story', () => {
    for (const method of ['signature', 'phone-call', 'witnessed-verbal'])
      expect(wrong({ method })).toBe(false)
    for (const method of ['', 'She called', 'llamó-ayer', 'a-b-c-d-e', 'a'.repeat(41), null])
      expect(wrong({ method })).toBe(true)
  })

  test('when it was said is an instant in UTC with milliseconds', () => {
    for (const at of [
      '2026-11-21',
      '2026-11-21T12:00:00Z',
      '2026-11-21T06:00:00.000-06:00',
      0,
      null,
    ])
      expect(wrong({ at })).toBe(true)
  })

  test('it has no room for a reason, and nobody need give one', () => {
    for (const name of ['reason', 'note', 'consentId', 'override'])
      expect(wrong({ [name]: 'x' })).toBe(true)
  })
})

test('a confirmation of deletion says when, and nothing else', () => {
  const at = '2026-11-21T12:00:00.000Z'
  expect(DeletionConfirmation.safeParse({ at }).success).toBe(true)
  for (const body of [{}, { at, note: 'x' }, { at: 'ayer' }, { at: null }])
    expect(DeletionConfirmation.safeParse(body).success).toBe(false)
})

test('a consent as its parties see it has no room for who gave it', () => {
  for (const name of ['terms', 'grantor', 'notice', 'evidenceSha256', 'personRef'])
    expect(ConsentView.keyof().options).not.toContain(name)
})
