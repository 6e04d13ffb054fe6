// A hub on which every call of a function is noted with the statement that allows it, and any statement's action can be
// taken away.
import { afterAll } from 'vitest'
import { deployedFunctions, listOf } from '../infra/template.ts'
import { unlimited } from '../unlimited.ts'
import { raw } from './signed-requests.ts'
import { ownHub } from './own-hub.ts'
import { scenariosOf } from './scenarios.ts'
import type { Refusing } from './scenarios/tools.ts'

export type Granted = { name: string; role: string; sid: string; action: string }

/**
 * What the local hub does not ask for, and AWS does: which of the two storage actions, depends on what DynamoDB and SQS
 * have in their caches.
 */
const notAskedHere = ({ sid }: Granted) => sid === 'OwnLog' || sid === 'StorageThroughService'

/** Every action of every statement of every function's role that the local hub asks for. */
export const granted: readonly Granted[] = deployedFunctions()
  .flatMap(({ name, role, statements }) =>
    statements.flatMap(({ Sid = '', Action }) =>
      listOf(Action).map(action => ({ name, role, sid: Sid, action })),
    ),
  )
  .filter(one => !notAskedHere(one))

export const nameOf = ({ role, sid, action }: Omit<Granted, 'name'>): string =>
  `${role} ${sid} ${action}`

/** Threads start again, and a refused call may be tried for seconds. */
export const slow = { timeout: 120_000 }

/**
 * The hub, and a scenario for each function. `used` has the names of what was allowed so far, `doubly` of what two
 * statements allowed. While `without` runs its work, `one` is not allowed, and its function's threads are new.
 */
export const permittedHub = async () => {
  let refusing: Refusing | undefined
  let withdrawn: Granted | undefined
  const used = new Set<string>()
  const doubly = new Set<string>()
  const hub = await ownHub({
    rate: unlimited,
    allow: (role, { action }, sids) => {
      if (role === refusing?.role && action === refusing.action) return false
      // It answers without a signed log too, and the minute's pass would sign what it cannot.
      if (withdrawn?.role === 'GetConsentRole' && role === 'SequenceAccessLogRole') return false
      const left = sids.filter(
        sid => !(withdrawn && nameOf(withdrawn) === nameOf({ role, sid, action })),
      )
      if (left.length === 0) return false
      for (const sid of sids) used.add(nameOf({ role, sid, action }))
      if (sids.length > 1) doubly.add(nameOf({ role, sid: sids.join(' '), action }))
      return true
    },
  })
  const { stop, ...scenarios } = await scenariosOf(hub, what => {
    refusing = what
  })
  afterAll(stop)
  // A log long enough for its index, of which an officer's query reads zones.
  const list = () => raw(hub, 'igm-system', { path: '/v1/institutions' })
  for (let n = 0; n < 300; n += 10) await Promise.all(Array.from({ length: 10 }, list))

  const without = async (one: Granted, work: () => Promise<void>): Promise<void> => {
    const fresh = () => hub.hub.renew(`referral-hub-${one.role.replace(/Role$/, '')}`)
    withdrawn = one
    fresh()
    try {
      await work()
    } finally {
      withdrawn = undefined
      refusing = undefined
      fresh()
    }
  }
  return { scenarios, used, doubly, without }
}
