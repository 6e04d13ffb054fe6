// Who may use which key, and for what: read from the roles of the template.
import { expect, test } from 'vitest'
import { type Grant, type KeyName, grants } from '../../infra/capabilities.ts'
import { hubFunctions } from '../../infra/functions.ts'
import { policy } from '../../infra/local/iam.ts'
import { deployedFunctions, hubTemplate, listOf, resolved, statementsOn } from './template.ts'

const boundToReferral = {
  'ForAllValues:StringEquals': {
    'kms:EncryptionContextKeys': ['referralId', 'agreementId', 'recipient'],
  },
  Null: { 'kms:EncryptionContextKeys': 'false' },
}

test('only the doors that release can open an envelope, and only by naming the referral', () => {
  const openers = statementsOn('EnvelopeKey').filter(({ actions }) =>
    actions.some(action => !['kms:GenerateDataKey', 'kms:DescribeKey'].includes(action)),
  )
  expect(openers.map(({ name, actions }) => [name, actions])).toEqual([
    ['release-referral', ['kms:Decrypt']],
    ['pull-inbox', ['kms:Decrypt']],
  ])
  for (const { statement } of openers) expect(statement.Condition).toEqual(boundToReferral)
})

test('only post-referral can seal an envelope, and only by naming the referral', () => {
  const sealers = statementsOn('EnvelopeKey').filter(({ actions }) =>
    actions.includes('kms:GenerateDataKey'),
  )
  expect(sealers.map(({ name, actions }) => [name, actions])).toEqual([
    ['post-referral', ['kms:GenerateDataKey']],
  ])
  expect(sealers[0]?.statement.Condition).toEqual(boundToReferral)
})

const storageServicesOf = (name: string) =>
  statementsOn('StorageKey')
    .filter(one => one.name === name)
    .flatMap(({ statement: { Condition } }) =>
      listOf(Condition?.['StringEquals']?.['kms:ViaService']),
    )
    .map(service => resolved(service, () => 'REGION'))

test('the storage key works for a function only through the tables and queues it may use', () => {
  for (const { name, statements } of deployedFunctions()) {
    const actions = statements.flatMap(({ Action }) => listOf(Action))
    const uses = [
      ...(actions.some(action => action.startsWith('dynamodb:')) ? ['dynamodb'] : []),
      ...(actions.some(action => /^sqs:(Send|Receive)Message$/.test(action)) ? ['sqs'] : []),
    ]
    expect(storageServicesOf(name), name).toEqual(uses.map(use => `${use}.REGION.amazonaws.com`))
  }
  for (const { actions } of statementsOn('StorageKey'))
    expect(actions).toEqual(['kms:Decrypt', 'kms:GenerateDataKey'])
})

/** What a key's own policy says of a call, given what the template says of names. */
const byKey = (key: string) => {
  const template = JSON.stringify(hubTemplate.Resources[key]?.Properties['KeyPolicy'])
  const { Statement } = JSON.parse(template, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'Fn::Join' in value
      ? resolved(value, reference => reference)
      : value,
  ) as { Statement: readonly object[] }
  return policy(Statement)
}
const roleOf = (name: string) =>
  `arn:AWS::Partition:iam::AWS::AccountId:role/referral-hub-${name}-AWS::Region`
const administrator = 'arn:AWS::Partition:iam::AWS::AccountId:role/Administrator'
const names = ['Envelope', 'Guard', 'Log', 'Storage'] as const satisfies KeyName[]
const bound = { 'kms:encryptioncontextkeys': ['referralId', 'agreementId', 'recipient'] }

const via = (service: string) => ({
  'kms:viaservice': [`${service}.AWS::Region.amazonaws.com`],
})

const uses = [
  'CreateGrant',
  'Decrypt',
  'DeriveSharedSecret',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateMac',
  'ReEncryptFrom',
  'ReEncryptTo',
  'Sign',
  'Verify',
  'VerifyMac',
]

test('administrators can manage every key and use none, whatever IAM lets them do', () => {
  for (const name of names) {
    const decide = byKey(`${name}Key`)
    const asks = (action: string, more = {}) =>
      decide({
        action: `kms:${action}`,
        resource: 'key',
        context: { 'aws:principalarn': [administrator], ...bound, ...more },
      })
    for (const action of uses)
      expect([name, action, asks(action)]).toEqual([name, action, 'not allowed'])
    for (const action of [
      'DisableKey',
      'EnableKey',
      'PutKeyPolicy',
      'ScheduleKeyDeletion',
      'CancelKeyDeletion',
    ])
      expect([name, action, asks(action)]).toEqual([name, action, 'allowed'])
    // Whoever deploys makes tables with the storage key, by way of DynamoDB; queues are the functions’ alone.
    const inTables = name === 'Storage' ? 'allowed' : 'not allowed'
    expect([name, asks('Decrypt', via('dynamodb'))]).toEqual([name, inTables])
    expect([name, asks('Decrypt', via('sqs'))]).toEqual([name, 'not allowed'])
  }
})

test('a key lets each role do what its function’s line asks for, and nothing else', () => {
  for (const name of names.filter(one => one !== 'Storage'))
    for (const row of hubFunctions) {
      const asked = new Set(
        row.may.flatMap(capability => {
          const grant: Grant = grants[capability]
          return 'key' in grant && grant.key === name ? grant.actions : []
        }),
      )
      const allowed = [...uses, 'GetPublicKey'].filter(
        action =>
          byKey(`${name}Key`)({
            action: `kms:${action}`,
            resource: 'key',
            context: { 'aws:principalarn': [roleOf(row.name)], ...bound },
          }) === 'allowed',
      )
      // Anybody may read a public key.
      expect([row.name, name, allowed.toSorted()]).toEqual([
        row.name,
        name,
        [...new Set([...asked, 'GetPublicKey'])].filter(one => one !== 'DescribeKey').toSorted(),
      ])
    }
})
