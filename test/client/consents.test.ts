// What the client asks about consents, and how: method, path, body, and whether it may be sent again.
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hubClient, type HubClient } from '../../client/hub-client.ts'
import { newKey } from '../../signatures/keys.ts'
import { HubError } from '../../client/refusal.ts'

type Seen = { line: string; body: string; headers: IncomingHttpHeaders }

let server: Server
let client: HubClient
let seen: Seen[]
let statuses: number[]
async function respond(request: IncomingMessage, response: ServerResponse) {
  const { method, url, headers } = request
  seen.push({ line: `${method} ${url}`, body: await text(request), headers })
  const html = headers.accept === 'text/html'
  const type = html ? 'text/html; charset=utf-8' : 'application/json'
  const status = statuses.shift() ?? 200
  response.writeHead(status, { 'content-type': type }).end(html ? '<p>{}</p>' : '{}')
}
beforeEach(async () => {
  ;[seen, statuses] = [[], []]
  server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const url = `http://127.0.0.1:${address.port}`
  client = hubClient({ url, key: await newKey(), backoffMs: 1 })
})
afterEach(() => server.close())

const id = '019aa5d4-7c00-7abc-8def-0123456789ac'
const at = '2026-11-21T12:00:00.000Z'
const withdrawal = { requestedBy: 'self', method: 'in-person', at } as const
const key = 'a-key-of-the-caller'

test.each<[string, (hub: HubClient) => Promise<unknown>, string, unknown]>([
  ['reads a consent', hub => hub.getConsent(id), `GET /v1/consents/${id}`, undefined],
  [
    'withdraws one',
    hub => hub.withdrawConsent(id, withdrawal, key),
    `POST /v1/consents/${id}/withdrawal`,
    withdrawal,
  ],
  [
    'confirms a deletion',
    hub => hub.confirmDeletion(id, { at }, key),
    `POST /v1/consents/${id}/deletion-confirmation`,
    { at },
  ],
  [
    'asks for a certificate',
    hub => hub.certificate(id),
    `GET /v1/consents/${id}/certificate`,
    undefined,
  ],
  [
    'opens a referral again',
    hub => hub.release(id, 'training-referral'),
    `POST /v1/referrals/${id}/release`,
    { purpose: 'training-referral' },
  ],
])('%s', async (_, call, line, body) => {
  await call(client)
  expect(seen).toHaveLength(1)
  expect(seen[0]?.line).toBe(line)
  expect(seen[0]?.body).toBe(body === undefined ? '' : JSON.stringify(body))
})

test('a withdrawal and a confirmation are sent again under their own key, and under a new one when none is given', async () => {
  for (const call of [
    () => client.withdrawConsent(id, withdrawal),
    () => client.confirmDeletion(id, { at }),
  ]) {
    seen.splice(0)
    statuses = [503]
    await call()
    await call()
    const keys = seen.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(3)
    expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{16,64}$/)
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
  }
  await client.withdrawConsent(id, withdrawal, key)
  expect(seen.at(-1)?.headers['idempotency-key']).toBe(key)
})

test('a release is never sent again by itself: each answer is its own disclosure', async () => {
  statuses = [503]
  await expect(client.release(id, 'training-referral')).rejects.toBeInstanceOf(HubError)
  expect(seen).toHaveLength(1)
  expect(seen[0]?.headers).not.toHaveProperty('idempotency-key')
})

test('a certificate comes as JSON, or as a page where that is asked for', async () => {
  expect((await client.certificate(id)).body).toEqual({})
  expect((await client.certificate(id, { html: true })).body).toBe('<p>{}</p>')
})
