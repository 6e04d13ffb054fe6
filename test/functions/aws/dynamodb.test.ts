// How the one transaction of an effect meets DynamoDB's refusals. The real SDK against an endpoint of our own on
// loopback that answers as the DynamoDB API reference says: conflicts between transactions are hard to bring about at
// will with a real server.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { Refused } from '../../../events/refusal.ts'
import { requests } from '../../../functions/aws/requests.ts'
import {
  Moved,
  Overtaken,
  type Row,
  type Write,
  toItem,
  transact,
} from '../../../functions/aws/dynamodb.ts'
import type { Keyid, RequestId } from '../../../schemas/ids.ts'
import type { ProblemCode } from '../../../schemas/problem.ts'
import { awsServer, json } from './aws-server.ts'

type Reply = { status: number; body: object }
let replies: Reply[] = []
let received: Record<string, unknown>[] = []

const { aws } = await awsServer((response, asked) => {
  received.push(JSON.parse(asked.body) as Record<string, unknown>)
  const { status, body } = replies.shift() ?? { status: 200, body: {} }
  // The date of this machine's kernel would be skew to an SDK on another day: it would try again what it must not.
  response.sendDate = false
  json(response, status, body)
}, afterAll)
const dynamodb = new DynamoDBClient({ ...aws, maxAttempts: 3 })
afterAll(() => dynamodb.destroy())
beforeEach(() => {
  replies = []
  received = []
})

/** API reference, TransactWriteItems, "TransactionCanceledException": one reason for each item, in their order. */
const cancelled = (...reasons: (string | { code: string; item: Row })[]): Reply => ({
  status: 400,
  body: {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    Message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
    CancellationReasons: reasons.map(reason =>
      typeof reason === 'string'
        ? { Code: reason }
        : { Code: reason.code, Item: toItem(reason.item) },
    ),
  },
})
const failure = (type: string, status = 400): Reply => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'x' },
})

const write = (
  meaning: ReturnType<Write['failed']>,
  seen?: (row: Row | undefined) => void,
): Write => ({
  item: { Put: { TableName: 'T', Item: toItem({ pk: 'a' }) } },
  failed: existing => {
    seen?.(existing)
    return meaning
  },
})
const commit = transact(dynamodb)
const codeOf = async (call: Promise<unknown>): Promise<ProblemCode> => {
  const error: unknown = await call.catch((thrown: unknown) => thrown)
  if (error instanceof Refused) return error.code
  throw new Error('not refused', { cause: error })
}

describe('a conflict with another transaction', () => {
  test('is tried again until it succeeds, with the very same writes', async () => {
    replies = [
      cancelled('TransactionConflict', 'None'),
      cancelled('None', 'TransactionConflict'),
      cancelled('ThrottlingError', 'None'),
    ]
    await commit([write('forbidden'), write('forbidden')])
    expect(received.length).toBe(4)
    const items = received.map(({ TransactItems }) => JSON.stringify(TransactItems))
    expect(new Set(items).size).toBe(1)
  })

  test('that does not end is given up after eight tries, as unavailable or as the caller names it', async () => {
    replies = Array.from({ length: 16 }, () => cancelled('TransactionConflict'))
    expect(await codeOf(commit([write('forbidden')]))).toBe('unavailable')
    expect(received.length).toBe(8)
    expect(await codeOf(commit([write('forbidden')], 'request-in-progress'))).toBe(
      'request-in-progress',
    )
    expect(received.length).toBe(16)
  })

  test('is not waited for when a condition has failed as well: that decides', async () => {
    replies = [cancelled('TransactionConflict', 'ConditionalCheckFailed')]
    expect(await codeOf(commit([write('internal'), write('external-id-exists')]))).toBe(
      'external-id-exists',
    )
    expect(received.length).toBe(1)
  })
})

const yielding = (): Write => ({ ...write('moved'), yields: true })

describe('a write that yields', () => {
  test.each([
    ['is too late', ['None', 'ConditionalCheckFailed']],
    [
      'is too late while somebody is at another row',
      ['TransactionConflict', 'ConditionalCheckFailed'],
    ],
    ['meets somebody', ['None', 'TransactionConflict']],
  ])('that %s is Overtaken at once, and nothing else has moved', async (_, reasons) => {
    replies = [cancelled(...reasons)]
    await expect(commit([write('moved'), yielding()])).rejects.toBeInstanceOf(Overtaken)
    expect(received.length).toBe(1)
  })

  test('decides nothing where another has moved, or somebody is at another alone', async () => {
    replies = [cancelled('ConditionalCheckFailed', 'ConditionalCheckFailed')]
    await expect(commit([write('moved'), yielding()])).rejects.toBeInstanceOf(Moved)
    replies = [cancelled('TransactionConflict', 'TransactionConflict')]
    await commit([write('moved'), yielding()])
    expect(received.length).toBe(3)
  })
})

describe('a condition that does not hold', () => {
  test('is refused as the first write of those that failed says', async () => {
    replies = [cancelled('None', 'ConditionalCheckFailed', 'ConditionalCheckFailed')]
    const writes = [
      write('internal'),
      write('external-id-exists'),
      write('duplicate-active-referral'),
    ]
    expect(await codeOf(commit(writes))).toBe('external-id-exists')
    expect(received.length).toBe(1)
  })

  test('shows the write the row that is there, where it asked for it', async () => {
    const seen: unknown[] = []
    replies = [
      cancelled({ code: 'ConditionalCheckFailed', item: { pk: 'a', n: 3 } }),
      cancelled('ConditionalCheckFailed'),
    ]
    for (let times = 0; times < 2; times++)
      await codeOf(commit([write('forbidden', row => seen.push(row))]))
    expect(seen).toEqual([{ pk: 'a', n: 3 }, undefined])
  })

  test('means that a row moved, where the write says so', async () => {
    replies = [cancelled('ConditionalCheckFailed', 'None')]
    await expect(commit([write('moved'), write('forbidden')])).rejects.toBeInstanceOf(Moved)
  })
})

const spentBy = (requestId: string) =>
  cancelled({ code: 'ConditionalCheckFailed', item: { pk: 'nonce#k#n', requestId } }, 'None')

describe('a nonce that is spent already', () => {
  const { spendNonce } = requests({ dynamodb, table: 'Requests' })
  const id = '01935000-0000-7000-8000-000000000001' as RequestId
  const nonce = spendNonce('k'.repeat(43) as Keyid, 'n'.repeat(22), id)

  test('by this very request, whose answer was lost, counts as done', async () => {
    replies = [failure('InternalServerError', 500), spentBy(id)]
    await expect(commit([nonce, write('internal')])).resolves.toBeUndefined()
    expect(received.length).toBe(2)
  })

  test('by another request is refused', async () => {
    replies = [spentBy('01935000-0000-7000-8000-000000000002')]
    expect(await codeOf(commit([nonce, write('internal')]))).toBe('nonce-reused')
  })
})

test('a conflict of this request with its own first try ends well when that try has committed', async () => {
  const { spendNonce } = requests({ dynamodb, table: 'Requests' })
  const id = '01935000-0000-7000-8000-000000000003' as RequestId
  replies = [
    cancelled('TransactionConflict', 'None'),
    cancelled({ code: 'ConditionalCheckFailed', item: { pk: 'nonce#k#n', requestId: id } }, 'None'),
  ]
  const nonce = spendNonce('k'.repeat(43) as Keyid, 'n'.repeat(22), id)
  await expect(commit([nonce, write('internal')])).resolves.toBeUndefined()
})

describe('what is neither a conflict nor a condition', () => {
  test('is not tried again by us, and keeps its name', async () => {
    replies = [failure('AccessDeniedException'), cancelled('ValidationError')]
    await expect(commit([write('forbidden')])).rejects.toMatchObject({
      name: 'AccessDeniedException',
    })
    await expect(commit([write('forbidden')])).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    })
    expect(received.length).toBe(2)
  })

  test('ends as its own fault when the server keeps failing', async () => {
    replies = Array.from({ length: 10 }, () => failure('InternalServerError', 500))
    await expect(commit([write('forbidden')])).rejects.toMatchObject({
      name: 'InternalServerError',
    })
    expect(received.length).toBe(3)
  })

  test('such as a lost idempotent commit, is safe to send again: each carries a token of its own', async () => {
    await commit([write('forbidden')])
    await commit([write('forbidden')])
    const tokens = received.map(({ ClientRequestToken }) => ClientRequestToken)
    expect(tokens.every(token => typeof token === 'string')).toBe(true)
    expect(new Set(tokens).size).toBe(2)
  })
})
