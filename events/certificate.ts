// What a certificate of destruction says. Pure: facts of the ledger, the referral and the log in, sentences in both
// languages (texts/certificate.ts) out.
import type { AccessLogEntry } from '../schemas/access-log.ts'
import type { Certificate } from '../schemas/certificate.ts'
import type { ConsentEvent } from '../schemas/consent.ts'
import type { AgreementId, Folio, Instant, ReferralId, Sha256 } from '../schemas/ids.ts'
import { certificateSentences as said } from '../texts/certificate.ts'
import type { Consent } from './consent.ts'

const remains = (deletion: Consent['deletion']): Certificate['remains'] => [
  { what: said.header, why: said['header.why'] },
  { what: said.records, why: said['records.why'] },
  { what: said.copies, why: said['copies.why'] },
  {
    what: said.received,
    why: deletion === 'none' ? said['received.why'] : said['received.why-asked'],
  },
]

/** Facts a certificate is made of. `destruction` is the log entry of the shredding. */
export type CertificateFacts = {
  referral: {
    referralId: ReferralId
    folio: Folio
    agreementId: AgreementId
    envelopeDigest: Sha256
  }
  consent: Consent
  events: readonly ConsentEvent[]
  destruction: AccessLogEntry
  entries: readonly AccessLogEntry[]
  /** The log's last signed checkpoint, read after the entries. */
  checkpoint: string | undefined
  now: Instant
}

export const certificate = ({
  referral,
  consent,
  events,
  destruction,
  entries,
  checkpoint,
  now,
}: CertificateFacts): Certificate => {
  const withdrawn = events.find(event => event.event === 'withdrawn')
  const confirmed = events.find(event => event.event === 'deletion-confirmed')
  // The hub finishes a withdrawal that a backup had undone; what it destroyed before any was kept long enough.
  const cause =
    destruction.action === 'consent.withdraw' || (withdrawn && withdrawn.at <= destruction.time)
      ? 'withdrawal'
      : 'retention'
  return {
    consentId: consent.consentId,
    referralId: referral.referralId,
    folio: referral.folio,
    agreementId: referral.agreementId,
    cause,
    ...(withdrawn && cause === 'withdrawal'
      ? { requestedBy: { institution: withdrawn.by, capacity: withdrawn.requestedBy } }
      : {}),
    destroyedAt: destruction.time,
    destroyed: [
      {
        what: said.key,
        ...(destruction.destroyedKeyDigest ? { digest: destruction.destroyedKeyDigest } : {}),
      },
      { what: said.envelope, digest: referral.envelopeDigest },
      { what: said.guards },
    ],
    remains: remains(consent.deletion),
    deletion: consent.deletion,
    ...(confirmed ? { deletionConfirmedAt: confirmed.statedAt } : {}),
    logEntries: entries.map(({ index, id, action, time }) => ({
      ...(index === undefined ? {} : { index }),
      id,
      action,
      time,
    })),
    ...(checkpoint === undefined ? {} : { checkpoint }),
    statement: said.statement,
    issuedAt: now,
  }
}
