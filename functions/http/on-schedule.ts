// The stack of functions that run by the clock: a line in the log about what was done, and failures left to the alarm.
import type { Context } from 'aws-lambda'
import { inTime } from '../aws/deadline.ts'
import { log } from '../aws/runtime.ts'

/**
 * @param run answers how many things it dealt with; it is told how many milliseconds are left before the function is
 * stopped
 */
export const onSchedule = (name: string, run: (timeLeft: () => number) => Promise<number>) =>
  inTime(
    async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
      const started = performance.now()
      try {
        const count = await run(() => context.getRemainingTimeInMillis())
        log('info', name, { count, ms: Math.round(performance.now() - started) })
      } catch (error) {
        log('error', name, { error: error instanceof Error ? error.name : 'unknown' })
        throw error
      }
    },
  )
