// What a statement is for: the capabilities of the function's line in the permission table that ask for what it lets
// through; and what it lets through that none asks for.
import { type Capability, type Grant, grants, rowsFor } from '../capabilities.ts'
import { unasked } from '../statements.ts'
import type { Condition, Statement } from './template.ts'

/** Why something is allowed. `from`: a capability of the permission table, or the Sid of what every function has. */
type Reason = { readonly from: string; readonly why: string }

/** An action on a resource, on some rows of it where the statement names rows. */
export type Access = { readonly action: string; readonly resource: string; readonly rows?: string }

export type Permission = Statement & {
  readonly reasons: readonly Reason[]
  /** Let through because one transaction has the row beside those that the action is for. */
  readonly wider: readonly Access[]
  /** Let through, and nothing says why. */
  readonly unexplained: readonly Access[]
}

/** The partition keys that a statement is limited to; undefined where it is not, or a call that names none passes. */
const rowsOf = (conditions: readonly Condition[]): readonly string[] | undefined => {
  const of = (operator: string) =>
    conditions.find(one => one.operator === operator && one.key === 'dynamodb:LeadingKeys')?.values
  return of('Null')?.join() === 'false' ? of('ForAllValues:StringLike') : undefined
}

/** Each thing that a statement lets through, apart. */
export const accessesOf = ({ actions, resources, conditions }: Statement): Access[] => {
  const rows = rowsOf(conditions)
  return actions.flatMap(action =>
    resources.flatMap((resource): Access[] =>
      rows ? rows.map(one => ({ action, resource, rows: one })) : [{ action, resource }],
    ),
  )
}

/** Whether a statement has exactly the conditions that its capability asks for. */
const sameConditions = (conditions: readonly Condition[], asked: object): boolean => {
  const wanted = Object.entries(asked).flatMap(([operator, keys]: [string, object]) =>
    Object.entries(keys).map(
      ([key, values]: [string, unknown]) => `${operator} ${key} ${[values].flat().join()}`,
    ),
  )
  const had = conditions.map(({ operator, key, values }) => `${operator} ${key} ${values.join()}`)
  return wanted.toSorted().join(' and ') === had.toSorted().join(' and ')
}

/** How a capability asks for an access: for it itself, for a transaction's sake, or not at all. */
const asks = (grant: Grant, access: Access, conditions: readonly Condition[]) => {
  const [service = '', action = ''] = access.action.split(':')
  const has = grant.actions.includes(action)
  if ('table' in grant) {
    const resources = grant.indexes
      ? grant.indexes.map(name => `${grant.table}/index/${name}`)
      : [grant.table]
    if (service !== 'dynamodb' || !resources.includes(access.resource)) return 'not'
    const rows = rowsFor(grant, action)
    if (has && (!rows || (access.rows !== undefined && rows.includes(access.rows)))) return 'itself'
    return access.rows !== undefined && grant.beside?.[action]?.includes(access.rows)
      ? 'beside'
      : 'not'
  }
  if ('key' in grant)
    return service === 'kms' &&
      has &&
      access.resource === `${grant.key}Key` &&
      sameConditions(conditions, grant.conditions ?? {})
      ? 'itself'
      : 'not'
  return service === 'sqs' && has && /^Inbox[A-Z]+$/.test(access.resource) ? 'itself' : 'not'
}

/** @param id the function's logical id, after which its own log is named */
export const permissionOf = (
  statement: Statement,
  may: readonly Capability[],
  id: string,
): Permission => {
  const own = statement.sid in unasked ? unasked[statement.sid as keyof typeof unasked] : undefined
  const on = statement.sid === 'OwnLog' ? `${id}Logs` : 'StorageKey'
  if (
    own &&
    statement.resources.join() === on &&
    statement.actions.every(action => own.actions.some(one => one === action))
  )
    return {
      ...statement,
      reasons: [{ from: statement.sid, why: own.why }],
      wider: [],
      unexplained: [],
    }
  const accesses = accessesOf(statement)
  const asksFor = (access: Access, how: 'itself' | 'beside', whose = may): boolean =>
    whose.some(from => asks(grants[from], access, statement.conditions) === how)
  const reasons = may.filter(from => accesses.some(access => asksFor(access, 'itself', [from])))
  const nobodyAsks = accesses.filter(access => !asksFor(access, 'itself'))
  return {
    ...statement,
    reasons: reasons.map(from => ({ from, why: grants[from].why })),
    wider: nobodyAsks.filter(access => asksFor(access, 'beside')),
    unexplained: nobodyAsks.filter(access => !asksFor(access, 'beside')),
  }
}
