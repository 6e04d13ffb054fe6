// The ConsentLedger: events are added, never changed. What a consent permits is the fold of its events
// (events/consent.ts).
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import { type Consent, foldConsent } from '../../events/consent.ts'
import { ConsentEvent } from '../../schemas/consent.ts'
import type { ConsentId } from '../../schemas/ids.ts'
import { type Write, toItem, toRow } from './dynamodb.ts'

export type Consents = ReturnType<typeof consents>

export const consents = ({ dynamodb, table }: { dynamodb: DynamoDBClient; table: string }) => ({
  append: (event: ConsentEvent): Write => ({
    item: {
      Put: {
        TableName: table,
        Item: toItem(event),
        ConditionExpression: 'attribute_not_exists(consentId)',
      },
    },
    failed: () => 'moved',
  }),

  /**
   * The ledger of a consent and what it folds to, as of its last event (a consistent read); undefined if there is none.
   */
  read: async (
    consentId: ConsentId,
  ): Promise<{ events: ConsentEvent[]; consent: Consent } | undefined> => {
    const { Items } = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'consentId = :id',
        ExpressionAttributeValues: toItem({ ':id': consentId }),
      }),
    )
    if (!Items?.length) return undefined
    const events = Items.map(item => ConsentEvent.parse(toRow(item)))
    return { events, consent: foldConsent(events) }
  },

  /** Holds if, at the commit, the ledger has no event after the ones that `consent` is the fold of. */
  stillAt: (consent: Consent): Write => ({
    item: {
      ConditionCheck: {
        TableName: table,
        Key: toItem({ consentId: consent.consentId, n: consent.n + 1 }),
        ConditionExpression: 'attribute_not_exists(consentId)',
      },
    },
    failed: () => 'moved',
  }),
})
