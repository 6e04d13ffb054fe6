// The Outbox: what each inbox is owed, a row for each message until it is acknowledged. The table is the truth; a queue
// may lose, park or forget a message, and is sent it again.
import { QueryCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import type { EventSubject } from '../../events/catalogue.ts'
import type { OwedSends } from '../../events/delivery.ts'
import { InstitutionCode, Instant, MessageId } from '../../schemas/ids.ts'
import { QueueMessage } from '../../schemas/inbox.ts'
import { type InTable, type Row, type Write, settle, toItem, toRow } from './dynamodb.ts'
import { getRows } from './read-rows.ts'
import { isRedrive } from './redrives.ts'
import { allRows, pageFrom } from './row-pages.ts'

/** Rows of 0.1.0 have the first four members; they were deleted when their message was sent. */
const OutboxRow = z.object({
  /** Whose inbox, and which referral or agreement: `ALA#<referralId>`. */
  pk: z.string(),
  /** The event's `sequence`: rows of one inbox and referral lie in its order. */
  n: z.int().positive(),
  messageId: MessageId,
  /** JSON of the message without what the row says of it; of 0.1.0, whole. */
  message: z.string(),
  /** The index `owed` has the rows of an inbox by when they are to be sent. */
  inbox: InstitutionCode.optional(),
  nextSendAt: Instant.optional(),
  /** How often it was sent and written down as sent. */
  sends: z.int().nonnegative().default(0),
})
type OutboxRow = z.infer<typeof OutboxRow>

/** A message that an inbox is owed. */
export type Owed = {
  message: QueueMessage
  /** How often it was sent before, as far as is written down. */
  sends: number
  /** When it is to be sent; absent in rows of 0.1.0, which are due. */
  nextSendAt: Instant | undefined
}

/** Names a message that somebody has acknowledged. */
export type Settled = { inbox: InstitutionCode; subject: EventSubject; sequence: number }

const keyOf = ({ inbox, subject, sequence }: Settled) => ({
  pk: `${inbox}#${subject}`,
  n: sequence,
})
const nameOf = ({ inbox, event }: QueueMessage): Settled => ({
  inbox,
  subject: event.subject,
  sequence: Number(event.sequence),
})

/** As much as is not in the row itself: a request stays below the kilobyte that a write is paid by. */
const packed = ({ event: { type, source, time, data } }: QueueMessage): string =>
  JSON.stringify({ event: { type, source, time, data } })

const Packed = z.looseObject({ event: z.looseObject({}) })

/** The message of a row, whole. */
export const owedOf = (row: Row): Owed => {
  const { pk, n, messageId, message, sends, nextSendAt } = OutboxRow.parse(row)
  const [inbox, subject] = pk.split('#')
  const { event, ...kept } = Packed.parse(JSON.parse(message))
  const named = { specversion: '1.0', id: messageId, subject, datacontenttype: 'application/json' }
  const whole = { inbox, ...kept, event: { ...named, sequence: String(n), ...event } }
  return { message: QueueMessage.parse(whole), sends, nextSendAt }
}

/** Rows of one inbox that an index names: read again before anything is decided. */
const Named = z.object({ pk: z.string(), n: z.int() })
type Named = z.infer<typeof Named>

const anHour = 3600 * 1000

export type Outbox = ReturnType<typeof outbox>

export const outbox = ({ dynamodb, table }: InTable) => {
  const since = performance.now()

  return {
    /**
     * Keeps a message until it is acknowledged; due at once, so that whatever the sender dies of, the minute sends it.
     * Unconditional: the referral's row, in the same transaction, guards the sequence. After a restore of Referrals
     * sequences are given again, and a row of before may stand here (test/journeys/shred-drill.whole.test.ts).
     * The sealed content is not kept again: it has its row (envelopes.ts), and goes with that.
     */
    add: (message: QueueMessage, at: Instant): Write => ({
      item: {
        Put: {
          TableName: table,
          Item: toItem({
            ...keyOf(nameOf(message)),
            messageId: message.event.id,
            message: packed(message),
            inbox: message.inbox,
            nextSendAt: at,
          }),
        },
      },
      failed: () => 'moved',
    }),

    /** What is acknowledged is owed no more. It may have been sent by 0.1.0, and have no row. */
    settle: (acknowledged: Settled): Write => ({
      item: { Delete: { TableName: table, Key: toItem(keyOf(acknowledged)) } },
      failed: () => 'moved',
    }),

    /**
     * A page of what an inbox is to be sent by now, longest due first. The index is a moment behind, and decides
     * nothing.
     */
    due: async (
      inbox: InstitutionCode,
      now: Instant,
      from?: Row,
    ): Promise<{ named: Named[]; next?: Row }> => {
      const { rows, ...next } = await pageFrom(from, start =>
        dynamodb.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'owed',
            KeyConditionExpression: 'inbox = :inbox AND nextSendAt <= :now',
            ExpressionAttributeValues: toItem({ ':inbox': inbox, ':now': now }),
            Limit: 100,
            ...start,
          }),
        ),
      )
      return { named: rows.map(row => Named.parse(row)), ...next }
    },

    /** Rows of these names, as of their last writes; those that are still there. */
    read: async (named: readonly Named[]): Promise<Row[]> => {
      const rows = await getRows(
        dynamodb,
        named.map(({ pk, n }) => ({ table, key: { pk, n } })),
      )
      return rows.filter(row => row !== undefined)
    },

    /** How messages of one referral were sent, in the order asked; undefined for one that is not owed. */
    sendsOf: async (
      { inbox, event }: QueueMessage,
      sequences: readonly number[],
    ): Promise<(OwedSends | undefined)[]> => {
      const names = sequences.map(sequence => ({
        table,
        key: keyOf({ inbox, subject: event.subject, sequence }),
      }))
      const rows = await getRows(dynamodb, names)
      return rows.map(row => {
        if (!row) return undefined
        const { sends, nextSendAt } = OutboxRow.parse(row)
        return { sends, nextSendAt }
      })
    },

    /** All that an inbox is owed of one referral from one message on, in order (a consistent read). */
    from: async ({ pk, n }: Named): Promise<Row[]> => {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND n >= :n',
          ExpressionAttributeValues: toItem({ ':pk': pk, ':n': n }),
        }),
      )
      return Items.map(toRow)
    },

    /**
     * Rows that 0.1.0 left, which the index does not have: looked for by each instance of the function in its first
     * hour, for functions change one after the other, and one of before may still leave some. They get into the index
     * as they are sent.
     */
    leftBy010: async (): Promise<Row[]> => {
      if (performance.now() - since > anHour) return []
      const rows = await allRows(start =>
        dynamodb.send(
          new ScanCommand({
            TableName: table,
            ConsistentRead: true,
            FilterExpression: 'attribute_not_exists(nextSendAt)',
            ...start,
          }),
        ),
      )
      return rows.filter(row => !isRedrive(row))
    },

    owedOf,

    /** Writes that a message was sent, unless it was acknowledged in the meantime, and when it is to be sent again. */
    sent: async (message: QueueMessage, nextSendAt: Instant): Promise<void> => {
      const { inbox, event, sentBefore = 0 } = message
      await settle(() =>
        dynamodb.send(
          new UpdateItemCommand({
            TableName: table,
            Key: toItem(keyOf(nameOf(message))),
            UpdateExpression: 'SET inbox = :inbox, nextSendAt = :next, sends = :sends',
            ConditionExpression: 'messageId = :id',
            ExpressionAttributeValues: toItem({
              ':inbox': inbox,
              ':next': nextSendAt,
              ':sends': sentBefore + 1,
              ':id': event.id,
            }),
          }),
        ),
      )
    },
  }
}
