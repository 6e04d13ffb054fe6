// Runs the command line as its user would: a process of its own, and what it printed.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const entry = (name: string) => fileURLToPath(new URL(`../../bin/${name}`, import.meta.url))

export type Ran = { code: number | null; out: string; err: string }

/**
 * Runs `bin/<name>` to its end.
 * @param options `input` goes to standard input; `watch` sees the process and what it printed on stdout so far, `watchError` on stderr
 */
export async function run(
  name: 'hub.ts' | 'demo.ts',
  args: readonly string[],
  options: {
    input?: string
    cwd?: string
    env?: Record<string, string>
    watch?: (child: ChildProcess, out: string) => void
    watchError?: (child: ChildProcess, err: string) => void
  } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [entry(name), ...args], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', LANG: 'C', LC_ALL: 'C', ...options.env },
  })
  const ran: Ran = { code: null, out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ran.out += text
    options.watch?.(child, ran.out)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ran.err += text
    options.watchError?.(child, ran.err)
  })
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const [code] = await once(child, 'close')
  ran.code = typeof code === 'number' ? code : null
  return ran
}

/** `hub …` */
export const hub = (args: readonly string[], options: Parameters<typeof run>[2] = {}) =>
  run('hub.ts', args, options)

/** The objects of an output made with `--json`. */
export const records = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Record<string, unknown>)
