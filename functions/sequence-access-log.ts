// Every minute: gives pending entries their place in the log's tree and has its head signed.
import { boundSequence } from './aws/bound-log.ts'
import { dynamodbClient } from './aws/dynamodb.ts'
import { kmsClient } from './aws/kms.ts'
import { onSchedule } from './http/on-schedule.ts'

const { run } = boundSequence(dynamodbClient(), kmsClient())

export const handler = onSchedule('sequence-access-log', run)
