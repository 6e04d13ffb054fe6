// Who may use which key, and for what: read from the roles of the template.
import { expect, test } from 'vitest'
import { deployedFunctions, listOf, resolved, statementsOn } from './template.ts'

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
