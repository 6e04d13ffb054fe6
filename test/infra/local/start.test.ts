import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from './fragment.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Loads what this run has built and compiled; who starts a hub as an operator does first builds it. */
const made = {
  HUB_BUILT: process.env['HUB_BUILT'],
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
}

const run = (parameters: string[], env: NodeJS.ProcessEnv = made) => {
  const child = spawn(
    process.execPath,
    ['--import', './bin/require-node.mjs', 'infra/local/start.ts', ...parameters],
    {
      cwd: root,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text))
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, said, ended }
}

const serving = async (parameters: string[], env?: NodeJS.ProcessEnv) => {
  const hub = run(['--port', '0', ...parameters], env)
  await Promise.race([
    expect.poll(() => hub.said.out, { timeout: 20_000 }).toContain('\n'),
    hub.ended,
  ])
  const [, url] = /^ready (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(hub.said.out) ?? []
  if (url === undefined) throw new Error(`not ready: ${hub.said.out}${hub.said.err}`)
  return { ...hub, url }
}

/** Pids of the processes whose command line names `text`, the hub itself not among them. */
const processesWith = (text: string, not: ChildProcess): number[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== not.pid)
    .filter(pid => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text) &&
          readlinkSync(`/proc/${pid}/exe`) !== ''
        )
      } catch {
        return false
      }
    })
    .map(Number)

describe('npm start', { timeout: 60_000 }, () => {
  test('builds what it is made of, prints one line when it serves, logs to a file, and ends with 0 on SIGTERM', async () => {
    const data = join(temporaryFolder(), 'data')
    const { child, said, ended, url } = await serving(['--data', data], {})
    expect((await fetch(`${url}/v1/health`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(said.out).toBe(`ready ${url}\n`)
    expect(said.err).toBe(
      `console ${url}/console (to try it, enter there as ala-intake, igm-refers, igm-compliance, igm-liaison, igm-liaison-2, ala-liaison, igm-signatory, ala-signatory)\n`,
    )
    const log = readFileSync(join(data, 'hub.log'), 'utf8').trimEnd().split('\n')
    expect(log.map(line => JSON.parse(line) as unknown).length).toBeGreaterThan(0)
    expect(existsSync(join(data, 'hub.pid'))).toBe(false)
  })

  test('ends with 0 on SIGINT too, and with --verbose logs to stderr', async () => {
    const data = join(temporaryFolder(), 'data')
    const { child, said, ended, url } = await serving([
      '--data',
      data,
      '--verbose',
      '--ephemeral',
      '--now',
      '2027-03-01T09:00:00-06:00',
    ])
    await fetch(`${url}/v1/health`)
    await expect.poll(() => said.err, { timeout: 5000 }).toContain('"time":"2027-03-01T15:0')
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(said.out).toBe(`ready ${url}\n`)
    expect(existsSync(data)).toBe(false)
  })

  test('after kill -9 no process of it is left, and it starts again over what it had', async () => {
    const data = join(temporaryFolder(), 'data')
    const first = await serving(['--data', data])
    const { keys } = JSON.parse(readFileSync(join(data, 'hub.json'), 'utf8')) as { keys: unknown }
    expect(processesWith(data, first.child).length).toBeGreaterThan(0)
    first.child.kill('SIGKILL')
    expect((await first.ended).signal).toBe('SIGKILL')
    await expect.poll(() => processesWith(data, first.child), { timeout: 5000 }).toEqual([])
    const second = await serving(['--data', data])
    expect((await fetch(`${second.url}/v1/health`)).status).toBe(200)
    expect(JSON.parse(readFileSync(join(data, 'hub.json'), 'utf8'))).toMatchObject({ keys })
  })

  test('after a stop no process of it is left either', async () => {
    const data = join(temporaryFolder(), 'data')
    const { child, ended } = await serving(['--data', data])
    child.kill('SIGTERM')
    await ended
    await expect.poll(() => processesWith(data, child), { timeout: 5000 }).toEqual([])
  })
})

const refusal = async (...parameters: string[]) => {
  const { said, ended } = run(parameters)
  expect((await ended).code).toBe(2)
  expect(said.out).toBe('')
  expect(said.err).toMatch(/^error: [^\n]+\n$/)
  return said.err
}

describe('npm start refuses, in one line and with exit code 2', { timeout: 60_000 }, () => {
  test.each([
    [['--prot', '1'], "unknown option '--prot'"],
    [['--port', '70000'], 'It must be a number from 0 to 65535.'],
    [['--port', '80a'], 'It must be a number'],
    [['--port'], 'argument missing'],
    [['--now', 'tomorrow'], 'It must be an RFC 3339 time'],
    [['--now', '2026-02-30T00:00:00Z'], 'It must be an RFC 3339 time'],
    [['--rate', '0'], 'It must be a whole number from 1'],
    [['--burst', '1.5'], 'It must be a whole number from 1'],
    [['--data', ''], 'It must name a folder'],
    [['serve'], 'too many arguments'],
  ])('%j', async (parameters, said) => {
    expect(await refusal(...parameters)).toContain(said)
  })

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    const said = await refusal('--port', String(port), '--data', join(temporaryFolder(), 'data'))
    expect(said).toContain(`port ${port} is taken`)
  })

  test('a folder that cannot be written', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(await refusal('--data', join(file, 'data'))).toContain('cannot write to the data folder')
  })

  test('a folder whose parts cannot be written', async () => {
    const data = temporaryFolder()
    mkdirSync(join(data, 'dynamodb.sqlite'))
    expect(await refusal('--port', '0', '--data', data)).toContain('DynamoDB')
  })

  test('a data folder in use', async () => {
    const data = join(temporaryFolder(), 'data')
    const { child } = await serving(['--data', data])
    const said = await refusal('--port', '0', '--data', data)
    expect(said).toContain(`in use by another hub (process ${child.pid})`)
  })

  test('nothing: --help says what there is, and ends with 0', async () => {
    const { said, ended } = run(['--help'])
    expect(await ended).toEqual({ code: 0, signal: null })
    for (const option of [
      '--port',
      '--data',
      '--ephemeral',
      '--now',
      '--rate',
      '--burst',
      '--verbose',
    ])
      expect(said.out).toContain(option)
  })

  test('keys to enrol that cannot be are a wrong usage, told by their place', async () => {
    const file = join(temporaryFolder(), 'first.json')
    writeFileSync(file, '[{"institution":"IGM","roles":["liaison"],"jwk":{"d":"secreto"}}]')
    for (const enrol of [file, `${file}.not-there`]) {
      const { said, ended } = run(['--port', '0', '--ephemeral', '--enrol', enrol])
      expect(await ended).toEqual({ code: 2, signal: null })
      expect(said.err).toMatch(/^error: cannot enrol the keys of .+: no usable list of public keys/)
      expect(said.err).not.toContain('secreto')
    }
  })
})
