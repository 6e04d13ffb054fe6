// EventBridge's part: runs functions at their rates, and the sweep of expired rows.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { ScheduledEvent } from 'aws-lambda'
import type { Schedule } from './deployment.ts'
import type { Report } from './log.ts'
import { account, region } from './names.ts'

const eventOf = (schedule: Schedule, at: Date): ScheduledEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: `${at.toISOString().slice(0, 19)}Z`,
  region,
  resources: [schedule.arn],
  detail: {},
})

/** At a stop: how long a run in hand may still take. What it leaves undone, the first run of the next start does. */
const patienceMs = 5000

/**
 * Runs `task` at once and then every `everyMs`, never twice at a time. What it throws is logged. `first` ends with the
 * first run. `stop` waits for the run in hand.
 *
 * @param after the first run waits for it
 */
export const repeat = (
  name: string,
  everyMs: number,
  task: () => Promise<unknown>,
  { report, after }: { report: Report; after?: Promise<unknown> | undefined },
) => {
  const stopping = new AbortController()
  const run = async (): Promise<void> => {
    if (stopping.signal.aborted) return
    await task().catch((error: unknown) => {
      report('error', 'schedule', { name, error: String(error) })
    })
  }
  const first = (async () => {
    await after
    await run()
  })()
  const done = (async () => {
    for (await first; !stopping.signal.aborted; await run())
      await wait(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
  })()
  return {
    first,
    stop: async () => {
      stopping.abort()
      await Promise.race([done, wait(patienceMs, undefined, { ref: false })])
    },
  }
}

/**
 * Starts every schedule. The first run comes at once: it does what a crash left undone. One after another, so that
 * whoever calls in the meantime does not wait for all their threads.
 */
export const startSchedules = (
  schedules: readonly Schedule[],
  invoke: (name: string, event: unknown) => Promise<unknown>,
  now: () => Date,
  report: Report,
) => {
  const running: ReturnType<typeof repeat>[] = []
  for (const schedule of schedules) {
    const run = () => invoke(schedule.function, eventOf(schedule, now()))
    const after = running.at(-1)?.first
    running.push(repeat(schedule.name, schedule.everySeconds * 1000, run, { report, after }))
  }
  return { stop: async () => void (await Promise.all(running.map(each => each.stop()))) }
}
