// What a capability of the permission table means: its IAM actions, on which resource. How a function's capabilities
// become statements: statements.ts; and its environment: environment.ts.
import type { Conditions } from 'aws-cdk-lib/aws-iam'
import type { Capability } from '../functions/aws/bind.ts'
import type { TableName } from '../functions/aws/tables.ts'

/** What a door can need (functions/aws/bind.ts says what it is given for it). */
export type { Capability } from '../functions/aws/bind.ts'

export const keyNames = ['Envelope', 'Guard', 'Log', 'Storage'] as const
export type KeyName = (typeof keyNames)[number]

/**
 * The resources that hold data, which functions are given parts of; they stand in a stack of their own (exports.ts).
 */
export type Kept = {
  readonly tables: Readonly<
    Record<TableName, { readonly tableName: string; readonly tableArn: string }>
  >
  readonly keys: Readonly<Record<KeyName, { readonly keyArn: string }>>
  readonly inboxes: {
    /** The code of an institution that surely has one. */
    readonly first: string
    readonly firstArn: string
    /**
     * The ARN of all of them, by the pattern of their names: it has one length, however many institutions there are.
     */
    readonly everyArn: string
    /** What stands before the code in their URLs. */
    readonly urlPrefix: string
  }
}

/**
 * `rows`: only those whose partition key is one of these, or like one; in `each`, of an action that has others.
 * `beside`: rows that an action, of this grant or of another, is not for and names all the same, since one transaction
 * has both. DynamoDB tells IAM the keys of a call; whether it tells an item's action those of the other items too is not
 * in its documentation, so each action of a transaction names all that the transaction writes in the table.
 */
export type TableGrant = {
  table: TableName
  actions: readonly string[]
  indexes?: readonly string[]
  rows?: readonly string[]
  each?: Readonly<Record<string, readonly string[]>>
  beside?: Readonly<Record<string, readonly string[]>>
  why: string
}

/** The rows that a grant is about by an action; undefined where it is about all. */
export const rowsFor = (
  { rows, each }: TableGrant,
  action: string,
): readonly string[] | undefined => each?.[action] ?? rows
/** `why`: what the permission is for, in one sentence that goes on after "it"; `npm run permissions` shows it. */
export type Grant =
  | TableGrant
  | {
      key: Exclude<KeyName, 'Storage'>
      actions: readonly string[]
      conditions?: Conditions
      why: string
    }
  | { inboxes: true | 'first'; actions: readonly string[]; why: string }

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
// read with the caller's key (functions/http/identify.ts) is read by it and by nothing else.
// oxfmt-ignore
export const grants = {
  'directory:read': { table: 'Directory', actions: ['BatchGetItem'],
    why: 'finds the caller’s key, its institution and the agreements that it is party to, as they are at that moment: a revocation counts on the next request' },
  'directory:list': { table: 'Directory', actions: ['BatchGetItem'], rows: ['institutions'],
    why: 'knows which inboxes there are' },
  'directory:change': { table: 'Directory', actions: ['PutItem', 'UpdateItem', 'ConditionCheckItem'], rows: ['key#*', 'institution#*'],
    why: 'adds a key, confirms it and ends it; two persons’ keys are conditions of what they decide, hence the checks. Nothing is deleted: history stays' },
  'agreements:read': { table: 'Directory', actions: ['BatchGetItem'],
    why: 'takes an agreement’s first version and all its notices, of which all the rest follows' },
  'agreements:notice': { table: 'Directory', actions: ['PutItem', 'UpdateItem', 'DeleteItem'], rows: ['agreement#*', 'agreement-notice#*', 'agreement-version#*', 'agreement-gate#*', 'agreement-ended#*'],
    why: 'keeps a notice and what it makes of the agreement, and tells who works under it that it was terminated; what is deleted is the bolt alone, when both parties lift a freeze' },
  'agreements:ended': { table: 'Directory', actions: ['BatchGetItem'],
    why: 'finds whether an agreement was terminated: no work goes on then, although the clock has not come by' },
  'agreements:hold': { table: 'Directory', actions: ['ConditionCheckItem'], rows: ['agreement-gate#*'],
    why: 'makes what is sent, handed over or opened depend on its agreement not being frozen or ended at the commit: one action shuts all of them (clause 8)' },
  'requests:spend': { table: 'Requests', actions: ['BatchGetItem', 'PutItem', 'UpdateItem'],
    each: { BatchGetItem: ['nonce#*', 'bucket#*'], PutItem: ['nonce#*'], UpdateItem: ['bucket#*', 'refused#*'] },
    why: 'takes each nonce once, and counts the requests and the refusals of each key' },
  'requests:answer': { table: 'Requests', actions: ['BatchGetItem', 'PutItem'], rows: ['answer#*'],
    why: 'keeps the answer, sealed with the request itself: a retry with the same Idempotency-Key gets it again' },
  'requests:probe': { table: 'Requests', actions: ['UpdateItem'], rows: ['health'],
    why: 'writes one row of its own: a table that takes no writes is not well, whatever it still answers' },
  'requests:wait': { table: 'Requests', actions: ['UpdateItem'], rows: ['waits#*'],
    why: 'counts how often a key begins to wait for messages' },
  'referrals:add': { table: 'Referrals', actions: ['PutItem'], rows: ['referral#*', 'folio#*'],
    beside: { UpdateItem: ['folio#*'] },
    why: 'adds a referral, and keeps its folio from being given a second time' },
  'referrals:guard': { table: 'Referrals', actions: ['PutItem'], rows: ['external-id#*', 'person#*'],
    why: 'adds what refuses the same number of the sender’s, or the same person, a second time' },
  'referrals:read': { table: 'Referrals', actions: ['BatchGetItem'], rows: ['referral#*'],
    why: 'finds the referral that the request names' },
  'referrals:by-folio': { table: 'Referrals', actions: ['BatchGetItem'], rows: ['folio#*'],
    why: 'finds which referral bears a folio' },
  'referrals:due': { table: 'Referrals', actions: ['Query'], indexes: ['due'],
    why: 'finds what has expired, or is past its retention; the index names it, and the row decides' },
  'referrals:walk': { table: 'Referrals', actions: ['BatchGetItem', 'UpdateItem'], rows: ['rules-walk', 'agreement-news#*'],
    why: 'remembers how far all referrals have been looked at by a new rule of the clock, or under other terms, and what the parties of an agreement were told of its end' },
  'referrals:walk-anew': { table: 'Referrals', actions: ['UpdateItem'], rows: ['rules-walk'],
    why: 'has the clock look at every referral once more: a termination or an earlier end makes what is open due at once' },
  'referrals:list': { table: 'Referrals', actions: ['Query'], indexes: ['sent', 'received'],
    why: 'finds what an institution sent or received; the indexes name referrals, and their rows are read' },
  'referrals:change': { table: 'Referrals', actions: ['BatchGetItem', 'UpdateItem'], rows: ['referral#*'],
    why: 'changes the state of a referral, if nobody else has since it was read' },
  'referrals:release-guards': { table: 'Referrals', actions: ['DeleteItem'], rows: ['person#*'],
    beside: { UpdateItem: ['person#*'], DeleteItem: ['referral#*'] },
    why: 'frees the guard of a referral that is over, so that the person can be referred again' },
  'progress:count': { table: 'Progress', actions: ['BatchGetItem', 'UpdateItem'], rows: ['progress#*', 'reached#*'],
    why: 'counts what it does toward the agreement’s target, each person once, in the transaction that does it' },
  'progress:count-and-forget': { table: 'Progress', actions: ['BatchGetItem', 'UpdateItem', 'DeleteItem'], rows: ['progress#*', 'reached#*'],
    why: 'counts what it ends, and deletes what a person is recognised by when the last referral of theirs is shredded' },
  'progress:report': { table: 'Progress', actions: ['BatchGetItem', 'PutItem'], rows: ['progress#*', 'published#*'],
    each: { PutItem: ['published#*'] },
    why: 'reads the counters of an agreement, and keeps what it has shown of them; of persons it sees no row' },
  'envelopes:add': { table: 'Referrals', actions: ['PutItem'], rows: ['envelope#*'],
    beside: { UpdateItem: ['envelope#*'] },
    why: 'keeps the sealed content, in rows of its own' },
  'envelopes:read': { table: 'Referrals', actions: ['BatchGetItem'], rows: ['envelope#*'],
    why: 'takes the sealed content, to open it' },
  'envelopes:send': { table: 'Referrals', actions: ['BatchGetItem'], rows: ['envelope#*'],
    why: 'takes the sealed content along when a message is sent again; without the key it is noise' },
  'envelopes:destroy': { table: 'Referrals', actions: ['DeleteItem'], rows: ['envelope#*'],
    beside: { UpdateItem: ['envelope#*'], DeleteItem: ['referral#*'] },
    why: 'deletes the sealed content when consent or retention ends' },
  'consents:append': { table: 'ConsentLedger', actions: ['PutItem'],
    why: 'adds an event to a consent’s ledger, which is only ever added to' },
  'consents:read': { table: 'ConsentLedger', actions: ['BatchGetItem'],
    why: 'judges by the consent as it is now' },
  'consents:hold': { table: 'ConsentLedger', actions: ['ConditionCheckItem'],
    why: 'makes a release depend on a ledger that has not moved since it was judged by' },
  'referral-keys:add': { table: 'ReferralKeys', actions: ['PutItem'],
    why: 'keeps the wrapped key of a new referral, the only copy' },
  'referral-keys:destroy': { table: 'ReferralKeys', actions: ['BatchGetItem', 'DeleteItem'],
    why: 'deletes the wrapped key of a referral, which destroys its content wherever there are copies of it' },
  'referral-keys:read': { table: 'ReferralKeys', actions: ['BatchGetItem'],
    why: 'takes the wrapped key: the other half of what opens the sender’s own number, and what only the envelope key unwraps' },
  'access-log:append': { table: 'AccessLog', actions: ['PutItem'], rows: ['pending', 'pending#*'],
    why: 'adds what it did or refused to the log, as pending; nothing that has its place in the log' },
  'access-log:tell-console': { table: 'AccessLog', actions: ['BatchGetItem', 'PutItem'], rows: ['console'],
    why: 'says once which build of the console is served, when it is another than before' },
  'access-log:tell-size': { table: 'AccessLog', actions: ['BatchGetItem'], rows: ['head'],
    why: 'says in each answer how far the log is signed' },
  'access-log:prove': { table: 'AccessLog', actions: ['BatchGetItem', 'Query'],
    each: { BatchGetItem: ['head'], Query: ['tile#*'] },
    why: 'proves that an entry is in the log, and that one size of it is the beginning of another' },
  'access-log:cosign': { table: 'AccessLog', actions: ['BatchGetItem', 'PutItem'],
    each: { BatchGetItem: ['cosigned'], PutItem: ['cosigned', 'cosigned#*'] },
    why: 'keeps what an institution countersigned, and holds the next against the last' },
  'access-log:about': { table: 'AccessLog', actions: ['Query'], indexes: ['by-referral', 'by-consent'],
    why: 'finds the entries about a referral or a consent; the index names places, the entries are read there' },
  'access-log:of-referral': { table: 'AccessLog', actions: ['Query'], indexes: ['by-referral'],
    why: 'finds the entries about one referral' },
  'access-log:entries': { table: 'AccessLog', actions: ['BatchGetItem'], rows: ['entry#*'],
    why: 'reads the entries that the index named' },
  'access-log:pick': { table: 'AccessLog', actions: ['BatchGetItem', 'Query'],
    each: { BatchGetItem: ['entry#*', 'zone#*', 'head'], Query: ['entry#*'] },
    why: 'answers an officer’s query: entries by time, action, key or institution' },
  'access-log:read': { table: 'AccessLog', actions: ['BatchGetItem', 'Query'],
    each: { BatchGetItem: ['head', 'entry#*'], Query: ['tile#*', 'entry#*', 'cosigned'] },
    why: 'gives an auditor the log itself: tiles, entries, the signed head, and who countersigned it' },
  'access-log:sequence': { table: 'AccessLog', actions: ['BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
    each: { BatchGetItem: ['head'], Query: ['pending', 'pending#*'], PutItem: ['head', 'entry#*'], UpdateItem: ['head', 'tile#*'], DeleteItem: ['pending', 'pending#*'] },
    beside: { PutItem: ['pending', 'pending#*', 'tile#*'], UpdateItem: ['pending', 'pending#*', 'entry#*'], DeleteItem: ['head', 'tile#*', 'entry#*'] },
    why: 'gives what is pending its place in the log, and moves the head. Not the index, and nothing that an institution countersigned' },
  'access-log:cover': { table: 'AccessLog', actions: ['BatchGetItem', 'Query'],
    each: { BatchGetItem: ['head'], Query: ['pending', 'pending#*', 'tile#*', 'entry#*'] },
    why: 'has a signed checkpoint cover the entries of a release, and reads the proof that goes with it' },
  'access-log:count': { table: 'AccessLog', actions: ['BatchGetItem', 'Query', 'UpdateItem'],
    each: { BatchGetItem: ['counts', 'head'], Query: ['entry#*'], UpdateItem: ['counts', 'counts#*'] },
    why: 'counts entries by day, for the log in numbers' },
  'access-log:counted': { table: 'AccessLog', actions: ['BatchGetItem', 'Query'],
    each: { BatchGetItem: ['counts', 'head'], Query: ['counts#*', 'entry#*'] },
    why: 'shows the log in numbers, with the few entries that are not counted yet' },
  'access-log:index': { table: 'AccessLog', actions: ['BatchGetItem', 'Query', 'PutItem'],
    each: { BatchGetItem: ['head', 'zone#*'], Query: ['entry#*'], PutItem: ['head', 'zone#*'] },
    why: 'writes the rows by which officers’ queries find entries' },
  'outbox:send': { table: 'Outbox', actions: ['PutItem'],
    why: 'writes what an inbox is owed, in the transaction of the effect that it tells of' },
  'outbox:settle': { table: 'Outbox', actions: ['DeleteItem'],
    why: 'removes what an inbox was owed, when its institution has acknowledged it' },
  'outbox:order': { table: 'Outbox', actions: ['BatchGetItem', 'UpdateItem'],
    why: 'sees whether something before a message was never sent, and has the message sent again behind it' },
  'outbox:due': { table: 'Outbox', actions: ['Query'], indexes: ['owed'],
    why: 'finds what is to be sent again; the index names it, and the rows decide' },
  'outbox:sweep': { table: 'Outbox', actions: ['BatchGetItem', 'Query', 'Scan', 'UpdateItem'],
    why: 'reads what is due and notes when it was sent. The scan finds what 0.1.0 left, which has no place in the index' },
  'outbox:redrive': { table: 'Outbox', actions: ['BatchGetItem', 'UpdateItem'],
    why: 'reads all that an inbox is owed, and notes that it is to be sent again, and that it was' },
  'envelope:seal': { key: 'Envelope', actions: ['GenerateDataKey'], conditions: boundToReferral,
    why: 'makes the key of a new referral' },
  'envelope:open': { key: 'Envelope', actions: ['Decrypt'], conditions: boundToReferral,
    why: 'unwraps the key of a referral, to give out what the consent permits' },
  'envelope:describe': { key: 'Envelope', actions: ['DescribeKey'],
    why: 'sees whether the key is enabled; this opens nothing' },
  'guard:mac': { key: 'Guard', actions: ['GenerateMac'],
    why: 'makes keyed hashes of documents and handles, and half of the key of the sender’s own number: none of these is kept in clear' },
  'log:sign': { key: 'Log', actions: ['Sign', 'GetPublicKey'],
    why: 'signs a checkpoint of what is committed, and names the key that it signs with' },
  'log:public-key': { key: 'Log', actions: ['GetPublicKey'],
    why: 'names the log’s key, and verifies by it; it can sign nothing' },
  'inbox:send': { inboxes: true, actions: ['SendMessage'],
    why: 'tells an inbox that something waits; what is owed stays in the outbox until it is acknowledged' },
  'inbox:receive': { inboxes: true, actions: ['ReceiveMessage'],
    why: 'takes messages for the institution that pulls' },
  'inbox:settle': { inboxes: true, actions: ['DeleteMessage', 'ChangeMessageVisibility'],
    why: 'removes an acknowledged message, or gives it back' },
  'inbox:count': { inboxes: true, actions: ['GetQueueAttributes'],
    why: 'sees whether a queue has lost or parked something of what its inbox is owed' },
  'inbox:probe': { inboxes: 'first', actions: ['GetQueueAttributes'],
    why: 'sees whether the queues answer; this receives nothing' },
} satisfies Record<Capability, Grant>

/** `post-referral` → `PostReferral`, `consents:append` → `ConsentsAppend`. */
export const pascal = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map(word => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
