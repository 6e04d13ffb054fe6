// `npm start`, as a process of its own, until the test ends.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { machineFolder } from './fragment.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Loads what this run has built and compiled; who starts a hub as an operator does first builds it. */
export const made = {
  HUB_BUILT: process.env['HUB_BUILT'],
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
}

export const run = (parameters: string[], env: NodeJS.ProcessEnv = made) => {
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

export const serving = async (parameters: string[], env?: NodeJS.ProcessEnv) => {
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
export const processesWith = (text: string, not: ChildProcess): number[] =>
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

export const refusal = async (...parameters: string[]) => {
  const { said, ended } = run(parameters)
  expect((await ended).code).toBe(2)
  expect(said.out).toBe('')
  expect(said.err).toMatch(/^error: [^\n]+\n$/)
  return said.err
}

/** Starts a hub, asks it one thing and stops it: what it says, logs, leaves running (nothing), and its exit code. */
export const startedAndStopped = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const data = join(machineFolder(), 'data')
  const { child, said, ended, url } = await serving(['--data', data], env)
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
  await expect.poll(() => processesWith(data, child), { timeout: 5000 }).toEqual([])
}
