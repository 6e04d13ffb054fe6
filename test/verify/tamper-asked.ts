// Entries that say something else than what was asked for, or that were asked of another hub: the signatures are in
// order.
import { asking, entry, firstOf, read, submission } from './tamper-evidence.ts'
import type { Row } from './tamper-note.ts'

const refused = firstOf(({ outcome }) => outcome === 'denied')
const released = firstOf(({ action }) => action === 'referral.release')

export const rows: Row[] = [
  [
    'a request was signed for another hub',
    asking({ action: 'referral.list', path: '/v1/referrals', authority: 'other.example' }),
    'evidence-authority',
    read,
  ],
  [
    'what was asked for has no route',
    asking({ action: 'referral.list', path: '/v1/everything' }),
    'evidence-action',
    read,
  ],
  [
    'a reading names another referral than was asked for',
    entry(read, value => (value.referralId = '019b0000-0000-7000-8000-000000000000')),
    'evidence-subject',
    read,
  ],
  [
    'a reading is said to be another',
    entry(read, value => (value.action = 'referral.list')),
    'evidence-action',
    read,
  ],
  [
    'a reading is said to be a release',
    entry(read, value => (value.action = 'referral.release')),
    'evidence-action',
    read,
  ],
  [
    'a submission is said to be a reading',
    entry(submission, value => (value.action = 'referral.list')),
    'evidence-action',
    submission,
  ],
  [
    'a refused reading is said to be something else',
    bench => entry(refused(bench), value => (value.action = 'consent.read'))(bench),
    'evidence-action',
    refused,
  ],
  [
    'a release by a pull is said to be an acknowledgement',
    bench => entry(released(bench), value => (value.action = 'inbox.ack'))(bench),
    'evidence-action',
    released,
  ],
]
