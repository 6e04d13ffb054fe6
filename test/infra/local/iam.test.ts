import { describe, expect, test } from 'vitest'
import { type Context, policy } from '../../../infra/local/iam.ts'

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Referrals'
const key = 'arn:aws:kms:us-east-1:000000000000:key/1'
const allow = (
  Action: string | string[],
  Resource: string | string[] = '*',
  Condition?: object,
) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
})
const deny = (...parts: Parameters<typeof allow>) => ({ ...allow(...parts), Effect: 'Deny' })
const decide = (statements: object[], action: string, resource: string, context: Context = {}) =>
  policy(statements)({ action, resource, context })

const keys = 'kms:encryptioncontextkeys'
const bound = {
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['referralId', 'recipient'] },
  Null: { 'kms:EncryptionContextKeys': 'false' },
}
const when = (Condition: object) => [allow('kms:Decrypt', key, Condition)]
const decrypt = (Condition: object, context: Context) =>
  decide(when(Condition), 'kms:Decrypt', key, context)

describe('actions and resources', () => {
  test.each([
    ['the very action and resource', allow('dynamodb:GetItem', table), 'allowed'],
    ['the action in another case', allow('DynamoDB:getitem', table), 'allowed'],
    ['one of several', allow(['dynamodb:Query', 'dynamodb:GetItem'], ['arn:x', table]), 'allowed'],
    ['a wildcard over the service', allow('dynamodb:*', table), 'allowed'],
    ['a wildcard within the action', allow('dynamodb:Get*', table), 'allowed'],
    ['one unknown character', allow('dynamodb:Get?tem', table), 'allowed'],
    [
      'a wildcard over tables',
      allow('dynamodb:GetItem', table.replace('Referrals', '*')),
      'allowed',
    ],
    ['another action', allow('dynamodb:PutItem', table), 'not allowed'],
    ['an action that only begins so', allow('dynamodb:Get', table), 'not allowed'],
    ['the table’s indexes only', allow('dynamodb:GetItem', `${table}/index/*`), 'not allowed'],
    ['a table whose name only begins so', allow('dynamodb:GetItem', `${table}2`), 'not allowed'],
    ['the resource in another case', allow('dynamodb:GetItem', table.toLowerCase()), 'not allowed'],
    ['a dot that is no wildcard', allow('dynamodb.GetItem', table), 'not allowed'],
  ])('%s', (_, statement, decision) => {
    expect(decide([statement], 'dynamodb:GetItem', table)).toBe(decision)
  })

  test('nothing is allowed without a statement', () => {
    expect(decide([], 'dynamodb:GetItem', table)).toBe('not allowed')
  })
  test('a Deny wins over an Allow, wherever it stands', () => {
    const statements = [allow('*'), deny('dynamodb:GetItem', table)]
    expect(decide(statements, 'dynamodb:GetItem', table)).toBe('denied')
    expect(decide(statements.toReversed(), 'dynamodb:GetItem', table)).toBe('denied')
    expect(decide(statements, 'dynamodb:PutItem', table)).toBe('allowed')
  })
})

describe('conditions', () => {
  test.each<[string, object, Context, string]>([
    ['all context keys within the list', bound, { [keys]: ['referralId', 'recipient'] }, 'allowed'],
    ['some of the list', bound, { [keys]: ['recipient'] }, 'allowed'],
    ['one key outside the list', bound, { [keys]: ['referralId', 'other'] }, 'not allowed'],
    ['a key in another case', bound, { [keys]: ['ReferralId'] }, 'not allowed'],
    ['no context at all, with Null false', bound, {}, 'not allowed'],
    [
      'no context at all, without Null: ForAllValues is true of nothing',
      { 'ForAllValues:StringEquals': bound['ForAllValues:StringEquals'] },
      {},
      'allowed',
    ],
    [
      'ForAnyValue with one that fits',
      { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'a' } },
      { [keys]: ['a', 'b'] },
      'allowed',
    ],
    [
      'ForAnyValue of nothing',
      { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'a' } },
      {},
      'not allowed',
    ],
    [
      'Null true of an absent key',
      { Null: { 'kms:EncryptionContextKeys': 'true' } },
      {},
      'allowed',
    ],
    [
      'Null true of a present key',
      { Null: { 'kms:EncryptionContextKeys': true } },
      { [keys]: ['a'] },
      'not allowed',
    ],
    [
      'a context value that is equal',
      { StringEquals: { 'kms:EncryptionContext:recipient': 'ALA' } },
      { 'kms:encryptioncontext:recipient': ['ALA'] },
      'allowed',
    ],
    [
      'a context value that is not',
      { StringEquals: { 'kms:EncryptionContext:recipient': 'ALA' } },
      { 'kms:encryptioncontext:recipient': ['IGM'] },
      'not allowed',
    ],
    ['an absent key', { StringEquals: { 'kms:ViaService': 'x' } }, {}, 'not allowed'],
    ['an absent key, IfExists', { StringEqualsIfExists: { 'kms:ViaService': 'x' } }, {}, 'allowed'],
    ['an absent key, negated', { StringNotEquals: { 'kms:ViaService': 'x' } }, {}, 'allowed'],
    [
      'a present key, negated',
      { StringNotEquals: { 'kms:ViaService': 'x' } },
      { 'kms:viaservice': ['x'] },
      'not allowed',
    ],
    [
      'StringLike with a wildcard',
      { StringLike: { 'kms:ViaService': 'sqs.*.amazonaws.com' } },
      { 'kms:viaservice': ['sqs.us-east-1.amazonaws.com'] },
      'allowed',
    ],
    [
      'StringEquals knows no wildcard',
      { StringEquals: { 'kms:ViaService': 'sqs.*' } },
      { 'kms:viaservice': ['sqs.us-east-1'] },
      'not allowed',
    ],
    [
      'Bool',
      { Bool: { 'aws:SecureTransport': 'true' } },
      { 'aws:securetransport': ['true'] },
      'allowed',
    ],
    [
      'Bool of the other value',
      { Bool: { 'aws:SecureTransport': 'false' } },
      { 'aws:securetransport': ['true'] },
      'not allowed',
    ],
    [
      'two operators, one of which fails',
      { StringEquals: { 'kms:ViaService': 'x' }, Bool: { 'aws:SecureTransport': 'true' } },
      { 'kms:viaservice': ['x'], 'aws:securetransport': ['false'] },
      'not allowed',
    ],
  ])('%s', (_, condition, context, decision) => {
    expect(decrypt(condition, context)).toBe(decision)
  })
})

const odd = (Condition: object) => () => policy(when(Condition))

describe('what is not known throws when the policy is read, and never allows', () => {
  test.each([
    ['an operator', odd({ NumericLessThan: { 'kms:ViaService': '1' } }), 'NumericLessThan'],
    [
      'an operator named like an object’s own',
      odd({ toString: { 'kms:ViaService': '1' } }),
      'toString',
    ],
    [
      'a set of an unknown operator',
      odd({ 'ForAllValues:IpAddress': { 'kms:ViaService': '1' } }),
      'IpAddress',
    ],
    ['a condition key', odd({ StringEquals: { 'aws:PrincipalTag/team': 'x' } }), 'PrincipalTag'],
    [
      'a key with several values without a set',
      odd({ StringEquals: { 'kms:EncryptionContextKeys': 'x' } }),
      'several values',
    ],
    [
      'a policy variable',
      odd({ StringEquals: { 'kms:ViaService': '${aws:username}' } }),
      'variable',
    ],
    [
      'a policy variable in a resource',
      () => policy([allow('*', 'arn:${aws:username}')]),
      'variable',
    ],
    [
      'NotAction',
      () => policy([{ Effect: 'Allow', NotAction: 'kms:*', Resource: '*' }]),
      'NotAction',
    ],
    [
      'NotResource',
      () => policy([{ Effect: 'Allow', Action: '*', NotResource: '*' }]),
      'NotResource',
    ],
    ['an effect', () => policy([{ Effect: 'Perhaps', Action: '*', Resource: '*' }]), 'Effect'],
    ['no resource', () => policy([{ Effect: 'Allow', Action: '*' }]), 'Resource'],
  ])('%s', (_, read, said) => {
    expect(read).toThrow(said)
  })
})
