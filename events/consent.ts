// Consent as a fold of its ledger, and the gate that every release passes. Pure.
import type { Agreement } from '../schemas/agreement.ts'
import type { ConsentEvent, ConsentTerms, DataCategory, Purpose } from '../schemas/consent.ts'
import type {
  AgreementId,
  ConsentId,
  InstitutionCode,
  Instant,
  ReferralId,
} from '../schemas/ids.ts'
import type { KeptHeader } from '../schemas/referral.ts'
import { named } from './agreement.ts'

/**
 * A consent as its ledger tells it. Expiry is not a state: it is the clock against `terms.validUntil`, at the release.
 */
export type Consent = {
  consentId: ConsentId
  referralId: ReferralId
  agreementId: AgreementId
  terms: ConsentTerms
  /** The moment it was granted. By a clock that was ahead that lies after the hub took it, and then that counts. */
  permitsFrom: Instant
  state: 'granted' | 'withdrawn' | 'expired'
  /** `confirmed` as soon as one recipient has; which, says `confirmedBy`. */
  deletion: 'none' | 'requested' | 'confirmed'
  confirmedBy: InstitutionCode[]
  /** When the person withdrew: as stated, and no later than the hub was told. */
  withdrawnAt?: Instant
  /** Number of the last event folded; a release is conditional on there being no later one. */
  n: number
}

/**
 * The state of a consent: the fold of its events in order of `n`.
 * Throws where the ledger is not one (a gap, no `granted` first): nothing may be released from a broken ledger.
 */
export const foldConsent = (events: readonly ConsentEvent[]): Consent => {
  const [first, ...later] = events
  if (first?.event !== 'granted') throw new Error('a consent ledger begins with its granted event')
  const consent: Consent = {
    consentId: first.consentId,
    referralId: first.referralId,
    agreementId: first.agreementId,
    terms: first.terms,
    permitsFrom: first.terms.grantedAt < first.at ? first.terms.grantedAt : first.at,
    state: 'granted',
    deletion: 'none',
    confirmedBy: [],
    n: 1,
  }
  for (const event of later) {
    if (event.n !== consent.n + 1 || event.consentId !== consent.consentId)
      throw new Error('a consent ledger has no gaps')
    consent.n = event.n
    if (event.event === 'withdrawn') {
      consent.state = 'withdrawn'
      consent.withdrawnAt ??= event.statedAt < event.at ? event.statedAt : event.at
    } else if (event.event === 'expired' && consent.state === 'granted') consent.state = 'expired'
    else if (event.event === 'deletion-requested') {
      consent.deletion = 'requested'
      consent.confirmedBy = []
    } else if (event.event === 'deletion-confirmed') {
      consent.deletion = 'confirmed'
      consent.confirmedBy.push(event.by)
    }
  }
  return consent
}

/** Whether the consent can permit anything at all at `now`. The last permitted instant is `validUntil` itself. */
export const isLive = (consent: Consent, now: Instant): boolean =>
  consent.state === 'granted' && consent.permitsFrom <= now && now <= consent.terms.validUntil

/**
 * The gate: which of `categories` may be released to `recipient` for `purpose` at `now`. Empty where the consent is
 * withdrawn, expired, or does not name that purpose for that recipient. There is no override.
 */
export const mayRelease = (
  consent: Consent,
  recipient: InstitutionCode,
  purpose: Purpose,
  categories: readonly DataCategory[],
  now: Instant,
): DataCategory[] => {
  if (!isLive(consent, now)) return []
  const scope = consent.terms.purposes
    .filter(line => line.purpose === purpose && line.recipient === recipient)
    .flatMap(line => line.dataCategories)
  return categories.filter(category => scope.includes(category))
}

type Sides = { agreement: Agreement; referrer: InstitutionCode; recipient: InstitutionCode }

/**
 * Who can be given data for a purpose of a referral (domain.md, "Consent"): its recipient for what is done with the
 * person, the referrer for feedback, an onward recipient for job placement, and whoever the agreement names for counts
 * of persons.
 */
export const recipientsOf = (
  purpose: Purpose,
  { agreement, referrer, recipient }: Sides,
): readonly InstitutionCode[] => {
  if (recipientPurposes.includes(purpose)) return [recipient]
  if (purpose === 'status-feedback') return [referrer]
  return purpose === 'job-placement-handover' ? agreement.onwardRecipients : named(agreement)
}

/** The purposes that a recipient of a referral works under; a pull releases what any of them permits. */
const recipientPurposes: readonly Purpose[] = [
  'training-referral',
  'psychosocial-support',
  'mobility-stipend',
  'protection-handling',
]

/** What a pull of a referral opens it for. Of a handover (`partOf`) that is placement in work. */
export const pullPurpose = ({ partOf }: Pick<KeptHeader, 'partOf'>) =>
  partOf === undefined ? 'training-referral' : 'job-placement-handover'

/**
 * What a pull of a referral releases: nothing unless its purpose permits its recipient something, then every category
 * that one of the recipient's own purposes permits. Of a handover only what its one purpose does.
 */
export const mayReleaseOnPull = (
  consent: Consent,
  referral: Pick<KeptHeader, 'recipient' | 'partOf'>,
  categories: readonly DataCategory[],
  now: Instant,
): DataCategory[] => {
  const { recipient } = referral
  const purpose = pullPurpose(referral)
  const permitted = mayRelease(consent, recipient, purpose, categories, now)
  if (permitted.length === 0 || purpose !== 'training-referral') return permitted
  return categories.filter(category =>
    recipientPurposes.some(own => mayRelease(consent, recipient, own, [category], now).length > 0),
  )
}

/**
 * What a referral's recipient may open for a purpose that it names. A handover is for its one purpose, whatever else
 * the consent gives that recipient.
 */
export const mayReleaseFor = (
  purpose: Purpose,
  consent: Consent,
  {
    referral,
    categories,
    now,
  }: {
    referral: Pick<KeptHeader, 'recipient' | 'partOf'>
    categories: readonly DataCategory[]
    now: Instant
  },
): DataCategory[] =>
  referral.partOf !== undefined && purpose !== pullPurpose(referral)
    ? []
    : mayRelease(consent, referral.recipient, purpose, categories, now)

/** Whether the consent lets the referrer know more of what becomes of the person than the status. */
export const permitsFeedback = ({ purposes }: ConsentTerms, referrer: InstitutionCode): boolean =>
  purposes.some(line => line.purpose === 'status-feedback' && line.recipient === referrer)

/** A referral needs `training-referral` for its recipient, covering identity and migration status (domain.md). */
export const coversTraining = (terms: ConsentTerms, recipient: InstitutionCode): boolean => {
  const scope = terms.purposes
    .filter(line => line.purpose === 'training-referral' && line.recipient === recipient)
    .flatMap(line => line.dataCategories)
  return scope.includes('identity') && scope.includes('migrationStatus')
}
