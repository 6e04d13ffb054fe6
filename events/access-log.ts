// What is written down about a request, and the proof that it was: facts, no I/O.
import type { AccessLogEntry, RequestEvidence } from '../schemas/access-log.ts'
import type { Role } from '../schemas/agreement.ts'
import type { DataCategory } from '../schemas/consent.ts'
import type {
  EntryId,
  InstitutionCode,
  Keyid,
  Post,
  ReferralId,
  RequestId,
  SeenUnder,
  Sha256,
} from '../schemas/ids.ts'
import type { ProblemCode } from '../schemas/problem.ts'

export type Actor = {
  institution: InstitutionCode
  keyid: Keyid
  role: Role
  post?: Post
}

/** The hub itself, acting by the clock or for the deployment. */
export const hubActor = { institution: 'HUB' as InstitutionCode, role: 'hub' as const }

/** What a door says of its effect; the rest of the entry is the request's own. */
export type Occurrence = Omit<
  AccessLogEntry,
  'index' | 'id' | 'time' | 'actor' | 'chain' | 'request' | 'code'
> & {
  /** Decides who may read the entry: officers of the agreement's parties, or of a handover's two sides. */
  agreementId?: SeenUnder | undefined
  /** Why not; `replayed` where an answer was given again and nothing happened. */
  code?: ProblemCode | 'replayed' | undefined
}

/** What a request is about, as far as its door has found out: completes the entry if it is refused. */
export type About = Pick<
  Occurrence,
  'referralId' | 'consentId' | 'agreementId' | 'purpose' | 'subjectKeyid'
>

/**
 * Whether a refusal of a stranger, an institution that is party to no agreement, is an entry of its own: the first in
 * an hour about a thing, and then each that doubles their number, which the entry states. Who asks a million times
 * leaves twenty entries.
 */
export const isToldOfStranger = (refusals: number): boolean => Number.isInteger(Math.log2(refusals))

/** The entry for an occurrence. Members without a value are left out, so that its JSON is one line of facts. */
export const accessLogEntry = (
  { agreementId: _, ...occurrence }: Occurrence,
  request: Pick<AccessLogEntry, 'id' | 'time'> & {
    actor: Actor | typeof hubActor
    evidence: RequestEvidence
  },
): AccessLogEntry => {
  const { action, outcome, ...about } = occurrence
  const stated = Object.fromEntries(
    Object.entries(about).filter(([, value]) => value !== undefined),
  )
  return {
    id: request.id,
    time: request.time,
    action,
    outcome,
    actor: request.actor,
    ...stated,
    request: request.evidence,
  }
}

/** What an entry says of another build of the console, and how the hub, which nobody asked, comes to say it. */
export const consoleOccurrence = (manifest: Sha256): Occurrence => ({
  action: 'hub.console',
  outcome: 'allowed',
  console: { manifest },
})
export const consoleEvidence = (id: RequestId): RequestEvidence => ({
  id,
  method: 'DEPLOYMENT',
  path: '/console',
})

declare const covered: unique symbol

/** A release whose entry is durably written, and not yet covered by a signed checkpoint. */
export type RecordedRelease = {
  readonly entryId: EntryId
  readonly referralId: ReferralId
  readonly categories: readonly DataCategory[]
}

/**
 * Proof that the release of these categories of this referral is in the access log under a signed checkpoint. Only the
 * log makes one (functions/aws/access-log/cover.ts); opening an envelope takes it as an argument, so that the other
 * order does not compile. `proof` is the C2SP tlog-proof of the entry, which goes with the answer.
 */
export type ReleaseReceipt = RecordedRelease & { readonly proof: string; readonly [covered]: true }
