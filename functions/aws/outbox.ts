// The Outbox: messages that a committed effect owes somebody's inbox. The table is the truth; sending is a hint that is
// repeated until it worked.
import { DeleteItemCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { type InstitutionCode, MessageId, type ReferralId } from '../../schemas/ids.ts'
import { QueueMessage } from '../../schemas/inbox.ts'
import { type Write, settle, toItem, toRow } from './dynamodb.ts'

const OutboxRow = z.strictObject({
  pk: z.string(),
  n: z.int().positive(),
  messageId: MessageId,
  message: z.string(),
})
export type OutboxRow = z.infer<typeof OutboxRow>

/** The row that a message waits in. Ordered within its inbox and referral by the event's `sequence`. */
const rowOf = (message: QueueMessage): OutboxRow => ({
  pk: `${message.inbox}#${message.event.subject}`,
  n: Number(message.event.sequence),
  messageId: message.event.id,
  message: JSON.stringify(message),
})

export type Outbox = ReturnType<typeof outbox>

export const outbox = ({ dynamodb, table }: { dynamodb: DynamoDBClient; table: string }) => ({
  add: (message: QueueMessage): Write => ({
    item: {
      Put: {
        TableName: table,
        Item: toItem(rowOf(message)),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    failed: () => 'moved',
  }),

  remove: async (inbox: InstitutionCode, referralId: ReferralId, n: number): Promise<void> => {
    const Key = toItem({ pk: `${inbox}#${referralId}`, n })
    await settle(() => dynamodb.send(new DeleteItemCommand({ TableName: table, Key })))
  },

  /** Everything that still waits, each inbox and referral in order. The table is nearly always empty. */
  waiting: async (): Promise<QueueMessage[]> => {
    const rows: OutboxRow[] = []
    let start: Record<string, unknown> | undefined
    do {
      const page = await dynamodb.send(
        new ScanCommand({
          TableName: table,
          ConsistentRead: true,
          ...(start ? { ExclusiveStartKey: toItem(start) } : {}),
        }),
      )
      rows.push(...(page.Items ?? []).map(item => OutboxRow.parse(toRow(item))))
      start = page.LastEvaluatedKey && toRow(page.LastEvaluatedKey)
    } while (start)
    return rows
      .toSorted((a, b) => (a.pk === b.pk ? a.n - b.n : a.pk < b.pk ? -1 : 1))
      .map(row => QueueMessage.parse(JSON.parse(row.message)))
  },
})
