// Rows of the hub's tables as tests put them there, with nobody in them.
import { hubActor } from '../../../events/access-log.ts'
import { folio } from '../../../events/folio.ts'
import { newId } from '../../../functions/aws/runtime.ts'
import type { NewReferral } from '../../../functions/aws/referral-row.ts'
import { AccessLogEntry } from '../../../schemas/access-log.ts'
import { AgreementId, InstitutionCode, Instant, Sha256 } from '../../../schemas/ids.ts'
import { randomBytes } from 'node:crypto'

/** A referral from IGM to ALA as it is submitted, its content sealed for nobody. */
export const newReferral = (): NewReferral => {
  const at = Instant.parse('2026-11-21T12:00:00.000Z')
  const referrer = InstitutionCode.parse('IGM')
  return {
    referralId: newId(),
    consentId: newId(),
    folio: folio(randomBytes(5)),
    agreementId: AgreementId.parse('igm-ala-2026'),
    referrer,
    recipient: InstitutionCode.parse('ALA'),
    priority: 'routine',
    services: ['vocational-profiling'],
    submittedAt: at,
    respondBy: Instant.parse('2026-12-05T12:00:00.000Z'),
    status: 'requested',
    deliveryState: 'queued',
    contentState: 'sealed',
    version: 1,
    history: [{ status: 'requested', at, by: referrer }],
    milestones: [],
    envelopeDigest: Sha256.parse('0'.repeat(64)),
    openGuards: [],
    ackedByReferrer: [],
    ackedByRecipient: [],
    recentReleases: [],
  }
}

/** The entry of a release, of nobody's. */
export const releaseEntry = (): AccessLogEntry =>
  AccessLogEntry.parse({
    id: newId(),
    time: '2026-11-21T12:00:00.000Z',
    action: 'referral.release',
    outcome: 'allowed',
    actor: hubActor,
    request: { id: newId(), method: 'POST', path: '/v1/inbox/pull' },
  })
