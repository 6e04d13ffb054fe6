// What a certificate of destruction says. Pure: facts of the ledger, the referral and the log in, sentences in both
// languages (texts/certificate.ts) out.
import type { AccessLogEntry } from '../schemas/access-log.ts'
import type { Certificate } from '../schemas/certificate.ts'
import type { ConsentEvent } from '../schemas/consent.ts'
import type {
  AgreementId,
  Folio,
  InstitutionCode,
  Instant,
  ReferralId,
  Sha256,
} from '../schemas/ids.ts'
import { certificateSentences as said } from '../texts/certificate.ts'
import { type Consent, permitsFeedback } from './consent.ts'
import type { Parties } from './referral.ts'
import { deletionOf } from './withdrawal.ts'

const remains = (deletion: Consent['deletion']): Certificate['remains'] => [
  { what: said.header, why: said['header.why'] },
  { what: said.records, why: said['records.why'] },
  { what: said.copies, why: said['copies.why'] },
  {
    what: said.received,
    why: deletion === 'none' ? said['received.why'] : said['received.why-asked'],
  },
]

type Ended = Parties & {
  referralId: ReferralId
  folio: Folio
  agreementId: AgreementId
  envelopeDigest: Sha256
}

/**
 * The referrals under a consent that a certificate names to an institution: all that end with it. To whom a handover is
 * not told of, because the person did not consent to feedback, it does not tell of it either; and no onward recipient
 * of another.
 */
export const namedTo = <R extends Parties>(
  viewer: InstitutionCode,
  { terms }: Consent,
  referrals: readonly [R, ...R[]],
): R[] => {
  const [first] = referrals
  const isTold =
    viewer === first.recipient || (viewer === first.referrer && permitsFeedback(terms, viewer))
  return referrals.filter(one => isTold || one === first || one.recipient === viewer)
}

/** Facts a certificate is made of. `destruction` is the log entry of the shredding. */
export type CertificateFacts = {
  /** The referrals of whom it is for, its own first. */
  held: readonly [Ended, ...Ended[]]
  /** Those that it names. */
  referrals: readonly Pick<Ended, 'referralId' | 'folio'>[]
  consent: Consent
  events: readonly ConsentEvent[]
  destruction: AccessLogEntry
  entries: readonly AccessLogEntry[]
  /** The log's last signed checkpoint, read after the entries. */
  checkpoint: string | undefined
  now: Instant
}

export const certificate = ({
  held,
  referrals,
  consent,
  events,
  destruction,
  entries,
  checkpoint,
  now,
}: CertificateFacts): Certificate => {
  const [referral] = held
  const deletion = deletionOf(consent, held)
  const withdrawn = events.find(event => event.event === 'withdrawn')
  const confirmed = events.findLast(
    event => event.event === 'deletion-confirmed' && held.some(one => one.recipient === event.by),
  )
  // The hub finishes a withdrawal that a backup had undone; what it destroyed before any was kept long enough.
  const cause =
    destruction.action === 'consent.withdraw' || (withdrawn && withdrawn.at <= destruction.time)
      ? 'withdrawal'
      : 'retention'
  return {
    consentId: consent.consentId,
    referralId: referral.referralId,
    folio: referral.folio,
    referrals: referrals.map(({ referralId, folio }) => ({ referralId, folio })),
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
    remains: remains(deletion),
    deletion,
    ...(confirmed?.event === 'deletion-confirmed' && deletion === 'confirmed'
      ? { deletionConfirmedAt: confirmed.statedAt }
      : {}),
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
