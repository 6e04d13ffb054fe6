// How far all referrals have come under the rules of the clock as they are: a row of Referrals that belongs to none.
// Where there is a rule more, or an agreement's terms are others, each referral is looked at once, for its `dueAt` was
// set without them.
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { Instant } from '../../schemas/ids.ts'
import { type InTable, type Row, type Write, settle, toItem } from './dynamodb.ts'
import { rowOf } from './known-rows.ts'

const RulesWalk = z.object({
  /** The version of the rules that every referral has been looked at by. */
  rules: z.int().nonnegative().default(0),
  /** Where in the index the walk goes on. */
  from: z.record(z.string(), z.string()).optional(),
  /** Whether a referral could not be looked at in this walk. */
  failed: z.boolean().default(false),
  /** How often a walk was begun again; a walk that began before goes no further. */
  restarts: z.int().nonnegative().default(0),
  /** When agreements are to be looked at next (functions/hub/tell-endings.ts); absent: at once. */
  endingsAt: Instant.optional(),
})
export type RulesWalk = z.infer<typeof RulesWalk>

const key = { pk: 'rules-walk' }
const names = { '#rules': 'rules', '#from': 'from', '#failed': 'failed' }
const sameWalk = ({ restarts }: RulesWalk) => ({
  ConditionExpression: restarts === 0 ? 'attribute_not_exists(#restarts)' : '#restarts = :restarts',
  values: restarts > 0 ? { ':restarts': restarts } : {},
})

export const rulesWalk = ({ dynamodb, table }: InTable) => ({
  read: async (): Promise<RulesWalk> =>
    RulesWalk.parse((await rowOf(dynamodb, { table, key })) ?? {}),

  /** Has every referral looked at once more, from the first, and every agreement. */
  restart: (): Write => ({
    item: {
      Update: {
        TableName: table,
        Key: toItem(key),
        UpdateExpression:
          'SET #rules = :none, #from = :start, #failed = :no REMOVE endingsAt ADD #restarts :one',
        ExpressionAttributeNames: { ...names, '#restarts': 'restarts' },
        ExpressionAttributeValues: toItem({ ':none': 0, ':start': {}, ':no': false, ':one': 1 }),
      },
    },
    failed: () => 'internal',
  }),

  /**
   * Writes down how far a walk has come, unless it was begun again meanwhile; says which. Two runs at once may both
   * write: then some are looked at twice.
   */
  write: async (walk: RulesWalk): Promise<boolean> => {
    const { rules, from, failed } = walk
    const { ConditionExpression, values } = sameWalk(walk)
    const now: Row = { ':rules': rules, ':from': from ?? {}, ':failed': failed }
    const { outcome } = await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem(key),
          UpdateExpression: 'SET #rules = :rules, #from = :from, #failed = :failed',
          ConditionExpression,
          ExpressionAttributeNames: { ...names, '#restarts': 'restarts' },
          ExpressionAttributeValues: toItem({ ...now, ...values }),
        }),
      ),
    )
    return outcome === 'success'
  },

  /** Writes down when agreements are to be looked at next, unless a notice has changed one meanwhile. */
  endingsTold: async (walk: RulesWalk, next: Instant): Promise<void> => {
    const { ConditionExpression, values } = sameWalk(walk)
    await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem(key),
          UpdateExpression: 'SET endingsAt = :next',
          ConditionExpression,
          ExpressionAttributeNames: { '#restarts': 'restarts' },
          ExpressionAttributeValues: toItem({ ':next': next, ...values }),
        }),
      ),
    )
  },
})
