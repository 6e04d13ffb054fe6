// One fault after another: something is prepared, done while its function meets the fault, done again until it is
// answered well; then the schedules run, and nothing that the hub keeps may contradict itself.
import { check } from '../../fsck/check.ts'
import { snapshotIn } from '../../fsck/data-folder.ts'
import type { RawAnswer } from '../journeys/callers.ts'
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

/** The operations that a function calls for its work when nothing is wrong. */
export const callsOf = async (
  place: FaultyHub,
  name: string,
  prepare: Prepare,
): Promise<string[]> => {
  const work = await prepare()
  const { calls } = await place.during(functionOf(name), undefined, work)
  return calls
}

/** @param found what earlier faults have left behind: each is told once */
export const meetFault = async (
  place: FaultyHub,
  { name, prepare, fault }: { name: string; prepare: Prepare; fault: Fault },
  found: Set<string>,
): Promise<Met> => {
  const work = await prepare()
  const { hit } = await place.during(functionOf(name), fault, work)
  const wrong: string[] = []
  const refused = await untilWell(work)
  if (refused !== undefined) wrong.push(refused)
  for (const schedule of schedules) await place.hub.invoke(`referral-hub-${schedule}`, {})
  const { violations, pending } = await check(snapshotIn(place.data))
  for (const { kind, record, detail = '' } of violations) {
    const violation = `${kind} ${record} ${detail}`
    if (!found.has(violation)) wrong.push(violation)
    found.add(violation)
  }
  if (pending > 0) wrong.push(`${pending} entries got no place, or no signature`)
  return { name, fault, hit, wrong }
}

/** What takes effect late, without anybody who waits: a read does nothing. */
const writes = /^(TransactWrite|Update|Put|Delete|Send|Change|Sign)/

/** Every fault at every one of these calls. */
export const faultsAt = (calls: readonly string[]): Fault[] =>
  calls.flatMap((operation, call) =>
    modes.filter(mode => mode !== 'late' || writes.test(operation)).map(mode => ({ mode, call })),
  )

export const described = ({ name, fault: { mode, call }, hit, wrong }: Met): string =>
  `${name}, call ${call} (${hit}), ${mode}: ${wrong.join('; ')}`
