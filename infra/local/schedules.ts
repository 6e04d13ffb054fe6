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
 * Runs `task` at once and then every `everyMs`, never twice at a time. What it throws is logged. `stop` waits for the
 * run in hand.
 */
export const repeat = (
  name: string,
  everyMs: number,
  task: () => Promise<unknown>,
  report: Report,
) => {
  const stopping = new AbortController()
  const done = (async () => {
    while (!stopping.signal.aborted) {
      await task().catch((error: unknown) => {
        report('error', 'schedule', { name, error: String(error) })
      })
      await wait(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await Promise.race([done, wait(patienceMs, undefined, { ref: false })])
    },
  }
}

/** Starts every schedule. The first run comes at once: it does what a crash left undone. */
export const startSchedules = (
  schedules: readonly Schedule[],
  invoke: (name: string, event: unknown) => Promise<unknown>,
  now: () => Date,
  report: Report,
) => {
  const running = schedules.map(schedule =>
    repeat(
      schedule.name,
      schedule.everySeconds * 1000,
      () => invoke(schedule.function, eventOf(schedule, now())),
      report,
    ),
  )
  return { stop: async () => void (await Promise.all(running.map(each => each.stop()))) }
}
