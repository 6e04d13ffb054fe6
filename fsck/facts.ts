// Rows and messages as what they are: parsed by the shapes that the functions themselves read them with. What none of
// them reads is a finding, and nothing else is looked for in it.
import { AgreementNewsRow } from '../functions/aws/agreement-news.ts'
import { owedOf, type Owed } from '../functions/aws/outbox.ts'
import { isRedrive } from '../functions/aws/redrives.ts'
import type { Row } from '../functions/aws/dynamodb.ts'
import { envelopeIn } from '../functions/aws/envelopes.ts'
import { unpacked } from '../functions/aws/packed-members.ts'
import { idOf, ReferralRow } from '../functions/aws/referral-row.ts'
import type { TableName } from '../functions/aws/tables.ts'
import { ConsentEvent } from '../schemas/consent.ts'
import { type Envelope, QueueMessage } from '../schemas/inbox.ts'
import type { Find, Queued, Snapshot } from './snapshot.ts'

/** A referral, and whether 0.1.0 wrote it: some of its guards and messages are kept otherwise. */
export type Kept = { row: ReferralRow; isOld: boolean }

export type Facts = {
  referrals: ReadonlyMap<string, Kept>
  /** Names that only one referral may have, and which has them. */
  guards: ReadonlyMap<string, string>
  envelopes: ReadonlyMap<string, Envelope>
  /** How many events of each agreement every party was sent. */
  news: ReadonlyMap<string, number>
  /** Referrals that have a key. */
  keys: ReadonlySet<string>
  /** Events of each consent, in order. */
  ledgers: ReadonlyMap<string, readonly ConsentEvent[]>
  owed: readonly Owed[]
  queued: readonly { queue: Queued['queue']; message: QueueMessage }[]
}

/** Names a row by its key's attributes, as they are. */
export const rowName = (table: TableName, row: Row): string => {
  const { pk, sk, n, consentId, referralId } = row
  const key = table === 'ConsentLedger' ? [consentId, n] : [pk ?? referralId, sk, n]
  return `${table} ${key
    .slice(0, table === 'Outbox' || table === 'AccessLog' || table === 'ConsentLedger' ? 3 : 1)
    .filter(part => part !== undefined)
    .map(String)
    .join(' ')}`
}

/** Runs `read` over rows; what throws is unreadable. */
export const readEach = <T>(
  rows: readonly Row[],
  { table, find }: { table: TableName; find: Find },
  read: (row: Row) => T,
): T[] =>
  rows.flatMap(row => {
    try {
      return [read(row)]
    } catch (error) {
      find('row-unreadable', rowName(table, row), reasonOf(error))
      return []
    }
  })

/** What is wrong, without the value that is: the first path of a shape, or the error's own code. */
const reasonOf = (error: unknown): string => {
  const { issues, code, name } = error as {
    issues?: { path: PropertyKey[] }[]
    code?: string
    name?: string
  }
  const [issue] = issues ?? []
  return issue ? issue.path.map(String).join('.') : (code ?? name ?? 'unknown')
}

const nothing = (): never => {
  throw Object.assign(new Error('a row of no kind'), { code: 'no-kind' })
}

/** Rows of the Referrals table by the beginning of their keys. */
const kindOf = ({ pk }: Row): string => String(pk).split('#')[0] ?? ''

export const factsOf = ({ tables, queues }: Snapshot, find: Find): Facts => {
  const referrals = new Map<string, Kept>()
  const guards = new Map<string, string>()
  const envelopes = new Map<string, Envelope>()
  const news = new Map<string, number>()
  readEach(tables.Referrals, { table: 'Referrals', find }, row => {
    switch (kindOf(row)) {
      case 'referral': {
        const parsed = ReferralRow.parse({ referralId: idOf(row), ...unpacked(row) })
        return referrals.set(parsed.referralId, {
          row: parsed,
          isOld: row['submitted'] === undefined,
        })
      }
      case 'envelope':
        return envelopes.set(String(row['pk']).slice('envelope#'.length), envelopeIn(row))
      case 'folio':
      case 'person':
      case 'external-id':
        return guards.set(String(row['pk']), String(row['heldBy']))
      case 'agreement-news': {
        const agreementId = String(row['pk']).slice('agreement-news#'.length)
        return news.set(agreementId, AgreementNewsRow.parse(row).sent)
      }
      case 'rules-walk':
        return undefined
      default:
        return nothing()
    }
  })
  const events = readEach(tables.ConsentLedger, { table: 'ConsentLedger', find }, row =>
    ConsentEvent.parse(row),
  )
  const queued = queues.flatMap(({ queue, inbox, body }, i) => {
    try {
      const message = QueueMessage.parse(JSON.parse(body))
      if (message.inbox !== inbox) find('queue-stray', `${queue} ${inbox}`, message.event.id)
      return [{ queue, message }]
    } catch (error) {
      find('row-unreadable', `${queue} ${inbox} ${i}`, reasonOf(error))
      return []
    }
  })
  return {
    referrals,
    guards,
    envelopes,
    news,
    keys: new Set(tables.ReferralKeys.map(row => String(row['referralId']))),
    ledgers: new Map(
      [...Map.groupBy(events, ({ consentId }) => consentId)].map(([id, ledger]) => [
        id,
        ledger.toSorted((a, b) => a.n - b.n),
      ]),
    ),
    owed: readEach(
      tables.Outbox.filter(row => !isRedrive(row)),
      { table: 'Outbox', find },
      owedOf,
    ),
    queued,
  }
}
