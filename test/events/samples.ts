// One sample of every event, as a receiver gets it.
import {
  type EventData,
  type EventSubject,
  type EventType,
  cloudEvent,
} from '../../events/catalogue.ts'
import { eventSource, localHubName } from '../../schemas/hub-name.ts'
import type {
  AgreementId,
  InstitutionCode,
  Instant,
  MessageId,
  ReferralId,
} from '../../schemas/ids.ts'
import type { InboxEvent } from '../../schemas/inbox.ts'

const subject = '019aa5d4-7c00-7abc-8def-0123456789ab' as ReferralId
const consentId = '019aa5d4-7c00-7abc-8def-0123456789ac' as never
const at = '2026-11-21T12:00:00.000Z' as Instant
const sample = <T extends EventType>(
  type: T,
  data: EventData<T>,
  sequence: number,
  about: EventSubject<T> = subject as EventSubject<T>,
) =>
  cloudEvent(type, data, {
    id: `019aa5d4-7c00-7abc-8def-${String(sequence).padStart(12, '0')}` as MessageId,
    source: eventSource(localHubName),
    subject: about,
    time: at,
    sequence,
  })

export const samples: { [T in EventType]: InboxEvent } = {
  'referral.requested.v1': sample(
    'referral.requested.v1',
    {
      referralId: subject,
      folio: 'REF-0000-0001-1' as never,
      agreementId: 'igm-ala-2026' as never,
      referrer: 'IGM' as InstitutionCode,
      recipient: 'ALA' as InstitutionCode,
      priority: 'routine',
      services: ['vocational-profiling', 'enrolment-guidance'],
      consentId,
      submittedAt: at,
      respondBy: '2026-12-05T12:00:00.000Z' as Instant,
      status: 'requested',
      deliveryState: 'queued',
      contentState: 'sealed',
      version: 1,
      history: [{ status: 'requested', at, by: 'IGM' as InstitutionCode }],
      milestones: [],
      feedback: 'milestones',
      availableTransitions: ['cancelled'],
      overdue: false,
    },
    1,
  ),
  'referral.status-changed.v1': sample(
    'referral.status-changed.v1',
    { status: 'rejected', reason: 'no-capacity', version: 3 },
    2,
  ),
  'referral.milestone-recorded.v1': sample(
    'referral.milestone-recorded.v1',
    { n: 1, milestone: 'enrolled', on: '2026-12-01' },
    3,
  ),
  'referral.milestone-voided.v1': sample('referral.milestone-voided.v1', { n: 1 }, 4),
  'referral.undelivered.v1': sample('referral.undelivered.v1', { cause: 'not-collected' }, 5),
  'referral.overdue.v1': sample(
    'referral.overdue.v1',
    { respondBy: '2026-12-05T12:00:00.000Z' as Instant },
    6,
  ),
  'referral.stalled.v1': sample(
    'referral.stalled.v1',
    { since: '2026-12-05T12:00:00.000Z' as Instant },
    7,
  ),
  'consent.withdrawn.v1': sample('consent.withdrawn.v1', { consentId }, 8),
  'consent.expiring.v1': sample(
    'consent.expiring.v1',
    { validUntil: '2026-12-05T12:00:00.000Z' as Instant },
    9,
  ),
  'consent.expired.v1': sample('consent.expired.v1', { consentId }, 10),
  'consent.deletion-confirmed.v1': sample('consent.deletion-confirmed.v1', { consentId }, 11),
  'agreement.ending.v1': sample(
    'agreement.ending.v1',
    { endsAt: '2028-02-05T05:59:59.999Z' as Instant, days: 90 },
    1,
    'igm-ala-2026' as AgreementId,
  ),
}
