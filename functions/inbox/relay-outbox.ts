// Every minute: sends what a commit left in the outbox because its function died, or SQS did not answer, before it was sent.
import { dynamodbClient } from '../aws/dynamodb.ts'
import { inbox, sqsClient } from '../aws/inbox.ts'
import { outbox } from '../aws/outbox.ts'
import { relayWaiting } from '../effects/relay.ts'
import { env } from '../aws/runtime.ts'
import { onSchedule } from '../http/on-schedule.ts'

const deps = {
  outbox: outbox({ dynamodb: dynamodbClient(), table: env('TABLE_OUTBOX') }),
  inbox: inbox({ sqs: sqsClient(), urlPrefix: env('INBOX_URL_PREFIX') }),
}

export const handler = onSchedule('relay-outbox', () => relayWaiting(deps))
