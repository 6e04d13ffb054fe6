// Notices about an agreement (clauses 8, 9, 14, 15): what a signatory sends, what is kept, and what they make of the
// agreement, as its parties see it.
import * as z from 'zod'
import {
  Agreement,
  AskedPersons,
  AskedPolicy,
  NoticeKind,
  NoticeNumber,
  PartyCode,
  TermDay,
  TermInstant,
} from './agreement.ts'
import { because } from './field-codes.ts'
import {
  AgreementId,
  EntryId,
  InstitutionCode,
  Instant,
  Post,
  Sha256,
  StatedSha256,
} from './ids.ts'
import { CalendarDate, listOf } from './standards.ts'

/** What an addendum changes of a policy; and all of it, as the parties see it. */
export const Policy = AskedPolicy.partial()

/** What an addendum may change. Parties, flows and the term are not among it: those are another agreement. */
const changeOf = (targetPersons: z.ZodInt, policy: z.ZodType<z.infer<typeof Policy>>) =>
  z
    .strictObject({
      targetPersons: targetPersons.optional(),
      servesRegularStatus: Agreement.shape.servesRegularStatus.optional(),
      policy: policy.optional(),
      onwardRecipients: listOf(PartyCode, 0, 40).optional(),
    })
    .refine(change => Object.values(change).some(value => value !== undefined), because('required'))

export const AgreementChange = changeOf(AskedPersons, Policy)
export type AgreementChange = z.infer<typeof AgreementChange>

/** Clauses 8 and 9. */
export const TerminationCause = z.enum(['confidentiality', 'records'])
export type TerminationCause = z.infer<typeof TerminationCause>

const noticeOf = ({
  until,
  receivedOn,
  change,
}: {
  until: typeof Instant
  receivedOn: z.ZodType<string>
  change: z.ZodType<AgreementChange>
}) =>
  z.discriminatedUnion('kind', [
    /** Exchange of letters: takes effect once each party has sent one with the same `until`, the last instant. */
    z.strictObject({ kind: z.literal('renewal'), until }),
    z.strictObject({ kind: z.literal('rescission'), receivedOn }),
    z.strictObject({
      kind: z.literal('amendment'),
      change,
      /** Of the signed addendum. */
      documentSha256: StatedSha256.optional(),
    }),
    z.strictObject({ kind: z.literal('breach') }),
    z.strictObject({ kind: z.literal('lift') }),
    z.strictObject({
      kind: z.literal('termination'),
      cause: TerminationCause,
    }),
  ])

/** Body of `POST /v1/agreements/{agreementId}/notices`. */
export const NoticeCommand = noticeOf({
  until: TermInstant,
  receivedOn: TermDay,
  change: AgreementChange,
})
export type NoticeCommand = z.infer<typeof NoticeCommand>

/** What a notice stated, as it is kept: what was taken before there were bounds is read all the same. */
const StatedNotice = noticeOf({
  until: Instant,
  receivedOn: CalendarDate,
  change: changeOf(Agreement.shape.targetPersons, Agreement.shape.policy.partial()),
})

/** A notice as it is kept, in the order of its number. `digest`: of what it states (events/notice.ts `statementOf`). */
export const Notice = z.strictObject({
  noticeId: EntryId,
  number: NoticeNumber,
  by: InstitutionCode,
  at: Instant,
  digest: Sha256,
  states: StatedNotice,
})
export type Notice = z.infer<typeof Notice>

/** What it has come to: it waits for the other side, took effect, or something overtook it. */
export const NoticeState = z.enum(['awaiting', 'in-effect', 'lapsed'])
export type NoticeState = z.infer<typeof NoticeState>

/** A notice as the parties see it. `states`: what it says, so that the other side can say the same: by one shape. */
export const NoticeView = Notice.extend({
  states: NoticeCommand,
  kind: NoticeKind,
  state: NoticeState,
  effectiveAt: Instant.optional(),
})
export type NoticeView = z.infer<typeof NoticeView>

export const AgreementState = z.enum([
  'pending',
  'in-force',
  'in-notice',
  'frozen',
  'completing',
  'ended',
])
export type AgreementState = z.infer<typeof AgreementState>

/** What ends or falls due, the last instant of each. */
export const AgreementDeadline = z.strictObject({
  kind: z.enum(['end', 'completion', 'evidence']),
  at: Instant,
})
export type AgreementDeadline = z.infer<typeof AgreementDeadline>

/** What an addendum may change, as a version has it, with what its policy leaves out (events/policy.ts). */
export const VersionTerms = z.strictObject({
  targetPersons: z.int().positive(),
  servesRegularStatus: z.boolean(),
  policy: Policy,
  onwardRecipients: z.array(InstitutionCode),
})
export type VersionTerms = z.infer<typeof VersionTerms>

/** An agreement as its parties see it. */
export const AgreementView = z.strictObject({
  agreementId: AgreementId,
  version: z.int().positive(),
  title: z.string(),
  parties: z.array(InstitutionCode),
  flows: Agreement.shape.flows,
  onwardRecipients: z.array(InstitutionCode),
  state: AgreementState,
  inForceFrom: Instant,
  /** The last instant of the term, as renewed. */
  inForceUntil: Instant,
  /** The last instant in force, as rescission and termination have it. */
  endsAt: Instant,
  targetPersons: z.int().positive(),
  servesRegularStatus: z.boolean(),
  /** With what it leaves out (events/policy.ts). */
  policy: Policy,
  /** Of business days: which holidays, and as of when. */
  calendar: z.strictObject({ id: z.string(), version: z.string() }),
  posts: z.array(z.strictObject({ post: Post, institution: InstitutionCode })),
  notices: z.array(NoticeView),
  /** What each party must state alike, and of whom it is awaited. */
  awaiting: z.array(
    z.strictObject({ kind: NoticeKind, digest: Sha256, from: z.array(InstitutionCode) }),
  ),
  deadlines: z.array(AgreementDeadline),
  /** `digest`: of all terms of the version. */
  versions: z.array(
    z.strictObject({
      version: z.int().positive(),
      from: Instant,
      digest: Sha256,
      terms: VersionTerms,
    }),
  ),
})
export type AgreementView = z.infer<typeof AgreementView>
