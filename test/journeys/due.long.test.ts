// Many consents that run out in the same minute are all dealt with in one run of the clock's work, whatever fails among
// them.
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, expect, test } from 'vitest'
import { type Hub, startHub } from '../../infra/local/hub.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { everyFunction } from '../every-function.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { callerOf } from './callers.ts'
import { submissionOf } from './submissions.ts'
import { rowsOf } from './drill.ts'

const data = temporaryFolder('due')
let hub: Hub | undefined
afterAll(() => hub?.stop())
const start = Date.parse('2026-11-21T12:00:00.000Z')
const startAt = async (now: number, log: (line: string) => void = () => {}) => {
  await hub?.stop()
  hub = await startHub({ warm: everyFunction, port: 0, data, now: new Date(now), log })
  return { url: hub.url, data, aheadMs: hub.aheadMs, hub }
}

/**
 * More than the work asks for at a time (functions/hub/run-due-work.ts `perPage`), so that what fails could hide all
 * that does not.
 */
const many = 110

test('more than a page of consents that cannot be dealt with hold up none of those behind them', async () => {
  const first = await startAt(start)
  const igm = await callerOf(first, 'igm-system')
  const submitted = async (n: number, validUntil: number): Promise<ReferralHeader> => {
    const consent = { validUntil: new Date(validUntil).toISOString() }
    return (await igm.submitReferral(submissionOf(n, { consent }))).body
  }
  const all: ReferralHeader[] = []
  for (let n = 1; n <= 2 * many; n += 10)
    all.push(
      ...(await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          submitted(n + i, start + (n + i <= many ? 300_000 : 301_000)),
        ),
      )),
    )
  const [broken, sound] = [all.slice(0, many), all.slice(many)]
  // Their ledger is lost: not even the clock may touch what it cannot judge.
  const admin = new DynamoDBClient(first.hub.aws)
  const table = first.hub.nameOf('ConsentLedger')
  for (let from = 0; from < many; from += 25)
    await admin.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [table]: broken.slice(from, from + 25).map(({ consentId }) => ({
            DeleteRequest: { Key: { consentId: { S: consentId }, n: { N: '1' } } },
          })),
        },
      }),
    )
  admin.destroy()

  const lines: string[] = []
  const later = await startAt(start + 600_000, line => lines.push(line))
  await later.hub.invoke('referral-hub-RunDueWork', {})
  const expired = (await rowsOf(later.hub, 'ConsentLedger')).filter(
    row => row['event']?.S === 'expired',
  )
  expect(new Set(expired.map(row => row['consentId']?.S))).toEqual(
    new Set(sound.map(({ consentId }) => consentId)),
  )
  // Once each, though the schedule may have run beside ours.
  expect(expired.length).toBe(many)
  const put = lines.filter(line => line.includes('"due-later"')).length
  expect(put).toBeGreaterThanOrEqual(many)
}, 120_000)
