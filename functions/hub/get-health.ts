// GET /v1/health: 200 only if table, queue and key really answer, and the table takes a write.
import { Refused } from '../../events/refusal.ts'
import { type Given, bind } from '../aws/bind.ts'
import { log } from '../aws/runtime.ts'
import { openRoute } from '../http/open-route.ts'
import type { Answer } from '../http/respond.ts'

export const needs = [
  'directory:read',
  'requests:probe',
  'envelope:describe',
  'inbox:probe',
] as const
type Deps = Given<typeof needs>

const checksOf = ({ directory, probes }: Deps) => ({
  table: async () => {
    if (!(await directory.keyidsOf(probes.inbox.institution)))
      throw new Error('the directory is empty')
    await probes.table()
  },
  queue: probes.inbox.ask,
  key: probes.key,
})

export const getHealth = async (deps: Deps): Promise<Answer> => {
  const asked = Object.entries(checksOf(deps)).map(async ([name, check]) => {
    try {
      await check()
      return true
    } catch (error) {
      log('error', 'unhealthy', {
        check: name,
        error: error instanceof Error ? error.name : 'unknown',
      })
      return false
    }
  })
  if ((await Promise.all(asked)).includes(false)) throw new Refused('unavailable')
  return { body: { status: 'ok', checks: { table: 'ok', queue: 'ok', key: 'ok' } } }
}

const deps = bind(needs)
export const handler = openRoute('health.read', () => getHealth(deps))
