// Every minute: gives pending entries their place in the log's tree and has its head signed.
import { dynamodbClient } from './aws/dynamodb.ts'
import { kmsClient } from './aws/kms.ts'
import { logSequence } from './aws/log-sequence.ts'
import { env } from './aws/runtime.ts'
import { onSchedule } from './http/on-schedule.ts'

const sequence = logSequence({
  dynamodb: dynamodbClient(),
  table: env('TABLE_ACCESS_LOG'),
  kms: kmsClient(),
  keyId: env('KEY_LOG'),
  origin: env('LOG_ORIGIN'),
})

export const handler = onSchedule('sequence-access-log', sequence.run)
