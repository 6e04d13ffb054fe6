// Faults, one after another: something is prepared, done while its function meets the fault, and done again until it is
// answered well; then the schedules run, and nothing that the hub keeps may contradict itself.
import { check } from '../../fsck/check.ts'
import { snapshotIn } from '../../fsck/data-folder.ts'
import type { RawAnswer } from '../journeys/signed-requests.ts'
import { type Fault, type FaultyHub, modes } from './inject.ts'
import type { Prepare, Work } from './work.ts'

/** What a fault came to. `hit`: the operation that met it; none where the function never came to that call. */
export type Met = { name: string; fault: Fault; hit: string | undefined; wrong: string[] }

/** So often a partner tries again. */
const tries = 4
const schedules = ['RelayOutbox', 'RunDueWork', 'SequenceAccessLog']

const isWell = (answer: RawAnswer | undefined): boolean =>
  answer === undefined || answer.status < 300

const untilWell = async (work: Work): Promise<string | undefined> => {
  let last = ''
  for (let n = 0; n < tries; n++)
    try {
      const answer = await work()
      if (isWell(answer)) return undefined
      last = `${answer?.status} ${answer?.json.code}`
    } catch (error) {
      last = String(error)
    }
  return `not answered well: ${last}`
}

/** `post-status accepted` is work of post-status. */
export const functionOf = (name: string): string => name.split(' ')[0] ?? ''

/** What a function called for its work, answered well. Throws where something is wrong. */
const wellDone = async (place: FaultyHub, name: string, prepare: Prepare): Promise<string[]> => {
  for (let n = 0; n < tries; n++) {
    const work = await prepare()
    const { answer, calls } = await place.during(functionOf(name), undefined, work)
    if (isWell(answer) && calls.length > 0) return calls
  }
  throw new Error(`${name} is not answered well, although nothing is wrong`)
}

/**
 * The operations that a function calls for its work when nothing is wrong: those of its second time, for the first on a
 * hub may do what no later one does, as the clock's work that looks at all referrals once.
 */
export const callsOf = async (
  place: FaultyHub,
  name: string,
  prepare: Prepare,
): Promise<string[]> => {
  await wellDone(place, name, prepare)
  return wellDone(place, name, prepare)
}

/** What contradicts itself once the schedules have run, and did not before. */
const contradictions = async (place: FaultyHub, found: Set<string>): Promise<string[]> => {
  for (const schedule of schedules) await place.hub.invoke(`referral-hub-${schedule}`, {})
  const { violations, pending } = await check(snapshotIn(place.data))
  const all = violations.map(({ kind, record, detail = '' }) => `${kind} ${record} ${detail}`)
  const fresh = all.filter(one => !found.has(one))
  for (const one of fresh) found.add(one)
  return pending > 0 ? [...fresh, `${pending} entries got no place, or no signature`] : fresh
}

type Meeting = { name: string; prepare: Prepare }

const attempt = async (
  place: FaultyHub,
  { name, prepare }: Meeting,
  fault: Fault,
): Promise<Met> => {
  const wrong: string[] = []
  let hit: string | undefined
  // On a busy machine an instance may be too late for its call.
  for (let n = 0; n < 2 && hit === undefined; n++) {
    const work = await prepare()
    ;({ hit } = await place.during(functionOf(name), fault, work))
    const refused = await untilWell(work)
    if (refused !== undefined) wrong.push(refused)
  }
  return { name, fault, hit, wrong }
}

/** @param found what earlier faults have left behind: each is told once */
export const meetFault = async (
  place: FaultyHub,
  { fault, ...meeting }: Meeting & { fault: Fault },
  found: Set<string>,
): Promise<Met> => {
  const met = await attempt(place, meeting, fault)
  return { ...met, wrong: [...met.wrong, ...(await contradictions(place, found))] }
}

/**
 * Meets several, each with work of its own, and looks once: looking is what takes most of the time. Where something
 * contradicts itself then, each is met again alone, to say which it was.
 */
export const meetFaults = async (
  place: FaultyHub,
  { faults, ...meeting }: Meeting & { faults: readonly Fault[] },
  found: Set<string>,
): Promise<Met[]> => {
  const met: Met[] = []
  for (const fault of faults) met.push(await attempt(place, meeting, fault))
  const wrong = await contradictions(place, found)
  if (wrong.length === 0) return met
  const alone: Met[] = []
  for (const fault of faults) alone.push(await meetFault(place, { ...meeting, fault }, found))
  // What none of them does alone is said of all: it is there.
  return alone.some(one => one.wrong.length > 0)
    ? alone
    : met.map(one => ({ ...one, wrong: [...one.wrong, ...wrong] }))
}

/** Every fault at every one of these calls, those of a call together. */
export const faultsAt = (calls: readonly string[]): Fault[][] =>
  calls.map((_, call) => modes.map(mode => ({ mode, call })))

export const described = ({ name, fault: { mode, call }, hit, wrong }: Met): string =>
  `${name}, call ${call} (${hit}), ${mode}: ${wrong.join('; ')}`
