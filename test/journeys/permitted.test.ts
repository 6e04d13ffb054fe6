// The permission table in use: what each function does needs all that its role allows. Every call is noted with the statement that allows
// it. HUB_LONG=1 also takes every action of every statement away, one after the other, and sees that the function fails.
import { afterAll, expect, test } from 'vitest'
import { deployedFunctions, listOf } from '../infra/template.ts'
import { raw } from './callers.ts'
import { ownHub } from './own-hub.ts'
import { type Refusing, scenariosOf } from './scenarios.ts'
import { unlimited } from '../unlimited.ts'

type Needed = { name: string; role: string; sid: string; action: string }

/** What the local hub does not ask for, and AWS does: which of the two storage actions, depends on what DynamoDB and SQS have in their caches. */
const notAskedHere = ({ sid }: Needed) => sid === 'OwnLog' || sid === 'StorageThroughService'

const granted: Needed[] = deployedFunctions().flatMap(({ name, role, statements }) =>
  statements.flatMap(({ Sid = '', Action }) =>
    listOf(Action).map(action => ({ name, role, sid: Sid, action })),
  ),
)
const wanted = granted.filter(one => !notAskedHere(one))
const nameOf = ({ role, sid, action }: Omit<Needed, 'name'>) => `${role} ${sid} ${action}`

let refusing: Refusing | undefined
let withdrawn: Needed | undefined
const used = new Set<string>()
const doubly = new Set<string>()

const hub = await ownHub({
  rate: unlimited,
  allow: (role, { action }, sids) => {
    if (role === refusing?.role && action === refusing.action) return false
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

/** Threads start anew, and a refused call may be tried for seconds. */
const slow = { timeout: 120_000 }

// A log long enough for its index, of which an officer's query reads zones.
for (let n = 0; n < 300; n++) await raw(hub, 'igm-system', { path: '/v1/institutions' })

test('there is a scenario for each function', () => {
  expect(Object.keys(scenarios).toSorted()).toEqual(
    [...new Set(granted.map(({ name }) => name))].toSorted(),
  )
})

test.each(Object.entries(scenarios))('%s does what it is there for', slow, async (_, scenario) => {
  await scenario()
})

test('and needs every action of every statement that its role has', () => {
  expect(wanted.map(nameOf).filter(name => !used.has(name))).toEqual([])
})

test('and no call is allowed twice: a statement that goes is missed', () => {
  expect([...doubly]).toEqual([])
})

const long = process.env['HUB_LONG'] === '1'
test.runIf(long).each(wanted.map(one => [nameOf(one), one] as const))(
  'without %s its function fails',
  slow,
  async (_, one) => {
    const scenario = Object.entries(scenarios).find(([name]) => name === one.name)?.[1]
    const fresh = () => hub.hub.renew(`referral-hub-${one.role.replace(/Role$/, '')}`)
    withdrawn = one
    fresh()
    try {
      await expect(scenario?.()).rejects.toThrow()
    } finally {
      withdrawn = undefined
      refusing = undefined
      fresh()
    }
  },
)
