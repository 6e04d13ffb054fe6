// The hub's AWS clients and time: clocks that are wrong, answers that do not come, calls that are over.
import { GenerateMacCommand } from '@aws-sdk/client-kms'
import { expect, test, vi } from 'vitest'
import { inTime } from '../../../functions/aws/deadline.ts'
import { kmsClient } from '../../../functions/aws/kms.ts'
import { awsServer, json } from './aws-server.ts'
import { asFirstRole, dynamodbAt, get } from './first-role.ts'

asFirstRole()

test('a clock that is wrong is put right, and the call made again', async () => {
  const ahead = 3_600_000
  const server = await awsServer((response, _asked, count) => {
    const headers = { date: new Date(Date.now() + ahead).toUTCString() }
    if (count > 1) return json(response, 200, { Mac: 'AAEC' }, headers)
    json(response, 400, { __type: 'InvalidSignatureException', message: 'not now' }, headers)
  })
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', server.endpoint)
  const { Mac } = await kmsClient().send(
    new GenerateMacCommand({
      KeyId: 'key',
      MacAlgorithm: 'HMAC_SHA_256',
      Message: Buffer.from('x'),
    }),
  )
  expect(Mac).toEqual(new Uint8Array([0, 1, 2]))
  const [before = 0, after = 0] = server.asked.map(({ headers }) =>
    Date.parse(
      String(headers['x-amz-date']).replace(
        /(....)(..)(..T..)(..)(..)Z/,
        (_, y: string, m: string, d: string, min: string, s: string) =>
          `${y}-${m}-${d}:${min}:${s}Z`,
      ),
    ),
  )
  expect(Math.abs(after - before - ahead)).toBeLessThan(10_000)
})

test('a try that gets no answer ends, its connection too, and is made again as often as it may be', async () => {
  const server = await awsServer(() => {})
  const began = performance.now()
  const sent = dynamodbAt(server).send(get, { requestTimeout: 50 })
  await expect(sent).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(performance.now() - began).toBeGreaterThanOrEqual(4 * 50)
  expect(server.asked.length).toBe(4)
  await vi.waitFor(() => expect(server.met.closed).toBe(4))
})

test('an answer that stops in the middle ends in time', async () => {
  const server = await awsServer(response => {
    response.writeHead(200)
    response.write('{"Item":')
  })
  const sent = dynamodbAt(server).send(get, { requestTimeout: 50 })
  await expect(sent).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('no call outlives its invocation, and no try begins after it', async () => {
  const server = await awsServer(() => {})
  const client = dynamodbAt(server)
  const began = performance.now()
  // Three seconds are for closing (functions/aws/deadline.ts).
  const handler = inTime(() => client.send(get))
  const ended = handler(undefined, { getRemainingTimeInMillis: () => 3150 })
  await expect(ended).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(performance.now() - began).toBeLessThan(2000)
  const { length } = server.asked
  expect(length).toBeLessThanOrEqual(2)
  await vi.waitFor(() => expect(server.met.closed).toBe(length))
})

test('a call that is aborted ends at once and is not made again', async () => {
  const server = await awsServer(() => {})
  const abort = new AbortController()
  const sent = dynamodbAt(server).send(get, { abortSignal: abort.signal })
  await vi.waitFor(() => expect(server.asked.length).toBe(1))
  abort.abort()
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
  await vi.waitFor(() => expect(server.met.closed).toBe(1))
  expect(server.asked.length).toBe(1)
})
