// How far all referrals have come under the rules of the clock as they are: a row of Referrals that belongs to none.
// Where there is a rule more, each referral is looked at once, for its `dueAt` was set without that rule.
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { type Row, settle, toItem } from './dynamodb.ts'
import { rowOf } from './known-rows.ts'

const RulesWalk = z.object({
  /** The version of the rules that every referral has been looked at by. */
  rules: z.int().nonnegative().default(0),
  /** Where in the index the walk goes on. */
  from: z.record(z.string(), z.string()).optional(),
  /** Whether a referral could not be looked at in this walk. */
  failed: z.boolean().default(false),
})
export type RulesWalk = z.infer<typeof RulesWalk>

const key = { pk: 'rules-walk' }

export const rulesWalk = ({ dynamodb, table }: { dynamodb: DynamoDBClient; table: string }) => ({
  read: async (): Promise<RulesWalk> =>
    RulesWalk.parse((await rowOf(dynamodb, { table, key })) ?? {}),

  /** Two runs at once may both write: then some are looked at twice. */
  write: async ({ rules, from, failed }: RulesWalk): Promise<void> => {
    const walk: Row = { ':rules': rules, ':from': from ?? {}, ':failed': failed }
    await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem(key),
          UpdateExpression: 'SET #rules = :rules, #from = :from, #failed = :failed',
          ExpressionAttributeNames: { '#rules': 'rules', '#from': 'from', '#failed': 'failed' },
          ExpressionAttributeValues: toItem(walk),
        }),
      ),
    )
  },
})
