// The demo as a visitor runs it, and the search it ends with.
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { elevenPeople, tracesOf } from '../../bin/demo/people.ts'
import { search, type Trace } from '../../bin/demo/search.ts'
import { run } from './cli.ts'

type Person = {
  payload: {
    identity: {
      givenNames: string[]
      familyNames: string[]
      documents: { number?: string }[]
    }
    contact: { phone: string }
  }
}
const demo = fileURLToPath(new URL('../../bin/demo.ts', import.meta.url))
const file = new URL('../data/referrals-250.jsonl', import.meta.url)
const eleven = readFileSync(file, 'utf8')
  .split('\n')
  .slice(0, 11)
  .map(line => JSON.parse(line) as Person)
const personal = eleven.flatMap(({ payload: { identity, contact } }) => [
  ...identity.givenNames,
  ...identity.familyNames,
  ...identity.documents.flatMap(({ number }) => number ?? []),
  contact.phone,
])

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-demo-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each([
  ['es', [], 'El IGM refiere a diez personas'],
  ['en', ['--lang', 'en'], 'IGM refers ten people'],
])('the demo in %s', (_, args, first) => {
  test('everything in it holds, it ends by itself, and it prints no name of the eleven', async () => {
    const { code, out, err } = await run(demo, args, { env: { TMPDIR: folder } })
    expect(out).not.toContain('✗')
    expect(out.match(/✓/g)?.length).toBeGreaterThanOrEqual(21)
    expect(out).toContain(first)
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(await readdir(folder)).toEqual([])
    for (const text of personal) expect(out).not.toContain(text)
    for (const refusal of [
      'forbidden',
      'digest-mismatch',
      'nonce-reused',
      'consent-missing-purpose',
      'content-shredded',
    ])
      expect(out).toContain(refusal)
    expect(out).not.toContain('\u001b')
  }, 90_000)
})

test('an interrupt ends it early, in the language of the terminal, and leaves nothing on the disk', async () => {
  let child: ChildProcess | undefined
  const { code, out } = await run(demo, [], {
    env: { TMPDIR: folder, LC_ALL: 'en_US.UTF-8' },
    started: started => (child = started),
    watch: () => {
      child?.kill('SIGINT')
      child = undefined
    },
  })
  expect(out).toContain('Date at the hub')
  expect(out).not.toContain('Everything held')
  expect(code).toBe(130)
  expect(await readdir(folder)).toEqual([])
}, 60_000)

test('a wrong language is a usage error', async () => {
  const { code, err } = await run(demo, ['--lang', 'fr'])
  expect(err).toContain('--lang es|en')
  expect(code).toBe(2)
})

const around = (text: string) => `{"a":"xy","n":"${text} Prueba","z":1}`

describe('the search of the demo', () => {
  const trace: Trace = { kind: 'name', person: 1, text: 'Núñez Argueta' }
  const within = (bytes: Buffer) => search([{ name: 'f', bytes }], [trace]).length > 0

  test.each<[string, Buffer]>([
    ['as it is', Buffer.from(around(trace.text))],
    ['as UTF-16', Buffer.from(around(trace.text), 'utf16le')],
    ['as escaped JSON', Buffer.from(around('N\\u00fa\\u00f1ez Argueta'))],
    ['in base64', Buffer.from(Buffer.from(around(trace.text)).toString('base64'))],
    [
      'in base64, one byte on',
      Buffer.from(Buffer.from(` ${around(trace.text)}`).toString('base64')),
    ],
    [
      'in base64, two bytes on',
      Buffer.from(Buffer.from(`  ${around(trace.text)}`).toString('base64')),
    ],
  ])('finds a name that lies there %s', (_, bytes) => {
    expect(within(bytes)).toBe(true)
  })

  test('finds nothing where there is nothing', () => {
    expect(within(Buffer.from(around('otra persona')))).toBe(false)
  })

  test('takes a short name for ciphertext only in the middle of a long run of it', () => {
    const short: Trace = { kind: 'name', person: 1, text: 'Elmer' }
    const hits = (text: string) => search([{ name: 'f', bytes: Buffer.from(text) }], [short]).length
    expect(hits(`${'Ab0_'.repeat(20)}Elmer${'-zZ9'.repeat(20)}`)).toBe(0)
    expect(hits('{"n":"Elmer"}')).toBe(1)
    expect(hits('name=Elmer')).toBe(1)
  })

  test('looks for every name, phone and number of the eleven', async () => {
    const texts = tracesOf(await elevenPeople()).map(({ text }) => text)
    for (const text of personal) expect(texts).toContain(text)
  })
})
