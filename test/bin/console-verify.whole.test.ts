// hub console verify: what a hub serves as its console, held against the build and the log; every way to serve
// something else is found.
import { createServer, type ServerResponse } from 'node:http'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportLog } from '../../bin/export-log.ts'
import { enterConsole } from '../../infra/local/console-entry.ts'
import type { Instant } from '../../schemas/ids.ts'
import { callerOf, hubFileOf, hubNow } from '../journeys/callers.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { noteSigner, vkeyOf } from '../verify/log-notes.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { hub as run, records } from './cli.ts'

const place = await emptyHub()
const folder = temporaryFolder('console-verify')
type Manifest = { files: { path: string; bytes: number; sha256: string }[] }
const manifestPath = '/console/manifest.json'
const served = await (await fetch(place.url + manifestPath)).text()
const manifest = JSON.parse(served) as Manifest
const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const script = manifest.files.find(({ path }) => /\/console-\w+\.js$/.test(path))?.path ?? ''

/** The log as it stands, in a folder of its own. */
const exported = async (name: string): Promise<string> => {
  await place.hub.invoke('referral-hub-SequenceAccessLog', {})
  const to = join(folder, name)
  await exportLog(await callerOf(place, 'igm-compliance'), to, { hub: place.hub.authority })
  return to
}

/** What is answered otherwise than the hub does, by path. */
type Swap = Record<string, (text: string, answer: ServerResponse) => string | undefined>
let swap: Swap = {}
const answered = async (path: string, answer: ServerResponse): Promise<void> => {
  const found = await fetch(place.url + path)
  const change = swap[path]
  answer.statusCode = found.status
  const body = await found.text()
  answer.end(change ? change(body, answer) : body)
}
/** Somebody between a hub and whoever asks it. */
const between = createServer((request, answer) => {
  const path = request.url ?? ''
  void answered(path, answer)
})
let url = ''
beforeAll(async () => {
  between.listen(0, '127.0.0.1')
  await once(between, 'listening')
  url = `http://127.0.0.1:${(between.address() as AddressInfo).port}`
})
afterAll(() => between.close())

const verified = async (at: string, ...more: string[]) => {
  const { code, out } = await run(['console', 'verify', at, ...more, '--json'])
  return [code, ...records(out)] as const
}
/** Asking with the key of one of the local hub's people. */
const keyOf = (name: string) => {
  const { keys } = hubFileOf(place)
  const file = keys.find(one => one.name === name)?.file ?? ''
  return ['--key', file, '--authority', place.hub.authority]
}
const withKey = async (at: string, ...more: string[]) => {
  const { code, out } = await run([
    ...keyOf('igm-compliance'),
    'console',
    'verify',
    at,
    ...more,
    '--json',
  ])
  return [code, ...records(out)] as const
}
/** A well-formed key of another log. */
const otherKey = vkeyOf(noteSigner())
const listing = (change: (files: Manifest['files']) => void) => (text: string) => {
  const read = JSON.parse(text) as Manifest
  change(read.files)
  return `${JSON.stringify(read, null, 1)}\n`
}

describe('a hub of this version', () => {
  test('serves what this repository builds, and its log says so', async () => {
    const [code, record] = await verified(place.url, '--log', await exported('log'))
    expect(code).toBe(0)
    expect(record).toEqual({
      ok: true,
      hub: place.url,
      built: digest(served),
      manifest: digest(served),
      logged: digest(served),
      files: manifest.files.length,
      findings: [],
    })
  })

  test('is held against the log as it is now, with the key of an officer', async () => {
    await place.hub.invoke('referral-hub-SequenceAccessLog', {})
    const [code, record] = await withKey(place.url)
    expect([code, record]).toMatchObject([0, { ok: true, logged: digest(served), findings: [] }])
    const as = ['--hub', place.data, '--as', 'igm-compliance', 'console', 'verify', place.url]
    const { code: named, out, err } = await run([...as, '--lang', 'es'])
    expect([named, err]).toEqual([0, expect.not.stringContaining('No se comparó')])
    expect(out.replaceAll(/\s/g, '')).toContain(digest(served))
  })

  test('shows its log to an officer alone, and takes it from one place', async () => {
    const { code, out } = await run([
      ...keyOf('igm-system'),
      'console',
      'verify',
      place.url,
      '--json',
    ])
    expect([code, records(out)]).toMatchObject([1, [{ code: 'forbidden' }]])
    expect(await withKey(place.url, '--log', folder)).toMatchObject([2, { code: 'usage' }])
    const unknown = ['--hub', place.data, '--as', 'nadie', 'console', 'verify', place.url, '--json']
    expect(await run(unknown)).toMatchObject({ code: 2 })
    const other = await withKey(place.url, '--vkey', otherKey)
    expect(other).toMatchObject([2, { code: 'console-log' }])
  })

  test('is told to be the same in words, with the digest to compare by', async () => {
    const { code, out, err } = await run(['console', 'verify', place.url])
    expect([code, out]).toEqual([0, expect.stringContaining('Es la misma')])
    expect(out.replaceAll(/\s/g, '')).toContain(digest(served))
    expect(err).toContain('No se comparó con la bitácora')
  })
})

describe('is found, and where:', () => {
  const rows: [string, Swap, { code: string; path: string }[]][] = [
    [
      'a changed byte of the script',
      { [script]: text => text.replace(/.$/s, ' ') },
      [{ code: 'altered', path: script }],
    ],
    [
      'a word of the page',
      { '/console': text => text.replace('Cargando', 'cargando') },
      [{ code: 'altered', path: '/console' }],
    ],
    [
      'a file that is not served',
      {
        [script]: (_, answer) => {
          answer.statusCode = 404
          return ''
        },
      },
      [{ code: 'missing', path: script }],
    ],
    [
      'a file that is served from elsewhere',
      {
        [script]: (_, answer) => {
          answer.writeHead(302, { location: place.url + script })
          return ''
        },
      },
      [{ code: 'missing', path: script }],
    ],
    [
      'a file less in the list',
      { [manifestPath]: listing(files => files.splice(1, 1)) },
      [{ code: 'unnamed', path: manifest.files[1]?.path ?? '' }],
    ],
    [
      'a file more in the list',
      {
        [manifestPath]: listing(files =>
          files.push({ path: '/console/more-1.js', bytes: 1, sha256: 'a'.repeat(64) }),
        ),
      },
      [{ code: 'extra', path: '/console/more-1.js' }],
    ],
    [
      'a list of the same files with another digest',
      {
        [manifestPath]: listing(files => {
          for (const file of files) if (file.path === script) file.sha256 = 'a'.repeat(64)
        }),
      },
      [{ code: 'altered', path: manifestPath }],
    ],
    [
      'a list that leads elsewhere',
      {
        [manifestPath]: listing(files => {
          for (const file of files) file.path = `/console/../v1/health?${file.path}`
        }),
      },
      [{ code: 'manifest-malformed', path: manifestPath }],
    ],
    [
      'no list',
      {
        [manifestPath]: (_, answer) => {
          answer.statusCode = 404
          return ''
        },
      },
      [{ code: 'manifest-missing', path: manifestPath }],
    ],
  ]

  test.each(rows)('%s', async (_, changes, findings) => {
    swap = changes
    const [code, record] = await verified(url)
    expect([code, record]).toMatchObject([1, { ok: false, findings }])
  })

  test('and is told in words', async () => {
    swap = rows[0]?.[1] ?? {}
    const { out } = await run(['console', 'verify', url, '--lang', 'en'])
    expect(out).toContain('NOT the same')
  })
})

const busy = (times: number): Swap => {
  let left = times
  return {
    [script]: (text, answer) => {
      if (left-- <= 0) return text
      answer.statusCode = 429
      return '{"message":"Too Many Requests"}'
    },
  }
}

describe('a hub that has too much to do', () => {
  test('is asked again, and lacks no file', async () => {
    swap = busy(1)
    expect(await verified(url)).toMatchObject([0, { ok: true }])
  })

  test('and goes on having it, is not judged', async () => {
    swap = busy(Infinity)
    expect(await verified(url)).toMatchObject([3, { code: 'unreachable' }])
  })
})

test('a log that says something else, and one that does not verify, are told apart', async () => {
  const file = join(folder, 'served.json')
  writeFileSync(file, JSON.stringify({ manifest: 'a'.repeat(64) }))
  const dynamodb = new DynamoDBClient(place.hub.aws)
  const at = hubNow(place).toISOString() as Instant
  const table = place.hub.nameOf('AccessLog')
  await enterConsole(pathToFileURL(file).href, at, { dynamodb, table })
  dynamodb.destroy()
  const log = await exported('other')
  const found = [
    1,
    { logged: 'a'.repeat(64), findings: [{ code: 'log-other', path: manifestPath }] },
  ]
  expect(await verified(place.url, '--log', log)).toMatchObject(found)
  // The hub's own log says so at once, to who has a key.
  expect(await withKey(place.url)).toMatchObject(found)
  const bundles = join(log, 'tile/entries')
  const bundle = join(bundles, readdirSync(bundles, { recursive: true, encoding: 'utf8' })[0] ?? '')
  const [first = bundle] = readdirSync(bundle).map(name => join(bundle, name))
  writeFileSync(first, readFileSync(first, 'latin1').replace('a'.repeat(64), 'b'.repeat(64)))
  expect(await verified(place.url, '--log', log)).toMatchObject([2, { code: 'console-log' }])
})

test.each([
  ['http://hub.example', 2, 'usage'],
  ['hub.example', 2, 'usage'],
  ['https://u:p@hub.example', 2, 'usage'],
  ['http://127.0.0.1:9', 3, 'unreachable'],
])('%s is exit %i', async (address, exit, code) => {
  expect(await verified(address)).toMatchObject([exit, { code, exit }])
})
