// The stack of functions that run by the clock: a line in the log about what was done, and failures left to the alarm.
import { log } from '../aws/runtime.ts'

/** @param run answers how many things it dealt with */
export const onSchedule = (name: string, run: () => Promise<number>) => async (): Promise<void> => {
  const started = performance.now()
  try {
    const count = await run()
    log('info', name, { count, ms: Math.round(performance.now() - started) })
  } catch (error) {
    log('error', name, { error: error instanceof Error ? error.name : 'unknown' })
    throw error
  }
}
