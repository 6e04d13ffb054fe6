// A release leaves with the proof of its own entry, or not at all: also where the log is signed and has everything but
// that entry.
import { KMSClient } from '@aws-sdk/client-kms'
import { expect, test } from 'vitest'
import type { RecordedRelease } from '../../../../events/access-log.ts'
import { Refused } from '../../../../events/refusal.ts'
import { logCover } from '../../../../functions/aws/access-log/cover.ts'
import { accessLog } from '../../../../functions/aws/access-log/pending.ts'
import { logSequence } from '../../../../functions/aws/access-log/sequence.ts'
import { transact } from '../../../../functions/aws/dynamodb.ts'
import { newId } from '../../../../functions/aws/runtime.ts'
import { EntryId, ReferralId } from '../../../../schemas/ids.ts'
import { ownTables } from '../own-tables.ts'
import { releaseEntry } from '../rows.ts'

const { dynamodb, aws, tableOf } = await ownTables()
const table = tableOf('AccessLog')
const kms = new KMSClient(aws)
const sequence = logSequence({ dynamodb, table, kms, keyId: tableOf('LogKey'), origin: 'o' })
const { cover } = logCover({ dynamodb, table, sequence })

/** A release whose entry is written, unless it is lost. */
const released = async (fate: 'written' | 'lost'): Promise<RecordedRelease> => {
  const entry = releaseEntry()
  if (fate === 'written')
    await transact(dynamodb)([accessLog({ dynamodb, table }).append(entry, undefined)])
  const referralId = ReferralId.parse(newId())
  return { entryId: EntryId.parse(entry.id), referralId, categories: ['identity'] }
}

test('a release whose entry is in the signed tree gets its proof', async () => {
  const [receipt] = await cover([await released('written')], 0)
  expect(receipt?.proof).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 0\n/)
})

test('one whose entry is not is refused, and takes the others of its pull with it', async () => {
  const releases = [await released('written'), await released('lost')]
  await expect(cover(releases, 0)).rejects.toThrow(new Refused('log-stale'))
})
