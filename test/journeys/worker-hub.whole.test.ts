// What one file does to the worker's hub, the next does not meet.
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { hubFileOf, hubNow } from './callers.ts'
import { emptyHub } from './empty-hub.ts'
import { sharedHub } from './shared-hub.ts'
import { raw } from './signed-requests.ts'

test('a key that was revoked in an emptied hub is another, and good, for who shares it after that', async () => {
  const emptied = await emptyHub()
  const me = (place: typeof emptied) => raw(place, 'oim-system', { path: '/v1/me' })
  expect((await me(emptied)).status).toBe(200)
  const dynamodb = new DynamoDBClient(emptied.hub.aws)
  const revoked = hubFileOf(emptied).keys.find(({ name }) => name === 'oim-system')?.keyid ?? ''
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: emptied.hub.nameOf('Directory'),
      Key: { pk: { S: `key#${revoked}` } },
      UpdateExpression: 'SET revokedAt = :at',
      ExpressionAttributeValues: { ':at': { S: hubNow(emptied).toISOString() } },
    }),
  )
  dynamodb.destroy()
  expect((await me(emptied)).json.code).toBe('key-revoked')
  const shared = await sharedHub()
  expect((await me({ ...emptied, ...shared })).status).toBe(200)
})
