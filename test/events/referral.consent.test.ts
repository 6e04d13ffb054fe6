// What the consent of a submission must say. Given the agreement of IGM and ALA, when a submission arrives, then it is
// referred, or the first reason against it.
import { describe, expect, test } from 'vitest'
import { Purpose } from '../../schemas/consent.ts'
import { Instant } from '../../schemas/ids.ts'
import type { JsonObject } from '../schemas/submissions.ts'
import { after, agreement, now } from './given.ts'
import { notFor, referred, submit } from './submitting.ts'

const covering = (dataCategories: string[], purpose = 'training-referral', recipient = 'ALA') => ({
  purpose,
  recipient,
  dataCategories,
})

const wrongAt = (pointer: string, code: string) => ({
  refused: 'invalid-request',
  errors: [{ pointer, code }],
})

const withPurposes = (...purposes: ReturnType<typeof covering>[]) =>
  submit({ consent: { purposes } })

/** Somebody born on that day, whose consent was granted at that moment. */
const bornOn = (birthDate: string, grantedAt: string, identity: JsonObject = {}) =>
  submit({
    consent: { grantedAt, grantor: { type: 'guardian', relationship: 'mother', assent: true } },
    payload: { identity: { birthDate, ...identity } },
  })

describe('the consent', () => {
  const missing = { refused: 'consent-missing-purpose' }

  test('training for the recipient must cover identity and migration status, in one line or in two', () => {
    expect(withPurposes(covering(['identity', 'migrationStatus']))).toEqual(referred)
    expect(withPurposes(covering(['identity']), covering(['migrationStatus']))).toEqual(referred)
    expect(withPurposes(covering(['identity']))).toEqual(missing)
    expect(withPurposes(covering(['migrationStatus', 'contact']))).toEqual(missing)
    const both = ['identity', 'migrationStatus']
    expect(withPurposes(covering(both, 'training-referral', 'OIM'))).toEqual(missing)
    expect(withPurposes(covering(both, 'psychosocial-support'))).toEqual(missing)
  })

  test('feedback and handover are purposes of their own: refusing them does not block the training', () => {
    expect(withPurposes(covering(['identity', 'migrationStatus', 'trainingProfile']))).toEqual(
      referred,
    )
  })

  test('it holds at its last instant and no millisecond longer', () => {
    const grantedAt = '2026-11-01T00:00:00.000Z'
    expect(submit({ consent: { grantedAt, validUntil: now } })).toEqual(referred)
    expect(submit({ consent: { grantedAt, validUntil: after(now, -1) } })).toEqual({
      refused: 'consent-expired',
    })
  })

  test('it may last until what was begun under the agreement is finished and no millisecond longer', () => {
    const end = Instant.parse('2028-05-05T05:59:59.999Z')
    expect(submit({ consent: { validUntil: end } })).toEqual(referred)
    expect(submit({ consent: { validUntil: after(end, 1) } })).toEqual({
      refused: 'consent-outlives-agreement',
    })
  })

  test('it cannot have been granted in the future', () => {
    expect(submit({ consent: { grantedAt: now } })).toEqual(referred)
    // A clock may be half a minute ahead, as for signatures; the consent permits from the first moment on.
    expect(submit({ consent: { grantedAt: after(now, 30_000) } })).toEqual(referred)
    expect(submit({ consent: { grantedAt: after(now, 30_001) } })).toEqual(
      wrongAt('/consent/grantedAt', 'in-the-future'),
    )
  })

  test('it cannot have been granted before the person was born', () => {
    const before = wrongAt('/consent/grantedAt', 'before-birth')
    expect(bornOn('1994-05-14', '1950-01-01T00:00:00.000Z')).toEqual(before)
    // Midnight in Guatemala is 06:00 UTC. What is not known of a date of birth is no ground to refuse.
    expect(bornOn('1994-05-14', '1994-05-14T05:59:59.999Z')).toEqual(before)
    expect(bornOn('1994-05-14', '1994-05-14T06:00:00.000Z')).toEqual(referred)
    expect(bornOn('1994-05', '1994-05-01T05:59:59.999Z')).toEqual(before)
    expect(bornOn('1994-05', '1994-05-01T06:00:00.000Z')).toEqual(referred)
    expect(bornOn('1994', '1994-01-01T05:59:59.999Z')).toEqual(before)
    expect(bornOn('1994', '1994-01-01T06:00:00.000Z')).toEqual(referred)
    const estimated = { birthDateEstimated: true }
    expect(bornOn('1994-05-14', '1994-01-01T05:59:59.999Z', estimated)).toEqual(before)
    expect(bornOn('1994-05-14', '1994-01-01T06:00:00.000Z', estimated)).toEqual(referred)
  })

  test('each purpose is for whom it can be for: the recipient, the referrer, or an onward recipient', () => {
    const training = covering(['identity', 'migrationStatus'])
    const onlyFor: Record<string, string> = {
      'training-referral': 'ALA',
      'psychosocial-support': 'ALA',
      'mobility-stipend': 'ALA',
      'protection-handling': 'ALA',
      'status-feedback': 'IGM',
      'job-placement-handover': 'OIM',
    }
    for (const purpose of Purpose.options)
      for (const recipient of ['IGM', 'ALA', 'OIM']) {
        const only = onlyFor[purpose]
        const line = covering(['contact'], purpose, recipient)
        expect([purpose, recipient, withPurposes(training, line)]).toEqual([
          purpose,
          recipient,
          only === undefined || only === recipient
            ? referred
            : { refused: 'invalid-request', errors: [notFor(1, only)] },
        ])
      }
    expect(
      withPurposes(
        training,
        covering(['protection'], 'protection-handling', 'OIM'),
        covering(['contact'], 'status-feedback', 'ALA'),
      ),
    ).toMatchObject({ errors: [notFor(1, 'ALA'), notFor(2, 'IGM')] })
  })

  test('where an agreement names no onward recipient, nobody can have a handover', () => {
    const line = covering(['identity'], 'job-placement-handover', 'ALA')
    const given = { agreement: { ...agreement, onwardRecipients: [] } }
    const purposes = [covering(['identity', 'migrationStatus']), line]
    expect(submit({ consent: { purposes } }, given)).toMatchObject({ errors: [notFor(1)] })
  })
})
