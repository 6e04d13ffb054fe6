// How far all referrals have come under the rules of the clock as they are: a row of Referrals that belongs to none.
// Where there is a rule more, or an agreement's terms are others, each referral is looked at once, for its `dueAt` was
// set without them.
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { type Row, type Write, settle, toItem } from './dynamodb.ts'
import { rowOf } from './known-rows.ts'

const RulesWalk = z.object({
  /** The version of the rules that every referral has been looked at by. */
  rules: z.int().nonnegative().default(0),
  /** Where in the index the walk goes on. */
  from: z.record(z.string(), z.string()).optional(),
  /** Whether a referral could not be looked at in this walk. */
  failed: z.boolean().default(false),
  /** How often a walk was begun anew; a walk that began before goes no further. */
  restarts: z.int().nonnegative().default(0),
})
export type RulesWalk = z.infer<typeof RulesWalk>

const key = { pk: 'rules-walk' }
const names = { '#rules': 'rules', '#from': 'from', '#failed': 'failed' }

export const rulesWalk = ({ dynamodb, table }: { dynamodb: DynamoDBClient; table: string }) => ({
  read: async (): Promise<RulesWalk> =>
    RulesWalk.parse((await rowOf(dynamodb, { table, key })) ?? {}),

  /** Has every referral looked at once more, from the first. */
  restart: (): Write => ({
    item: {
      Update: {
        TableName: table,
        Key: toItem(key),
        UpdateExpression: 'SET #rules = :none, #from = :start, #failed = :no ADD #restarts :one',
        ExpressionAttributeNames: { ...names, '#restarts': 'restarts' },
        ExpressionAttributeValues: toItem({ ':none': 0, ':start': {}, ':no': false, ':one': 1 }),
      },
    },
    failed: () => 'internal',
  }),

  /**
   * Writes down how far a walk has come, unless it was begun anew meanwhile; says which. Two runs at once may both
   * write: then some are looked at twice.
   */
  write: async ({ rules, from, failed, restarts }: RulesWalk): Promise<boolean> => {
    const walk: Row = { ':rules': rules, ':from': from ?? {}, ':failed': failed }
    const { outcome } = await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem(key),
          UpdateExpression: 'SET #rules = :rules, #from = :from, #failed = :failed',
          ConditionExpression:
            restarts === 0 ? 'attribute_not_exists(#restarts)' : '#restarts = :restarts',
          ExpressionAttributeNames: { ...names, '#restarts': 'restarts' },
          ExpressionAttributeValues: toItem({
            ...walk,
            ...(restarts > 0 && { ':restarts': restarts }),
          }),
        }),
      ),
    )
    return outcome === 'success'
  },
})
