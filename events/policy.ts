// What an agreement's policy leaves out, and what then holds. Policy is not in the agreement and never called a duty.
import type { Agreement } from '../schemas/agreement.ts'

type Policy = Agreement['policy']

/** Where a policy says nothing. */
const usualPolicy = {
  /** Hours in which a message is collected, else its sender is told. */
  collectHours: { routine: 120, urgent: 24, stat: 4 },
  /** Days after which an undecided referral ends unanswered. */
  expireDays: 60,
  /** Days without anything recorded, after which both sides are told. */
  stallDays: 30,
  /** Days after the agreement's end in which work in progress is finished (clause 15). */
  completionDays: 90,
  /** Days for which content is kept after a termination (clauses 8, 9). */
  evidenceDays: 30,
  /** Whether new referrals are taken while a rescission runs. */
  referralsInNotice: true,
} as const satisfies Partial<Policy>

/** A policy with all that holds. */
type WholePolicy = { [Member in keyof Policy]-?: Exclude<Policy[Member], undefined> }

export const policyOf = ({ policy }: Pick<Agreement, 'policy'>): WholePolicy => {
  const said = Object.entries(policy).filter(([, value]) => value !== undefined)
  return { ...usualPolicy, ...Object.fromEntries(said) } as WholePolicy
}
