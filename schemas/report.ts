// The report on an agreement's progress: numbers alone, and none by which a person could be told.
import * as z from 'zod'
import { AgreementId, InstitutionCode, Instant } from './ids.ts'
import { Priority } from './agreement.ts'
import { Milestone } from './milestone.ts'
import { Status } from './referral.ts'

/** How far a person has come (clause 3); `d30`, `d180` and `d365` are days in work. */
export const Stage = z.enum([
  'referred',
  'accepted',
  'profiled',
  'enrolled',
  'completed',
  'handedOver',
  'placed',
  'd30',
  'd180',
  'd365',
])
export type Stage = z.infer<typeof Stage>

/** A quarter of a year in Guatemala. */
export const Quarter = z
  .string()
  .regex(/^\d{4}-Q[1-4]$/)
  .brand('Quarter')
export type Quarter = z.infer<typeof Quarter>

/** A number; one to four are `<5`. */
export const Cell = z.union([z.int().nonnegative(), z.literal('<5')])
export type Cell = z.infer<typeof Cell>

const cells = <S extends Stage>(...stages: S[]) =>
  Object.fromEntries(stages.map(stage => [stage, Cell])) as Record<S, typeof Cell>

/** Persons at each stage: each counts once, by what was recorded of them. */
export const Persons = z.strictObject({
  ...cells('referred', 'accepted', 'profiled', 'enrolled', 'completed', 'handedOver', 'placed'),
  inWork: z.strictObject(cells('d30', 'd180', 'd365')),
})
export type Persons = z.infer<typeof Persons>

/** Hours, each the end of the span in which it lies; null while there are fewer than five answers. */
const AnswerHours = z.strictObject({
  median: z.number().nonnegative().nullable(),
  p90: z.number().nonnegative().nullable(),
})

/**
 * What became of the question in the referrals of one recipient and priority. A number that is not told is not there.
 */
const AnswersBy = z.strictObject({
  recipient: InstitutionCode,
  priority: Priority,
  answered: Cell.optional(),
  silent: Cell.optional(),
  overdue: Cell.optional(),
})

export const ProgressReport = z.strictObject({
  agreementId: AgreementId,
  asOf: Instant,
  target: z.int().positive(),
  persons: Persons,
  /** Persons by the quarter in which they were first referred, and how far they have come since. */
  quarters: z.array(z.strictObject({ quarter: Quarter, persons: Persons })),
  referrals: z.strictObject({
    total: Cell,
    open: Cell,
    /** Statuses that are not told are not there: they are few, or would tell how few others are. */
    byStatus: z.partialRecord(Status, Cell),
  }),
  answers: z.strictObject({
    answered: Cell,
    accepted: Cell,
    rejected: Cell,
    /** Ended without an answer after their answer time, or for that reason. */
    silent: Cell,
    /** Waiting, and past their answer time. */
    overdue: Cell,
    hours: AnswerHours,
    by: z.array(AnswersBy),
  }),
  milestones: z.partialRecord(Milestone, Cell),
})
export type ProgressReport = z.infer<typeof ProgressReport>
