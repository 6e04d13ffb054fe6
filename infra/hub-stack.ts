// What the hub keeps: tables, queues and keys, split by who may write and how they are kept; then what works on them.
// Whatever holds data is kept when the stack is deleted or changed: a stack deleted together with its key has lost
// everything the key sealed. Only what a failed creation has made, and nobody wrote to yet, goes with it.
import { type CfnElement, CfnOutput, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import type { HttpApi, HttpRoute } from 'aws-cdk-lib/aws-apigatewayv2'
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
import { type Rate, defaultRate } from '../events/rate.ts'
import type { Institution } from '../schemas/agreement.ts'
import type { HubName } from '../schemas/hub-name.ts'
import type { Kept, TableName } from './capabilities.ts'
import {
  hubApi,
  hubFunction,
  limitRoutes,
  type MadeFunction,
  onRoutes,
  onSchedule,
} from './doors.ts'
import { hubFunctions } from './functions.ts'
import { addInbox } from './inboxes.ts'
import { addKeys } from './keys.ts'
import { plainId } from './logical-ids.ts'

export type HubStackProps = {
  /** What the names of its queues and its API begin with (stage.ts). */
  readonly prefix: string
  /** Each gets an inbox. At least one; codes differ. */
  readonly institutions: readonly Institution[]
  /** Public host[:port] that callers sign as `@authority` (RFC 9421 §2.2.3). Default: the API's own. */
  readonly authority?: string
  /** What the log, the events and the problems are named after (schemas/hub-name.ts). Default: the authority. */
  readonly name?: HubName
  /** How fast one key may go, over all routes. Default: `defaultRate`. */
  readonly rate?: Rate
  /**
   * Whether stack and tables refuse to be deleted. Not while they are made for the first time: CloudFormation could not
   * take back what a creation that failed has made, and the next would find it in its way. Default: true.
   */
  readonly kept?: boolean
  /** Default: `0.2.0`. */
  readonly indexes?: Indexes | undefined
  /** Folder with `<name>/index.mjs` for each function; without it a placeholder stands in. */
  readonly bundles?: string
}

const string = (name: string) => ({ name, type: AttributeType.STRING })
const number = (name: string) => ({ name, type: AttributeType.NUMBER })

/**
 * As 0.1.0 made indexes: whole headers, whole entries. CloudFormation does not change what an index holds, so a hub that
 * is deployed keeps them until it changes over (docs/reference/evolving-rows.md). They are read alike.
 */
export type Indexes = '0.1.0' | '0.2.0'

/** What a list is filtered by; what it shows is read from the table. Never a compartment's ciphertext. */
const filtered = ['status', 'respondBy', 'partOf']

/** What the indexes `sent` and `received` of 0.1.0 hold. */
// oxfmt-ignore
const headerOf010 = ['referralId', 'folio', 'agreementId', 'referrer', 'recipient', 'priority', 'services', 'consentId', 'submittedAt', 'respondBy', 'status', 'deliveryState', 'contentState', 'version', 'history', 'milestones', 'externalIdSealed', 'leaseUntil']

/** Referrals of a party, the last changed first. What an index holds is paid for with each change: it moves the row. */
const referralsBy = (
  indexName: string,
  party: string,
  indexes: Indexes = '0.2.0',
): GlobalSecondaryIndexProps => ({
  indexName,
  partitionKey: string(party),
  sortKey: string('updatedAt'),
  projectionType: ProjectionType.INCLUDE,
  nonKeyAttributes:
    indexes === '0.1.0' ? headerOf010.filter(name => name !== party) : [...filtered],
})

/** What the clock has to do, by when. Sparse: rows leave it with their attributes. */
const dueIndex: GlobalSecondaryIndexProps = {
  indexName: 'due',
  partitionKey: string('due'),
  sortKey: string('dueAt'),
  projectionType: ProjectionType.KEYS_ONLY,
}

/** What an inbox is owed, by when it is sent (again). */
const owedIndex: GlobalSecondaryIndexProps = {
  indexName: 'owed',
  partitionKey: string('inbox'),
  sortKey: string('nextSendAt'),
  projectionType: ProjectionType.KEYS_ONLY,
}

/** Where entries are, and nothing of them. */
const entriesBy = (
  indexName: string,
  attribute: string,
  indexes: Indexes = '0.2.0',
): GlobalSecondaryIndexProps => ({
  indexName,
  partitionKey: string(attribute),
  sortKey: string('id'),
  projectionType: indexes === '0.1.0' ? ProjectionType.ALL : ProjectionType.KEYS_ONLY,
})

export class HubStack extends Stack {
  readonly kept: Kept
  readonly prefix: string
  /** What the hub is called: a HubName, or what becomes one when it is deployed. */
  readonly called: string
  readonly functions: readonly MadeFunction[]
  readonly httpApi: HttpApi

  constructor(scope: Construct, id: string, props: HubStackProps) {
    super(scope, id, {
      description: 'Consent-gated, provable referrals between institutions',
      terminationProtection: props.kept ?? true,
    })
    const { prefix } = props
    const keys = addKeys(this, prefix)
    const tables = this.#tables(keys.Storage, props)
    const [first, ...others] = props.institutions.map(({ code }) =>
      addInbox(this, code, { prefix, encryptionMasterKey: keys.Storage }),
    )
    if (first === undefined) throw new Error('a hub needs at least one institution')
    this.kept = { keys, tables, inboxes: [first, ...others] }

    const rate = props.rate ?? defaultRate
    const api = hubApi(this, prefix, rate)
    const authority = props.authority ?? api.authority
    const called = props.name ?? authority
    this.prefix = prefix
    this.called = called
    this.httpApi = api.httpApi
    const settings = { prefix, authority, name: called, rate }
    const routes: HttpRoute[] = []
    this.functions = hubFunctions.map(row => {
      const made = hubFunction(this, row, this.kept, settings, props.bundles)
      if ('routes' in row.trigger)
        routes.push(...onRoutes(api.httpApi, row.trigger.routes, made.target))
      else onSchedule(this, `${row.name}-schedule`, row.trigger.everyMinutes, made.target)
      return made
    })
    limitRoutes(api.stage, routes, rate)

    const output = (name: string, value: string) => new CfnOutput(this, name, { value })
    output('Url', api.httpApi.apiEndpoint)
    output('HubName', called)
    output('Authority', authority)
    output('DirectoryTable', tables.Directory.tableName)
    output('AccessLogTable', tables.AccessLog.tableName)
  }

  protected override allocateLogicalId(element: CfnElement): string {
    return plainId(this, element)
  }

  /** What of each table can be throttled. */
  watchedTables(): Readonly<Record<string, { table: string; indexes: readonly string[] }>> {
    return Object.fromEntries(
      Object.entries(this.kept.tables).map(([name, table]) => {
        const { globalSecondaryIndexes } = table.node.defaultChild as CfnTable
        const made = this.resolve(globalSecondaryIndexes) as { indexName: string }[] | undefined
        const indexes = (made ?? []).map(({ indexName }) => indexName)
        return [name, { table: table.tableName, indexes }]
      }),
    )
  }

  #tables(
    encryptionKey: Key,
    { indexes, kept = true }: Pick<HubStackProps, 'indexes' | 'kept'>,
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
