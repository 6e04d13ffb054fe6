// The operational log: JSON lines, each whole.
import { createWriteStream } from 'node:fs'

export type Log = (line: string) => void
/** One line of the hub's own, in the functions' shape: level, time, what, facts. */
export type Report = (
  level: 'info' | 'error',
  what: string,
  facts: Record<string, string | number>,
) => void

/** Reports to `log` by the clock `now`. */
export const reportTo =
  (log: Log, now: () => Date): Report =>
  (level, what, facts) =>
    log(JSON.stringify({ level, time: now().toISOString(), what, ...facts }))

/** Cuts text that comes in pieces into lines for `log`. Empty ones are left out; what has no end yet waits for it. */
export const linesTo = (log: Log): Log => {
  let rest = ''
  return text => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') log(line.trimEnd())
  }
}

/** Appends lines to `file` (0600). A disk that is full stops the log, not the hub. */
export const openLog = (file: string): { log: Log; close: () => Promise<void> } => {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
  stream.on('error', () => {})
  return {
    log: line => void stream.write(`${line}\n`),
    close: () => new Promise(done => stream.end(() => done())),
  }
}
