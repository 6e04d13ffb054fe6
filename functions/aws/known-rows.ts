// Rows that are read before anybody asks for them: what a door wants first comes with the key of its caller, in one
// call. A known row is as it was at one moment, which is over; so each is handed out once, to the first run of a door,
// and whoever reads again reads afresh (functions/http/route.ts; test/functions/http/ahead.test.ts).
import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Refused } from '../../events/refusal.ts'
import { type Row, type RowName, pause, toItem, toRow, tries } from './dynamodb.ts'

/** One text for each name, or for the name of `row`, a whole row of that table. */
const rowId = ({ table, key }: RowName, row: Row = key): string =>
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
const readOnce = async (
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

const chunksOf = <T>(all: readonly T[], most = 100): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, i) =>
    all.slice(i * most, (i + 1) * most),
  )

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

/** Hands out each row that it knows once; `row` is undefined where there is none under that name. */
export type KnownRows = { take: (name: RowName) => { row: Row | undefined } | undefined }

/** Nothing is known: all is read afresh. */
export const noRows: KnownRows = { take: () => undefined }

/**
 * Reads rows of any tables as of their last writes, for whoever will ask for them, a hundred a call. Nothing is asked
 * for twice: what a call does not bring is read by who asks for it.
 */
export const readAhead =
  (dynamodb: DynamoDBClient) =>
  async (names: readonly RowName[]): Promise<KnownRows> => {
    const read = chunksOf(names).map(chunk => readOnce(dynamodb, chunk))
    const left = new Map((await Promise.all(read)).flatMap(rows => [...rows]))
    return {
      take: name => {
        const id = rowId(name)
        if (!left.has(id)) return undefined
        const row = left.get(id)
        left.delete(id)
        return { row }
      },
    }
  }

/** Rows in the order of their names: those that are known, and the others as of now, in one call. */
export const rowsOf = async (
  dynamodb: DynamoDBClient,
  names: readonly RowName[],
  known: KnownRows = noRows,
): Promise<(Row | undefined)[]> => {
  const taken = names.map(name => ({ name, known: known.take(name) }))
  const missing = taken.filter(one => !one.known).map(({ name }) => name)
  const read = (await getRows(dynamodb, missing)).values()
  return taken.map(one => (one.known ? one.known.row : read.next().value))
}

/** The row under a name: the known one, or as of now. */
export const rowOf = async (
  dynamodb: DynamoDBClient,
  name: RowName,
  known: KnownRows = noRows,
): Promise<Row | undefined> => (await rowsOf(dynamodb, [name], known))[0]
