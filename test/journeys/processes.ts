// The hub as its operator starts it: a process of its own, to be stopped, killed, and started again on the same folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { HubPlace } from './callers.ts'

const entry = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url))

export type HubProcess = HubPlace & {
  /** Ends it by a signal and waits for that; its exit code, or null after kill -9, and all that it printed. */
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<{ code: number | null; said: string }>
}

/** Waits for the line `ready <url>`. The hub's clock is `aheadMs` ahead of ours. */
export const startProcess = async (data: string, aheadMs: number): Promise<HubProcess> => {
  const now = new Date(Date.now() + aheadMs).toISOString()
  const child: ChildProcess = spawn(
    process.execPath,
    [entry, '--port', '0', '--data', data, '--now', now],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = once(child, 'exit') as Promise<[number | null]>
  let said = ''
  const ready = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text
        const url = /^ready (\S+)$/m.exec(said)?.[1]
        if (url) resolve(url)
      })
    void ended.then(() => reject(new Error(`the hub ended: ${said}`)))
  })
  const url = await ready
  return {
    url,
    data,
    aheadMs,
    end: async signal => {
      child.kill(signal)
      return { code: (await ended)[0], said }
    },
  }
}

/** Processes whose command line names the folder, once they have had a little time to end. */
export const processesOf = async (folder: string): Promise<string[]> => {
  for (let tries = 0; ; tries++) {
    const left = readdirSync('/proc')
      .filter(pid => /^\d+$/.test(pid))
      .map(commandLine)
      .filter(line => line.includes(folder))
    if (left.length === 0 || tries === 50) return left
    await wait(100)
  }
}

const commandLine = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
