// The packages as they would be published: packed, installed into an empty folder without any network, run with Node 24
// and with the Node that began this run where that is another one (Node 20 in .ci/run), and read by TypeScript.
// Dependencies come from the checkout.
import { execFile, execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { publint } from 'publint'
import { beforeAll, describe, expect, test } from 'vitest'
import { exportLog } from '../../bin/export-log.ts'
import { callerOf, hubFileOf } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { writeSignedLog } from '../bench/signed-log.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const root = join(import.meta.dirname, '../..')
const folder = temporaryFolder('packages')
const installed = join(folder, 'installed')
const exported = join(folder, 'exported')
const place = await ownHub()
let vkey = ''

const npm = (cwd: string, ...args: string[]): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' })

/** Packs a folder, and gives the file's path. Scripts of packages that are installed already have run elsewhere. */
const packed = (package_: string, ...more: string[]): string => {
  const to = join(folder, 'packed')
  mkdirSync(to, { recursive: true })
  const out = npm(package_, 'pack', '--silent', '--pack-destination', to, ...more)
  return join(to, out.trim().split('\n').at(-1) ?? '')
}

type Manifest = { dependencies: Record<string, string>; files: string[]; version: string }
const manifestOf = (package_: string): Manifest =>
  JSON.parse(readFileSync(join(root, package_, 'package.json'), 'utf8')) as Manifest
const packages = ['client', 'verify']

/** Node 24, and the first other one on the PATH that no package brought. */
const others = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter(place_ => !place_.includes('node_modules'))
  .map(place_ => join(place_, process.platform === 'win32' ? 'node.exe' : 'node'))
  .filter(node => existsSync(node))
const versionOf = (node: string) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
const nodes = new Map(
  [process.execPath, ...others.slice(0, 1)].map(node => [versionOf(node), node]),
)

/** Not synchronously: the hub that it may ask is in this process. */
const run = (node: string, ...args: string[]) =>
  new Promise<{ stdout: string; stderr: string; status: number }>(resolve => {
    const env = { HUB_LOG_KEYS: join(folder, 'log-keys') }
    const child = execFile(node, args, { cwd: installed, env }, (_, stdout, stderr) =>
      resolve({ stdout, stderr, status: child.exitCode ?? -1 }),
    )
  })

const exampleOf = (package_: string): string =>
  /```js\n(.*?)```/s.exec(readFileSync(join(root, package_, 'README.md'), 'utf8'))?.[1] ?? ''

beforeAll(async () => {
  const dependencies = new Set(packages.flatMap(each => Object.keys(manifestOf(each).dependencies)))
  const files = [
    ...packages.map(each => packed(join(root, each))),
    ...[...dependencies].map(each => packed(join(root, 'node_modules', each), '--ignore-scripts')),
  ]
  mkdirSync(installed)
  writeFileSync(join(installed, 'package.json'), '{"private":true,"type":"module"}')
  npm(installed, 'install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', ...files)

  const { file = '' } = hubFileOf(place).keys.find(({ name }) => name === 'igm-system') ?? {}
  cpSync(file, join(installed, 'key.json'))
  await (await callerOf(place, 'igm-system')).submitReferral(submissionOf(1))
  await place.hub.invoke('referral-hub-SequenceAccessLog', {})
  const officer = await callerOf(place, 'igm-compliance')
  ;({ vkey } = await exportLog(officer, exported, { hub: place.hub.authority }))
}, 300_000)

test('each names its dependencies exactly, the versions that the checkout is tested with', () => {
  for (const each of packages)
    for (const [name, version] of Object.entries(manifestOf(each).dependencies))
      expect([name, version]).toEqual([name, manifestOf(`node_modules/${name}`).version])
})

test.each(packages)('%s is packed as resolvers and bundlers expect', async each => {
  const { messages } = await publint({ pkgDir: join(root, each), strict: true })
  expect(messages).toEqual([])
})

test('nothing but code, types and papers is packed, and no schema that the client never runs', () => {
  for (const each of packages) {
    const out = npm(join(root, each), 'pack', '--dry-run', '--json', '--ignore-scripts')
    const [{ files }] = Object.values(JSON.parse(out) as { files: { path: string }[] }[]) as [
      { files: { path: string }[] },
    ]
    const paths = files.map(({ path }) => path)
    const odd = paths.filter(
      path => !/^dist\/.*\.(js|d\.ts)$|^(LICENSE|README\.md|package\.json)$/.test(path),
    )
    expect(odd).toEqual([])
    expect(paths).toContain('LICENSE')
    if (each === 'client')
      expect(paths.filter(path => /^dist\/schemas\/.*\.js$/.test(path))).toEqual([])
  }
})

/** A program of both packages' types. */
const typed = (status: string) => `import { hubClient } from '@referral-hub/client'
import { keyProposal } from '@referral-hub/client/institutions'
import { newKey, publicHalf } from '@referral-hub/client/keys'
import { HubError } from '@referral-hub/client/refusal'
import { verifyFolder } from '@referral-hub/verify'
import type { Verdict } from '@referral-hub/verify/verdict'
import { verdictLines } from '@referral-hub/verify/words'
const client = hubClient({ url: 'https://hub.example', key: await newKey() })
const { body } = await client.changeStatus('', { status: ${status} }, '')
export const folio: string = body.folio
const verdict: Verdict = await verifyFolder('', { now: new Date(0) })
export const size: number = verdict.ok ? verdict.size : 0
export { HubError, keyProposal, publicHalf, verdictLines }
`

test.each(['typescript', 'referral-hub-generators/node_modules/typescript'])(
  'what they say of their types holds for %s, with nothing skipped',
  async compiler => {
    const options = { strict: true, module: 'nodenext', target: 'es2023', noEmit: true }
    const more = { skipLibCheck: false, lib: ['es2023', 'dom'], types: [] }
    writeFileSync(
      join(installed, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...options, ...more }, files: ['typed.ts'] }),
    )
    const check = async (status: string) => {
      writeFileSync(join(installed, 'typed.ts'), typed(status))
      const bin = join(root, 'node_modules', compiler, 'bin/tsc')
      const { stdout } = await run(process.execPath, bin, '-p', installed)
      return stdout
    }
    expect(await check(`'accepted'`)).toBe('')
    expect(await check(`'accpeted'`)).toContain('typed.ts')
  },
  120_000,
)

let people = 1

describe.each([...nodes])('with Node %s', (version, node) => {
  test('the client’s example signs and submits', async () => {
    const example = exampleOf('client')
    const ours = `{ url: '${place.url}', authority: '${place.hub.authority}', followClock: true, key }`
    const script = example.replace("{ url: 'https://hub.example.org', key }", ours)
    expect(script).not.toBe(example)
    writeFileSync(join(installed, 'example.js'), script)
    const submission = JSON.stringify(submissionOf((people += 1)))
    writeFileSync(join(installed, 'referral.json'), submission)
    const { stdout, stderr, status } = await run(node, 'example.js')
    expect([stderr, status]).toEqual(['', 0])
    expect(stdout).toMatch(/^201 REF-\S+\n$/)
  })

  const bin = 'node_modules/@referral-hub/verify/dist/verify/verify-log.js'

  test('verify-log finds an export intact, by the key that was given', async () => {
    const { stdout, stderr, status } = await run(
      node,
      bin,
      exported,
      '--vkey',
      vkey,
      '--lang',
      'en',
    )
    expect([stderr, status]).toEqual(['', 0])
    expect(stdout).toContain('The log is intact')
  })

  test('verify-log checks several bundles on threads of its own', async () => {
    const long = join(folder, `long-${version}`)
    const { vkey: own } = await writeSignedLog(long, 600)
    const args = [long, '--vkey', own, '--workers', '2', '--json']
    const { stdout, stderr, status } = await run(node, bin, ...args)
    expect([stderr, status]).toEqual(['', 0])
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, size: 600, requests: 599 })
  })

  test('verify-log catches what was tampered with', async () => {
    const tampered = join(folder, `tampered-${version}`)
    cpSync(exported, tampered, { recursive: true })
    const keys = readFileSync(join(tampered, 'keys.json'), 'utf8')
    writeFileSync(join(tampered, 'keys.json'), keys.replace('"liaison"', '"referrer"'))
    const { stdout, status } = await run(node, bin, tampered, '--vkey', vkey, '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: 'directory-roles' })
  })

  test('verify-log explains itself, and refuses wrong usage', async () => {
    expect(await run(node, bin, '--help')).toMatchObject({ status: 0, stderr: '' })
    expect(await run(node, bin)).toMatchObject({ status: 2, stdout: '' })
    expect(await run(node, bin, folder)).toMatchObject({ status: 2 })
  })

  test('the verifier’s example says what the command says', async () => {
    const script = exampleOf('verify').replace("'FOLDER'", JSON.stringify(exported))
    writeFileSync(join(installed, 'verify.js'), script.replace("'VKEY'", JSON.stringify(vkey)))
    const { stdout, stderr, status } = await run(node, 'verify.js')
    expect([stderr, status]).toEqual(['', 0])
    expect(stdout).toContain('true The log is intact')
  })
})
