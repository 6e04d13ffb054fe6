// A hub whose functions' calls at AWS are seen one by one, those at DynamoDB by the rows that they are about, and may
// be held up or answered by the test. Nothing runs by its clock.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll } from 'vitest'
import type { Around } from '../../infra/local/aws-endpoint.ts'
import type { AwsAnswer } from '../../infra/local/aws-error.ts'
import { emptyHub } from './empty-hub.ts'
import { type OwnOptions, ownHub } from './own-hub.ts'

/** `rows`: `Directory key#…`, each by its table and its key; of a transaction, those that it writes or checks. */
export type Watched = { role: string; operation: string; rows: string[]; ended?: true }
/** Passed on unless it answers by itself. */
export type Meets = (
  call: Watched,
  pass: () => Promise<AwsAnswer>,
) => Promise<AwsAnswer> | undefined

type Key = Parameters<typeof unmarshall>[0]
type Body = {
  TableName?: string
  Key?: Key
  RequestItems?: Record<string, { Keys: Key[] }>
  TransactItems?: Record<string, { TableName: string; Key?: Key; Item?: Key }>[]
}

const nameOf = (table: string, key: Key = {}): string => {
  const { pk, referralId, consentId, n } = unmarshall(key) as Record<string, string | number>
  const id = pk ?? (consentId === undefined ? referralId : `${consentId} ${n}`)
  return `${table.replace(/^referral-hub-/, '')} ${id}`
}

const rowsOf = ({ TableName, Key, RequestItems = {}, TransactItems = [] }: Body): string[] => [
  ...(TableName === undefined ? [] : [nameOf(TableName, Key)]),
  ...Object.entries(RequestItems).flatMap(([table, { Keys }]) =>
    Keys.map(key => nameOf(table, key)),
  ),
  ...TransactItems.flatMap(Object.values).map(one => nameOf(one.TableName, one.Key ?? one.Item)),
]

const passes: Meets = () => undefined

export const watchedHub = async ({
  rate,
  ...more
}: Pick<OwnOptions, 'rate' | 'contradicts'> = {}) => {
  let calls: Watched[] = []
  let meets = passes
  const around: Around = async ({ caller, service, operation, body }, pass) => {
    if (caller.startsWith('admin')) return pass(body)
    const rows = service === 'dynamodb' ? rowsOf(JSON.parse(body.toString()) as Body) : []
    const call: Watched = { role: caller, operation, rows }
    calls.push(call)
    const passed = () => pass(body)
    const answer = await (meets(call, passed) ?? passed())
    call.ended = true
    return answer
  }
  const hub = await (rate ? ownHub({ rate, around, ...more }) : emptyHub({ around, ...more }))
  const dynamodb = new DynamoDBClient(hub.hub.aws)
  afterAll(() => dynamodb.destroy())
  return {
    ...hub,
    dynamodb,
    /** What is called while `thing` runs, in the order in which it was begun. */
    during: async <T>(
      thing: () => Promise<T>,
      met = passes,
    ): Promise<[answer: T, calls: Watched[]]> => {
      calls = []
      meets = met
      try {
        return [await thing(), calls]
      } finally {
        meets = passes
      }
    },
    /** A function as it is when it has just started. */
    fresh: (name: string) => hub.hub.renew(`referral-hub-${name}`),
  }
}
