// What a capability of the permission table means: its IAM actions, on which resource, and the environment that goes
// with it. How a function's capabilities become statements: statements.ts.
import { Fn } from 'aws-cdk-lib'
import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import type { Conditions } from 'aws-cdk-lib/aws-iam'
import type { Key } from 'aws-cdk-lib/aws-kms'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Rate } from '../events/rate.ts'
import type { Capability } from '../functions/aws/bind.ts'

/** What a door can need (functions/aws/bind.ts says what it is given for it). */
export type { Capability } from '../functions/aws/bind.ts'

export type TableName =
  | 'Referrals'
  | 'ConsentLedger'
  | 'ReferralKeys'
  | 'AccessLog'
  | 'Outbox'
  | 'Requests'
  | 'Directory'
export type KeyName = 'Envelope' | 'Guard' | 'Log' | 'Storage'
export type Inbox = { readonly code: string; readonly inbox: Queue; readonly parked: Queue }

/** The resources that hold data, which functions are given parts of. */
export type Kept = {
  readonly tables: Readonly<Record<TableName, Table>>
  readonly keys: Readonly<Record<KeyName, Key>>
  readonly inboxes: readonly [Inbox, ...Inbox[]]
}

/** `rows`: only those whose partition key is one of these, or like one. */
export type TableGrant = {
  table: TableName
  actions: readonly string[]
  indexes?: readonly string[]
  rows?: readonly string[]
}
export type Grant =
  | TableGrant
  | { key: Exclude<KeyName, 'Storage'>; actions: readonly string[]; conditions?: Conditions }
  | { inboxes: true | 'first'; actions: readonly string[] }

/**
 * Only a call that names the referral, its agreement and its recipient can make or open a referral key. The Null half
 * is needed: ForAllValues is true of a request without any encryption context.
 */
const boundToReferral: Conditions = {
  'ForAllValues:StringEquals': {
    'kms:EncryptionContextKeys': ['referralId', 'agreementId', 'recipient'],
  },
  Null: { 'kms:EncryptionContextKeys': 'false' },
}

// TransactWriteItems is no action of its own: each of its items needs the item's action. BatchGetItem is one: what is
// read with the caller's key (functions/http/ahead.ts) is read by it and by nothing else.
// oxfmt-ignore
export const grants = {
  'directory:read': { table: 'Directory', actions: ['BatchGetItem'] },
  'directory:list': { table: 'Directory', actions: ['BatchGetItem'], rows: ['institutions'] },
  // No DeleteItem: history stays. Checks, because two persons' keys are conditions of what they decide.
  'directory:change': { table: 'Directory', actions: ['PutItem', 'UpdateItem', 'ConditionCheckItem'], rows: ['key#*', 'institution#*'] },
  // Nonces, and the rows in which a key's requests and refusals are counted: every signed door.
  'requests:spend': { table: 'Requests', actions: ['BatchGetItem', 'PutItem', 'UpdateItem'], rows: ['nonce#*', 'bucket#*', 'refused#*'] },
  // Stored answers: doors whose retries get the first answer again.
  'requests:answer': { table: 'Requests', actions: ['BatchGetItem', 'PutItem'], rows: ['answer#*'] },
  // One row of its own: a table that does not take writes is not well, whatever it still answers.
  'requests:probe': { table: 'Requests', actions: ['UpdateItem'], rows: ['health'] },
  'requests:wait': { table: 'Requests', actions: ['UpdateItem'], rows: ['waits#*'] },
  'referrals:add': { table: 'Referrals', actions: ['PutItem'] },
  'referrals:read': { table: 'Referrals', actions: ['BatchGetItem'] },
  'referrals:due': { table: 'Referrals', actions: ['Query'], indexes: ['due'] },
  'referrals:list': { table: 'Referrals', actions: ['Query'], indexes: ['sent', 'received'] },
  'referrals:change': { table: 'Referrals', actions: ['BatchGetItem', 'UpdateItem'] },
  'referrals:release-guards': { table: 'Referrals', actions: ['DeleteItem'] },
  // Sealed content lies in rows of its own.
  'envelopes:add': { table: 'Referrals', actions: ['PutItem'] },
  'envelopes:read': { table: 'Referrals', actions: ['BatchGetItem'] },
  'envelopes:send': { table: 'Referrals', actions: ['BatchGetItem'], rows: ['envelope#*'] },
  'envelopes:destroy': { table: 'Referrals', actions: ['DeleteItem'] },
  'consents:append': { table: 'ConsentLedger', actions: ['PutItem'] },
  'consents:read': { table: 'ConsentLedger', actions: ['BatchGetItem'] },
  // Makes a release conditional on the ledger not having moved.
  'consents:hold': { table: 'ConsentLedger', actions: ['ConditionCheckItem'] },
  'referral-keys:add': { table: 'ReferralKeys', actions: ['PutItem'] },
  'referral-keys:destroy': { table: 'ReferralKeys', actions: ['BatchGetItem', 'DeleteItem'] },
  'referral-keys:read': { table: 'ReferralKeys', actions: ['BatchGetItem'] },
  // What every signed door may: add what is pending, and read how far the log is signed. Nothing that has its place.
  'access-log:append': { table: 'AccessLog', actions: ['PutItem'], rows: ['pending'] },
  'access-log:tell-size': { table: 'AccessLog', actions: ['BatchGetItem'], rows: ['head'] },
  'access-log:prove': { table: 'AccessLog', actions: ['GetItem'], rows: ['head', 'tile#*'] },
  'access-log:cosign': { table: 'AccessLog', actions: ['GetItem', 'PutItem'], rows: ['cosigned', 'cosigned#*'] },
  'access-log:about': { table: 'AccessLog', actions: ['Query'], indexes: ['by-referral', 'by-consent'] },
  'access-log:of-referral': { table: 'AccessLog', actions: ['Query'], indexes: ['by-referral'] },
  'access-log:entries': { table: 'AccessLog', actions: ['BatchGetItem'], rows: ['entry#*'] },
  'access-log:pick': { table: 'AccessLog', actions: ['BatchGetItem', 'Query'], rows: ['entry#*', 'zone#*', 'head'] },
  // Tiles, bundles and the head, all signed, and who countersigned it.
  'access-log:read': { table: 'AccessLog', actions: ['GetItem', 'Query'], rows: ['head', 'tile#*', 'entry#*', 'cosigned'] },
  // Gives what is pending its place. Not the index, and nothing that an institution countersigned.
  'access-log:sequence': { table: 'AccessLog', actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'], rows: ['pending', 'head', 'tile#*', 'entry#*'] },
  'access-log:count': { table: 'AccessLog', actions: ['GetItem', 'Query', 'UpdateItem'], rows: ['counts', 'counts#*'] },
  'access-log:index': { table: 'AccessLog', actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'], rows: ['head', 'zone#*', 'entry#*'] },
  'outbox:send': { table: 'Outbox', actions: ['PutItem'] },
  'outbox:settle': { table: 'Outbox', actions: ['DeleteItem'] },
  // The index names what is due, its rows decide. Scan finds what 0.1.0 left, which has no place in the index.
  'outbox:due': { table: 'Outbox', actions: ['Query'], indexes: ['owed'] },
  'outbox:sweep': { table: 'Outbox', actions: ['BatchGetItem', 'Query', 'Scan', 'UpdateItem'] },
  'envelope:seal': { key: 'Envelope', actions: ['GenerateDataKey'], conditions: boundToReferral },
  'envelope:open': { key: 'Envelope', actions: ['Decrypt'], conditions: boundToReferral },
  'envelope:describe': { key: 'Envelope', actions: ['DescribeKey'] },
  'guard:mac': { key: 'Guard', actions: ['GenerateMac'] },
  'log:sign': { key: 'Log', actions: ['Sign', 'GetPublicKey'] },
  'log:public-key': { key: 'Log', actions: ['GetPublicKey'] },
  'inbox:send': { inboxes: true, actions: ['SendMessage'] },
  'inbox:receive': { inboxes: true, actions: ['ReceiveMessage'] },
  'inbox:settle': { inboxes: true, actions: ['DeleteMessage', 'ChangeMessageVisibility'] },
  'inbox:probe': { inboxes: 'first', actions: ['GetQueueAttributes'] },
} satisfies Record<Capability, Grant>

/** `post-referral` → `PostReferral`, `consents:append` → `ConsentsAppend`. */
export const pascal = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map(word => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')

/** The host that callers sign, what the hub is called in all that outlives a request, and how fast one key may go. */
export type Settings = {
  readonly authority: string
  /** A HubName, or what becomes one when it is deployed: the API's own host. */
  readonly name: string
  readonly rate: Rate
}

/** The environment that a list of capabilities implies; nothing else is set. */
export const environmentOf = (
  may: readonly Capability[],
  kept: Kept,
  settings: Settings,
): Record<string, string> => {
  // Whatever a function answers, sends or signs is the hub's.
  const environment: Record<string, string> = { HUB_NAME: settings.name }
  const [first] = kept.inboxes
  for (const capability of may) {
    const grant: Grant = grants[capability]
    if ('table' in grant)
      environment[`TABLE_${grant.table.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`] =
        kept.tables[grant.table].tableName
    if ('key' in grant) environment[`KEY_${grant.key.toUpperCase()}`] = kept.keys[grant.key].keyArn
    // The queues differ by code only: what stands before it in one's URL stands before it in all.
    if ('inboxes' in grant)
      environment['INBOX_URL_PREFIX'] = Fn.select(
        0,
        Fn.split(`${first.code}.fifo`, first.inbox.queueUrl),
      )
    // Only a door that verifies signatures keeps nonces and counts a key's requests; its answers carry the log's size.
    if (capability === 'requests:spend') {
      environment['AUTHORITY'] = settings.authority
      environment['RATE_PER_SECOND'] = String(settings.rate.perSecond)
      environment['RATE_BURST'] = String(settings.rate.burst)
    }
    if (capability === 'inbox:probe') environment['HEALTH_INSTITUTION'] = first.code
  }
  return environment
}
