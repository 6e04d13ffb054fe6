// Every minute: gives pending entries their place in the log's tree, has its head signed, and brings the index of queries and the counts of
// summaries up to it.
import { boundSequence } from '../aws/access-log/bound.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { kmsClient } from '../aws/kms.ts'
import { logCounts } from '../aws/access-log/counts.ts'
import { logIndex } from '../aws/access-log/index-rows.ts'
import { env } from '../aws/runtime.ts'
import { onSchedule } from '../http/on-schedule.ts'

const dynamodb = dynamodbClient()
const sequence = boundSequence(dynamodb, kmsClient())
const place = { dynamodb, table: env('TABLE_ACCESS_LOG') }
const [index, counts] = [logIndex(place), logCounts(place)]

export const handler = onSchedule('sequence-access-log', async () => {
  try {
    return (await sequence.run(35_000)).signedSize
  } finally {
    await Promise.all([index.run(10_000), counts.run(10_000)])
  }
})
