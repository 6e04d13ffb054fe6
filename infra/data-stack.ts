// What the hub keeps, in a stack of its own: tables, queues and keys, split by who may write and how they are kept.
// What works on them is another stack (doors-stack.ts), which can be changed, lost and made again without touching
// these. Whatever holds data is kept when the stack is deleted or changed: a stack deleted together with its key has
// lost everything the key sealed. Only what a failed creation has made, and nobody wrote to yet, goes with it.
import { type CfnElement, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import {
  AttributeType,
  BillingMode,
  type CfnTable,
  ProjectionType,
  Table,
  TableEncryption,
  type GlobalSecondaryIndexProps,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb'
import type { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import type { Institution } from '../schemas/agreement.ts'
import type { TableName } from '../functions/aws/tables.ts'
import type { KeyName } from './capabilities.ts'
import { exported } from './exports.ts'
import { addInbox } from './inboxes.ts'
import { addKeys } from './keys.ts'
import { plainId } from './logical-ids.ts'

export type DataStackProps = {
  /** What the names of its queues begin with (stage.ts). */
  readonly prefix: string
  /** Each gets an inbox. At least one; codes differ. */
  readonly institutions: readonly Institution[]
  /**
   * Whether stack and tables refuse to be deleted. Not while they are made for the first time: CloudFormation could not
   * take back what a creation that failed has made, and the next would find it in its way. Default: true.
   */
  readonly kept?: boolean
  /** Default: `0.2.0`. */
  readonly indexes?: Indexes | undefined
}

const string = (name: string) => ({ name, type: AttributeType.STRING })
const number = (name: string) => ({ name, type: AttributeType.NUMBER })

/**
 * As 0.1.0 made indexes: whole headers, whole entries. CloudFormation does not change what an index holds, so a hub
 * that is deployed keeps them until it changes over (docs/reference/evolving-rows.md). They are read alike.
 */
export type Indexes = '0.1.0' | '0.2.0'

/** What a list is filtered by; what it shows is read from the table. Never a compartment's ciphertext. */
const filtered = ['status', 'respondBy', 'partOf']

/** What the indexes `sent` and `received` of 0.1.0 hold. */
// oxfmt-ignore
const headerOf010 = ['referralId', 'folio', 'agreementId', 'referrer', 'recipient', 'priority', 'services', 'consentId', 'submittedAt', 'respondBy', 'status', 'deliveryState', 'contentState', 'version', 'history', 'milestones', 'externalIdSealed', 'leaseUntil']

/** An index by one attribute, in the order of another. It holds keys alone, where nothing else is said. */
const indexBy = (
  indexName: string,
  { of, order }: { of: string; order: string },
  projectionType = ProjectionType.KEYS_ONLY,
): GlobalSecondaryIndexProps => ({
  indexName,
  partitionKey: string(of),
  sortKey: string(order),
  projectionType,
})

/** Referrals of a party, the last changed first. What an index holds is paid for with each change: it moves the row. */
const referralsBy = (indexName: string, of: string, indexes: Indexes = '0.2.0') => ({
  ...indexBy(indexName, { of, order: 'updatedAt' }, ProjectionType.INCLUDE),
  nonKeyAttributes: indexes === '0.1.0' ? headerOf010.filter(name => name !== of) : [...filtered],
})

/** What the clock has to do, by when. Sparse: rows leave it with their attributes. */
const dueIndex = indexBy('due', { of: 'due', order: 'dueAt' })

/** What an inbox is owed, by when it is sent (again). */
const owedIndex = indexBy('owed', { of: 'inbox', order: 'nextSendAt' })

/** Where entries are, and nothing of them. */
const entriesBy = (indexName: string, of: string, indexes: Indexes = '0.2.0') =>
  indexBy(
    indexName,
    { of, order: 'id' },
    indexes === '0.1.0' ? ProjectionType.ALL : ProjectionType.KEYS_ONLY,
  )

export class DataStack extends Stack {
  readonly prefix: string
  readonly keys: Readonly<Record<KeyName, Key>>
  readonly tables: Readonly<Record<TableName, Table>>
  /** The codes of the institutions that have an inbox. */
  readonly codes: readonly string[]

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, {
      description: 'What a hub of referrals between institutions keeps',
      terminationProtection: props.kept ?? true,
    })
    const { prefix } = props
    this.prefix = prefix
    this.keys = addKeys(this, prefix)
    this.tables = this.#tables(this.keys.Storage, props)
    this.codes = props.institutions.map(({ code }) => code)
    const [first] = this.codes.map(code =>
      addInbox(this, code, { prefix, encryptionMasterKey: this.keys.Storage }),
    )
    if (first === undefined) throw new Error('a hub needs at least one institution')
    exported(this, { tables: this.tables, keys: this.keys, first })
  }

  protected override allocateLogicalId(element: CfnElement): string {
    return plainId(this, element)
  }

  /** The indexes of a table, which are throttled apart. */
  indexesOf(name: TableName): string[] {
    const { globalSecondaryIndexes } = this.tables[name].node.defaultChild as CfnTable
    const made = this.resolve(globalSecondaryIndexes) as { indexName: string }[] | undefined
    return (made ?? []).map(({ indexName }) => indexName)
  }

  #tables(
    encryptionKey: Key,
    { indexes, kept = true }: Pick<DataStackProps, 'indexes' | 'kept'>,
  ): Record<TableName, Table> {
    const table = (
      id: TableName,
      keys: Pick<TableProps, 'partitionKey' | 'sortKey' | 'timeToLiveAttribute'>,
      { recoverable = true } = {},
    ) =>
      new Table(this, id, {
        ...keys,
        billingMode: BillingMode.PAY_PER_REQUEST,
        encryption: TableEncryption.CUSTOMER_MANAGED,
        encryptionKey,
        deletionProtection: kept,
        removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: recoverable },
      })

    const referrals = table('Referrals', { partitionKey: string('pk') })
    referrals.addGlobalSecondaryIndex(referralsBy('sent', 'referrer', indexes))
    referrals.addGlobalSecondaryIndex(referralsBy('received', 'recipient', indexes))
    referrals.addGlobalSecondaryIndex(dueIndex)

    const accessLog = table('AccessLog', { partitionKey: string('pk'), sortKey: string('sk') })
    accessLog.addGlobalSecondaryIndex(entriesBy('by-referral', 'referralId', indexes))
    accessLog.addGlobalSecondaryIndex(entriesBy('by-consent', 'consentId', indexes))

    const outbox = table('Outbox', { partitionKey: string('pk'), sortKey: number('n') })
    outbox.addGlobalSecondaryIndex(owedIndex)

    // A referral key deleted is a referral shredded: no backup may bring it back.
    const referralKeys = table(
      'ReferralKeys',
      { partitionKey: string('referralId') },
      { recoverable: false },
    )
    Validations.of(referralKeys).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'A backup would outlive the withdrawal that deletes the key; senders can post again.',
    })
    const requests = table(
      'Requests',
      { partitionKey: string('pk'), timeToLiveAttribute: 'expiresAt' },
      { recoverable: false },
    )
    Validations.of(requests).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'Nonces and idempotency records expire within days; restoring them serves nobody.',
    })

    return {
      Referrals: referrals,
      ConsentLedger: table('ConsentLedger', {
        partitionKey: string('consentId'),
        sortKey: number('n'),
      }),
      ReferralKeys: referralKeys,
      AccessLog: accessLog,
      Outbox: outbox,
      Requests: requests,
      Directory: table('Directory', { partitionKey: string('pk') }),
      Progress: table('Progress', { partitionKey: string('pk') }),
    }
  }
}
