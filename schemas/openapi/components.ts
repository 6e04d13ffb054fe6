// The things of the contract by name: each has one schema, and everything else refers to it.
import * as z from 'zod'
import * as log from '../access-log.ts'
import * as agreement from '../agreement.ts'
import { Certificate, Sentence } from '../certificate.ts'
import * as consent from '../consent.ts'
import * as documents from '../documents.ts'
import { HandoverCommand } from '../handover.ts'
import * as ids from '../ids.ts'
import * as inbox from '../inbox.ts'
import * as institution from '../institution.ts'
import { LanguageTag, Languages } from '../languages.ts'
import * as milestone from '../milestone.ts'
import * as notice from '../notice.ts'
import { MigrationStatusCode, Payload, ProjectedPayload } from '../payload.ts'
import { FieldError, ProblemDetails } from '../problem-details.ts'
import * as referral from '../referral.ts'
import { routes } from '../routes.ts'
import * as standards from '../standards.ts'
import { Name } from '../text.ts'

const parts = Payload.shape

/** `referral.requested.v1` → `ReferralRequestedEvent`. */
const eventName = (type: string): string =>
  `${type
    .replace(/\.v\d+$/, '')
    .split(/[.-]/)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Event`

const events = Object.fromEntries(
  inbox.InboxEvent.options.map(option => [eventName(option.shape.type.value), option]),
)

/** What has a name of its own in the contract. Bodies and answers of one route alone are named after what they are. */
const things: Record<string, z.ZodType> = {
  // Names, codes and times
  ReferralId: ids.ReferralId,
  ConsentId: ids.ConsentId,
  EntryId: ids.EntryId,
  MessageId: ids.MessageId,
  RequestId: ids.RequestId,
  InstitutionCode: ids.InstitutionCode,
  AgreementId: ids.AgreementId,
  Keyid: ids.Keyid,
  Post: ids.Post,
  Folio: ids.Folio,
  Instant: ids.Instant,
  Sha256: ids.Sha256,
  StatedSha256: ids.StatedSha256,
  Salt: ids.Salt,
  Handle: inbox.Handle,
  CalendarDate: standards.CalendarDate,
  PartialDate: standards.PartialDate,
  Code: standards.Code,
  Country: standards.Country,
  Phone: standards.Phone,
  LanguageTag,
  Languages,
  Name,
  Role: agreement.Role,
  Priority: agreement.Priority,
  Algorithm: agreement.Algorithm,
  RevocationReason: agreement.RevocationReason,
  KeyState: agreement.KeyState,
  Service: referral.Service,
  Status: referral.Status,
  Reason: referral.Reason,
  Milestone: milestone.Milestone,
  Feedback: milestone.Feedback,
  DeliveryState: referral.DeliveryState,
  ContentState: referral.ContentState,
  DataCategory: consent.DataCategory,
  Purpose: consent.Purpose,
  Action: log.Action,
  Outcome: log.Outcome,
  DocumentType: documents.DocumentType,
  MigrationStatusCode,
  // The person, sealed
  Payload,
  ProjectedPayload,
  Identity: parts.identity,
  Document: documents.SentDocument,
  Contact: parts.contact.unwrap(),
  MigrationStatus: parts.migrationStatus,
  TrainingProfile: parts.trainingProfile,
  SupportNeeds: parts.supportNeeds.unwrap(),
  Protection: parts.protection.unwrap(),
  // Referrals, consents, messages
  Submission: referral.Submission,
  ReferralHeader: referral.ReferralHeader,
  StatusChange: referral.StatusChange,
  MilestoneRecord: milestone.RecordedMilestone,
  StatusCommand: referral.StatusCommand,
  ReferralList: routes['referral.list'].answer.schema,
  HandoverCommand,
  ReleaseCommand: routes['referral.release'].body,
  ReleasedReferral: routes['referral.release'].answer.schema,
  ConsentTerms: consent.ConsentTerms,
  ConsentPurpose: consent.ConsentPurpose,
  ConsentView: consent.ConsentView,
  WithdrawalCommand: consent.WithdrawalCommand,
  DeletionConfirmation: consent.DeletionConfirmation,
  Certificate,
  Sentence,
  PullCommand: inbox.PullCommand,
  PulledMessages: routes['inbox.pull'].answer.schema,
  PulledMessage: inbox.PulledMessage,
  InboxEvent: inbox.InboxEvent,
  ...events,
  AckCommand: inbox.AckCommand,
  ReturnCommand: inbox.ReturnCommand,
  RedriveCommand: inbox.RedriveCommand,
  RedriveAnswer: inbox.RedriveAnswer,
  SettleAnswer: inbox.SettleAnswer,
  // Agreements and their notices
  Agreement: notice.AgreementView,
  AgreementList: routes['agreement.list'].answer.schema,
  Notice: notice.NoticeView,
  NoticeCommand: notice.NoticeCommand,
  Policy: notice.Policy,
  HoursByPriority: agreement.HoursByPriority,
  // The access log
  AccessLogEntry: log.AccessLogEntry,
  AccessLogPage: routes['access-log.query'].answer.schema,
  RequestEvidence: log.RequestEvidence,
  ProvenEntry: log.ProvenEntry,
  AccessLogSummary: log.AccessLogSummary,
  CosignCommand: log.CosignCommand,
  CosignAnswer: log.CosignAnswer,
  CosignedCheckpoint: log.CosignedCheckpoint,
  CosignedCheckpoints: routes['access-log.cosignatures'].answer.schema,
  // Institutions and keys
  Me: institution.Me,
  Institution: institution.InstitutionView,
  InstitutionList: routes['institution.list'].answer.schema,
  PublicJwk: agreement.PublicJwk,
  KeyEvent: agreement.KeyEvent,
  DirectoryKey: agreement.DirectoryKey,
  DirectoryKeyList: routes['institution.keys'].answer.schema,
  KeyProposal: institution.KeyProposal,
  KeyConfirmation: institution.KeyConfirmation,
  KeyRevocation: institution.KeyRevocation,
  // The rest
  Health: routes['health.read'].answer.schema,
  OpenApiDocument: routes['openapi.read'].answer.schema,
  ProblemDetails,
  FieldError,
}

export type Schema = { [member: string]: unknown }

/** A shape that has a name is referred to; any other is written out where it is used. */
const reference = (name: string) => `#/components/schemas/${name}`
const names = new Map(Object.entries(things).map(([name, shape]) => [shape, name]))

/**
 * JSON Schema 2020-12 of every thing, and of `others` beside them, as callers write it (`input`) or read it (`output`).
 */
const convert = (others: readonly z.ZodType[], io: 'input' | 'output') => {
  const registry = z.registry<{ id: string }>()
  for (const [shape, id] of names) registry.add(shape, { id })
  const named = new Map(others.map((shape, at) => [shape, names.get(shape) ?? `#${at}`]))
  for (const [shape, id] of named) if (!names.has(shape)) registry.add(shape, { id })
  const { schemas } = z.toJSONSchema(registry, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    uri: reference,
    // What every JSON number has as its bounds here says nothing.
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    },
  })
  const bare = Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [
      id,
      schema as Schema,
    ]),
  )
  return {
    schemas: bare,
    of: (shape: z.ZodType): Schema =>
      names.has(shape)
        ? { $ref: reference(names.get(shape) ?? '') }
        : (bare[named.get(shape) ?? ''] ?? {}),
  }
}

/** The names that a value refers to, and the names that those refer to. */
const reachedFrom = (value: unknown, schemas: Record<string, Schema>, seen: Set<string>): void => {
  if (typeof value !== 'object' || value === null) return
  for (const [member, inner] of Object.entries(value))
    if (member !== '$ref') reachedFrom(inner, schemas, seen)
    else {
      const name = String(inner).slice(reference('').length)
      if (seen.has(name)) continue
      seen.add(name)
      reachedFrom(schemas[name], schemas, seen)
    }
}

/**
 * The schemas of all things that `bodies` and `answers` lead to, and a way to refer to each shape. What callers send is
 * as they write it (a member with a default may be left out), all else as they read it; nothing that is both differs
 * (test/schemas/openapi.test.ts).
 */
export const componentSchemas = (bodies: readonly z.ZodType[], answers: readonly z.ZodType[]) => {
  const written = convert(bodies, 'input')
  const read = convert([...answers, ProblemDetails], 'output')
  const sent = new Set<string>()
  const got = new Set<string>()
  reachedFrom(bodies.map(written.of), written.schemas, sent)
  reachedFrom([...answers, ProblemDetails].map(read.of), read.schemas, got)
  const schemas = Object.fromEntries(
    Object.keys(things)
      .filter(name => sent.has(name) || got.has(name))
      .map(name => [name, (sent.has(name) ? written : read).schemas[name] ?? {}]),
  )
  const differing = [...sent].filter(
    name =>
      got.has(name) && JSON.stringify(written.schemas[name]) !== JSON.stringify(read.schemas[name]),
  )
  return { schemas, differing, written: written.of, read: read.of }
}
