// A DynamoDB that takes a call and never answers: the caller gets 503 from the hub in time, and not from the gateway
// when it gives up; nothing is lost, and the retry happens once.
import { expect, test } from 'vitest'
import { idempotencyKey, raw, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { faultyHub } from './faulty-endpoint.ts'

const hub = await faultyHub()
const slow = { timeout: 90_000 }
const timed = async <T>(call: Promise<T>): Promise<[T, number]> => {
  const began = performance.now()
  return [await call, performance.now() - began]
}

test(
  'a submission is answered 503 within its function’s time, and its retry is done once',
  slow,
  async () => {
    const key = { 'idempotency-key': idempotencyKey() }
    const body = JSON.stringify(submissionOf(1))
    // The function is there, its connections too.
    expect((await submitRaw(hub, submissionOf(2))).status).toBe(201)
    hub.meet(operation => (operation === 'TransactWriteItems' ? 'hangs' : undefined))
    const [answer, ms] = await timed(submitRaw(hub, body, { headers: key }))
    hub.meet(() => undefined)
    expect([answer.status, answer.json.code]).toEqual([503, 'unavailable'])
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(ms).toBeLessThan(10_000)
    const retry = await submitRaw(hub, body, { headers: key })
    expect([retry.status, retry.json.code]).toEqual([201, undefined])
    expect((await submitRaw(hub, body, { headers: key })).text).toBe(retry.text)
  },
)

test(
  'a pull that waits is answered before any gateway gives up, and what it took comes again',
  slow,
  async () => {
    const pull = (max: number, waitSeconds: number) =>
      raw(hub, 'ala-system', {
        path: '/v1/inbox/pull',
        body: JSON.stringify({ max, waitSeconds }),
      })
    // From the moment on at which the release is recorded, nothing answers.
    let recorded = false
    hub.meet((_, { TransactItems = [] }) => {
      if (recorded) return 'hangs'
      recorded = JSON.stringify(TransactItems).includes('delivered')
      return undefined
    })
    const [answer, ms] = await timed(pull(1, 20))
    hub.meet(() => undefined)
    expect([answer.status, answer.json.code]).toEqual([
      503,
      expect.stringMatching(/^(log-stale|unavailable)$/),
    ])
    expect(ms).toBeLessThan(29_000)
    // Given back, so that it is there at once and not when its lease ends.
    const { messages } = (await pull(10, 0)).json as {
      messages: { payload?: object; receiveCount: number }[]
    }
    const again = messages.filter(({ receiveCount }) => receiveCount === 2)
    expect(again.map(({ payload }) => payload !== undefined)).toEqual([true])
  },
)

test('a pull with nothing to take waits for as long as it was asked to', slow, async () => {
  const [{ status }, ms] = await timed(
    raw(hub, 'oim-system', {
      path: '/v1/inbox/pull',
      body: JSON.stringify({ max: 10, waitSeconds: 20 }),
    }),
  )
  expect(status).toBe(200)
  expect(ms).toBeGreaterThan(17_000)
  expect(ms).toBeLessThan(29_000)
})
