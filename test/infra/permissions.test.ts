// The permission table as deployed: read from the roles of the template.
import { expect, test } from 'vitest'
import {
  type Deployed,
  deployedFunctions,
  hubTemplate,
  listOf,
  ofType,
  references,
  resolved,
  statementsOn,
  type Statement,
} from './template.ts'

const functions = deployedFunctions()
const inboxes = ofType('AWS::SQS::Queue')
  .map(([id]) => id)
  .filter(id => id.startsWith('Inbox'))

/** `Referrals`, `Referrals/index/sent`; all inboxes together are `each inbox`. */
const resourcesOf = ({ Resource }: Statement): string => {
  const names = listOf(Resource).map(one =>
    resolved(one, reference => reference.replace(/\.Arn$/, '')),
  )
  return names.toSorted().join() === inboxes.toSorted().join() ? 'each inbox' : names.join(' ')
}

const row = ({ statements }: Deployed): string[] =>
  statements.map(statement => {
    const actions = listOf(statement.Action).toSorted()
    const service = actions[0]?.split(':')[0]
    const condition = statement.Condition
      ? `, if ${Object.keys(statement.Condition).join(', ')}`
      : ''
    return `${service} ${resourcesOf(statement)}: ${actions.map(one => one.replace(`${service}:`, '')).join(' ')}${condition}`
  })

test('a function can do what its line in the permission table says, and nothing else', () => {
  expect(Object.fromEntries(functions.map(one => [one.name, row(one)]))).toMatchInlineSnapshot(`
    {
      "ack-inbox": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb Referrals: GetItem UpdateItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb Outbox: DeleteItem PutItem",
        "sqs each inbox: SendMessage",
        "sqs each inbox: ChangeMessageVisibility DeleteMessage",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs AckInboxLogs: CreateLogStream PutLogEvents",
      ],
      "change-key": [
        "dynamodb Directory: GetItem",
        "dynamodb Directory: ConditionCheckItem PutItem UpdateItem, if ForAllValues:StringLike, Null",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs ChangeKeyLogs: CreateLogStream PutLogEvents",
      ],
      "confirm-deletion": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb Referrals: GetItem UpdateItem",
        "dynamodb ConsentLedger: Query",
        "dynamodb ConsentLedger: PutItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb Outbox: DeleteItem PutItem",
        "sqs each inbox: SendMessage",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs ConfirmDeletionLogs: CreateLogStream PutLogEvents",
      ],
      "cosign-access-log": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem PutItem, if ForAllValues:StringLike, Null",
        "kms LogKey: GetPublicKey",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs CosignAccessLogLogs: CreateLogStream PutLogEvents",
      ],
      "get-access-log": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog/index/by-referral AccessLog/index/by-consent: Query",
        "dynamodb AccessLog: BatchGetItem",
        "dynamodb AccessLog: DeleteItem GetItem PutItem Query UpdateItem",
        "kms LogKey: GetPublicKey Sign",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs GetAccessLogLogs: CreateLogStream PutLogEvents",
      ],
      "get-consent": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb Referrals: GetItem",
        "dynamodb ConsentLedger: Query",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog/index/by-referral: Query",
        "dynamodb AccessLog: DeleteItem GetItem PutItem Query UpdateItem",
        "kms LogKey: GetPublicKey Sign",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs GetConsentLogs: CreateLogStream PutLogEvents",
      ],
      "get-health": [
        "dynamodb Directory: GetItem",
        "kms EnvelopeKey: DescribeKey",
        "sqs each inbox: GetQueueAttributes",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs GetHealthLogs: CreateLogStream PutLogEvents",
      ],
      "get-keys": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs GetKeysLogs: CreateLogStream PutLogEvents",
      ],
      "get-openapi": [
        "logs GetOpenapiLogs: CreateLogStream PutLogEvents",
      ],
      "get-receipt": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb Referrals: GetItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog/index/by-referral: Query",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs GetReceiptLogs: CreateLogStream PutLogEvents",
      ],
      "get-referral": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb Referrals: GetItem",
        "dynamodb Referrals/index/sent Referrals/index/received: Query",
        "dynamodb ReferralKeys: GetItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "kms GuardKey: GenerateMac",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs GetReferralLogs: CreateLogStream PutLogEvents",
      ],
      "post-referral": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb Referrals: PutItem",
        "dynamodb ConsentLedger: PutItem",
        "dynamodb ReferralKeys: PutItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb Outbox: DeleteItem PutItem",
        "kms EnvelopeKey: GenerateDataKey, if ForAllValues:StringEquals, Null",
        "kms GuardKey: GenerateMac",
        "sqs each inbox: SendMessage",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs PostReferralLogs: CreateLogStream PutLogEvents",
      ],
      "post-status": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb Referrals: GetItem UpdateItem",
        "dynamodb Referrals: DeleteItem",
        "dynamodb ReferralKeys: GetItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb Outbox: DeleteItem PutItem",
        "kms GuardKey: GenerateMac",
        "sqs each inbox: SendMessage",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs PostStatusLogs: CreateLogStream PutLogEvents",
      ],
      "pull-inbox": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb Referrals: GetItem UpdateItem",
        "dynamodb ConsentLedger: Query",
        "dynamodb ConsentLedger: ConditionCheckItem",
        "dynamodb ReferralKeys: GetItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: DeleteItem GetItem PutItem Query UpdateItem",
        "kms LogKey: GetPublicKey Sign",
        "kms EnvelopeKey: Decrypt, if ForAllValues:StringEquals, Null",
        "sqs each inbox: DeleteMessage ReceiveMessage",
        "sqs each inbox: ChangeMessageVisibility DeleteMessage",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs PullInboxLogs: CreateLogStream PutLogEvents",
      ],
      "read-access-log": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem Query",
        "kms LogKey: GetPublicKey",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs ReadAccessLogLogs: CreateLogStream PutLogEvents",
      ],
      "relay-outbox": [
        "dynamodb Outbox: DeleteItem Scan",
        "sqs each inbox: SendMessage",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs RelayOutboxLogs: CreateLogStream PutLogEvents",
      ],
      "release-referral": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb Referrals: GetItem UpdateItem",
        "dynamodb ConsentLedger: Query",
        "dynamodb ConsentLedger: ConditionCheckItem",
        "dynamodb ReferralKeys: GetItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: DeleteItem GetItem PutItem Query UpdateItem",
        "kms LogKey: GetPublicKey Sign",
        "kms EnvelopeKey: Decrypt, if ForAllValues:StringEquals, Null",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs ReleaseReferralLogs: CreateLogStream PutLogEvents",
      ],
      "run-due-work": [
        "dynamodb Directory: GetItem",
        "dynamodb Referrals/index/due: Query",
        "dynamodb Referrals: GetItem UpdateItem",
        "dynamodb Referrals: DeleteItem",
        "dynamodb ConsentLedger: Query",
        "dynamodb ConsentLedger: PutItem",
        "dynamodb ReferralKeys: DeleteItem GetItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb Outbox: DeleteItem PutItem",
        "sqs each inbox: SendMessage",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs RunDueWorkLogs: CreateLogStream PutLogEvents",
      ],
      "sequence-access-log": [
        "dynamodb AccessLog: DeleteItem GetItem PutItem Query UpdateItem",
        "kms LogKey: GetPublicKey Sign",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs SequenceAccessLogLogs: CreateLogStream PutLogEvents",
      ],
      "withdraw-consent": [
        "dynamodb Directory: GetItem",
        "dynamodb Requests: GetItem PutItem UpdateItem",
        "dynamodb Referrals: GetItem UpdateItem",
        "dynamodb Referrals: DeleteItem",
        "dynamodb ConsentLedger: Query",
        "dynamodb ConsentLedger: PutItem",
        "dynamodb ReferralKeys: DeleteItem GetItem",
        "dynamodb AccessLog: PutItem, if ForAllValues:StringLike, Null",
        "dynamodb AccessLog: GetItem, if ForAllValues:StringLike, Null",
        "dynamodb Outbox: DeleteItem PutItem",
        "sqs each inbox: SendMessage",
        "kms StorageKey: Decrypt GenerateDataKey, if StringEquals",
        "logs WithdrawConsentLogs: CreateLogStream PutLogEvents",
      ],
    }
  `)
})

test('a function has a role of its own, and only that role gives it anything', () => {
  expect(new Set(functions.map(({ role }) => role)).size).toBe(functions.length)
  expect(ofType('AWS::IAM::Role')).toHaveLength(functions.length)
  for (const type of ['Policy', 'ManagedPolicy', 'RolePolicy', 'User', 'Group'])
    expect(ofType(`AWS::IAM::${type}`)).toEqual([])
  for (const [, { Properties }] of ofType('AWS::IAM::Role'))
    expect(Object.keys(Properties).toSorted()).toEqual([
      'AssumeRolePolicyDocument',
      'Description',
      'Policies',
    ])
  for (const { statements } of functions)
    for (const { Effect, Sid } of statements)
      expect([Effect, typeof Sid]).toEqual(['Allow', 'string'])
})

test('a role serves the Lambda service and nobody else', () => {
  for (const [, { Properties }] of ofType('AWS::IAM::Role'))
    expect(Properties['AssumeRolePolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'lambda.amazonaws.com' },
        },
      ],
    })
})

test('a wildcard stands only where AWS has it stand, in the policies of keys and queues themselves', () => {
  const wild = Object.values(hubTemplate.Resources).flatMap(({ Type, Properties }) =>
    statementsWithin(Properties).flatMap(({ Effect, Action, Resource = '' }) =>
      [...listOf(Action), ...listOf(Resource).map(one => JSON.stringify(one))]
        .filter(text => text.includes('*'))
        .map(text => `${Type}: ${Effect} ${text}`),
    ),
  )
  expect(new Set(wild)).toEqual(
    new Set([
      // The account decides by IAM who may use a key; `*` is the key that the policy is on.
      'AWS::KMS::Key: Allow kms:*',
      'AWS::KMS::Key: Allow "*"',
      // Nothing at all over plain HTTP.
      'AWS::SQS::QueuePolicy: Deny sqs:*',
    ]),
  )
})

test('a key’s own policy leaves it to IAM, a queue’s own policy lets nobody in', () => {
  for (const [, { Properties }] of ofType('AWS::KMS::Key')) {
    const [root, ...others] = statementsWithin(Properties)
    expect(JSON.stringify(root?.Principal)).toMatch(/:root"/)
    expect(others).toEqual([])
  }
  for (const [, { Properties }] of ofType('AWS::SQS::QueuePolicy'))
    for (const { Effect } of statementsWithin(Properties)) expect(Effect).toBe('Deny')
})

test('nobody can change or remove what the consent ledger holds', () => {
  const harmless = ['GetItem', 'Query', 'ConditionCheckItem', 'PutItem']
  const onLedger = statementsOn('ConsentLedger')
  expect(onLedger).not.toEqual([])
  for (const { name, actions } of onLedger)
    for (const action of actions)
      expect(
        harmless.map(one => `dynamodb:${one}`),
        name,
      ).toContain(action)
})

test('only one function changes the directory, and none removes from it', () => {
  const changers = statementsOn('Directory').filter(({ actions }) =>
    actions.some(action => action !== 'dynamodb:GetItem'),
  )
  expect(changers.map(({ name }) => name)).toEqual(['change-key'])
  for (const { actions } of changers)
    expect(actions.filter(action => /Delete|Batch|PartiQL/.test(action))).toEqual([])
})

test('only who gives entries their place can change or remove what the access log holds, and signs it', () => {
  const placers = [
    'get-access-log',
    'get-consent',
    'pull-inbox',
    'release-referral',
    'sequence-access-log',
  ]
  const changers = statementsOn('AccessLog').filter(({ actions }) =>
    actions.some(action => /Update|Delete/.test(action)),
  )
  expect(changers.map(({ name }) => name).toSorted()).toEqual(placers)
  const signers = statementsOn('LogKey').filter(({ actions }) => actions.includes('kms:Sign'))
  expect(signers.map(({ name }) => name).toSorted()).toEqual(placers)
})

test('no function reaches a parked message', () => {
  for (const { name, statements } of functions)
    for (const { Resource } of statements)
      expect(
        references(Resource).filter(id => id.startsWith('Parked')),
        name,
      ).toEqual([])
})

test('a function writes no log but its own', () => {
  for (const { id, properties, statements } of functions) {
    const logs = statements.filter(({ Action }) =>
      listOf(Action).some(one => one.startsWith('logs:')),
    )
    expect(logs.map(({ Resource }) => references(Resource))).toEqual([[`${id}Logs`]])
    expect(references(properties['LoggingConfig'])).toEqual([`${id}Logs`])
  }
})

/** Statements anywhere in a resource's properties. */
function statementsWithin(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return []
  if ('Effect' in value && 'Action' in value) return [value as Statement]
  return Object.values(value).flatMap(statementsWithin)
}
