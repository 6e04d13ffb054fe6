// Makes the tables that the template has and the data folder has not yet, and sweeps expired rows: the embedded server
// never does.
import {
  type AttributeDefinition,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  UpdateTableCommand,
  paginateListTables,
  paginateScan,
} from '@aws-sdk/client-dynamodb'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import type { Resolve } from './intrinsics.ts'
import { tableName } from './names.ts'
import { resourcesOf, type Template } from './template.ts'

const KeySchema = z.array(
  z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }),
)
const Index = z.object({
  IndexName: z.string(),
  KeySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
})
const Table = z.object({
  KeySchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.undefined().optional(),
  // Streams make the embedded server slower with every record; the design has none.
  StreamSpecification: z.undefined().optional(),
  PointInTimeRecoverySpecification: z
    .object({ PointInTimeRecoveryEnabled: z.boolean() })
    .optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
})
export type TableSpec = z.infer<typeof Table> & { name: string }

/** The tables of the template, as CreateTable takes them. */
export const readTables = (template: Template, resolve: Resolve): TableSpec[] =>
  resourcesOf(template, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map(
    ([id, resource]) => ({
      ...Table.parse(resolve(resource.Properties)),
      name: tableName(id, resource),
    }),
  )

/** Tables that the template lets no backup keep, and no clock empty: what is deleted there is destroyed. */
export const destroyedIn = (tables: readonly TableSpec[]): string[] =>
  tables.flatMap(({ name, PointInTimeRecoverySpecification: kept, TimeToLiveSpecification }) =>
    kept?.PointInTimeRecoveryEnabled === true || TimeToLiveSpecification?.Enabled ? [] : [name],
  )

const existingTables = async (dynamodb: DynamoDBClient): Promise<Set<string>> => {
  const names = new Set<string>()
  for await (const page of paginateListTables({ client: dynamodb }, {}))
    for (const name of page.TableNames ?? []) names.add(name)
  return names
}

type Described = {
  KeySchema?: KeySchemaElement[] | undefined
  AttributeDefinitions?: AttributeDefinition[] | undefined
  GlobalSecondaryIndexes?:
    | { IndexName?: string | undefined; KeySchema?: KeySchemaElement[] | undefined }[]
    | undefined
}
const keysOf = (schema: KeySchemaElement[] | undefined) =>
  (schema ?? []).map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).toSorted()
/** The table's own keys and those of each index, a line each. */
const outline = (table: Described): string[] => [
  keysOf(table.KeySchema).join(),
  ...(table.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema: schema }) =>
    [IndexName, ...keysOf(schema)].join(),
  ),
]

type IndexSpec = z.infer<typeof Index>
const indexOf = ({ Projection, ...index }: IndexSpec) => ({
  ...index,
  Projection: {
    ProjectionType: Projection.ProjectionType,
    NonKeyAttributes: Projection.NonKeyAttributes,
  },
})

/** Adds an index, as a deployment does, and waits until it has all rows. */
const addIndex = async (
  dynamodb: DynamoDBClient,
  spec: TableSpec,
  index: IndexSpec,
): Promise<void> => {
  const TableName = spec.name
  await dynamodb.send(
    new UpdateTableCommand({
      TableName,
      AttributeDefinitions: spec.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: indexOf(index) }],
    }),
  )
  for (;;) {
    const { Table: found } = await dynamodb.send(new DescribeTableCommand({ TableName }))
    const made = found?.GlobalSecondaryIndexes?.find(each => each.IndexName === index.IndexName)
    if (made?.IndexStatus === 'ACTIVE') return
    await wait(100)
  }
}

const ensureTable = async (
  dynamodb: DynamoDBClient,
  spec: TableSpec,
  exists: boolean,
): Promise<void> => {
  const { name } = spec
  if (exists) {
    const { Table: found } = await dynamodb.send(new DescribeTableCommand({ TableName: name }))
    const there = found ? outline(found) : []
    const wanted = outline(spec)
    const names = new Set(found?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName))
    if (!there.every(line => wanted.includes(line)))
      throw new Error(
        `the table ${name} in the data folder has other keys or indexes than the template: choose another --data`,
      )
    for (const index of spec.GlobalSecondaryIndexes ?? [])
      if (!names.has(index.IndexName)) await addIndex(dynamodb, spec, index)
    return
  }
  await dynamodb.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: spec.KeySchema,
      AttributeDefinitions: spec.AttributeDefinitions,
      GlobalSecondaryIndexes: spec.GlobalSecondaryIndexes?.map(indexOf),
    }),
  )
}

/** Makes every table and index that is missing. Throws when one exists with other keys, or an index too many. */
export const provisionTables = async (
  dynamodb: DynamoDBClient,
  tables: TableSpec[],
): Promise<void> => {
  const existing = await existingTables(dynamodb)
  await Promise.all(tables.map(spec => ensureTable(dynamodb, spec, existing.has(spec.name))))
}

/** Deletes the rows of tables with a time to live whose time has passed at `now` (ms), as DynamoDB does within days. */
export const sweepExpired = async (
  dynamodb: DynamoDBClient,
  tables: TableSpec[],
  now: number,
): Promise<void> => {
  const seconds = { ':now': { N: String(Math.floor(now / 1000)) } }
  for (const { name, KeySchema: schema, TimeToLiveSpecification: ttl } of tables) {
    if (!ttl?.Enabled) continue
    const names = { '#ttl': ttl.AttributeName }
    const keys = schema.map(({ AttributeName }, index) => [`#k${index}`, AttributeName] as const)
    const pages = paginateScan(
      { client: dynamodb },
      {
        TableName: name,
        FilterExpression: '#ttl < :now',
        ProjectionExpression: keys.map(([alias]) => alias).join(),
        ExpressionAttributeNames: { ...names, ...Object.fromEntries(keys) },
        ExpressionAttributeValues: seconds,
      },
    )
    for await (const page of pages)
      for (const Key of page.Items ?? [])
        await dynamodb
          .send(
            // A row that was written again in the meantime stays.
            new DeleteItemCommand({
              TableName: name,
              Key,
              ConditionExpression: '#ttl < :now',
              ExpressionAttributeNames: names,
              ExpressionAttributeValues: seconds,
            }),
          )
          .catch((error: unknown) => {
            if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException'))
              throw error
          })
  }
}
