// A few of the faults of faults.long.test.ts, drawn by a seed: FAULTS_SEED=N draws others.
import { expect, test } from 'vitest'
import { seeded } from '../../infra/local/faults.ts'
import { type Fault, faultyHub, modes } from './inject.ts'
import { described, meetFault } from './loop.ts'
import type { WorkName } from './work-names.ts'
import { workOn } from './work.ts'

const seed = Number(process.env['FAULTS_SEED'] ?? 14)
const drawn = 4
/** What it takes a function's whole time to meet is for the long run. */
const quick = modes.filter(mode => mode !== 'late')
/** Each writes something, by this many calls or more. */
const writing = {
  'post-referral': 6,
  'post-status': 4,
  'ack-inbox': 6,
  'pull-inbox': 8,
  'withdraw-consent': 5,
  'post-notice agreed': 4,
  'change-key propose': 4,
  'relay-outbox': 4,
  'sequence-access-log': 6,
} satisfies Partial<Record<WorkName, number>>
const names = Object.keys(writing) as (keyof typeof writing)[]

test(`${drawn} faults of seed ${seed}: tried again, nothing of it contradicts itself`, async () => {
  const place = await faultyHub()
  const all = await workOn(place)
  const random = seeded(seed)
  const oneOf = <T>(things: readonly T[]): T => things[Math.floor(random() * things.length)] as T
  const found = new Set<string>()
  const met = []
  for (let i = 0; i < drawn; i++) {
    const name = oneOf(names)
    const fault: Fault = { mode: oneOf(quick), call: Math.floor(random() * writing[name]) }
    met.push(await meetFault(place, { name, prepare: all[name], fault }, found))
  }
  const wrong = met.filter(one => one.wrong.length > 0).map(described)
  expect(wrong, `FAULTS_SEED=${seed}`).toEqual([])
  // A draw that no call met would hold nothing.
  expect(met.filter(({ hit }) => hit).length).toBeGreaterThan(drawn / 2)
}, 120_000)
