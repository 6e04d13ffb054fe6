// What every signed door binds: the stack's own adapters, over the door's DynamoDB client.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { StackDeps } from '../http/respond.ts'
import { accessLog } from './access-log/pending.ts'
import { directory } from './directory.ts'
import { transact } from './dynamodb.ts'
import { keyRate } from './rate.ts'
import { requests } from './requests.ts'
import { env, envCount } from './runtime.ts'

export const stackDeps = (dynamodb: DynamoDBClient): StackDeps => ({
  authority: env('AUTHORITY'),
  transact: transact(dynamodb),
  directory: directory({ dynamodb, table: env('TABLE_DIRECTORY') }),
  requests: requests({ dynamodb, table: env('TABLE_REQUESTS') }),
  rate: keyRate({
    dynamodb,
    table: env('TABLE_REQUESTS'),
    rate: { perSecond: envCount('RATE_PER_SECOND'), burst: envCount('RATE_BURST') },
  }),
  accessLog: accessLog({ dynamodb, table: env('TABLE_ACCESS_LOG') }),
})
