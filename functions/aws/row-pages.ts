// What a query or a scan finds comes in pages of a megabyte, or of as many rows as were asked for.
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { type Row, toItem, toRow } from './dynamodb.ts'

type Item = Record<string, AttributeValue>
type Start = { ExclusiveStartKey?: Item }
/** Sends the command, with where a page is to begin. */
type Read = (start: Start) => Promise<{
  Items?: Item[] | undefined
  LastEvaluatedKey?: Item | undefined
}>

/** One page, and where the next begins, if there is one. */
export const pageFrom = async (
  from: Row | undefined,
  read: Read,
): Promise<{ rows: Row[]; next?: Row }> => {
  const { Items = [], LastEvaluatedKey } = await read(
    from ? { ExclusiveStartKey: toItem(from) } : {},
  )
  const rows = Items.map(toRow)
  return LastEvaluatedKey ? { rows, next: toRow(LastEvaluatedKey) } : { rows }
}

/** All rows, page after page, as far as they are taken. */
export async function* allPages(read: Read): AsyncGenerator<Row> {
  let from: Row | undefined
  do {
    const { rows, next } = await pageFrom(from, read)
    yield* rows
    from = next
  } while (from)
}

/** All rows, at once. */
export const allRows = async (read: Read): Promise<Row[]> => {
  const rows: Row[] = []
  for await (const row of allPages(read)) rows.push(row)
  return rows
}
