// Takes what was deleted off the disk. SQLite leaves deleted rows in free pages and in its log, and a destroyed
// referral key must not be read from there afterwards.
import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Report } from './log.ts'

/** Rewriting takes a lock for about a second per 100 MB, so a larger database is rewritten only when the hub stops. */
const whileServing = 200 * 1024 * 1024
/** Several destructions in a row are one rewrite. */
const soonMs = 250

/** Rewrites the database without what was deleted from it, and empties its log. Answers whether it could. */
const rewrite = (file: string, serving: boolean): boolean => {
  const database = new DatabaseSync(file, { timeout: serving ? 200 : 2000 })
  try {
    database.exec(serving ? 'VACUUM' : 'PRAGMA journal_mode = DELETE; VACUUM')
    if (!serving) return true
    // The rewritten pages are in the log now; what the old ones held is gone once they are copied back.
    const [row] = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all()
    return row?.['busy'] === 0
  } finally {
    database.close()
  }
}

/**
 * @param destroys whether a call that succeeded deleted what must not be found on the disk
 */
export const scrubber = (file: string, report: Report) => {
  let timer: NodeJS.Timeout | undefined
  let tries = 0

  const attempt = (serving: boolean): boolean => {
    if (!existsSync(file)) return true
    try {
      return rewrite(file, serving)
    } catch (error) {
      report('info', 'scrub-later', { error: String(error) })
      return false
    }
  }

  const now = () => {
    timer = undefined
    const size = existsSync(file) ? statSync(file).size : 0
    if (size > whileServing) return report('info', 'scrub-at-stop', { bytes: size })
    if (attempt(true)) tries = 0
    else if (++tries < 20) soon()
    else report('error', 'scrub-at-stop', { tries })
  }
  /** Rewrites the database a moment from now, beside the server that has it open. */
  const soon = () => {
    timer ??= setTimeout(now, soonMs * Math.min(1 + tries, 8)).unref()
  }

  return {
    soon,
    /** Rewrites it now; the server has ended. What a killed hub's server still holds, the next start rewrites. */
    atRest: () => {
      clearTimeout(timer)
      timer = undefined
      if (!attempt(false)) report('error', 'scrub-later', { file: 'dynamodb.sqlite' })
    },
  }
}
