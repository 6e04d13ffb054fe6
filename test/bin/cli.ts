// Runs the command line as its user would: the words of a line, what it printed and its exit code. In this process
// where the line needs no process of its own, and as a bundle where it does: test/bin/entry.whole.test.ts runs it from
// its sources.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll } from 'vitest'
import { commandLine } from '../../bin/command-line.ts'
import { endingOn } from '../../bin/ending.ts'
import { bundled } from './bundled.ts'

export type Ran = { code: number | null; out: string; err: string }

type Options = {
  /** Standard input. */
  input?: string
  env?: Record<string, string>
  /** Started there, in a process of its own. A whole file is there by `within`. */
  cwd?: string
  /** In a process of its own, since what is asked is about processes. */
  apart?: boolean
  /** Gets the process, which then is one of its own. */
  started?: (child: ChildProcess) => void
  /** Hears what a process of its own has printed on stdout so far. */
  watch?: (out: string) => void
  /** The same of stderr. */
  watchError?: (err: string) => void
}

/** Colours and languages of whoever runs the tests are not theirs. */
const environment = (more: Options['env']) => ({
  ...process.env,
  NO_COLOR: '1',
  LANG: 'C',
  LC_ALL: 'C',
  ...more,
})

/** What stands for a process, for a line that is run in this one: no signal reaches it, and it ends nothing. */
const host = { on: () => {}, exit: () => {} }

/** For a program that is walked, not run. */
export const around = () => ({ env: {}, ending: endingOn(host) })

/** Runs a program in a process of its own, to its end. */
export async function run(
  file: string,
  args: readonly string[],
  options: Options = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: options.cwd,
    env: environment(options.env),
  })
  options.started?.(child)
  const ran: Ran = { code: null, out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    ran.out += more
    options.watch?.(ran.out)
  })
  child.stderr.setEncoding('utf8').on('data', (more: string) => {
    ran.err += more
    options.watchError?.(ran.err)
  })
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const [code] = await once(child, 'close')
  ran.code = typeof code === 'number' ? code : null
  return ran
}

/** `hub …` */
export async function hub(args: readonly string[], options: Options = {}): Promise<Ran> {
  const { apart, cwd, started } = options
  if (apart || cwd !== undefined || started) return run(await bundled('hub'), args, options)
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  stdin.end(options.input ?? '')
  const printed = Promise.all([text(stdout), text(stderr)])
  const code = await commandLine({
    argv: ['node', 'hub', ...args],
    env: environment(options.env),
    stdin,
    stdout,
    stderr,
    ...host,
  })
  stdout.end()
  stderr.end()
  const [out, err] = await printed
  return { code, out, err }
}

/** All that this file runs, it runs in a folder: call it behind the hook that makes the folder. */
export function within(folder: () => string): void {
  const before = process.cwd()
  beforeAll(() => process.chdir(folder()))
  afterAll(() => process.chdir(before))
}

/** The objects of an output made with `--json`. */
export const records = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Record<string, unknown>)
