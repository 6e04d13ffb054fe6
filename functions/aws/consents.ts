// The ConsentLedger: events are added, never changed. What a consent permits is the fold of its events
// (events/consent.ts).
import { type Consent, foldConsent } from '../../events/consent.ts'
import { ConsentEvent } from '../../schemas/consent.ts'
import type { ConsentId } from '../../schemas/ids.ts'
import { type InTable, type RowName, type Write, toItem } from './dynamodb.ts'
import { type KnownRows, rowsOf } from './known-rows.ts'

/**
 * Events that are looked for at a time. Nearly every ledger is its first event alone: the second is asked for to see
 * that it is not there.
 */
const together = 2

const eventsAt = (table: string, consentId: ConsentId, from: number): RowName[] =>
  Array.from({ length: together }, (_, i) => ({ table, key: { consentId, n: from + i } }))

export type Consents = ReturnType<typeof consents>

export const consents = ({ dynamodb, table }: InTable) => ({
  /** Where a ledger begins, for whoever reads it ahead. */
  at: (consentId: ConsentId): RowName[] => eventsAt(table, consentId, 1),

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
   * The ledger of a consent and what it folds to, as of its last event (consistent reads); undefined if there is none.
   * Events are numbered without gaps and never change: it ends before the first that is not there. What was appended
   * behind that meanwhile, in whatever order its rows were read, is for the next reading.
   */
  read: async (
    consentId: ConsentId,
    known?: KnownRows,
  ): Promise<{ events: ConsentEvent[]; consent: Consent } | undefined> => {
    const events: ConsentEvent[] = []
    for (let whole = true; whole;) {
      const rows = await rowsOf(dynamodb, eventsAt(table, consentId, events.length + 1), known)
      const end = rows.findIndex(row => row === undefined)
      whole = end === -1
      events.push(...rows.slice(0, whole ? undefined : end).map(row => ConsentEvent.parse(row)))
    }
    return events.length === 0 ? undefined : { events, consent: foldConsent(events) }
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
