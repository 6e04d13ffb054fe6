import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { afterAll } from 'vitest'
import type { Hub } from '../../infra/local/hub.ts'

/** What a file looks behind a hub's front door with, as its administrator: call it while the file is read. */
export const awsClients = ({ aws }: Hub) => {
  const clients = { dynamodb: new DynamoDBClient(aws), kms: new KMSClient(aws) }
  afterAll(() => {
    clients.dynamodb.destroy()
    clients.kms.destroy()
  })
  return clients
}
