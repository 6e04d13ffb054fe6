// Who may be referred. Given the agreement of IGM and ALA, when a submission arrives, then a fact or the first reason
// against it.
import { describe, expect, test } from 'vitest'
import { submitReferral } from '../../events/referral.ts'
import type { Agreement } from '../../schemas/agreement.ts'
import { Instant } from '../../schemas/ids.ts'
import { Submission } from '../../schemas/referral.ts'
import { type JsonObject, cases, mergePatch, patched, referrals } from '../schemas/submissions.ts'
import { after, agreement, ala, igm, now, oim, stranger } from './given.ts'
import { notFor, referred, reportingTo, submit } from './submitting.ts'

describe('the named cases', () => {
  const ruled = cases.filter(({ code }) => code !== 'invalid-request')

  test.each(ruled.filter(({ status }) => status === 201))('$name: referred', ({ patch }) => {
    expect(submit(patch)).toEqual(referred)
  })

  test.each(ruled.filter(({ status }) => status !== 201))('$name: $code', ({ patch, code }) => {
    expect(submit(patch)).toMatchObject({ refused: code })
  })
})

test('each of the 250 synthetic referrals may be referred', () => {
  for (const referral of referrals) {
    const fact = submitReferral(Submission.parse(referral), { agreement, referrer: igm, now })
    expect([referral['externalId'], fact]).toMatchObject([
      referral['externalId'],
      { submittedAt: now, history: referred.history },
    ])
  }
})

describe('the agreement’s term', () => {
  const first = Instant.parse('2026-02-05T06:00:00.000Z')
  const last = Instant.parse('2028-02-05T05:59:59.999Z')
  const consent = { grantedAt: '2026-01-01T00:00:00.000Z', validUntil: last }

  test.each([
    ['at the first instant', first],
    ['at the last instant', last],
  ])('a person may be referred %s', (_, at) => {
    expect(submit({ consent }, { now: at })).toMatchObject({ submittedAt: at })
  })

  test.each([
    ['a millisecond before the first instant', after(first, -1)],
    ['a millisecond after the last instant', after(last, 1)],
  ])('nobody may be referred %s', (_, at) => {
    expect(submit({ consent }, { now: at })).toEqual({ refused: 'agreement-not-in-force' })
  })
})

describe('the parties', () => {
  test('only the agreed direction is open: IGM refers to ALA', () => {
    for (const [referrer, recipient] of [
      [ala, 'IGM'],
      [ala, 'ALA'],
      [igm, 'IGM'],
      [igm, 'OIM'],
      [oim, 'ALA'],
      [stranger, 'ALA'],
    ] as const)
      expect(submit({ recipient }, { referrer })).toEqual({
        refused: 'recipient-not-party',
        errors: [
          {
            pointer: '/recipient',
            code: 'not-allowed',
            allowed: referrer === igm ? ['ALA'] : [],
          },
        ],
      })
  })

  test('a consent that names anyone but the parties and OIM is refused', () => {
    for (const party of ['IGM', 'ALA', 'OIM'])
      expect(submit({ consent: { purposes: reportingTo(party) } })).toEqual(referred)
    expect(submit({ consent: { purposes: reportingTo('XXX') } })).toEqual({
      refused: 'recipient-not-party',
      errors: [notFor(1, 'IGM', 'ALA', 'OIM')],
    })
  })
})

const withNationalities = (...nationalities: string[]) =>
  submit({ payload: { identity: { nationalities } } })

const withStatus = (status: string, given?: { agreement: Agreement }) =>
  submit({ payload: { migrationStatus: { status } } }, given)

describe('clause 4.A.1: who is served', () => {
  test.each(['refugee-applicant', 'refugee', 'in-regularization'])('%s is', status => {
    expect(withStatus(status)).toEqual(referred)
  })

  test('regular status is served once both parties have turned it on, and other status never', () => {
    const on = { agreement: { ...agreement, servesRegularStatus: true } }
    expect(withStatus('regular')).toEqual({
      refused: 'eligibility-status',
      errors: [
        {
          pointer: '/payload/migrationStatus/status',
          code: 'not-allowed',
          allowed: ['refugee-applicant', 'refugee', 'in-regularization'],
        },
      ],
    })
    expect(withStatus('regular', on)).toEqual(referred)
    for (const given of [undefined, on]) {
      expect(withStatus('other', given)).toMatchObject({ refused: 'eligibility-status' })
      expect(withStatus('returned-national', given)).toEqual({ refused: 'eligibility-population' })
    }
  })

  test('a person with Guatemalan nationality alone is not; with another beside it, or none, they are', () => {
    expect(withNationalities('GTM')).toEqual({ refused: 'eligibility-population' })
    expect(withNationalities('GTM', 'SLV')).toEqual(referred)
    for (const code of ['XXA', 'XXB', 'XXC', 'XXX'])
      expect(withNationalities(code)).toEqual(referred)
  })
})

describe('several reasons at once', () => {
  // In the order in which they are looked for; each by a part of the submission of its own as far as one exists.
  const faults: [string, JsonObject][] = [
    ['recipient-not-party', { recipient: 'XXX' }],
    ['eligibility-population', { payload: { identity: { nationalities: ['GTM'] } } }],
    ['eligibility-status', { payload: { migrationStatus: { status: 'other' } } }],
    ['interest-not-declared', { payload: { trainingProfile: { interestDeclared: false } } }],
    ['invalid-request', { consent: { grantedAt: after(now, 30_001) } }],
    [
      'consent-missing-purpose',
      {
        consent: {
          purposes: [
            { purpose: 'status-feedback', recipient: 'IGM', dataCategories: ['identity'] },
          ],
        },
      },
    ],
    ['consent-expired', { consent: { validUntil: after(now, -1) } }],
    ['consent-outlives-agreement', { consent: { validUntil: '2028-06-01T05:59:59.000Z' } }],
    ['minor-needs-guardian-and-assent', { payload: { identity: { birthDate: '2009-05-02' } } }],
  ]
  // Two values of one date, or an end before its beginning: no submission can have both.
  const impossible = [
    'invalid-request+consent-expired',
    'consent-expired+consent-outlives-agreement',
  ]
  const pairs = faults.flatMap(([first, one], i) =>
    faults.slice(i + 1).map(([second, other]) => ({
      first,
      second,
      patch: mergePatch(one, other) as JsonObject,
    })),
  )

  test.each(pairs.filter(({ first, second }) => !impossible.includes(`${first}+${second}`)))(
    '$first is said before $second',
    ({ first, patch }) => {
      expect(submit(patch)).toMatchObject({ refused: first })
    },
  )

  test.each(faults)('outside the agreement’s term nothing is said of %s', (_, patch) => {
    const given = {
      agreement,
      referrer: igm,
      now: Instant.parse('2026-02-05T05:59:59.999Z'),
    }
    const parsed = Submission.parse(
      patched(
        mergePatch({ consent: { grantedAt: '2026-01-01T00:00:00.000Z' } }, patch) as JsonObject,
      ),
    )
    expect(submitReferral(parsed, given)).toEqual({ refused: 'agreement-not-in-force' })
  })
})
