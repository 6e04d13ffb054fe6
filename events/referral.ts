// The rules of a referral: who may be referred, and how its status may move. Pure: (command, state, now) → fact or
// refusal.
import type { Agreement, KeptAgreement } from '../schemas/agreement.ts'
import type { ConsentTerms, Purpose } from '../schemas/consent.ts'
import type { FieldCode } from '../schemas/field-codes.ts'
import type { InstitutionCode, Instant } from '../schemas/ids.ts'
import type { Payload } from '../schemas/payload.ts'
import {
  type DeliveryState,
  type KeptHeader,
  Reason,
  type Status,
  type StatusChange,
  type StatusCommand,
  type Submission,
  consentReasons,
} from '../schemas/referral.ts'
import { isBornAfter, mayBeMinor } from './age.ts'
import { completionUntil, gate, named, respondBy } from './agreement.ts'
import { coversTraining, recipientsOf } from './consent.ts'
import { type FieldFault, type Refusal, refuse } from './refusal.ts'
import { isAhead } from './stated-time.ts'

/** Fact: a submission that the agreement and the consent allow. */
export type Referred = { submittedAt: Instant; respondBy: Instant; history: StatusChange[] }

/** How a referral begins, sent or handed on: nobody has collected it, and nothing of it was opened. */
export const asRequested = (): Pick<
  KeptHeader,
  'status' | 'deliveryState' | 'contentState' | 'version' | 'milestones'
> => ({
  status: 'requested',
  deliveryState: 'queued',
  contentState: 'sealed',
  version: 1,
  milestones: [],
})

/**
 * Whether `referrer` may refer this person now (clause 4.A.1, domain.md).
 * The first reason against it is given, in the order of the code below.
 */
export const submitReferral = (
  submission: Submission,
  {
    agreement,
    referrer,
    now,
  }: { agreement: KeptAgreement; referrer: InstitutionCode; now: Instant },
): Referred | Refusal => {
  const { consent, payload, recipient } = submission
  const { submit: shut } = gate(agreement, now)
  if (shut) return refuse(shut)
  const recipients = agreement.flows.filter(flow => flow.referrer === referrer)
  if (!recipients.some(flow => flow.recipient === recipient))
    return refuse('recipient-not-party', [
      notAllowed(
        '/recipient',
        recipients.map(flow => flow.recipient),
      ),
    ])
  const strangers = linesFor(consent, () => named(agreement))
  if (strangers.length > 0) return refuse('recipient-not-party', strangers)

  const eligible = eligibility(payload, agreement)
  if (eligible !== 'eligible') return eligible
  const { identity } = payload
  // Whoever estimates a day still may not name one to come.
  if (isBornAfter({ birthDate: identity.birthDate }, now))
    return wrong('/payload/identity/birthDate', 'in-the-future')
  if (!payload.trainingProfile.interestDeclared) return refuse('interest-not-declared')

  if (isAhead(consent.grantedAt, now)) return wrong('/consent/grantedAt', 'in-the-future')
  if (isBornAfter(identity, consent.grantedAt)) return wrong('/consent/grantedAt', 'before-birth')
  if (!coversTraining(consent, recipient)) return refuse('consent-missing-purpose')
  const misplaced = linesFor(consent, purpose =>
    recipientsOf(purpose, { agreement, referrer, recipient }),
  )
  if (misplaced.length > 0) return refuse('invalid-request', misplaced)
  if (consent.validUntil < now) return refuse('consent-expired')
  if (consent.validUntil > completionUntil(agreement)) return refuse('consent-outlives-agreement')
  if (mayBeMinor(identity, now)) {
    const { type, assent } = consent.grantor
    if (type !== 'guardian' || assent !== true) return refuse('minor-needs-guardian-and-assent')
  }
  return {
    submittedAt: now,
    respondBy: respondBy(agreement, submission.priority, now),
    history: [{ status: 'requested', at: now, by: referrer }],
  }
}

const notAllowed = (pointer: string, allowed: readonly string[]): FieldFault => ({
  pointer,
  code: 'not-allowed',
  allowed: [...new Set(allowed)],
})

const wrong = (pointer: string, code: FieldCode): Refusal =>
  refuse('invalid-request', [{ pointer, code }])

/** The lines of a consent whose recipient is not one that their purpose can have. */
const linesFor = (
  { purposes }: ConsentTerms,
  allowedFor: (purpose: Purpose) => readonly InstitutionCode[],
): FieldFault[] =>
  purposes.flatMap(({ purpose, recipient }, i) => {
    const allowed = allowedFor(purpose)
    return allowed.includes(recipient)
      ? []
      : [notAllowed(`/consent/purposes/${i}/recipient`, allowed)]
  })

/** Clause 4.A.1, and 4.B.1 where both parties turned it on. */
const servedStatuses = ({
  servesRegularStatus,
}: Agreement): Payload['migrationStatus']['status'][] => [
  'refugee-applicant',
  'refugee',
  'in-regularization',
  ...(servesRegularStatus ? ['regular' as const] : []),
]

const eligibility = (payload: Payload, agreement: Agreement): Refusal | 'eligible' => {
  const { status } = payload.migrationStatus
  const foreign = payload.identity.nationalities.some(country => country !== 'GTM')
  if (status === 'returned-national' || !foreign) return refuse('eligibility-population')
  const served = servedStatuses(agreement)
  return served.includes(status)
    ? 'eligible'
    : refuse('eligibility-status', [notAllowed('/payload/migrationStatus/status', served)])
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

const reasonsByHand = Reason.options.filter(reason => !consentReasons.includes(reason))

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
    return refuse('invalid-request', [
      { pointer: '/reason', code: 'use-the-consent', allowed: reasonsByHand },
    ])
  if (!next[referral.status].includes(command.status) || !setters[command.status].includes(side))
    return refuse('transition-not-allowed')
  if (needsReason.includes(command.status) && command.reason === undefined)
    return refuse('reason-required', [
      { pointer: '/reason', code: 'required', allowed: reasonsByHand },
    ])
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
