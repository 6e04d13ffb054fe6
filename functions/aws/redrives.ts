// Redrives that are under way, a row of the Outbox for each inbox: while one is, whatever was owed when it began and
// has not been sent since is still to be sent. The index of what is due has it, so that the sweep takes over from a
// redrive that was cut off, at no call more.
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { InstitutionCode, Instant } from '../../schemas/ids.ts'
import { later } from '../../schemas/instants.ts'
import { type InTable, type Row, type Write, settle, toItem } from './dynamodb.ts'
import { rowOf } from './known-rows.ts'

/** Once it has ended nothing is left but its key. */
const RedriveRow = z.object({
  pk: z.string(),
  inbox: InstitutionCode.optional(),
  /** When it began. */
  since: Instant.optional(),
  /** From when on the sweep goes on with it. */
  nextSendAt: Instant.optional(),
})

const keyOf = (inbox: InstitutionCode) => ({ pk: `redrive#${inbox}`, n: 1 })

/** Whether a row of the Outbox is of a redrive, and of no message. */
export const isRedrive = ({ pk }: Row): boolean => String(pk).startsWith('redrive#')

/** When the redrive of a row began; undefined where it has ended. */
export const sinceOf = (row: Row): Instant | undefined => RedriveRow.parse(row).since

/** Longer than its function lives (infra/functions.ts). */
const itsOwnMs = 60_000

export type Redrives = ReturnType<typeof redrives>

export const redrives = ({ dynamodb, table }: InTable) => ({
  /** Since when a redrive of an inbox is under way, where one is. */
  underWay: async (inbox: InstitutionCode): Promise<Instant | undefined> => {
    const row = await rowOf(dynamodb, { table, key: keyOf(inbox) })
    return row && sinceOf(row)
  },

  /** Begins one at `now`, or goes on with one that began before. */
  begin: (inbox: InstitutionCode, since: Instant, now: Instant): Write => ({
    item: {
      Update: {
        TableName: table,
        Key: toItem(keyOf(inbox)),
        UpdateExpression: 'SET inbox = :inbox, since = :since, nextSendAt = :next',
        ExpressionAttributeValues: toItem({
          ':inbox': inbox,
          ':since': since,
          ':next': later(now, itsOwnMs),
        }),
      },
    },
    failed: () => 'moved',
  }),

  /** Ends it, unless another has begun meanwhile. */
  end: async (inbox: InstitutionCode, since: Instant): Promise<void> => {
    await settle(() =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: toItem(keyOf(inbox)),
          UpdateExpression: 'REMOVE inbox, since, nextSendAt',
          ConditionExpression: 'since = :since',
          ExpressionAttributeValues: toItem({ ':since': since }),
        }),
      ),
    )
  },
})
