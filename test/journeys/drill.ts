// The tools of the shred drill: copy what a hub keeps, put the copy back. What is tried on the copy: burglars.ts.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type AttributeValue,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Hub } from '../../infra/local/hub.ts'

export type Item = Record<string, AttributeValue>
export type Copy = { tables: Record<string, Item[]>; messages: string[]; texts: string[] }

/** Tables with their keys. ReferralKeys is not among them: see the drill. */
export const tables: Record<string, string[]> = {
  Referrals: ['pk'],
  ConsentLedger: ['consentId', 'n'],
  AccessLog: ['pk', 'sk'],
  Outbox: ['pk', 'n'],
  Requests: ['pk'],
  Directory: ['pk'],
}

export const rowsOf = async (hub: Hub, table: string): Promise<Item[]> => {
  const dynamodb = new DynamoDBClient(hub.aws)
  const rows: Item[] = []
  let start: Item | undefined
  do {
    const page = await dynamodb.send(
      new ScanCommand({
        TableName: hub.nameOf(table),
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    )
    rows.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start)
  dynamodb.destroy()
  return rows
}

/** The queue's first ten messages, left where they are: visible again at once. */
export const messagesIn = async (hub: Hub, queue: string): Promise<string[]> => {
  const sqs = new SQSClient(hub.aws)
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: hub.nameOf(queue),
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
    }),
  )
  sqs.destroy()
  return (Messages ?? []).map(({ Body }) => Body as string)
}

/**
 * What the folder holds beside the tables (copied row by row), KMS's own keys (asked through its API) and the callers'
 * keys.
 */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(each => each.isFile() && !/^dynamodb\.sqlite|^kms\.json$|\.jwk$/.test(each.name))
    .map(each => readFileSync(join(each.parentPath, each.name)).toString('latin1'))

export const copyOf = async (hub: Hub, lines: readonly string[]): Promise<Copy> => {
  const messages: string[] = []
  for (const queue of ['InboxALA', 'ParkedALA', 'InboxIGM', 'ParkedIGM'])
    messages.push(...(await messagesIn(hub, queue)))
  const copied: Copy['tables'] = {}
  for (const table of Object.keys(tables)) copied[table] = await rowsOf(hub, table)
  return { tables: copied, messages, texts: [...lines, ...filesOf(hub.data)] }
}

/**
 * A table as it was at the copy: later rows are gone, later changes undone. `keep`: a ledger, whose later rows are
 * played again.
 */
export const putBack = async (
  hub: Hub,
  { tables: copied }: Copy,
  table: string,
  { keep = false } = {},
): Promise<void> => {
  const dynamodb = new DynamoDBClient(hub.aws)
  const TableName = hub.nameOf(table)
  const keyOf = (row: Item): Item =>
    Object.fromEntries((tables[table] ?? []).map(name => [name, row[name] as AttributeValue]))
  const text = (row: Item) => JSON.stringify(keyOf(row))
  const before = new Set(copied[table]?.map(text))
  for (const row of await rowsOf(hub, table))
    if (!keep && !before.has(text(row)))
      await dynamodb.send(new DeleteItemCommand({ TableName, Key: keyOf(row) }))
  for (const Item of copied[table] ?? [])
    await dynamodb.send(new PutItemCommand({ TableName, Item }))
  dynamodb.destroy()
}
