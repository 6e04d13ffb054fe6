// How a hub serves the console: to anybody, with the headers that keep the page to itself, compressed, and kept by
// browsers for as long as it may be.
import { createHash } from 'node:crypto'
import { type IncomingHttpHeaders, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharedHub } from './shared-hub.ts'

const hub = await sharedHub()

type Got = { status: number; headers: IncomingHttpHeaders; body: Buffer }

/** As the bytes go over the wire: `fetch` would decompress them, and ask for what it likes. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<Got>((resolve, reject) => {
    request(`${hub.url}${path}`, { method, headers }, answer => {
      buffer(answer).then(
        body => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        reject,
      )
    })
      .on('error', reject)
      .end()
  })

type Manifest = { files: { path: string; bytes: number; sha256: string }[] }
let manifest: Manifest
beforeAll(async () => {
  manifest = JSON.parse((await ask('/console/manifest.json')).body.toString()) as Manifest
})
const script = () => manifest.files.find(({ path }) => /\/console-\w+\.js$/.test(path))?.path ?? ''

const always = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types referral-hub",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
}

test('every answer has the headers that keep the page to itself, whatever it answers', async () => {
  const paths = ['/', '/console', '/console/bandeja', '/console/hub.json', '/console/none.js']
  for (const path of [...paths, ...manifest.files.map(file => file.path)])
    expect([path, (await ask(path)).headers]).toMatchObject([path, always])
  const { headers } = await ask('/console')
  const again = await ask('/console', { 'if-none-match': String(headers.etag) })
  expect(again).toMatchObject({ status: 304, headers: always })
})

test('/ leads to the console, and every page’s path to the same shell, which is asked for anew', async () => {
  expect(await ask('/')).toMatchObject({ status: 302, headers: { location: '/console' } })
  const { body } = await ask('/console')
  const pages = [
    'bandeja',
    'casos/019aa5d4-7c00-7abc-8def-0123456789ab/abrir',
    'llaves',
    'solicitar',
  ]
  for (const page of [...pages, 'llaves/'])
    expect(await ask(`/console/${page}`)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
      body,
    })
})

test('files whose names have their digest are kept for good, and the shell says what they must be', async () => {
  const shell = (await ask('/console')).body.toString()
  const named = manifest.files.filter(({ path }) => path !== '/console')
  expect(named.filter(({ path }) => shell.includes(path)).length).toBeGreaterThan(3)
  for (const { path } of named) {
    const { headers, body } = await ask(path)
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const digest = `sha384-${createHash('sha384').update(body).digest('base64')}`
    if (shell.includes(path) && !path.endsWith('.svg'))
      expect(shell).toContain(`"${path}" integrity="${digest}"`)
  }
})

test('the manifest has every file with the digest of what is served', async () => {
  for (const { path, bytes, sha256 } of manifest.files) {
    const { body } = await ask(path)
    expect([path, body.length, createHash('sha256').update(body).digest('hex')]).toEqual([
      path,
      bytes,
      sha256,
    ])
  }
})

describe('a file comes in the coding that is asked for:', () => {
  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=0.2, gzip;q=0.8', 'gzip'],
    ['br;q=0, gzip;q=0', undefined],
    ['*', 'br'],
    ['gzip;q=0.5, identity', undefined],
    ['br;q=nonsense', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is answered in %j', async (accepted, coding) => {
    const headers: Record<string, string> = {}
    if (accepted !== undefined) headers['accept-encoding'] = accepted
    const answer = await ask(script(), headers)
    expect(answer.headers).toMatchObject({ vary: 'accept-encoding' })
    expect(answer.headers['content-encoding']).toBe(coding)
    const plain =
      coding === 'br'
        ? brotliDecompressSync(answer.body)
        : coding === 'gzip'
          ? gunzipSync(answer.body)
          : answer.body
    expect(plain.equals((await ask(script())).body)).toBe(true)
  })
})

const has = (tag: string, coding: string) =>
  ask('/console', { 'accept-encoding': coding, 'if-none-match': tag })

test('who has a file is told so, for the coding that it has', async () => {
  const [br, gzip] = await Promise.all(
    ['br', 'gzip'].map(coding => ask('/console', { 'accept-encoding': coding })),
  )
  const etag = String(br?.headers.etag)
  expect(etag).not.toBe(gzip?.headers.etag)
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*'])
    expect(await has(tag, 'br')).toMatchObject({
      status: 304,
      headers: { etag },
      body: Buffer.of(),
    })
  expect((await has(etag, 'gzip')).status).toBe(200)
  expect((await has('"other"', 'br')).status).toBe(200)
})

test('HEAD says what GET would, without a body; no other method is answered', async () => {
  for (const path of ['/', '/console', '/console/bandeja', '/console/hub.json', script()]) {
    const [head, got] = [await ask(path, {}, 'HEAD'), await ask(path)]
    expect([path, head.status, head.body.length]).toEqual([path, got.status, 0])
    for (const name of ['etag', 'content-type', 'cache-control', 'location'])
      expect([path, name, head.headers[name]]).toEqual([path, name, got.headers[name]])
    const { status, headers } = await ask(path, {}, 'POST')
    expect([path, status, headers['allow']]).toEqual([path, 405, 'GET, HEAD'])
  }
})

const problem = 'application/problem+json'

test('a file that is none is 404, as programs read it, and never a file from somewhere else', async () => {
  for (const name of ['none.js', 'index.html', 'console.json', 'casos/a/x.css', '.env', 'a..b']) {
    const { status, headers, body } = await ask(`/console/${name}`, { accept: 'text/html' })
    expect([name, status, headers['content-type']]).toEqual([name, 404, problem])
    expect(JSON.parse(body.toString())).toMatchObject({ code: 'not-found' })
  }
  // A page of nobody's: what programs ask for lies elsewhere, and is refused to them as ever.
  expect(await ask('/v1/nada', { accept: 'text/html' })).toMatchObject({
    status: 404,
    headers: { 'content-type': problem },
  })
})

test('a page that is none is 404 too, and the console says so to whoever came', async () => {
  const shell = (await ask('/console')).body
  const names = ['nada', 'toString', '__proto__', 'casos/a/b/c', 'bandeja/../x', 'Bandeja', 'a/b/']
  for (const name of names) {
    const found = await ask(`/console/${name}`)
    expect([name, found.status, found.body.equals(shell)]).toEqual([name, 404, true])
    expect(found.headers).toMatchObject({
      ...always,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect(found.headers.etag).toBeUndefined()
    const head = await ask(`/console/${name}`, { 'if-none-match': '*' }, 'HEAD')
    expect([name, head.status, head.body.length]).toEqual([name, 404, 0])
  }
  const packed = await ask('/console/nada', { 'accept-encoding': 'br' })
  expect(brotliDecompressSync(packed.body).equals(shell)).toBe(true)
})

test('the page is told the host that it signs for and the hub’s time, and nothing else', async () => {
  const { headers, body } = await ask('/console/hub.json')
  expect(headers['cache-control']).toBe('no-store')
  expect(JSON.parse(body.toString())).toEqual({
    authority: new URL(hub.url).host,
    now: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
  })
})

describe('the keys of the people to try it as', () => {
  const path = '/console/local-keys'
  const own = { 'sec-fetch-site': 'same-origin' }
  const elsewhere: [string, Record<string, string>][] = [
    ['a program that is no browser’s page', {}],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['a name that somebody gave this machine', { ...own, host: 'rebound.example' }],
  ]

  test.each(elsewhere)('are not there for %s', async (_, headers) => {
    expect((await ask(path, headers)).status).toBe(404)
    expect((await ask(`${path}/ala-intake`, headers, 'POST')).status).toBe(405)
  })

  test('are there for the hub’s own page, one at a time, and the hub knows them', async () => {
    const { people } = JSON.parse((await ask(path, own)).body.toString()) as {
      people: { name: string }[]
    }
    expect(people.map(({ name }) => name)).toEqual([
      'ala-intake',
      'igm-refers',
      'igm-compliance',
      'igm-liaison',
      'igm-liaison-2',
      'ala-liaison',
      'igm-signatory',
      'ala-signatory',
    ])
    const given = async () => {
      const { status, headers, body } = await ask(`${path}/ala-intake`, own, 'POST')
      expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
      return JSON.parse(body.toString()) as { name: string; jwk: { crv: string } }
    }
    const first = await given()
    expect(first).toMatchObject({ name: 'ala-intake', jwk: { crv: 'Ed25519' } })
    expect(await given()).toEqual(first)
    expect((await ask(`${path}/igm-system`, own, 'POST')).status).toBe(405)
    expect((await ask(`${path}/ala-intake`, own)).status).toBe(404)
  })
})
