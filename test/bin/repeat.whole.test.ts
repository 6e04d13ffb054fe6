// The same file again sends only what is missing, whatever ended the run before: on a real hub.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'
import { prepare } from '../../bin/refer/repeat.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { hub, records } from './cli.ts'

const { hub: running, data } = await emptyHub()
const folder = temporaryFolder('repeat')

let lines: string[]
let used = 0
/** Submissions that nobody has sent yet. */
beforeEach(async () => {
  const file = new URL('../data/referrals-250.jsonl', import.meta.url)
  lines = (await readFile(file, 'utf8')).split('\n').slice(used, (used += 8))
  await write(lines)
})
const file = () => join(folder, 'people.jsonl')
const write = (what: string[]) => writeFile(file(), what.join('\n'))
const refer = (...more: string[]) => hub(['refer', file(), '--json', '--hub', data, ...more])
const summaryOf = (out: string) => records(out).find(({ summary }) => summary)?.['summary']
const ownNumbers = () =>
  lines.map(line => (JSON.parse(line) as { externalId: string }).externalId).toSorted()
/** The own numbers that the hub has of these lines: twice means a double. */
const atHub = async () => {
  const { out } = await hub(['list', '--all', '--limit', '200', '--json', '--hub', data])
  const wanted = new Set(ownNumbers())
  return records(out)
    .map(({ externalId }) => String(externalId))
    .filter(own => wanted.has(own))
    .toSorted()
}
/** Five of them, under a salt of their own. */
const salted = (salt: string) =>
  lines.slice(0, 5).map(line => JSON.stringify({ ...(JSON.parse(line) as object), salt }))
const beside = (what: string) => {
  const key = running.keys.find(({ name }) => name === 'igm-system')?.file ?? ''
  return join(dirname(key), `${basename(key)}.refer-${what}`)
}

test('the same file twice: the second run finds all of it there and ends with 0', async () => {
  const first = await refer()
  expect(summaryOf(first.out)).toEqual({
    read: 8,
    accepted: 8,
    repeated: 0,
    refused: 0,
    unsent: 0,
  })
  const again = await refer()
  expect(summaryOf(again.out)).toMatchObject({ accepted: 8, repeated: 8 })
  expect(again.err).toContain('ya estaban: 8')
  expect(again.code).toBe(0)
  expect(await atHub()).toEqual(ownNumbers())

  // With its members in another order it still is the same.
  const turned = lines.map(line =>
    JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line) as object).toReversed())),
  )
  await write([`[${turned.join(',')}]`])
  expect(summaryOf((await refer()).out)).toMatchObject({ accepted: 8, repeated: 8 })
}, 60_000)

test('secret and book are their owner’s alone, and say nothing of what was sent', async () => {
  await refer()
  for (const what of ['secret', 'sent']) {
    expect((await stat(beside(what))).mode & 0o777).toBe(0o600)
    const text = await readFile(beside(what), 'utf8')
    for (const own of ownNumbers()) expect(text).not.toContain(own)
  }
  // Nothing that could be tried out: without the secret, the same content has other names.
  const value = JSON.parse(lines[0] ?? '') as object
  const [one, other] = [prepare(value, Buffer.alloc(32, 1)), prepare(value, Buffer.alloc(32, 2))]
  for (const name of ['idempotencyKey', 'content', 'own'] as const)
    expect(one[name]).not.toBe(other[name])
  expect(one.body).not.toEqual(other.body)
}, 60_000)

/** A place before the hub that kills the command instead of passing on what follows its sixth accepted submission. */
const killing = async () => {
  let command: ChildProcess | undefined
  let accepted = 0
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url, headers } = request
    if (method === 'POST' && accepted === 6) return command?.kill('SIGKILL')
    const signed = Object.entries(headers).filter(
      ([name]) => !/^(host|connection|content-length)$/.test(name),
    )
    const body = method === 'GET' ? {} : { body: await buffer(request) }
    const answer = await fetch(`${running.url}${url}`, {
      method,
      headers: signed as [string, string][],
      ...body,
    })
    if (answer.status === 201) accepted++
    response.writeHead(answer.status, [...answer.headers].flat())
    return response.end(Buffer.from(await answer.arrayBuffer()))
  }
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    started: (child: ChildProcess) => void (command = child),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('killed in the middle, it goes on without doubles', async () => {
  const { url, started, close } = await killing()
  const key = running.keys.find(({ name }) => name === 'igm-system')?.file ?? ''
  const there = ['--hub', url, '--authority', running.authority, '--key', key]
  const { code: killed } = await hub(['refer', file(), ...there], { started })
  close()
  expect(killed).toBeNull()
  expect(await atHub()).toHaveLength(6)
  const { code, out } = await refer()
  expect(summaryOf(out)).toMatchObject({ accepted: 8, repeated: 6, refused: 0 })
  expect(code).toBe(0)
  expect(await atHub()).toEqual(ownNumbers())
}, 60_000)

test('two runs at once of one file, at first use: one secret, no doubles, both end with 0', async () => {
  for (const what of ['secret', 'sent']) await rm(beside(what), { force: true })
  const runs = await Promise.all([refer(), refer()])
  expect(runs.map(({ code }) => code)).toEqual([0, 0])
  const repeated = runs.map(({ out }) => (summaryOf(out) as { repeated: number }).repeated)
  expect(repeated.reduce((sum, one) => sum + one)).toBe(8)
  expect(await atHub()).toEqual(ownNumbers())
}, 60_000)

test('edited between two runs: what is the same is there, a changed row is refused and says so', async () => {
  await refer()
  const changed = JSON.parse(lines[3] ?? '') as { priority: string }
  changed.priority = 'stat'
  const more = [...lines.slice(0, 3), JSON.stringify(changed), ...lines.slice(4)]
  await write(more)
  const { code, out } = await refer()
  expect(summaryOf(out)).toMatchObject({ accepted: 7, repeated: 7, refused: 1 })
  expect(records(out)[3]).toMatchObject({
    record: 4,
    ok: false,
    code: 'external-id-exists',
    why: 'other-content',
  })
  expect(code).toBe(1)
  const { err } = await hub(['refer', file(), '--hub', data])
  expect(err).toContain('ya se envió desde aquí con otro contenido')
}, 60_000)

test('what the hub has and this machine does not know is refused: with what content is not known here', async () => {
  await refer()
  const elsewhere = await mkdtemp(join(tmpdir(), 'hub-elsewhere-'))
  const { code, out } = await refer('--state', elsewhere)
  expect(records(out)[0]).toMatchObject({ code: 'external-id-exists', why: 'content-unknown' })
  expect(code).toBe(1)
  await rm(elsewhere, { recursive: true })
  expect(await atHub()).toEqual(ownNumbers())
}, 60_000)

test('the book is enough when the hub has forgotten its answers, and is never believed alone', async () => {
  // Other Idempotency-Keys, as if the stored answers had lapsed: the same content, each under another salt of its own.
  await write(salted('AAAAAAAAAAAAAAAAAAAAAA'))
  expect(summaryOf((await refer()).out)).toMatchObject({ accepted: 5, repeated: 0 })
  await write(salted('BAAAAAAAAAAAAAAAAAAAAA'))
  expect(summaryOf((await refer()).out)).toMatchObject({ accepted: 5, repeated: 5, refused: 0 })

  // A book that names referrals which the hub does not have.
  const book = await readFile(beside('sent'), 'utf8')
  const false0 = book.replaceAll(/"referralId":"[^"]+"/g, `"referralId":"${crypto.randomUUID()}"`)
  await writeFile(beside('sent'), false0)
  await write(salted('CAAAAAAAAAAAAAAAAAAAAA'))
  const { out } = await refer()
  expect(summaryOf(out)).toMatchObject({ accepted: 0, refused: 5 })
  expect(records(out)[0]).toMatchObject({ why: 'content-unknown' })
  await writeFile(beside('sent'), book)
}, 60_000)

test('a line that a killed run left half in the book harms nobody', async () => {
  await write(lines.slice(0, 2))
  await refer()
  await appendFile(beside('sent'), '{"content":"x')
  await write(lines.slice(0, 4))
  expect(summaryOf((await refer()).out)).toMatchObject({ accepted: 4, repeated: 2 })
  await write(lines.slice(0, 4))
  expect(summaryOf((await refer()).out)).toMatchObject({ accepted: 4, repeated: 4 })
  const last = (await readFile(beside('sent'), 'utf8')).trimEnd().split('\n').slice(-2)
  for (const line of last) expect(JSON.parse(line)).toHaveProperty('referralId')
}, 60_000)

test('a secret that is none is never replaced', async () => {
  const secret = await readFile(beside('secret'), 'utf8')
  await writeFile(beside('secret'), 'x')
  const { code, err } = await refer()
  expect(err).toContain('el secreto junto a la llave')
  expect(code).toBe(2)
  expect(await readFile(beside('secret'), 'utf8')).toBe('x')
  await writeFile(beside('secret'), secret)
}, 60_000)
