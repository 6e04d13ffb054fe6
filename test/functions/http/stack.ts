// The whole stack of a signed route in this process, over the embedded DynamoDB: raw events in, answers out, every
// look-up of a key and every line of the operational log counted, and the rows that are left to be looked at.
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { afterAll, beforeAll, vi } from 'vitest'
import { accessLog } from '../../../functions/aws/access-log/pending.ts'
import { directory } from '../../../functions/aws/directory.ts'
import { toItem, transact } from '../../../functions/aws/dynamodb.ts'
import { keyRate } from '../../../functions/aws/rate.ts'
import { readAhead } from '../../../functions/aws/known-rows.ts'
import { requests } from '../../../functions/aws/requests.ts'
import type { RawRequest } from '../../../functions/http/request.ts'
import type { RowName } from '../../../functions/aws/dynamodb.ts'
import { type Answer, type RequestOf, route } from '../../../functions/http/route.ts'
import type { DirectoryKey } from '../../../schemas/agreement.ts'
import { ownTables } from '../aws/own-tables.ts'
import { authority, now } from '../../signatures/signing.ts'

export type Event = APIGatewayProxyEventV2

/** A request as API Gateway hands it over. `base64`: its body so encoded, as anything that is no text comes. */
export const eventOf = (
  { method, path, query, headers, body }: RawRequest,
  { base64 = false } = {},
): Event =>
  ({
    version: '2.0',
    routeKey: '',
    rawPath: path,
    rawQueryString: query,
    headers: { ...headers },
    ...(body.length > 0 ? { body: body.toString(base64 ? 'base64' : 'utf8') } : {}),
    isBase64Encoded: base64,
    requestContext: { http: { method } },
  }) as Event

export type Judged = {
  status: number
  code: string | undefined
  /** The rule that did not hold. */
  rule: string | undefined
  lookups: number
}

type Door = (request: RequestOf<'referral.list'>) => Promise<Answer>

/** It reads, so that nothing but the stack itself says no. */
const listing: Door = async ({ commit }) => {
  await commit({ occurrences: [{ action: 'referral.list', outcome: 'allowed' }] })
  return { body: {} }
}

/**
 * Starts the stack with these keys in its directory; all of it goes with the test file. Its clock stands at `now`.
 *
 * @param ahead rows that the door has read ahead, by the id of their table
 */
export const startStack = async (
  keys: readonly DirectoryKey[],
  { door = listing, ahead = {} }: { door?: Door; ahead?: Record<string, RowName['key'][]> } = {},
) => {
  const { dynamodb, tableOf } = await ownTables()
  for (const key of keys)
    await dynamodb.send(
      new PutItemCommand({
        TableName: tableOf('Directory'),
        Item: toItem({ pk: `key#${key.keyid}`, ...key }),
      }),
    )
  const write = process.stdout.write.bind(process.stdout)
  let lines: string[] = []
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) })
    process.stdout.write = (line: string | Uint8Array) => {
      lines.push(String(line))
      return true
    }
  })
  afterAll(() => {
    process.stdout.write = write
    vi.useRealTimers()
  })

  let lookups = 0
  const kept = directory({ dynamodb, table: tableOf('Directory') })
  const deps = {
    authority,
    transact: transact(dynamodb),
    readAhead: readAhead(dynamodb),
    directory: {
      ...kept,
      findKey: (...parameters: Parameters<typeof kept.findKey>) => {
        lookups += 1
        return kept.findKey(...parameters)
      },
    },
    requests: requests({ dynamodb, table: tableOf('Requests') }),
    rate: keyRate({
      dynamodb,
      table: tableOf('Requests'),
      rate: { perSecond: 1000, burst: 100_000 },
    }),
    accessLog: accessLog({ dynamodb, table: tableOf('AccessLog') }),
  }
  const names = Object.entries(ahead).flatMap(([id, rows]) =>
    rows.map(key => ({ table: tableOf(id), key })),
  )
  const handler = route('referral.list', door, { deps, ahead: () => names }) as unknown as (
    event: Event,
    context: object,
  ) => Promise<APIGatewayProxyStructuredResultV2>

  return {
    tableOf,
    ask: async (event: Event): Promise<Judged> => {
      lookups = 0
      const { statusCode, body } = await handler(event, { getRemainingTimeInMillis: () => 10_000 })
      const { code, errors } = JSON.parse(body ?? '{}') as {
        code?: string
        errors?: { code: string }[]
      }
      return { status: statusCode as number, code, rule: errors?.[0]?.code, lookups }
    },
    /** What was logged since the last time. */
    logged: (): Record<string, unknown>[] => {
      const since = lines.map(line => JSON.parse(line) as Record<string, unknown>)
      lines = []
      return since
    },
    /** Keys of all rows that requests may leave. */
    rows: async (): Promise<string[]> => {
      const tables = await Promise.all(
        ['Requests', 'AccessLog', 'Referrals', 'Outbox', 'ConsentLedger'].map(id =>
          dynamodb.send(new ScanCommand({ TableName: tableOf(id) })),
        ),
      )
      return tables.flatMap(({ Items = [] }) => Items.map(({ pk }) => pk?.S ?? '')).toSorted()
    },
  }
}
