// What a report of progress and a run of the clock's work call at AWS, where there are so many referrals. All but a few
// are written straight into the tables, by what writes them in the hub: their rows, their persons, what counts them.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import type { Write } from '../../functions/aws/dynamodb.ts'
import { planOf } from '../../functions/aws/progress-plan.ts'
import type { ReferralRow } from '../../functions/aws/referral-row.ts'
import { referrals } from '../../functions/aws/referrals.ts'
import { newId } from '../../functions/aws/runtime.ts'
import { type Hub, startHub } from '../../infra/local/hub.ts'
import type { ConsentId, ReferralId } from '../../schemas/ids.ts'
import { everyFunction } from '../every-function.ts'
import { callerOf } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { type Counted, countingEndpoint } from './counter.ts'
import { withoutBucket } from './exchange.ts'

/** Referrals that are due when the work is counted; the others are due later. */
const due = 8
const start = Date.parse('2026-11-21T12:00:00.000Z')
/** The due ones were not collected in time by then. */
const later = start + 6 * 86_400_000

export type Programme = Record<'progress' | 'dueWork' | 'nothingDue', Counted[]>

/** A referral like another: of somebody else, under a consent of their own. */
const another = ({ counted: _, ...row }: ReferralRow): ReferralRow => ({
  ...row,
  referralId: newId<ReferralId>(),
  consentId: newId<ConsentId>(),
  openGuards: row.openGuards.map(name => name.replace(/[^#]*$/, randomBytes(32).toString('hex'))),
})

/** As many as a transaction takes, each with the row of its person, and one row of counters. */
const together = 45

/** Writes so many referrals like one that the hub has written. */
const writeLike = async (hub: Hub, referralId: ReferralId, count: number): Promise<void> => {
  const dynamodb = new DynamoDBClient(hub.aws)
  const [table, counters] = [hub.nameOf('Referrals'), hub.nameOf('Progress')]
  const all = referrals({ dynamodb, table })
  const row = await all.find(referralId)
  if (!row) throw new Error('a referral without its row')
  const at = row.updatedAt
  let left = count
  const writer = async () => {
    while (left > 0) {
      const rows = Array.from({ length: Math.min(together, left) }, () => another(row))
      left -= rows.length
      const added = rows.map(one => all.add(one, at))
      const { writes, marks } = planOf(added, counters)
      const marked = rows.map(one => all.add({ ...one, ...marks.get(one.referralId) }, at))
      await dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [...marked, ...writes].map(({ item }: Write) => item),
        }),
      )
    }
  }
  await Promise.all(Array.from({ length: 4 }, writer))
  dynamodb.destroy()
}

const work = ({ invoke }: Hub) => invoke('referral-hub-RunDueWork', {})

/**
 * Counts on a hub that has `size` referrals, of which eight are due. Every function has run once before.
 *
 * @param tell hears how far it is
 */
export const countProgramme = async (
  size: number,
  tell: (line: string) => void = () => {},
): Promise<Programme> => {
  const data = mkdtempSync(join(tmpdir(), 'hub-programme-'))
  const counter = countingEndpoint()
  let hub: Hub | undefined
  const startAt = async (now: number) => {
    await hub?.stop()
    hub = await startHub({
      warm: everyFunction,
      port: 0,
      data,
      now: new Date(now),
      log: () => {},
      around: counter.around,
      schedules: false,
    })
    return { hub, place: { url: hub.url, data, aheadMs: hub.aheadMs } }
  }
  try {
    const first = await startAt(start)
    const referrer = await callerOf(first.place, 'igm-system')
    for (let n = 1; n <= due; n++) await referrer.submitReferral(submissionOf(n))
    // Referrals are looked at once for each list of rules: those of before here, the others never.
    await work(first.hub)

    const second = await startAt(later)
    const igm = await callerOf(second.place, 'igm-system')
    const { body } = await igm.submitReferral(submissionOf(due + 1))
    tell(`writing ${size} referrals`)
    await writeLike(second.hub, body.referralId, size - due - 1)
    const report = () => igm.progress('igm-ala-2026')
    await report()
    const [{ body: shown }, progress] = await counter.during(0, report)
    if (shown.referrals.total !== size) throw new Error(`${shown.referrals.total} are counted`)
    const [, dueWork] = await counter.during(0, () => work(second.hub))
    const [, nothingDue] = await counter.during(0, () => work(second.hub))
    return {
      progress: withoutBucket(progress),
      dueWork: withoutBucket(dueWork),
      nothingDue: withoutBucket(nothingDue),
    }
  } finally {
    await hub?.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

/**
 * Calls by what they are, each once, with how many there were, as lines of a table. How far the log is signed is known
 * for a second, so whether the first batch asks for it too says nothing.
 */
export const linesOf = (calls: readonly Counted[]): string[] =>
  [...Map.groupBy(calls, ({ what }) => what.replace('BatchGetItem AccessLog, ', 'BatchGetItem '))]
    .map(([what, all]) => `${all.length} × ${what}`)
    .toSorted()

/** Read and written units of tables and indexes. */
export const unitsOf = (calls: readonly Counted[]): number =>
  calls.reduce(
    (sum, { units }) => sum + units.transactional + units.index + units.write + units.read,
    0,
  )
