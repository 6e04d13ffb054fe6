// What an agreement's policy leaves out, and what then holds. Policy is not in the agreement and never called a duty.
import { type Agreement, usualPolicy } from '../schemas/agreement.ts'

type Policy = Agreement['policy']

/** A policy with all that holds. */
type WholePolicy = { [Member in keyof Policy]-?: Exclude<Policy[Member], undefined> }

export const policyOf = ({ policy }: Pick<Agreement, 'policy'>): WholePolicy => {
  const said = Object.entries(policy).filter(([, value]) => value !== undefined)
  return { ...usualPolicy, ...Object.fromEntries(said) } as WholePolicy
}
