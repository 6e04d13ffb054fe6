// The conformance kit against the running hub, as a partner starts it, and against a server that lets everything pass.
import { once } from 'node:events'
import { cpSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { forHandover, submission } from '../../bin/conformance/person.ts'
import { Submission } from '../../schemas/referral.ts'
import { openKit } from '../../bin/conformance/kit.ts'
import { hubFileOf } from '../journeys/callers.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { bundled } from './bundled.ts'
import { run } from './cli.ts'

const hub = await emptyHub()
const copy = temporaryFolder('conformance')

type Line = { group: string; expected: { status: number }; met?: string; result: string }

const conformance = async (...args: string[]) => run(await bundled('conformance'), args)
const lines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Line)

test('whoever is invented for it can be referred, by whatever chance', () => {
  for (let drawn = 0; drawn < 500; drawn++)
    for (const more of [[], forHandover])
      expect(
        Submission.safeParse(submission(new Date('2026-11-21T12:00:00Z'), more)).error,
      ).toBeUndefined()
})

/** Nearly a hundred cases, one after the other. */
const slow = { timeout: 300_000 }

describe('npm run conformance', () => {
  test('finds that the hub does and refuses what its contract says', slow, async () => {
    const { code, out } = await conformance('--hub', hub.data, '--json')
    const all = lines(out)
    expect(all.filter(({ result }) => result !== 'passed')).toEqual([])
    expect(new Set(all.map(({ group }) => group)).size).toBe(8)
    expect([code, all.length]).toEqual([0, expect.any(Number)])
    expect(all.length).toBeGreaterThan(80)
  })

  test('skips what it has no key for, and says whose, in the other language too', async () => {
    const file = hubFileOf(hub)
    const keys = file.keys.filter(({ name }) => name === 'ala-system')
    cpSync(hub.data, copy, { recursive: true, filter: path => !path.includes('dynamodb') })
    writeFileSync(join(copy, 'hub.json'), JSON.stringify({ ...file, keys }))
    const { code, out } = await conformance('--hub', copy, '--lang', 'en')
    expect([code, out]).toEqual([0, expect.stringContaining('hub.json has no igm-system')])
    expect(out).toMatch(/\d+ as expected · 0 not · [1-9]\d* skipped/)
  })

  test('fails a server that lets everything pass', async () => {
    const server = createServer((_, answer) => {
      answer.setHeader('x-request-id', '01a1fe0c-6a88-7000-8000-000000000001')
      answer.end('{}')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}`
    writeFileSync(join(copy, 'hub.json'), JSON.stringify({ ...hubFileOf(hub), url }))
    const { code, out } = await conformance('--hub', copy, '--json')
    server.close()
    const passed = lines(out).filter(({ result }) => result === 'passed')
    expect([code, passed.every(({ expected }) => expected.status === 200)]).toEqual([1, true])
  })

  test('tells wrong usage and a hub that is not there apart', async () => {
    writeFileSync(
      join(copy, 'hub.json'),
      JSON.stringify({ ...hubFileOf(hub), url: 'http://127.0.0.1:9' }),
    )
    const codes = [
      ['--hub', copy],
      ['--hub', join(copy, 'none')],
      ['--nothing'],
      ['--lang', 'fr'],
      ['--help'],
    ]
    const ran = await Promise.all(codes.map(args => conformance(...args)))
    expect(ran.map(({ code }) => code)).toEqual([3, 2, 2, 2, 0])
  })
})

test('a key that goes too fast tries again, each time signed anew, and the sixth refusal is the answer', async () => {
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
  const { status, code } = await kit.call('igm-system', { target: '/v1/referrals' })
  server.close()
  expect([status, code, nonces.size]).toEqual([429, 'rate-limited', 6])
})
