// Counters after a random history, over the embedded tables, beside a count of everything by hand; and what they cost.
import { expect, test, vi } from 'vitest'
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { hubActor } from '../../../events/access-log.ts'
import { type Sums, addAll, difference, evidenceOf, tallyOf } from '../../../events/progress.ts'
import { isClosed } from '../../../events/referral.ts'
import { accessLog } from '../../../functions/aws/access-log/pending.ts'
import { toRow, transact } from '../../../functions/aws/dynamodb.ts'
import { progress } from '../../../functions/aws/progress.ts'
import type { Change, ReferralRow } from '../../../functions/aws/referral-row.ts'
import { referrals } from '../../../functions/aws/referrals.ts'
import { newId, now } from '../../../functions/aws/runtime.ts'
import { commit } from '../../../functions/effects/commit.ts'
import type { ReferralId, RequestId } from '../../../schemas/ids.ts'
import type { Milestone } from '../../../schemas/milestone.ts'
import type { Status } from '../../../schemas/referral.ts'
import { Stage } from '../../../schemas/report.ts'
import { ownTables } from './own-tables.ts'
import { newReferral } from './rows.ts'

const { dynamodb, tableOf } = await ownTables()
const rows = referrals({ dynamodb, table: tableOf('Referrals') })
const counters = progress({ dynamodb, table: tableOf('Progress') })
vi.stubEnv('HUB_NAME', 'referral-hub.example')

const deps = {
  transact: transact(dynamodb),
  accessLog: accessLog({ dynamodb, table: tableOf('AccessLog') }),
}
const committed = (writes: Parameters<typeof commit>[0]['writes'], more: object = {}) =>
  commit(
    {
      occurrences: (writes ?? []).map(({ referral }) => ({
        action: 'referral.status' as const,
        outcome: 'allowed' as const,
        referralId: referral?.referralId,
      })),
      writes: writes ?? [],
    },
    { actor: hubActor, evidence: { id: newId<RequestId>(), method: 'SCHEDULE', path: '/test' } },
    { ...deps, progress: counters, ...more },
  )

/** Numbers that are the same in every run. */
const randomFrom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const scan = async () => {
  const { Items = [] } = await dynamodb.send(
    new ScanCommand({ TableName: tableOf('Progress'), ConsistentRead: true }),
  )
  return Items.map(toRow)
}
const counted = async (): Promise<Sums> => {
  const sums: Sums = {}
  for (const { pk, ...row } of await scan())
    if (String(pk).startsWith('progress#')) addAll(sums, row as Sums)
  return difference(sums, {})
}

type Person = { names: string[]; referrals: ReferralId[] }

test('after any history the counters are what a recount of all comes to', async () => {
  const random = randomFrom(20_261_121)
  const people: Person[] = Array.from({ length: 12 }, (_, n) => ({
    names: Array.from({ length: n % 4 }, (__, i) => `person#igm-ala-2026#${n}-${i}`),
    referrals: [],
  }))
  const all = new Map<ReferralId, ReferralRow>()
  const reload = async (id: ReferralId) => all.set(id, (await rows.find(id)) as ReferralRow)
  const milestones: Milestone[] = ['profiled', 'enrolled', 'contact-made', 'placed']
  const statuses: Status[] = ['received', 'accepted', 'completed', 'rejected', 'entered-in-error']

  for (let step = 0; step < 260; step++) {
    const person = people[random(people.length)] as Person
    const own = person.referrals.map(id => all.get(id) as ReferralRow)
    const open = own.find(({ status }) => !isClosed(status))
    const alive = own.filter(({ contentState }) => contentState !== 'shredded')
    const changed = async (row: ReferralRow, change: Change) => {
      await committed([rows.change(row, change, now())])
      await reload(row.referralId)
    }
    const what = random(10)
    if (!open && what < 7) {
      // One document of theirs, or all, in any order; without any, each referral is a person of its own.
      if (person.names.length === 0 && own.length > 0) continue
      const names = person.names.length > 1 && random(2) ? person.names.slice(0, 1) : person.names
      const row = { ...newReferral(), openGuards: names }
      await committed([rows.add(row, now())])
      person.referrals.push(row.referralId)
      // Nobody's row is left: they are not recognised, and count again.
      if (alive.length === 0 && own.length > 0) {
        people.push({ ...person, referrals: own.map(({ referralId }) => referralId), names: [] })
        person.referrals = [row.referralId]
      }
      await reload(row.referralId)
    } else if (open && what < 4) {
      const status = statuses[random(statuses.length)] as Status
      const at = now()
      const history = [...open.history, { status, at, by: open.recipient }]
      await changed(open, { status, history, ...(isClosed(status) ? { openGuards: [] } : {}) })
    } else if (open && what < 7) {
      const milestone = milestones[random(milestones.length)] as Milestone
      const n = open.milestones.length + 1
      const one = { n, milestone, on: '2026-11-21', recordedAt: now() }
      await changed(open, { milestones: [...open.milestones, one] })
    } else if (alive.length > 0 && what < 9) {
      const row = alive[random(alive.length)] as ReferralRow
      const [first, ...others] = row.milestones
      if (first) await changed(row, { milestones: [{ ...first, voidedAt: now() }, ...others] })
    } else if (alive[0] && isClosed(alive[0].status)) {
      const [row] = alive
      await changed(row, { contentState: 'shredded' })
    }
  }

  const recount: Sums = {}
  for (const row of all.values()) addAll(recount, tallyOf(row))
  for (const { referrals: ids } of people)
    for (const stage of Stage.options) {
      const shows = ids.some(id => (evidenceOf(all.get(id) as ReferralRow)[stage] ?? 0) > 0)
      if (shows) addAll(recount, { [`p:${stage}`]: 1 })
    }
  expect(await counted()).toEqual(difference(recount, {}))
  expect(recount['total']).toBeGreaterThan(20)
  // A row for each person who has an unshredded referral, and none else.
  const living = people.filter(({ referrals: ids }) =>
    ids.some(id => all.get(id)?.contentState !== 'shredded'),
  )
  const persons = (await scan()).filter(
    ({ pk, alias }) => String(pk).startsWith('reached#') && alias === undefined,
  )
  expect(persons.length).toBe(living.length)
}, 240_000)

test('a door that counts nothing cannot change what is counted', async () => {
  const row = newReferral()
  await expect(committed([rows.add(row, now())], { progress: undefined })).rejects.toThrow(
    'a counted change, by a door that counts nothing',
  )
  expect(await rows.find(row.referralId)).toBeUndefined()
})
