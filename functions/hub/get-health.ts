// GET /v1/health: 200 only if table, queue and key really answer, and the table takes a write.
import { Refused } from '../../events/refusal.ts'
import { dynamodbClient } from '../aws/dynamodb.ts'
import { type Health, health } from '../aws/health.ts'
import { sqsClient } from '../aws/inbox.ts'
import { kmsClient } from '../aws/kms.ts'
import { env, log } from '../aws/runtime.ts'
import { openRoute } from '../http/open-route.ts'
import type { Answer } from '../http/route.ts'

export const getHealth = async (checks: Health): Promise<Answer> => {
  const asked = Object.entries(checks).map(async ([name, check]) => {
    try {
      await check()
      return true
    } catch (error) {
      log('error', 'unhealthy', {
        check: name,
        error: error instanceof Error ? error.name : 'unknown',
      })
      return false
    }
  })
  if ((await Promise.all(asked)).includes(false)) throw new Refused('unavailable')
  return { body: { status: 'ok', checks: { table: 'ok', queue: 'ok', key: 'ok' } } }
}

const checks = health({
  dynamodb: dynamodbClient(),
  directoryTable: env('TABLE_DIRECTORY'),
  requestsTable: env('TABLE_REQUESTS'),
  sqs: sqsClient(),
  urlPrefix: env('INBOX_URL_PREFIX'),
  kms: kmsClient(),
  keyId: env('KEY_ENVELOPE'),
  institution: env('HEALTH_INSTITUTION'),
})

export const handler = openRoute('health.read', () => getHealth(checks))
