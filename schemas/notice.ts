// Notices about an agreement (clauses 8, 9, 14, 15): what a signatory sends, and what is kept. Only ever added to.
import * as z from 'zod'
import { Agreement, PartyCode } from './agreement.ts'
import { because } from './field-codes.ts'
import { EntryId, InstitutionCode, Instant, Sha256, StatedSha256 } from './ids.ts'
import { CalendarDate, listOf } from './standards.ts'

/** What an addendum may change. Parties, flows and the term are not among it: those are another agreement. */
export const AgreementChange = z
  .strictObject({
    targetPersons: Agreement.shape.targetPersons.optional(),
    servesRegularStatus: Agreement.shape.servesRegularStatus.optional(),
    policy: Agreement.shape.policy.partial().optional(),
    onwardRecipients: listOf(PartyCode, 0, 40).optional(),
  })
  .refine(change => Object.values(change).some(value => value !== undefined), because('required'))
export type AgreementChange = z.infer<typeof AgreementChange>

/** Body of `POST /v1/agreements/{agreementId}/notices`. */
export const NoticeCommand = z.discriminatedUnion('kind', [
  /** Exchange of letters: takes effect once each party has sent one with the same `until`, the last instant. */
  z.strictObject({ kind: z.literal('renewal'), until: Instant }),
  z.strictObject({ kind: z.literal('rescission'), receivedOn: CalendarDate }),
  z.strictObject({
    kind: z.literal('amendment'),
    change: AgreementChange,
    /** Of the signed addendum. */
    documentSha256: StatedSha256.optional(),
  }),
  z.strictObject({ kind: z.literal('breach') }),
  z.strictObject({ kind: z.literal('lift') }),
  z.strictObject({
    kind: z.literal('termination'),
    cause: z.enum(['confidentiality', 'records']),
  }),
])
export type NoticeCommand = z.infer<typeof NoticeCommand>
export type NoticeKind = NoticeCommand['kind']

/** `AV-2026-0001`: by the year of Guatemala, without gaps. */
export const NoticeNumber = z.string().regex(/^AV-\d{4}-\d{4,}$/)

/** A notice as it is kept, in order of its number. `digest`: of what it states (events/notice.ts `statementOf`). */
export const Notice = z.strictObject({
  noticeId: EntryId,
  number: NoticeNumber,
  by: InstitutionCode,
  at: Instant,
  digest: Sha256,
  states: NoticeCommand,
})
export type Notice = z.infer<typeof Notice>

export const AgreementState = z.enum([
  'pending',
  'in-force',
  'in-notice',
  'frozen',
  'completing',
  'ended',
])
export type AgreementState = z.infer<typeof AgreementState>
