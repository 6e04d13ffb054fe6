// What a call to the local AWS endpoint needs: which actions on which ARNs, with which condition keys.
import * as z from 'zod'
import type { Service } from './aws-error.ts'
import type { Call, Context } from './iam.ts'
import { keyArn, type Keys } from './key-file.ts'
import { keyIdOfBlob } from './kms.ts'
import { queueArn, region, tableArn } from './names.ts'

const none: Context = {}

/** The customer-managed key (ARN) that a table or queue is stored under, by its ARN. */
export type StorageKeys = ReadonlyMap<string, string>

const Table = z.object({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Item: z.unknown().optional(),
  Key: z.unknown().optional(),
})
const Transaction = z.object({
  TransactItems: z.array(z.record(z.string(), z.looseObject({ TableName: z.string() }))),
})
const Batch = z.object({ RequestItems: z.record(z.string(), z.unknown()) })
const Keyed = z.object({ pk: z.object({ S: z.string() }) })
const Asked = z.object({
  KeyConditionExpression: z.string(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: z.record(z.string(), z.object({ S: z.string().optional() })),
})
const Keys = z.object({ Keys: z.array(z.unknown()) }).transform(asked => asked.Keys)
const Writes = z.array(
  z.union([
    z.object({ PutRequest: z.object({ Item: z.unknown() }) }).transform(one => one.PutRequest.Item),
    z
      .object({ DeleteRequest: z.object({ Key: z.unknown() }) })
      .transform(one => one.DeleteRequest.Key),
  ]),
)

/**
 * Partition keys of the items that a call is about, where their attribute is `pk`: of the other tables no policy of
 * ours asks.
 */
const leadingKeys = (...items: unknown[]): Context => {
  const keys = items.flatMap(item => Keyed.safeParse(item).data?.pk.S ?? [])
  return keys.length === 0 ? none : { 'dynamodb:leadingkeys': keys }
}

/**
 * The partition that a query of a table asks for, as an item of its key; nothing for an index, whose partitions are
 * others.
 */
const queried = (body: unknown): unknown => {
  const { data } = Asked.safeParse(body)
  const [, name = '', value = ''] =
    /(?:^|\s)(#?\w+)\s*=\s*(:\w+)/.exec(data?.KeyConditionExpression ?? '') ?? []
  const partition = data?.ExpressionAttributeValues[value]?.S
  return { [data?.ExpressionAttributeNames[name] ?? name]: { S: partition } }
}

const transactActions: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
}
const single = new Set(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan'])
const queueActions: Record<string, string> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
}

const dynamodb = (operation: string, body: unknown): Call[] => {
  const on = (action: string, table: string, context = none, index?: string): Call => {
    const name = table.slice(table.lastIndexOf('/') + 1)
    const resource = tableArn(index === undefined ? name : `${name}/index/${index}`)
    return { action: `dynamodb:${action}`, resource, context }
  }
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    // Not an action of its own: each item needs its own (DynamoDB Developer Guide, "IAM for transactions"). Nowhere
    // does it say whose keys an item is then judged by. Here by those of all items of its table, so that a policy is
    // right in either reading.
    const items = Transaction.parse(body).TransactItems.flatMap(item => Object.entries(item))
    const keysOf = (table: string) =>
      items.flatMap(([, { TableName, Item, Key }]) => (TableName === table ? [Item ?? Key] : []))
    return items.map(([kind, { TableName }]) =>
      on(transactActions[kind] ?? kind, TableName, leadingKeys(...keysOf(TableName))),
    )
  }
  if (operation === 'BatchWriteItem' || operation === 'BatchGetItem')
    return Object.entries(Batch.parse(body).RequestItems).map(([table, asked]) =>
      on(operation, table, leadingKeys(...z.union([Keys, Writes]).parse(asked))),
    )
  if (single.has(operation)) {
    const { TableName, IndexName, Item, Key } = Table.parse(body)
    const about = operation === 'Query' && IndexName === undefined ? queried(body) : (Item ?? Key)
    return [on(operation, TableName, leadingKeys(about), IndexName)]
  }
  const table = Table.partial().safeParse(body).data?.TableName
  return [
    table === undefined
      ? { action: `dynamodb:${operation}`, resource: '*', context: none }
      : on(operation, table),
  ]
}

const Queue = z.object({ QueueUrl: z.string().optional(), QueueName: z.string().optional() })

const sqs = (operation: string, body: unknown): Call[] => {
  const { QueueUrl, QueueName } = Queue.parse(body)
  const name = QueueUrl?.slice(QueueUrl.lastIndexOf('/') + 1) ?? QueueName ?? '*'
  return [
    {
      action: `sqs:${queueActions[operation] ?? operation}`,
      resource: queueArn(name),
      context: none,
    },
  ]
}

const KmsBody = z.object({
  KeyId: z.string().optional(),
  CiphertextBlob: z.string().optional(),
  EncryptionContext: z.record(z.string(), z.string()).default({}),
  SigningAlgorithm: z.string().optional(),
  MacAlgorithm: z.string().optional(),
  MessageType: z.string().optional(),
})

const kms = (operation: string, body: unknown, keys: Keys): Call[] => {
  const parsed = KmsBody.parse(body)
  const id = parsed.KeyId ?? keyIdOfBlob(Buffer.from(parsed.CiphertextBlob ?? '', 'base64')) ?? '*'
  const context: Record<string, readonly string[]> = {}
  const pairs = Object.entries(parsed.EncryptionContext)
  if (pairs.length > 0) context['kms:encryptioncontextkeys'] = pairs.map(([name]) => name)
  for (const [name, value] of pairs)
    context[`kms:encryptioncontext:${name.toLowerCase()}`] = [value]
  for (const name of ['SigningAlgorithm', 'MacAlgorithm', 'MessageType'] as const) {
    const value = parsed[name]
    if (value !== undefined) context[`kms:${name.toLowerCase()}`] = [value]
  }
  return [{ action: `kms:${operation}`, resource: keyArn(keys.find(id)?.keyId ?? id), context }]
}

// What a service does with a table's or queue's own key, it does in the caller's name: the caller needs the grant, by
// way of that service.
const viaActions: Record<string, string[]> = {
  'sqs:SendMessage': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'sqs:ReceiveMessage': ['kms:Decrypt'],
}
const viaService = (service: Service, call: Call, storageKeys: StorageKeys): Call[] => {
  const [resource = ''] = call.resource.split('/index/')
  const key = storageKeys.get(resource)
  if (key === undefined) return []
  const actions = service === 'dynamodb' ? ['kms:Decrypt'] : (viaActions[call.action] ?? [])
  const context = { 'kms:viaservice': [`${service}.${region}.amazonaws.com`] }
  return actions.map(action => ({ action, resource: key, context }))
}

/**
 * Every permission that `operation` with `body` needs. Throws (zod) when the body does not even say what it is about.
 */
export const permissionsFor = (
  service: Service,
  operation: string,
  body: unknown,
  world: { keys: Keys; storageKeys: StorageKeys },
): Call[] => {
  const calls =
    service === 'kms'
      ? kms(operation, body, world.keys)
      : service === 'sqs'
        ? sqs(operation, body)
        : dynamodb(operation, body)
  return service === 'kms'
    ? calls
    : calls.flatMap(call => [call, ...viaService(service, call, world.storageKeys)])
}
