// Rows that are read before anybody asks for them: what a door wants first comes with the key of its caller, in one
// call. A known row is as it was at one moment, which is over; so each is handed out once, to the first run of a door,
// and whoever reads again reads afresh (functions/http/route.ts; test/journeys/ahead.test.ts).
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Row, RowName } from './dynamodb.ts'
import { getRows, readOnce, rowId } from './read-rows.ts'

const chunksOf = <T>(all: readonly T[], most = 100): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, i) =>
    all.slice(i * most, (i + 1) * most),
  )

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
