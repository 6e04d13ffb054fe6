import { describe, expect, test } from 'vitest'
import { problems } from '../../schemas/problem.ts'

const entries = Object.entries(problems)

describe('the catalogue of refusals', () => {
  // api.md, with the status it gives each code.
  test.each([
    [400, ['malformed-request', 'idempotency-key-missing']],
    [
      401,
      [
        'signature-missing',
        'signature-invalid',
        'signature-expired',
        'signature-incomplete',
        'key-unknown',
        'key-revoked',
        'digest-mismatch',
        'nonce-reused',
      ],
    ],
    [403, ['forbidden']],
    [
      409,
      [
        'external-id-exists',
        'duplicate-active-referral',
        'agreement-not-in-force',
        'transition-not-allowed',
        'request-in-progress',
        'nothing-destroyed',
      ],
    ],
    [410, ['content-shredded']],
    [412, ['version-mismatch']],
    [413, ['body-too-large']],
    [
      422,
      [
        'invalid-request',
        'eligibility-population',
        'eligibility-status',
        'interest-not-declared',
        'consent-missing-purpose',
        'consent-expired',
        'consent-outlives-agreement',
        'minor-needs-guardian-and-assent',
        'recipient-not-party',
        'reason-required',
        'idempotency-key-reused',
      ],
    ],
    [428, ['precondition-required']],
    [503, ['unavailable']],
  ] as const)('with status %i: %j', (status, codes) => {
    for (const code of codes) expect([code, problems[code].status]).toEqual([code, status])
  })

  test('every code is plain lower-case words and every status an error', () => {
    for (const [code, { status }] of entries) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(600)
    }
  })

  test('every code has a title of its own in Spanish and in English, and none speaks of victims', () => {
    for (const language of ['es', 'en'] as const) {
      const titles = entries.map(([, entry]) => entry[language])
      expect(new Set(titles).size).toBe(entries.length)
      for (const title of titles) {
        expect(title).toMatch(/^\p{Lu}\P{Cc}{9,99}$/u)
        expect(title).not.toMatch(/v[ií]ctim/i)
      }
    }
  })
})
