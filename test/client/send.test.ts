// When the client sends again, and what a refusal becomes: against a real HTTP server on loopback that answers as told.
import { describe, expect, test } from 'vitest'
import { HubError, HubUnreachable } from '../../client/refusal.ts'
import {
  type Answer,
  type Seen,
  answering,
  answeringTo,
  ok,
  problem,
  refusal,
  servers,
} from './answering.ts'

const busy = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds } })
const createdOf = (request: Seen | undefined) =>
  Number(/created=(\d+)/.exec(String(request?.headers['signature-input']))?.[1])
const page = (body: object) => ({ ...ok, body: JSON.stringify(body) })
const nonceOf = (request: Seen | undefined) =>
  /nonce="([^"]+)"/.exec(String(request?.headers['signature-input']))?.[1]

test.each<[string, Answer]>([
  ['a line that breaks', 'hang up'],
  ['502', { status: 502 }],
  ['503 with a problem', problem(503, 'unavailable')],
  ['504', { status: 504 }],
  ['429', problem(429, 'rate-limited')],
  ['409 request-in-progress', problem(409, 'request-in-progress')],
])('a submission is sent again after %s: same key, same bytes, new signature', async (_, first) => {
  const { client, seen } = await answering(first, ok)
  await client.submitReferral({ externalId: 'A', payload: {} })
  expect(seen).toHaveLength(2)
  expect(seen[1]?.headers['idempotency-key']).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(seen[1]?.headers['idempotency-key']).toBe(seen[0]?.headers['idempotency-key'])
  expect(seen[1]?.body).toBe(seen[0]?.body)
  expect(nonceOf(seen[1])).not.toBe(nonceOf(seen[0]))
  expect(seen[1]?.headers['signature']).not.toBe(seen[0]?.headers['signature'])
})

test.each<[string, Answer]>([
  ['a line that breaks', 'hang up'],
  ['503', problem(503, 'log-stale')],
  ['429', problem(429, 'rate-limited')],
])('a pull is never sent again by itself, not after %s', async (_, first) => {
  const { client, seen } = await answering(first)
  expect(await refusal(client.pull())).toBeInstanceOf(Error)
  expect(seen).toHaveLength(1)
})

test('a POST without an Idempotency-Key is not sent again', async () => {
  const { client, seen } = await answering({ status: 503 })
  await refusal(client.request('POST', '/v1/referrals', { body: {} }))
  expect(seen).toHaveLength(1)
})

test.each(['ack', 'returnMessages'] as const)('%s is sent again without a key', async method => {
  const { client, seen } = await answering('hang up', { status: 503 })
  await client[method](['h1'])
  expect(seen).toHaveLength(3)
  expect(seen[2]?.headers['idempotency-key']).toBeUndefined()
})

test.each([400, 401, 403, 409, 412, 422, 500])(
  '%i is an answer, not a reason to try again',
  async status => {
    const { client, seen } = await answering(problem(status, 'some-code'))
    expect(await refusal(client.submitReferral({}))).toMatchObject({ status, code: 'some-code' })
    expect(seen).toHaveLength(1)
  },
)

test('it gives up after three more tries, with the last refusal', async () => {
  const { client, seen } = await answering(
    ...Array.from({ length: 9 }, () => problem(503, 'unavailable')),
  )
  expect(await refusal(client.getReferral('x'))).toMatchObject({ code: 'unavailable' })
  expect(seen).toHaveLength(4)
})

test('Retry-After is waited for when short, and left to the caller when long', async () => {
  const short = await answering(busy('1'), ok)
  const start = performance.now()
  await short.client.getReferral('x')
  expect(performance.now() - start).toBeGreaterThan(990)
  const long = await answering(busy('3600'))
  expect(await refusal(long.client.getReferral('x'))).toMatchObject({ retryAfter: 3600 })
  expect(long.seen).toHaveLength(1)
})

test('a problem document becomes a HubError with everything the hub said', async () => {
  const errors = [{ pointer: '/payload/identity', code: 'unrecognized_keys' }]
  const { client, seen } = await answering(problem(422, 'invalid-request', { errors }))
  const error = await refusal(client.submitReferral({}))
  expect(error).toBeInstanceOf(HubError)
  expect(error).toMatchObject({
    status: 422,
    code: 'invalid-request',
    title: 'Título',
    instance: 'request-1',
    errors,
  })
  expect(seen[0]?.headers['accept-language']).toBe('en')
})

test('an answer that is no problem document is a HubError too, with its status', async () => {
  const { client } = await answering({
    status: 418,
    body: '<html>',
    headers: { 'x-request-id': 'r' },
  })
  expect(await refusal(client.pull())).toMatchObject({
    status: 418,
    code: 'unknown',
    instance: 'r',
  })
})

test('nobody listening is HubUnreachable', async () => {
  const { client } = await answering()
  for (const server of servers.splice(0)) await new Promise(done => server.close(done))
  expect(await refusal(client.getReferral('x'))).toBeInstanceOf(HubUnreachable)
})

test('a redirect is not followed: the signature was for this hub', async () => {
  const { client, seen } = await answering({ status: 307, headers: { location: '/v1/health' } })
  expect(await refusal(client.pull())).toBeInstanceOf(HubUnreachable)
  expect(seen).toHaveLength(1)
})

describe('a hub that lives on another day', () => {
  // 2027-02-03T04:05:06.789Z, as its request ids tell it.
  const instance = Date.parse('2027-02-03T04:05:06.789Z')
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-')
    .concat('-7000-8000-000000000000')
  const expired = problem(401, 'signature-expired', { instance })
  const there = Date.parse('2027-02-03T04:05:06Z') / 1000
  const here = Date.parse('2026-11-21T12:00:00Z') / 1000
  const now = () => new Date(here * 1000)

  test('is signed for with its own time, once told, when the caller follows its clock', async () => {
    const { client, seen } = await answeringTo({ now, followClock: true }, expired, ok, ok)
    await client.pull()
    await client.pull()
    expect(seen.map(createdOf)).toEqual([here, there, there])
  })

  test('is not believed twice for one request', async () => {
    const { client, seen } = await answeringTo({ now, followClock: true }, expired, expired, ok)
    expect(await refusal(client.pull())).toMatchObject({ code: 'signature-expired' })
    expect(seen).toHaveLength(2)
  })

  test('is not believed at all when the caller keeps to its own clock', async () => {
    const { client, seen } = await answeringTo({ now }, expired, ok)
    expect(await refusal(client.pull())).toMatchObject({ code: 'signature-expired' })
    expect(seen.map(createdOf)).toEqual([here])
  })
})

test('open routes are asked without a signature, all others with one', async () => {
  const { client, seen } = await answering(ok, ok)
  await client.health()
  await client.listReferrals({ direction: 'sent', status: undefined })
  expect(seen[0]?.headers['signature']).toBeUndefined()
  expect(seen[1]?.headers['signature']).toMatch(/^hub=:/)
  expect(seen[1]?.url).toBe('/v1/referrals?direction=sent')
})

test.each(['x?status=accepted', '../inbox/pull?', 'a%2Fb', 'á'])(
  'an id that is no id is never sent: %s',
  async id => {
    const { client, seen } = await answering(ok)
    expect(await refusal(client.getReferral(id))).toBeInstanceOf(TypeError)
    expect(seen).toHaveLength(0)
  },
)

test('an iterator asks for page after page until there is no next', async () => {
  const { client, seen } = await answering(
    page({ items: [{ id: 1 }, { id: 2 }], next: 'c1' }),
    page({ items: [], next: 'c2' }),
    page({ items: [{ id: 3 }] }),
  )
  const ids: unknown[] = []
  for await (const entry of client.everyEntry({ institution: 'ALA', limit: 2 })) ids.push(entry.id)
  expect(ids).toEqual([1, 2, 3])
  expect(seen.map(({ url }) => url)).toEqual([
    '/v1/access-log?institution=ALA&limit=2',
    '/v1/access-log?institution=ALA&limit=2&cursor=c1',
    '/v1/access-log?institution=ALA&limit=2&cursor=c2',
  ])
})
