// Rows of several tables in one call, against an endpoint of our own that answers as the DynamoDB API reference says:
// what it leaves out (UnprocessedKeys) is hard to bring about at will with a real server.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { toItem } from '../../../functions/aws/dynamodb.ts'
import { readAhead, rowOf, rowsOf } from '../../../functions/aws/known-rows.ts'
import { getRows } from '../../../functions/aws/read-rows.ts'
import { awsServer, json } from './aws-server.ts'

type Key = { pk: { S: string }; n?: { N: string } }
type Asked = Record<string, { Keys: Key[]; ConsistentRead: boolean }>
let asked: Asked[] = []
/** How many calls more leave out the keys of this table. */
let leavingOut: { table: string; calls: number } | undefined

/** Every row is there but `none`, and holds its table's name. */
const { aws } = await awsServer((response, { body }) => {
  const { RequestItems } = JSON.parse(body) as { RequestItems: Asked }
  asked.push(RequestItems)
  const isOut = (table: string) => leavingOut?.table === table && leavingOut.calls > 0
  const [out, served] = [true, false].map(wanted =>
    Object.entries(RequestItems).filter(([table]) => isOut(table) === wanted),
  )
  if (leavingOut) leavingOut.calls -= 1
  // As DynamoDB does: in no particular order.
  const rowsIn = ([table, { Keys }]: [string, Asked[string]]) => [
    table,
    Keys.filter(({ pk }) => pk.S !== 'none')
      .map(key => ({ ...key, of: { S: table } }))
      .toReversed(),
  ]
  response.sendDate = false
  json(response, 200, {
    Responses: Object.fromEntries((served ?? []).map(rowsIn)),
    UnprocessedKeys: Object.fromEntries(out ?? []),
  })
}, afterAll)
const dynamodb = new DynamoDBClient(aws)
afterAll(() => dynamodb.destroy())
beforeEach(() => {
  asked = []
  leavingOut = undefined
})

const at = (table: string, pk: string, n?: number) => ({
  table,
  key: { pk, ...(n === undefined ? {} : { n }) },
})
const several = [at('A', 'x'), at('B', 'y', 1), at('A', 'none'), at('B', 'y', 2), at('A', 'x')]
const rows = [
  { pk: 'x', of: 'A' },
  { pk: 'y', n: 1, of: 'B' },
  undefined,
  { pk: 'y', n: 2, of: 'B' },
  { pk: 'x', of: 'A' },
]

describe('rows of several tables', () => {
  test('come in the order of their names, from one consistent call in which each is named once', async () => {
    expect(await getRows(dynamodb, several)).toEqual(rows)
    expect(asked).toEqual([
      {
        A: { ConsistentRead: true, Keys: ['x', 'none'].map(pk => toItem({ pk })) },
        B: { ConsistentRead: true, Keys: [1, 2].map(n => toItem({ pk: 'y', n })) },
      },
    ])
  })

  test('come in calls of a hundred; none are asked for where none are named', async () => {
    const many = Array.from({ length: 201 }, (_, n) => at('A', `${n}`))
    expect((await getRows(dynamodb, many)).map(row => row?.['pk'])).toEqual(
      many.map(({ key }) => key.pk),
    )
    expect(asked.map(({ A }) => A?.Keys.length)).toEqual([100, 100, 1])
    expect(await getRows(dynamodb, [])).toEqual([])
    expect(asked).toHaveLength(3)
  })

  test('that are left out are asked for again, they alone', async () => {
    leavingOut = { table: 'B', calls: 2 }
    expect(await getRows(dynamodb, several)).toEqual(rows)
    expect(asked.map(tables => Object.keys(tables).join(''))).toEqual(['AB', 'B', 'B'])
  })

  test('that stay left out for eight calls are unavailable, and never taken for absent', async () => {
    leavingOut = { table: 'B', calls: 100 }
    await expect(getRows(dynamodb, several)).rejects.toMatchObject({ code: 'unavailable' })
    expect(asked).toHaveLength(8)
  })
})

describe('rows that are read ahead', () => {
  test('are handed out once; who asks again, or for another, reads it then', async () => {
    const known = await readAhead(dynamodb)([at('A', 'x'), at('A', 'none')])
    expect(await rowsOf(dynamodb, several.slice(0, 3), known)).toEqual(rows.slice(0, 3))
    expect(asked).toHaveLength(2)
    expect(Object.keys(asked[1] ?? {})).toEqual(['B'])
    expect(await rowOf(dynamodb, at('A', 'x'), known)).toEqual(rows[0])
    expect(asked).toHaveLength(3)
  })

  test('are asked for once: what is left out then is not known, and not taken for absent', async () => {
    leavingOut = { table: 'B', calls: 1 }
    const known = await readAhead(dynamodb)(several)
    expect(asked).toHaveLength(1)
    expect(known.take(at('B', 'y', 1))).toBeUndefined()
    expect(await rowOf(dynamodb, at('B', 'y', 1), known)).toEqual(rows[1])
    expect(known.take(at('A', 'none'))).toEqual({ row: undefined })
  })
})
