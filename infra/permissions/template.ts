// The synthesized template as whoever reviews permissions reads it: statements with the names of what they are about.
// What it does not know how to read, it refuses: a permission that is not shown is worse than no page.
import * as z from 'zod'

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
})
export const Template = z.object({ Resources: z.record(z.string(), Resource) })
export type Template = z.infer<typeof Template>
type Resource = z.infer<typeof Resource>

export const ofType = ({ Resources }: Template, type: string): [id: string, Resource][] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type)

/** The template says something that no page could show rightly. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/**
 * A value of the template as text, each reference as the logical id that it names: `{Fn::GetAtt: [Referrals, Arn]}` is
 * `Referrals`.
 */
export const named = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  const [name, operand] = Object.entries(value)[0] ?? []
  if (name === 'Ref') return String(operand)
  if (name === 'Fn::GetAtt') return String((operand as unknown[])[0])
  if (name === 'Fn::Join') {
    const [between, parts] = operand as [string, unknown[]]
    return parts.map(named).join(between)
  }
  // A part of something is said as what it is a part of.
  if (name === 'Fn::Select') return named((operand as unknown[])[1])
  if (name === 'Fn::Split') return named((operand as unknown[])[1])
  throw new Unreadable(`${name} is no intrinsic that infra/permissions/template.ts reads`)
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

/** One test of a condition. */
export type Condition = {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}
export type Statement = {
  readonly sid: string
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  /** Logical ids, an index as `Table/index/name`. */
  readonly resources: readonly string[]
  /** The names of queues, with `*`, that `resources` was worked out of; most statements have none. */
  readonly patterns: readonly string[]
  readonly principals: readonly string[]
  readonly conditions: readonly Condition[]
}

// Strict: NotAction, NotResource and NotPrincipal allow what they do not name, and nothing here would show it.
const Written = z.strictObject({
  Sid: z.string().default(''),
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.unknown(),
  Resource: z.unknown().optional(),
  Principal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
})

const principalsOf = (principal: unknown): string[] =>
  typeof principal === 'object' && principal !== null
    ? Object.values(principal).flatMap(listOf).map(named)
    : listOf(principal ?? []).map(named)

const statementOf = (json: unknown): Statement => {
  const read = Written.safeParse(json)
  if (!read.success)
    throw new Unreadable(`a statement that cannot be read: ${JSON.stringify(json).slice(0, 200)}`)
  const { Sid, Effect, Action, Resource: on, Principal, Condition: conditions } = read.data
  return {
    sid: Sid,
    effect: Effect,
    actions: listOf(Action).map(named).toSorted(),
    resources: on === undefined ? [] : listOf(on).map(named),
    patterns: [],
    principals: Principal === undefined ? [] : principalsOf(Principal),
    conditions: Object.entries(conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({
        operator,
        key,
        values: listOf(values).map(named),
      })),
    ),
  }
}

/** Every statement anywhere within a resource's properties, of whatever type it is. */
export const statementsWithin = (value: unknown): Statement[] => {
  if (typeof value !== 'object' || value === null) return []
  if ('Effect' in value) return [statementOf(value)]
  return Object.values(value).flatMap(statementsWithin)
}

/** A queue by its ARN, as a statement of a function names it: the functions stand in another stack than the queues. */
const queueName = /^arn:.*:sqs:.*:([^:]+)$/

const glob = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map(part => part.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
  )

/**
 * A statement with each queue that its patterns match. Throws Unreadable where one matches none: what would it show?
 */
const withQueues = (template: Template, statement: Statement): Statement => {
  const queues = ofType(template, 'AWS::SQS::Queue').map(
    ([id, { Properties }]) => [id, named(Properties['QueueName'] ?? '')] as const,
  )
  const patterns = statement.resources.flatMap(one => queueName.exec(one)?.[1] ?? [])
  const resources = statement.resources.flatMap(one => {
    const [, pattern] = queueName.exec(one) ?? []
    if (pattern === undefined) return [one]
    const found = queues.filter(([, name]) => glob(pattern).test(name)).map(([id]) => id)
    if (found.length === 0)
      throw new Unreadable(
        `${statement.sid} is about ${pattern}, and the template has no such queue`,
      )
    return found
  })
  return { ...statement, resources, patterns }
}

/** What gives permissions to principals in ways that are not read here. */
const unread = [
  'AWS::IAM::User',
  'AWS::IAM::Group',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserToGroupAddition',
  'AWS::KMS::Grant',
  'AWS::Lambda::Url',
]

/** The statements that give a role anything: its own and of the policies that name it. */
export const statementsOfRole = (template: Template, role: string): Statement[] => {
  const properties = template.Resources[role]?.Properties
  if (!properties) throw new Unreadable(`the role ${role} is not in the template`)
  for (const part of ['ManagedPolicyArns', 'PermissionsBoundary'])
    if (part in properties)
      throw new Unreadable(`${role} has ${part}, whose statements are not here`)
  for (const type of unread)
    for (const [id] of ofType(template, type))
      throw new Unreadable(`${id}: infra/permissions does not read ${type}`)
  return [
    ...statementsWithin(properties['Policies']),
    ...ofType(template, 'AWS::IAM::Policy')
      .filter(([, { Properties }]) => listOf(Properties['Roles']).map(named).includes(role))
      .flatMap(([, { Properties }]) => statementsWithin(Properties['PolicyDocument'])),
  ].map(statement => withQueues(template, statement))
}
