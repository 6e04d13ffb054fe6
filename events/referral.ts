// The rules of a referral: who may be referred, and how its status may move. Pure: (command, state, now) → fact or refusal.
import type { Agreement } from '../schemas/agreement.ts'
import type { InstitutionCode, Instant } from '../schemas/ids.ts'
import type { Payload } from '../schemas/payload.ts'
import {
  type DeliveryState,
  type Status,
  type StatusChange,
  type StatusCommand,
  type Submission,
  consentReasons,
} from '../schemas/referral.ts'
import { isInForce, mayBeNamedInConsent, respondBy } from './agreement.ts'
import { coversTraining } from './consent.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Fact: a submission that the agreement and the consent allow. */
export type Referred = { submittedAt: Instant; respondBy: Instant; history: StatusChange[] }

/**
 * Whether `referrer` may refer this person now (clause 4.A.1, domain.md).
 * The first reason against it is given, in the order of the code below.
 */
export const submitReferral = (
  submission: Submission,
  { agreement, referrer, now }: { agreement: Agreement; referrer: InstitutionCode; now: Instant },
): Referred | Refusal => {
  const { consent, payload, recipient } = submission
  if (!isInForce(agreement, now)) return refuse('agreement-not-in-force')
  if (!agreement.flows.some(flow => flow.referrer === referrer && flow.recipient === recipient))
    return refuse('recipient-not-party')
  if (!consent.purposes.every(line => mayBeNamedInConsent(agreement, line.recipient)))
    return refuse('recipient-not-party')

  const eligible = eligibility(payload, agreement)
  if (eligible !== 'eligible') return refuse(eligible)
  if (isInFuture(payload.identity.birthDate, now))
    return refuse('invalid-request', [
      { pointer: '/payload/identity/birthDate', code: 'in-the-future' },
    ])
  if (!payload.trainingProfile.interestDeclared) return refuse('interest-not-declared')

  if (consent.grantedAt > now)
    return refuse('invalid-request', [{ pointer: '/consent/grantedAt', code: 'in-the-future' }])
  if (!coversTraining(consent, recipient)) return refuse('consent-missing-purpose')
  if (consent.validUntil < now) return refuse('consent-expired')
  if (consent.validUntil > agreement.inForceUntil) return refuse('consent-outlives-agreement')
  if (mayBeMinor(payload.identity.birthDate, now)) {
    const { type, assent } = consent.grantor
    if (type !== 'guardian' || assent !== true) return refuse('minor-needs-guardian-and-assent')
  }
  return {
    submittedAt: now,
    respondBy: respondBy(agreement, submission.priority, now),
    history: [{ status: 'requested', at: now, by: referrer }],
  }
}

const eligibility = (payload: Payload, agreement: Agreement) => {
  const { status } = payload.migrationStatus
  const foreign = payload.identity.nationalities.some(country => country !== 'GTM')
  if (status === 'returned-national' || !foreign) return 'eligibility-population'
  if (status === 'other' || (status === 'regular' && !agreement.servesRegularStatus))
    return 'eligibility-status'
  return 'eligible'
}

/** Midnight of the Guatemalan calendar day of an instant, as UTC milliseconds (UTC-6, no daylight saving). */
const guatemalanDay = (now: Instant): number => {
  const local = new Date(Date.parse(now) - 6 * 3_600_000)
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate())
}

const isInFuture = (birthDate: string, now: Instant): boolean => {
  const [year, month = 1, day = 1] = birthDate.split('-').map(Number) as [number, number?, number?]
  return Date.UTC(year, month - 1, day) > guatemalanDay(now)
}

/**
 * Whether a person born on a partial date may be under 18 on the Guatemalan calendar day of `now`.
 * Where only a year or month is known, the latest day it can mean counts: the doubt protects the child.
 */
export const mayBeMinor = (birthDate: string, now: Instant): boolean => {
  const [year, month = 12, day] = birthDate.split('-').map(Number) as [number, number?, number?]
  const latestDay = day ?? new Date(Date.UTC(year, month, 0)).getUTCDate()
  // Born on 29 February: of age on 1 March of a common year, as Date.UTC carries it.
  const ofAge = Date.UTC(year + 18, month - 1, latestDay)
  return guatemalanDay(now) < ofAge
}

/** FHIR R4 Task.status: from → to, and who sets each (domain.md, "Three axes"). */
const next: Record<Status, readonly Status[]> = {
  requested: ['received', 'cancelled', 'entered-in-error'],
  received: ['accepted', 'rejected', 'cancelled', 'entered-in-error'],
  accepted: [
    'in-progress',
    'on-hold',
    'rejected',
    'completed',
    'failed',
    'cancelled',
    'entered-in-error',
  ],
  'in-progress': ['on-hold', 'completed', 'failed', 'cancelled', 'entered-in-error'],
  'on-hold': ['in-progress', 'completed', 'failed', 'cancelled', 'entered-in-error'],
  completed: [],
  rejected: [],
  failed: [],
  cancelled: [],
  'entered-in-error': [],
}

type Setter = 'referrer' | 'recipient' | 'hub'
const setters: Record<Status, readonly Setter[]> = {
  requested: ['referrer'],
  received: ['hub'],
  accepted: ['recipient'],
  'in-progress': ['recipient'],
  'on-hold': ['recipient'],
  completed: ['recipient'],
  rejected: ['recipient'],
  failed: ['recipient'],
  cancelled: ['referrer', 'recipient', 'hub'],
  'entered-in-error': ['referrer'],
}

const needsReason: readonly Status[] = ['rejected', 'on-hold', 'failed', 'cancelled']

/** Whether nothing follows this status: the referral is closed. */
export const isClosed = (status: Status): boolean => next[status].length === 0

/** The two sides of a referral. */
export type Parties = { referrer: InstitutionCode; recipient: InstitutionCode }

const sideOf = (parties: Parties, by: InstitutionCode | 'hub'): Setter | undefined =>
  by === 'hub'
    ? 'hub'
    : by === parties.referrer
      ? 'referrer'
      : by === parties.recipient
        ? 'recipient'
        : undefined

/** The statuses that `viewer` may set from the current one. */
export const availableTransitions = (
  referral: Parties & { status: Status },
  viewer: InstitutionCode,
): Status[] => {
  const side = sideOf(referral, viewer)
  return next[referral.status].filter(to => side !== undefined && setters[to].includes(side))
}

/** Fact: a status that moved. `closes` when nothing follows it. */
export type StatusChanged = { change: StatusChange; closes: boolean }

/** Moves the status of a referral, or says why not: wrong side, not from here, or no reason given. */
export const changeStatus = (
  command: StatusCommand,
  referral: Parties & { status: Status },
  { by, now }: { by: InstitutionCode | 'hub'; now: Instant },
): StatusChanged | Refusal => {
  const side = sideOf(referral, by)
  if (side === undefined) return refuse('forbidden')
  if (!setters[command.status].includes(side) && !setters[command.status].includes('hub'))
    return refuse('forbidden')
  // What became of a consent is told by the consent: a status must not claim a destruction that did not happen.
  if (command.reason !== undefined && consentReasons.includes(command.reason) && side !== 'hub')
    return refuse('invalid-request', [{ pointer: '/reason', code: 'use-the-consent' }])
  if (!next[referral.status].includes(command.status) || !setters[command.status].includes(side))
    return refuse('transition-not-allowed')
  if (needsReason.includes(command.status) && command.reason === undefined)
    return refuse('reason-required', [{ pointer: '/reason', code: 'required' }])
  const { status, reason } = command
  return {
    change: { status, at: now, by, ...(reason === undefined ? {} : { reason }) },
    closes: isClosed(status),
  }
}

/** Whether content may still go out at this status: a referral that its sender took back is not opened any more. */
export const isOpenable = (status: Status): boolean =>
  status !== 'cancelled' && status !== 'entered-in-error'

/** Delivery as a reader sees it: a lease that ran out means that the message is queued again. */
export const deliveryAt = (
  { deliveryState, leaseUntil }: { deliveryState: DeliveryState; leaseUntil?: Instant | undefined },
  now: Instant,
): DeliveryState =>
  deliveryState === 'delivered' && leaseUntil !== undefined && leaseUntil < now
    ? 'queued'
    : deliveryState
