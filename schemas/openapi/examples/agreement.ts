// An agreement, and a notice of it.
import { usualPolicy } from '../../agreement.ts'
import { digest, entryId, submittedAt } from './things.ts'

export const amendment = {
  kind: 'amendment',
  change: { targetPersons: 300, policy: { expireDays: 45 } },
  documentSha256: digest,
}

/** The first of two that an amendment needs. */
export const notice = {
  noticeId: entryId,
  number: 'AV-2026-0001',
  kind: 'amendment',
  state: 'awaiting',
  by: 'IGM',
  at: submittedAt,
  digest,
  states: amendment,
}

const policy = {
  answerHours: { routine: 336, urgent: 72, stat: 24 },
  retentionDays: 90,
  ...usualPolicy,
}

export const agreement = {
  agreementId: 'igm-ala-2026',
  version: 1,
  title: 'Cooperation agreement IGM – ALA',
  parties: ['IGM', 'ALA'],
  flows: [{ referrer: 'IGM', recipient: 'ALA' }],
  onwardRecipients: ['OIM'],
  state: 'in-force',
  inForceFrom: '2026-02-05T06:00:00.000Z',
  inForceUntil: '2028-02-05T05:59:59.999Z',
  endsAt: '2028-02-05T05:59:59.999Z',
  targetPersons: 250,
  servesRegularStatus: false,
  policy,
  calendar: { id: 'gt-guatemala', version: '2026.1' },
  posts: [{ post: 'IGM-CUMP-01', institution: 'IGM' }],
  notices: [notice],
  awaiting: [{ kind: 'amendment', digest, from: ['ALA'] }],
  deadlines: [
    { kind: 'end', at: '2028-02-05T05:59:59.999Z' },
    { kind: 'completion', at: '2028-05-05T05:59:59.999Z' },
  ],
  versions: [
    {
      version: 1,
      from: '2026-02-05T06:00:00.000Z',
      digest,
      terms: { targetPersons: 250, servesRegularStatus: false, policy, onwardRecipients: ['OIM'] },
    },
  ],
}
