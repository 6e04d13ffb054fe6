// Paths, queries and headers that no client makes, byte for byte as an attacker would send them.
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { callerOf } from './callers.ts'
import { signed } from './signed-requests.ts'
import { sharedHub } from './shared-hub.ts'

const hub = await sharedHub()
const canary = 'Zqcanary7193'
const igm = await callerOf(hub, 'igm-system')
// The newest first: one that is made would be seen.
// By what only a request changes: leases of other files' pulls end meanwhile.
const sent = async () =>
  (await igm.listReferrals({ direction: 'sent' })).body.items.map(({ referralId, version }) => [
    referralId,
    version,
  ])
const before = await sent()

/** Bytes as they are, on a connection of their own: fetch would put the path right. */
const exchange = async (target: string, extra: Record<string, string> = {}) => {
  const { headers } = signed(hub, 'igm-system', {
    path: target.split('?')[0] as string,
    query: target.split('?')[1] ?? '',
    headers: extra,
  })
  const { port, host, hostname } = new URL(hub.url)
  const socket = connect(Number(port), hostname)
  const fields = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.write(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n${fields}\r\n`)
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  // Cut off in the middle of sending counts as an answer too.
  await once(
    socket.on('error', () => socket.destroy()),
    'close',
  ).catch(() => undefined)
  expect(text).not.toMatch(/Zqcanary|\bat .*:\d+:\d+|node_modules|\.ts\b|Error:/)
  return { status: Number(text.slice(9, 12)), code: /"code":"([a-z-]+)"/.exec(text)?.[1] }
}

describe('a target that no client makes', () => {
  test.each([
    ['/v1/referrals/%2e%2e/health', 400, 'malformed-request'],
    ['/v1/%72eferrals', 400, 'malformed-request'],
    ['/v1/referrals%00', 400, 'malformed-request'],
    [`/v1/referrals/${canary}'--`, 400, 'malformed-request'],
    [`/v1/referrals/${canary}`, 403, 'forbidden'],
    ['/v1/referrals/../health', 404, 'not-found'],
    ['/v1/referrals/./', 404, 'not-found'],
    ['/v1//referrals', 404, 'not-found'],
    ['/v1/referrals/', 404, 'not-found'],
    ['/V1/referrals', 404, 'not-found'],
    ['/v2', 404, 'not-found'],
    ['/v1/referrals?limit=1&limit=2', 400, 'malformed-request'],
    ['/v1/referrals?limit=1&%6cimit=2', 400, 'malformed-request'],
    ['/v1/referrals?__proto__=1', 400, 'malformed-request'],
    [`/v1/referrals?${canary}=1`, 422, 'invalid-request'],
    [`/v1/referrals?status=${canary}`, 422, 'invalid-request'],
    ['/v1/referrals?limit=%', 422, 'invalid-request'],
    ['/v1/referrals?constructor=1', 422, 'invalid-request'],
  ])('%s is answered with %i %s', async (target, status, code) => {
    expect(await exchange(target)).toEqual({ status, code })
  })

  test('with headers that are too large is refused, and nothing worse', async () => {
    const { status } = await exchange('/v1/referrals', { 'x-filler': 'f'.repeat(100_000) })
    expect([431, 0]).toContain(status)
    expect((await exchange('/v1/referrals', { 'x-filler': 'f'.repeat(8000) })).status).toBe(200)
  })
})

test('after all of them the hub answers, and nothing was made', async () => {
  expect((await igm.health()).status).toBe(200)
  expect(await sent()).toEqual(before)
})
