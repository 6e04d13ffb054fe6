// Rows of any tables under their keys, as of their last writes.
import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Refused } from '../../events/refusal.ts'
import { type Row, type RowName, pause, toItem, toRow, tries } from './dynamodb.ts'

/** One text for each name, or for the name of `row`, a whole row of that table. */
export const rowId = ({ table, key }: RowName, row: Row = key): string =>
  JSON.stringify([
    table,
    ...Object.keys(key)
      .toSorted()
      .map(attribute => row[attribute]),
  ])

/**
 * One call for rows of any tables, at most a hundred, as of their last writes; by their ids, undefined where there is
 * none. What DynamoDB left out is not among them. It is no snapshot: two rows of it may be of different moments.
 */
export const readOnce = async (
  dynamodb: DynamoDBClient,
  names: readonly RowName[],
): Promise<Map<string, Row | undefined>> => {
  const read = new Map<string, Row | undefined>()
  if (names.length === 0) return read
  const wanted = new Map(names.map(name => [rowId(name), name]))
  for (const id of wanted.keys()) read.set(id, undefined)
  const tables = [...Map.groupBy(wanted.values(), ({ table }) => table)]
  const RequestItems = Object.fromEntries(
    tables.map(([table, all]) => [
      table,
      { ConsistentRead: true, Keys: all.map(({ key }) => toItem(key)) },
    ]),
  )
  const { Responses = {}, UnprocessedKeys = {} } = await dynamodb.send(
    new BatchGetItemCommand({ RequestItems }),
  )
  for (const [table, [{ key } = { key: {} }]] of tables)
    for (const row of (Responses[table] ?? []).map(toRow)) read.set(rowId({ table, key }, row), row)
  for (const [table, { Keys = [] }] of Object.entries(UnprocessedKeys))
    for (const key of Keys) read.delete(rowId({ table, key: toRow(key) }))
  return read
}

/** Rows of any tables in the order of their names, in as few calls as can be; left out eight times is `unavailable`. */
export const getRows = async (
  dynamodb: DynamoDBClient,
  names: readonly RowName[],
): Promise<(Row | undefined)[]> => {
  const read = new Map<string, Row | undefined>()
  let wanted = names
  for (let attempt = 1; wanted.length > 0;) {
    const asked = wanted.slice(0, 100)
    for (const [id, row] of await readOnce(dynamodb, asked)) read.set(id, row)
    wanted = wanted.filter(name => !read.has(rowId(name)))
    if (asked.every(name => read.has(rowId(name)))) continue
    if (attempt === tries) throw new Refused('unavailable')
    await pause(attempt++)
  }
  return names.map(name => read.get(rowId(name)))
}
