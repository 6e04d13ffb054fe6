// When a door has the clock look at a referral that it changed. Too early does no harm: the rules then say when. Too
// late would be silence.
import type { Instant } from '../../schemas/ids.ts'
import { later } from '../../schemas/instants.ts'
import { days } from './rule.ts'

type Look = { due?: 'due'; dueAt?: Instant }

/** Not later than `at`; nothing to change where it looks by then anyhow. */
export const lookBy = ({ dueAt }: { dueAt?: Instant | undefined }, at: Instant): Look =>
  dueAt !== undefined && dueAt <= at ? {} : { due: 'due', dueAt: at }

/**
 * After something was recorded: before any rule that counts from it can be due, for a policy counts whole days
 * (schemas/agreement.ts). A door that records does not read the agreement.
 */
export const lookAfterRecord = (row: { dueAt?: Instant | undefined }, now: Instant) =>
  lookBy(row, later(now, days))
