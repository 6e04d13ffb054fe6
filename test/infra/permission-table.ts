// The permission table as people read it, made from the roles that are deployed.
import { type Deployed, listOf, ofType, resolved, type Statement } from './template.ts'

const inboxes = ofType('AWS::SQS::Queue')
  .map(([id]) => id)
  .filter(id => id.startsWith('Inbox'))

/** `Referrals`, `Referrals/index/sent`; all inboxes together are `each inbox`. */
const resourcesOf = ({ Resource }: Statement): string => {
  const names = listOf(Resource).map(one =>
    resolved(one, reference => reference.replace(/\.Arn$/, '')),
  )
  return names.toSorted().join() === inboxes.toSorted().join() ? 'each inbox' : names.join(' ')
}

/**
 * The partition keys that a statement is limited to; undefined where it is not, or where a call that names none would
 * pass.
 */
export const rowsOf = ({ Condition }: Statement): string[] | undefined => {
  const rows = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']
  const named = Condition?.['Null']?.['dynamodb:LeadingKeys'] === 'false'
  return rows && named ? [...listOf(rows)].map(String).toSorted() : undefined
}

/** A line for each statement of a function’s role: service, resource, actions, and the conditions if there are any. */
export const rowOf = ({ statements }: Deployed): string[] =>
  statements.map(statement => {
    const actions = listOf(statement.Action).toSorted()
    const service = actions[0]?.split(':')[0]
    const rows = rowsOf(statement)
    const condition = rows
      ? ` in ${rows.join(' ')}`
      : statement.Condition
        ? `, if ${Object.keys(statement.Condition).join(', ')}`
        : ''
    return `${service} ${resourcesOf(statement)}: ${actions.map(one => one.replace(`${service}:`, '')).join(' ')}${condition}`
  })
