// A function's role whose calls go where a test says.
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { afterEach, beforeEach, onTestFinished, vi } from 'vitest'
import { dynamodbClient } from '../../../functions/aws/dynamodb.ts'

/** Every test of the file has the environment of a function, with its credentials. */
export const asFirstRole = (): void => {
  beforeEach(() => {
    vi.stubEnv('AWS_REGION', 'us-east-1')
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'FirstRole')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'first secret')
    vi.stubEnv('AWS_SESSION_TOKEN', 'first token')
  })
  afterEach(() => vi.unstubAllEnvs())
}

export const dynamodbAt = ({ endpoint }: { endpoint: string }): DynamoDBClient => {
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint)
  const client = dynamodbClient()
  onTestFinished(() => client.destroy())
  return client
}
export const get = new GetItemCommand({ TableName: 'Referrals', Key: { pk: { S: 'one' } } })
