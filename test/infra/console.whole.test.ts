// The console as it is built and deployed: the same bytes each time, small, of nobody else's, and without permissions.
import { execFile } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import { expect, test, vi } from 'vitest'
import { buildConsole, type ConsoleFiles, firstLoad, firstLoadLimit } from '../../console/build.ts'
import { bundleFunctions } from '../../infra/bundle.ts'
import { hubFunctions } from '../../infra/functions.ts'
import { localPeople } from '../../infra/local/console-keys.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { deployedFunction, ofType } from './template.ts'

const root = join(import.meta.dirname, '../..')
const folder = temporaryFolder('console')

const built = await buildConsole()
const textOf = ({ files }: ConsoleFiles, name: string) =>
  gunzipSync(Buffer.from(files[name]?.gz ?? '', 'base64')).toString()
const texts = Object.keys(built.files).map(name => [name, textOf(built, name)] as const)

test('built again, from another folder, it is the same to the byte', async () => {
  const copy = join(folder, 'elsewhere/deeper')
  for (const part of [
    'console',
    'client',
    'events',
    'log',
    'schemas',
    'signatures',
    'texts',
    'verify',
    'package.json',
    'tsconfig.json',
  ])
    cpSync(join(root, part), join(copy, part), {
      recursive: true,
      filter: path => !/node_modules|\/dist/.test(path),
    })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { buildConsole } from ${JSON.stringify(pathToFileURL(join(copy, 'console/build.ts')))}
      process.stdout.write(JSON.stringify(await buildConsole()))`,
    ],
    { cwd: folder, maxBuffer: 10_000_000 },
  )
  expect(JSON.parse(stdout)).toEqual(built)
})

test('the first page is at most 60,000 bytes, compressed', () => {
  expect(firstLoad(built)).toBeLessThanOrEqual(firstLoadLimit)
  expect(firstLoadLimit).toBe(60_000)
  // Shell, style and script are counted, or the limit would hold nothing.
  expect(firstLoad(built)).toBeGreaterThan(30_000)
})

test('a role’s pages are a file of their own: the first page has all that it runs, and none of these', () => {
  const shell = textOf(built, built.shell)
  const scripts = texts.filter(([name]) => name.endsWith('.js'))
  const first = scripts.filter(([name]) => shell.includes(`"/console/${name}" integrity="sha384-`))
  const atOnce = first.flatMap(([, text]) =>
    [...text.matchAll(/(?:from|import)"\.\/([\w.-]+)"/g)].map(([, name]) => name),
  )
  expect(atOnce.length).toBeGreaterThan(1)
  expect(first.map(([name]) => name)).toEqual(expect.arrayContaining(atOnce))
  const later = scripts.filter(one => !first.includes(one)).map(([name]) => name)
  for (const role of ['home', 'recipient', 'liaison', 'officer', 'referrer', 'form'])
    expect(later.filter(name => name.startsWith(`${role}-`))).toHaveLength(1)
})

test('it loads nothing from anywhere else, and nothing that is not ours to use', () => {
  // Names, not addresses: of XML's and JSON Schema's vocabularies, and what zod tries an IPv6 address in.
  const elsewhere = /https?:\/\/(?!www\.w3\.org\/|json-schema\.org\/|\[\$\{)[^\s"'`)]+/
  for (const [name, text] of texts) {
    expect([name, elsewhere.exec(text)?.[0]]).toEqual([name, undefined])
    // zod has methods that are called so.
    const style = text.replaceAll(/url\(\w+\)\{/g, '')
    expect([name, /url\(|@font-face|@import|GDS Transport|crest\.svg/.exec(style)?.[0]]).toEqual([
      name,
      undefined,
    ])
  }
})

test('no page writes markup or code: what a referral says is text', () => {
  const sources = readdirSync(join(root, 'console/src'), { recursive: true, encoding: 'utf8' })
  expect(sources.length).toBeGreaterThan(20)
  for (const name of sources.filter(one => /\.tsx?$/.test(one))) {
    const text = readFileSync(join(root, 'console/src', name), 'utf8')
    const found = /innerHTML|dangerously|document\.write|\beval\(|new Function|javascript:/i.exec(
      text,
    )
    expect([name, found?.[0]]).toEqual([name, undefined])
  }
})

test('the shell has nothing inline that its own policy would refuse', () => {
  const shell = textOf(built, built.shell)
  expect(shell).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/)
  expect(shell).not.toMatch(/\{[\w-]+\}/)
})

test('what serves it may do nothing in AWS but write its own log', () => {
  const { environment } = deployedFunction('get-console')
  expect(Object.keys(environment).toSorted()).toEqual(['AUTHORITY', 'HUB_NAME'])
  const [, role] = ofType('AWS::IAM::Role').find(([id]) => id.startsWith('GetConsoleRole')) ?? []
  const statements = (role?.Properties.Policies ?? []).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  )
  expect(statements.map(({ Sid }) => Sid)).toEqual(['OwnLog'])
})

test('a deployed hub has no keys to try it with: nothing answers for them, and no bundle has them', async () => {
  const outdir = join(folder, 'bundles')
  const row = hubFunctions.filter(({ name }) => name === 'get-console')
  await bundleFunctions(row, join(root, 'functions'), outdir)
  writeFileSync(join(outdir, 'get-console/console.json'), JSON.stringify(built))
  vi.stubEnv('AUTHORITY', 'hub.example')
  vi.stubEnv('HUB_NAME', 'hub.example')
  const { handler } = (await import(join(outdir, 'get-console/index.mjs'))) as {
    handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<{ statusCode: number }>
  }
  const call = (method: string, rawPath: string) =>
    handler(
      {
        rawPath,
        headers: { 'sec-fetch-site': 'same-origin', host: '127.0.0.1' },
        requestContext: { http: { method } },
      } as unknown as APIGatewayProxyEventV2,
      {} as Context,
    )
  expect((await call('GET', '/console')).statusCode).toBe(200)
  expect((await call('GET', '/console/local-keys')).statusCode).toBe(404)
  for (const { name } of localPeople)
    for (const method of ['GET', 'POST'])
      expect((await call(method, `/console/local-keys/${name}`)).statusCode).toBe(404)
  vi.unstubAllEnvs()
  const deployed = ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) =>
    String(Properties['RouteKey']),
  )
  expect(deployed.filter(key => key.includes('local'))).toEqual([])
  for (const [, text] of texts) expect(text).not.toMatch(/"d":"|ala-intake|igm-refers/)
})
