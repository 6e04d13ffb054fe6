// A submission under the agreement of IGM and ALA, and what is said about it.
import { submitReferral } from '../../events/referral.ts'
import type { Agreement } from '../../schemas/agreement.ts'
import type { Instant } from '../../schemas/ids.ts'
import { type JsonObject, submission } from '../schemas/submissions.ts'
import { agreement, igm, now } from './given.ts'

/** Decides on the submission that the others vary, changed by `patch`, on the day that is given or another. */
export const submit = (
  patch: JsonObject = {},
  given: { agreement?: Agreement; referrer?: typeof igm; now?: Instant } = {},
) => submitReferral(submission(patch), { agreement, referrer: igm, now, ...given })

export const referred = {
  submittedAt: now,
  respondBy: '2026-12-05T12:00:00.000Z',
  history: [{ status: 'requested', at: now, by: 'IGM' }],
}

/** Line `i` of a consent names somebody that its purpose is not for. */
export const notFor = (i: number, ...allowed: string[]) => ({
  pointer: `/consent/purposes/${i}/recipient`,
  code: 'not-allowed',
  allowed,
})

export const reportingTo = (recipient: string) => [
  {
    purpose: 'training-referral',
    recipient: 'ALA',
    dataCategories: ['identity', 'migrationStatus'],
  },
  { purpose: 'aggregate-reporting', recipient, dataCategories: ['trainingProfile'] },
]
