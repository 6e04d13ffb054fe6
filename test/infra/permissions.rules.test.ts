// What holds for every role and every policy, whatever the permission table says.
import { expect, test } from 'vitest'
import { queueNameOf } from '../../infra/inboxes.ts'
import { namesOf } from '../../infra/stage.ts'
import {
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

/**
 * The partition keys that a statement is limited to; undefined where it is not, or where a call that names none would
 * pass.
 */
const rowsOf = ({ Condition }: Statement): string[] | undefined => {
  const rows = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']
  const named = Condition?.['Null']?.['dynamodb:LeadingKeys'] === 'false'
  return rows && named ? [...listOf(rows)].map(String).toSorted() : undefined
}

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
      'RoleName',
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

/** How the ARN of every inbox ends: a pattern, for there may be more than a policy has room to name. */
const everyInbox = ':referral-hub-inbox-*.fifo'

test('every inbox is named by a pattern that no parked queue has, nor a queue of another stage', () => {
  const pattern = /^referral-hub-inbox-.*\.fifo$/
  const names = ofType('AWS::SQS::Queue').map(([id, { Properties }]) => [
    id,
    String(Properties['QueueName']),
  ])
  expect(names.filter(([, name = '']) => pattern.test(name)).map(([id]) => id)).toEqual(
    names.map(([id = '']) => id).filter(id => id.startsWith('Inbox')),
  )
  // What stages may be called: infra/stage.ts.
  expect(queueNameOf(namesOf('trial').prefix, 'inbox', 'IGM')).not.toMatch(pattern)
  const on = functions.flatMap(({ statements }) =>
    statements
      .filter(({ Action }) => listOf(Action).some(action => action.startsWith('sqs:')))
      .map(({ Resource }) => resolved(Resource, reference => reference)),
  )
  const account = 'arn:AWS::Partition:sqs:AWS::Region:AWS::AccountId'
  expect(new Set(on)).toEqual(
    new Set([`${account}${everyInbox}`, `${account}:referral-hub-inbox-IGM.fifo`]),
  )
})

test('a wildcard stands only where AWS has it stand, in the policies of keys and queues themselves', () => {
  const wild = Object.values(hubTemplate.Resources).flatMap(({ Type, Properties }) =>
    statementsWithin(Properties).flatMap(({ Effect, Action, Resource = '' }) =>
      [...listOf(Action), ...listOf(Resource).map(one => JSON.stringify(one))]
        .filter(text => text.includes('*') && !text.includes(everyInbox))
        .map(text => `${Type}: ${Effect} ${text}`),
    ),
  )
  expect(new Set(wild)).toEqual(
    new Set([
      // The key that the policy is on.
      'AWS::KMS::Key: Allow "*"',
      // Nothing at all over plain HTTP.
      'AWS::SQS::QueuePolicy: Deny sqs:*',
    ]),
  )
})

test('a queue’s own policy lets nobody in', () => {
  for (const [, { Properties }] of ofType('AWS::SQS::QueuePolicy'))
    for (const { Effect } of statementsWithin(Properties)) expect(Effect).toBe('Deny')
})

test('nobody can change or remove what the consent ledger holds', () => {
  const harmless = ['BatchGetItem', 'ConditionCheckItem', 'PutItem']
  const onLedger = statementsOn('ConsentLedger')
  expect(onLedger).not.toEqual([])
  for (const { name, actions } of onLedger)
    for (const action of actions)
      expect(
        harmless.map(one => `dynamodb:${one}`),
        name,
      ).toContain(action)
})

test('one function changes keys and removes none, and one changes agreements', () => {
  const changers = statementsOn('Directory').filter(({ actions }) =>
    actions.some(action => !/:(BatchGetItem|ConditionCheckItem)$/.test(action)),
  )
  expect([...new Set(changers.map(({ name }) => name))].toSorted()).toEqual([
    'change-key',
    'post-notice',
  ])
  for (const { name, actions, statement } of changers) {
    const removes = actions.filter(action => /Delete|BatchWrite|PartiQL/.test(action))
    const own = name === 'change-key' ? /^(key|institution)#/ : /^agreement/
    expect(rowsOf(statement)?.filter(row => !own.test(row))).toEqual([])
    if (name === 'change-key') expect(removes).toEqual([])
  }
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
  expect([...new Set(changers.map(({ name }) => name))].toSorted()).toEqual(placers)
  const signers = statementsOn('LogKey').filter(({ actions }) => actions.includes('kms:Sign'))
  expect(signers.map(({ name }) => name).toSorted()).toEqual(placers)
})

const writes = (action: string) => /:(Put|Update|Delete|ConditionCheck)Item$/.test(action)
/** A statement's table; not where it is about indexes only, which no transaction writes. */
const tableOf = ({ Resource }: Statement): string | undefined =>
  JSON.stringify(Resource).includes('/index/') ? undefined : references(Resource)[0]

test('actions on a table share a statement where they are about the same rows, and nowhere else', () => {
  for (const { name, statements } of functions)
    for (const table of new Set(statements.map(tableOf))) {
      const all = statements.filter(one => table !== undefined && tableOf(one) === table)
      const rows = all.map(one => rowsOf(one)?.join(' '))
      expect(new Set(rows).size, `${name} ${table}`).toBe(all.length)
    }
})

test('no statement on a table lets an action through twice', () => {
  for (const { name, statements } of functions) {
    const pairs = statements.flatMap(one => {
      const resources = listOf<unknown>(one.Resource as never).map(each => JSON.stringify(each))
      return resources.flatMap(each => listOf(one.Action).map(action => `${action} ${each}`))
    })
    expect(new Set(pairs).size, name).toBe(pairs.length)
  }
})

test('of the access log, doors write what is pending; the few that place and sign it, no more than the tree', () => {
  const written = statementsOn('AccessLog').flatMap(({ name, actions, statement }) =>
    actions
      .filter(writes)
      .map(action => [`${name} ${action}`, rowsOf(statement)?.join(' ') ?? 'any'] as const),
  )
  const pending = 'pending pending#*'
  const tree = `entry#* head ${pending} tile#*`
  const placing = { Put: tree, Update: tree, Delete: tree }
  const expected = {
    'cosign-access-log': { Put: `cosigned cosigned#* ${pending}` },
    'get-access-log': { ...placing, Put: `${tree} zone#*` },
    'get-consent': placing,
    'pull-inbox': placing,
    'release-referral': placing,
    'run-due-work': { Put: `console ${pending}` },
    'sequence-access-log': {
      ...placing,
      Put: `${tree} zone#*`,
      Update: `counts counts#* ${tree}`,
    },
  }
  const others = Object.fromEntries(written.filter(([, rows]) => rows !== pending))
  expect(others).toEqual(
    Object.fromEntries(
      Object.entries(expected).flatMap(([name, kinds]) =>
        Object.entries(kinds).map(([kind, rows]) => [`${name} dynamodb:${kind}Item`, rows]),
      ),
    ),
  )
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
