// What the template deploys, as the local hub runs it: functions, routes, schedules; tables and queues with what they
// are stored under.
import * as z from 'zod'
import type { Rate } from '../../events/rate.ts'
import type { KeyShape } from './key-file.ts'
import type { Resolve } from './intrinsics.ts'
import { functionName, queueArn, queueName, tableArn, tableName } from './names.ts'
import type { QueueSpec } from './sqs.ts'
import { type Resource, resourcesOf, type Template } from './template.ts'

export type FunctionSpec = {
  name: string
  /** The handler's module, relative to the repository's root. */
  entry: string
  role: string
  environment: Record<string, string>
  timeoutSeconds: number
  memoryMb: number
}
/** `routeKey` as API Gateway spells it: `GET /v1/health`, `$default`. `limit`: for all callers together. */
export type Route = { routeKey: string; function: string; limit?: Rate | undefined }
export type Schedule = { name: string; arn: string; function: string; everySeconds: number }

const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const Lambda = z.object({
  Role: z.string(),
  Environment: z
    .object({ Variables: z.record(z.string(), Text).default({}) })
    .default({ Variables: {} }),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
})
const Entry = z.object({ entry: z.string() })
const Integration = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
})
const RouteProperties = z.object({ RouteKey: z.string(), Target: z.string() })
const Throttle = z
  .strictObject({
    ThrottlingRateLimit: z.number().positive(),
    ThrottlingBurstLimit: z.int().positive(),
  })
  .transform(limit => ({
    perSecond: limit.ThrottlingRateLimit,
    burst: limit.ThrottlingBurstLimit,
  }))
// Strict: what a stage is told, the gateway does, or says that it cannot.
const Stage = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default'),
  AutoDeploy: z.literal(true),
  AccessLogSettings: z.unknown().optional(),
  DefaultRouteSettings: Throttle.optional(),
  RouteSettings: z.record(z.string(), Throttle).default({}),
})
const Rule = z.object({
  ScheduleExpression: z.string(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(z.object({ Arn: z.string() })),
})

const seconds = { minute: 60, hour: 3600, day: 86_400 }

/** `rate(5 minutes)` in seconds. Other schedule expressions are an error. */
const everySeconds = (expression: string): number => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? []
  if (count === undefined || unit === undefined)
    throw new Error(`the local hub does not know the schedule ${expression}`)
  return Number(count) * seconds[unit as keyof typeof seconds]
}

/** Functions, routes and schedules of the template, all intrinsics resolved. */
export const readDeployment = (template: Template, resolve: Resolve) => {
  const properties = (resource: Resource) => resolve(resource.Properties)
  const nameOfArn = (arn: string): string => {
    const found = functions.find(({ name }) =>
      new RegExp(`:function:${name}(/invocations)?$`).test(arn),
    )
    if (!found) throw new Error(`the template has no function ${arn}`)
    return found.name
  }

  const functions: FunctionSpec[] = resourcesOf(template, 'AWS::Lambda::Function').map(
    ([id, resource]) => {
      const lambda = Lambda.parse(properties(resource))
      const entry = Entry.safeParse(resource.Metadata)
      if (!entry.success)
        throw new Error(`the function ${id} does not say its module (Metadata.entry)`)
      return {
        name: functionName(id, resource),
        entry: entry.data.entry,
        role: lambda.Role.slice(lambda.Role.lastIndexOf('/') + 1),
        environment: lambda.Environment.Variables,
        timeoutSeconds: lambda.Timeout,
        memoryMb: lambda.MemorySize,
      }
    },
  )

  const stages = resourcesOf(template, 'AWS::ApiGatewayV2::Stage').map(([, resource]) =>
    Stage.parse(properties(resource)),
  )
  const limitOf = (routeKey: string): Rate | undefined =>
    stages[0]?.RouteSettings[routeKey] ?? stages[0]?.DefaultRouteSettings

  const routes: Route[] = resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, resource]) => {
    const { RouteKey, Target } = RouteProperties.parse(properties(resource))
    const id = Target.slice('integrations/'.length)
    const integration = template.Resources[id]
    if (!integration) throw new Error(`the template has no integration ${id}`)
    return {
      routeKey: RouteKey,
      limit: limitOf(RouteKey),
      function: nameOfArn(Integration.parse(properties(integration)).IntegrationUri),
    }
  })

  for (const routeKey of stages.flatMap(stage => Object.keys(stage.RouteSettings)))
    if (!routes.some(route => route.routeKey === routeKey))
      throw new Error(`the stage limits ${routeKey}, which is no route of the template`)

  const schedules: Schedule[] = resourcesOf(template, 'AWS::Events::Rule').flatMap(
    ([id, resource]) => {
      const rule = Rule.parse(properties(resource))
      const arn = z.string().parse(resolve({ 'Fn::GetAtt': [id, 'Arn'] }))
      if (rule.State === 'DISABLED') return []
      return rule.Targets.map(target => ({
        name: id,
        arn,
        function: nameOfArn(target.Arn),
        everySeconds: everySeconds(rule.ScheduleExpression),
      }))
    },
  )
  return { functions, routes, schedules }
}

const Key = z.object({
  KeySpec: z.string().default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.string().default('ENCRYPT_DECRYPT'),
})

/** The keys to make, by logical id. Their shape depends on nothing else in the template. */
export const keyShapes = (template: Template): [string, { spec: string; usage: string }][] =>
  resourcesOf(template, 'AWS::KMS::Key').map(([id, { Properties }]) => {
    const { KeySpec, KeyUsage } = Key.parse(Properties)
    return [id, { spec: KeySpec, usage: KeyUsage } satisfies Record<keyof KeyShape, string>]
  })

const flags = ['FifoQueue', 'ContentBasedDeduplication'] as const
const numbers = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'MaximumMessageSize',
  'DelaySeconds',
  'ReceiveMessageWaitTimeSeconds',
  'KmsDataKeyReusePeriodSeconds',
] as const
const texts = ['DeduplicationScope', 'FifoThroughputLimit', 'KmsMasterKeyId'] as const
const Queue = z.object({
  ...Object.fromEntries(flags.map(name => [name, Text.optional()])),
  ...Object.fromEntries(numbers.map(name => [name, Text.optional()])),
  ...Object.fromEntries(texts.map(name => [name, z.string().optional()])),
  RedrivePolicy: z
    .object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() })
    .transform(policy => JSON.stringify(policy))
    .optional(),
})

/** The queues, dead-letter queues among them, with their attributes as SQS takes them. */
export const readQueues = (template: Template, resolve: Resolve): (QueueSpec & { url: string })[] =>
  resourcesOf(template, 'AWS::SQS::Queue').map(([id, resource]) => ({
    name: queueName(id, resource),
    url: z.string().parse(resolve({ Ref: id })),
    attributes: z.record(z.string(), z.string()).parse(Queue.parse(resolve(resource.Properties))),
  }))

const Sse = z.object({
  SSESpecification: z.object({ KMSMasterKeyId: z.string().optional() }).optional(),
})
const TableKeys = Sse.extend({ Replicas: z.array(Sse).default([]) })

/** The customer-managed key that each table and queue is stored under: their ARN → its ARN. */
export const readStorageKeys = (
  template: Template,
  resolve: Resolve,
  keyArnOf: (idOrArn: string) => string,
) => {
  const found = new Map<string, string>()
  for (const [id, resource] of resourcesOf(
    template,
    'AWS::DynamoDB::Table',
    'AWS::DynamoDB::GlobalTable',
  )) {
    const table = TableKeys.parse(resolve(resource.Properties))
    const key = [table, ...table.Replicas]
      .map(each => each.SSESpecification?.KMSMasterKeyId)
      .find(each => each)
    if (key) found.set(tableArn(tableName(id, resource)), keyArnOf(key))
  }
  for (const { name, attributes } of readQueues(template, resolve))
    if (attributes['KmsMasterKeyId'])
      found.set(queueArn(name), keyArnOf(attributes['KmsMasterKeyId']))
  return found
}
