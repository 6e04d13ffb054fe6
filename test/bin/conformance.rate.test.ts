// The conformance kit and a hub that lets keys go slowly: it waits as it is told to, and not for ever.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cases } from '../../bin/conformance/cases.ts'
import { openKit } from '../../bin/conformance/kit.ts'
import { hubFileOf } from '../journeys/callers.ts'
import { ownHub } from '../journeys/own-hub.ts'

// Slow enough for a machine of any speed to be faster.
const hub = await ownHub({ rate: { perSecond: 2, burst: 4 } })
const copy = mkdtempSync(join(tmpdir(), 'hub-conformance-rate-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))
const list = { target: '/v1/referrals?direction=sent&limit=1' }

test('every case is as expected on a hub with a low rate', { timeout: 120_000 }, async () => {
  const kit = await openKit(hub.data)
  const other: string[] = []
  for (const { name, expected, run } of cases) {
    const { status, code } = await run(kit)
    if (status !== expected.status || (expected.code !== undefined && code !== expected.code))
      other.push(`${name.en}: ${status} ${code}`)
  }
  expect(other).toEqual([])
  expect(hub.lines.some(line => line.includes('"RateLimited":1'))).toBe(true)
})

test('each further try is signed anew, and the sixth refusal is the answer', async () => {
  const nonces = new Set<string>()
  const server = createServer(({ headers, url }, answer) => {
    answer.setHeader('x-request-id', '01a1fe0c-6a88-7000-8000-000000000001')
    if (url === '/v1/health') return answer.end('{}')
    nonces.add(/nonce="([^"]+)"/.exec(String(headers['signature-input']))?.[1] ?? '')
    answer.writeHead(429, { 'content-type': 'application/problem+json', 'retry-after': '0' })
    return answer.end('{"code":"rate-limited"}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  writeFileSync(join(copy, 'hub.json'), JSON.stringify({ ...hubFileOf(hub), url }))
  const kit = await openKit(copy)
  const { status, code } = await kit.call('igm-system', list)
  server.close()
  expect([status, code, nonces.size]).toEqual([429, 'rate-limited', 6])
})
