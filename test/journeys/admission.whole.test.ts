// A key's rate while its request is being served: whoever is over it has had no effect, and is told so.
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { AwsError, errorAnswerOf } from '../../infra/local/aws-error.ts'
import { defaultRate, emptyFor } from '../../events/rate.ts'
import { hubFileOf, hubNow } from './callers.ts'
import { type SignedRequest, idempotencyKey, send, signed } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { type Meets, type Watched, watchedHub } from './watched-hub.ts'

const hub = await watchedHub({ rate: defaultRate })
const keyid = hubFileOf(hub).keys.find(key => key.name === 'igm-system')?.keyid as string
const bucket = { TableName: hub.hub.nameOf('Requests'), Key: { pk: { S: `bucket#${keyid}` } } }
const submission = (change: object = {}): SignedRequest =>
  signed(hub, 'igm-system', {
    path: '/v1/referrals',
    body: JSON.stringify(submissionOf(1, change)),
    headers: { 'idempotency-key': idempotencyKey() },
  })
const isDraw = ({ operation, rows }: Watched) =>
  operation === 'UpdateItem' && rows[0] === `Requests bucket#${keyid}`
/** What a submission changes; its refusal or failure may be an entry all the same. */
const changes = (calls: Watched[]) =>
  calls.filter(({ rows }) => rows.some(row => /^(Referrals|Outbox|ReferralKeys) /.test(row)))
const draws = (calls: Watched[]) => calls.filter(isDraw)

/** As if other functions had just used the key up: the next token comes in `ms`. */
const drained = (ms: number) => {
  const fullAt = hubNow(hub).getTime() * 1000 + emptyFor(defaultRate) + ms * 1000
  const row = { pk: `bucket#${keyid}`, fullAt, expiresAt: Math.ceil(fullAt / 1e6) + 3600 }
  return hub.dynamodb.send(new PutItemCommand({ TableName: bucket.TableName, Item: marshall(row) }))
}

// A function that knows the key, whose last tokens have run out after their second, and a bucket that is full.
beforeEach(async () => {
  expect((await send(submission())).status).toBe(201)
  await wait(1100)
  await hub.dynamodb.send(new DeleteItemCommand(bucket))
})

test('a bucket that is asked is asked while the door looks, and nothing is written before it has answered', async () => {
  const before: [string, boolean][] = []
  let drawn = false
  const meets: Meets = (call, pass) => {
    if (isDraw(call))
      return wait(300)
        .then(pass)
        .finally(() => (drawn = true))
    before.push([call.operation, drawn])
    return undefined
  }
  const [{ status }, calls] = await hub.during(() => send(submission()), meets)
  expect(status).toBe(201)
  expect(draws(calls)).toHaveLength(1)
  expect(Object.fromEntries(before)).toMatchObject({
    BatchGetItem: false,
    GenerateDataKey: false,
    TransactWriteItems: true,
  })
})

test('one that is used up meanwhile says no: nothing has happened, and the request is served later as it is', async () => {
  const request = submission()
  const [{ status, json }, calls] = await hub.during(
    () => send(request),
    (call, pass) => (isDraw(call) ? drained(800).then(pass) : undefined),
  )
  expect([status, json.code]).toEqual([429, 'rate-limited'])
  expect(calls.filter(({ operation }) => operation === 'TransactWriteItems')).toEqual([])
  await wait(1000)
  expect((await send(request)).status).toBe(201)
})

test('whoever is over the rate is told so and nothing else, also of a request that is refused sooner', async () => {
  const [{ json }, calls] = await hub.during(
    () => send(submission({ priority: 'whenever' })),
    (call, pass) => (isDraw(call) ? drained(800).then(pass) : undefined),
  )
  expect(json.code).toBe('rate-limited')
  expect(calls.filter(({ operation }) => operation === 'TransactWriteItems')).toEqual([])
  await wait(1000)
})

test('one that was empty when it was read with the key is not asked, and nothing is begun', async () => {
  await drained(1000)
  const request = submission()
  const [{ status, headers }, calls] = await hub.during(() => send(request))
  expect([status, headers.get('retry-after')]).toEqual([429, '1'])
  expect(calls.map(({ operation }) => operation)).toEqual(['BatchGetItem'])
  await wait(1200)
  expect((await send(request)).status).toBe(201)
})

test('one that does not answer is no permission: the request is unavailable and has changed nothing', async () => {
  const request = submission()
  const [{ status, json }, calls] = await hub.during(
    () => send(request),
    call =>
      isDraw(call)
        ? Promise.resolve(errorAnswerOf('dynamodb', new AwsError('InternalServerError', '', 500)))
        : undefined,
  )
  expect([status, json.code]).toEqual([503, 'unavailable'])
  expect(draws(calls).length).toBeGreaterThan(1)
  expect(changes(calls)).toEqual([])
})
