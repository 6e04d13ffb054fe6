// Every minute: gives pending entries their place in the log's tree, has its head signed, and brings the index of queries up to it.
import { boundSequence } from './aws/bound-log.ts'
import { dynamodbClient } from './aws/dynamodb.ts'
import { kmsClient } from './aws/kms.ts'
import { logIndex } from './aws/log-index.ts'
import { env } from './aws/runtime.ts'
import { onSchedule } from './http/on-schedule.ts'

const dynamodb = dynamodbClient()
const sequence = boundSequence(dynamodb, kmsClient())
const index = logIndex({ dynamodb, table: env('TABLE_ACCESS_LOG') })

export const handler = onSchedule('sequence-access-log', async () => {
  try {
    return (await sequence.run(40_000)).signedSize
  } finally {
    await index.run(10_000)
  }
})
