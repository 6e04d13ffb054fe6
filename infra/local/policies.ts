// Who may do what, read from the template: each role's statements, each key's policy, each queue's.
import * as z from 'zod'
import { type Call, type Context, type Decision, policy } from './iam.ts'
import type { Resolve } from './intrinsics.ts'
import { account, roleArn } from './names.ts'
import { resourcesOf, type Template } from './template.ts'

const Document = z.object({ Statement: z.array(z.record(z.string(), z.unknown())) })
const Role = z.object({
  RoleName: z.string().optional(),
  Policies: z.array(z.object({ PolicyDocument: Document })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  PermissionsBoundary: z.undefined().optional(),
})
const Sid = z.object({ Sid: z.string().default('') })
const Policy = z.object({ Roles: z.array(z.string()).default([]), PolicyDocument: Document })
const Key = z.object({ KeyPolicy: Document })
const QueuePolicy = z.object({ Queues: z.array(z.string()), PolicyDocument: Document })

// Lambda's own: writing logs, which here is the worker's standard output.
const managed = /^arn:aws:iam::aws:policy\/service-role\/AWSLambdaBasicExecutionRole$/

/**
 * Whether a resource policy's statement speaks of the role of this ARN. The account's root stands for every role that
 * its own policy lets do it.
 */
const speaksOf = (principal: unknown, arn: string): boolean => {
  if (principal === '*') return true
  const { AWS } = z
    .object({ AWS: z.union([z.string(), z.array(z.string())]).default([]) })
    .parse(principal)
  return [AWS].flat().some(one => ['*', account, `arn:aws:iam::${account}:root`, arn].includes(one))
}

/**
 * Whether a call may be made that the statements named `sids` of the role allow; for tests, which watch them or take
 * them away.
 */
export type Allow = (role: string, call: Call, sids: readonly string[]) => boolean

/** The reason a call is refused, in the words AWS uses; undefined when it is allowed. */
export type Authorize = (role: string, call: Call) => string | undefined

/**
 * Everything that decides about a call of a role. Reads the whole template at once, so that what is not known fails at
 * start.
 */
export const authorizer = (
  template: Template,
  resolve: Resolve,
  keyArns: ReadonlyMap<string, string>,
  queueArnOfUrl: (url: string) => string,
  allow?: Allow,
): { roles: ReadonlySet<string>; authorize: Authorize } => {
  const roleIds = resourcesOf(template, 'AWS::IAM::Role').map(([id]) => id)
  const statements = new Map<string, unknown[]>(roleIds.map(id => [id, []]))
  // What a policy knows a role by; its credentials name its logical id.
  const arns = new Map<string, string>()
  for (const [id, { Properties }] of resourcesOf(template, 'AWS::IAM::Role')) {
    const role = Role.parse(resolve(Properties))
    arns.set(id, roleArn(role.RoleName ?? id))
    const unknown = role.ManagedPolicyArns.find(arn => !managed.test(arn))
    if (unknown)
      throw new Error(`the local hub does not know the managed policy ${unknown} of ${id}`)
    for (const { PolicyDocument } of role.Policies)
      statements.get(id)?.push(...PolicyDocument.Statement)
  }
  for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Policy')) {
    const { Roles, PolicyDocument } = Policy.parse(resolve(Properties))
    for (const id of Roles) statements.get(id)?.push(...PolicyDocument.Statement)
  }
  const identity = new Map([...statements].map(([id, own]) => [id, policy(own)]))
  const named = new Map(
    [...statements].map(([id, own]) => [
      id,
      own.map(one => ({ sid: Sid.parse(one).Sid, decide: policy([one]) })),
    ]),
  )
  const sidsFor = (role: string, call: Call): string[] =>
    (named.get(role) ?? []).flatMap(({ sid, decide }) => (decide(call) === 'allowed' ? [sid] : []))

  // Resource policies by ARN, one reading per role. A key's must allow what the role's allows; a queue's can only take
  // away.
  const documents = new Map<
    string,
    { statements: z.infer<typeof Document>['Statement']; mustAllow: boolean }
  >()
  for (const [id, { Properties }] of resourcesOf(template, 'AWS::KMS::Key'))
    documents.set(keyArns.get(id) ?? id, {
      statements: Key.parse(resolve(Properties)).KeyPolicy.Statement,
      mustAllow: true,
    })
  for (const [, { Properties }] of resourcesOf(template, 'AWS::SQS::QueuePolicy')) {
    const { Queues, PolicyDocument } = QueuePolicy.parse(resolve(Properties))
    for (const url of Queues) {
      const arn = queueArnOfUrl(url)
      const before = documents.get(arn)?.statements ?? []
      documents.set(arn, { statements: [...before, ...PolicyDocument.Statement], mustAllow: false })
    }
  }
  type Reading = { mustAllow: boolean; decide: (call: Call) => Decision }
  const resourceReadings = new Map<string, Map<string, Reading>>()
  for (const role of roleIds)
    resourceReadings.set(
      role,
      new Map(
        [...documents].map(([arn, { statements: all, mustAllow }]) => {
          const mine = all.filter(each => speaksOf(each['Principal'], arns.get(role) ?? role))
          // In a key's policy `Resource: "*"` is the key itself.
          return [arn, { mustAllow, decide: policy(mine) }]
        }),
      ),
    )

  const authorize: Authorize = (role, { action, resource, context }) => {
    const call = {
      action,
      resource,
      context: { ...callerContext(arns.get(role) ?? role), ...context },
    }
    const own = identity.get(role)?.(call) ?? 'not allowed'
    const reading = resourceReadings.get(role)?.get(resource)
    const theirs = reading?.decide(call)
    if (own === 'denied') return 'with an explicit deny in an identity-based policy'
    if (theirs === 'denied') return 'with an explicit deny in a resource-based policy'
    if (own === 'not allowed' || allow?.(role, call, sidsFor(role, call)) === false)
      return `because no identity-based policy allows the ${action} action`
    if (reading?.mustAllow && theirs !== 'allowed')
      return `because no resource-based policy allows the ${action} action`
    return undefined
  }
  return { roles: new Set(roleIds), authorize }
}

// Loopback stands in for TLS.
const callerContext = (arn: string): Context => ({
  'aws:principalarn': [arn],
  'aws:principalaccount': [account],
  'aws:securetransport': ['true'],
  'kms:calleraccount': [account],
})
