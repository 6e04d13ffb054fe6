// A service of the bench as a process of its own: started, fed by HTTP, and weighed with its children.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const root = join(import.meta.dirname, '../..')
const Manifest = z.object({ scripts: z.object({ start: z.string() }) })

/** What Node.js is told where `npm start` starts the hub; all of it from the root of the checkout. */
export const startWords = (): string[] => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return Manifest.parse(manifest).scripts.start.split(' ').slice(1)
}

export type Service = {
  url: string
  /** CPU time in ms and resident memory in MiB of the process and its children; undefined where there is no procfs. */
  weight: () => { cpuMs: number; residentMb: number } | undefined
  stop: () => Promise<void>
}

/** Clock ticks in a second as procfs counts them (proc_pid_stat(5)): 100 on every Linux that Node runs on. */
const ticks = 100
const pageMb = 4096 / 2 ** 20

/** Of /proc/PID/stat: parent, user and system time with that of children that have ended, and resident pages. */
const statOf = (pid: number) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat
      .slice(stat.lastIndexOf(') ') + 2)
      .split(' ')
      .map(Number)
    const at = (field: number) => fields[field - 3] ?? 0
    return { parent: at(4), ticks: at(14) + at(15) + at(16) + at(17), pages: at(24) }
  } catch {
    return undefined
  }
}

const weigh = (top: number): ReturnType<Service['weight']> => {
  if (statOf(process.pid) === undefined) return undefined
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      const stat = statOf(Number(name))
      return stat ? [{ pid: Number(name), ...stat }] : []
    })
  const tree = new Set([top])
  for (let before = 0; before < tree.size;) {
    before = tree.size
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid)
  }
  const ours = all.filter(({ pid }) => tree.has(pid))
  const sum = (of: (each: (typeof ours)[number]) => number) =>
    ours.reduce((total, each) => total + of(each), 0)
  return {
    cpuMs: (sum(each => each.ticks) * 1000) / ticks,
    residentMb: sum(each => each.pages) * pageMb,
  }
}

/**
 * Runs Node.js, this one, with these words and waits for its line `ready <url>`. Throws with what it said when none
 * comes.
 */
export const startService = async (
  words: readonly string[],
  env: Record<string, string> = {},
): Promise<Service> => {
  const child = spawn(process.execPath, words, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  })
  const ended = once(child, 'exit')
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        if (said.length < 100_000) said += text
        const ready = /^ready (\S+)$/m.exec(said)?.[1]
        if (ready !== undefined) resolve(ready)
      })
    child.once('error', reject)
    void ended.then(() => reject(new Error(`${words.join(' ')} ended: ${said.slice(-2000)}`)))
  })
  return {
    url,
    weight: () => weigh(child.pid as number),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
