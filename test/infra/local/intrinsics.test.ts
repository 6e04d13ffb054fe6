import { describe, expect, test } from 'vitest'
import { resolver } from '../../../infra/local/intrinsics.ts'
import { namesIn } from '../../../infra/local/names.ts'
import { parseTemplate } from '../../../infra/local/template.ts'
import { resources } from './fragment.ts'

const template = parseTemplate({ Resources: resources })
const places = {
  url: 'http://127.0.0.1:8787',
  awsEndpoint: 'http://127.0.0.1:4000',
  keyArns: new Map([['StorageKey', 'arn:aws:kms:us-east-1:000000000000:key/abc']]),
}
const resolve = resolver(namesIn(template, places))

describe('intrinsic functions', () => {
  test.each([
    ['text stays', 'plain', 'plain'],
    ['Ref of a table', { Ref: 'Things' }, 'referral-hub-Things'],
    [
      'Ref of a queue is its URL',
      { Ref: 'Inbox' },
      'http://127.0.0.1:4000/000000000000/inbox.fifo',
    ],
    ['Ref of a key', { Ref: 'StorageKey' }, 'abc'],
    ['Ref of a role is its logical id', { Ref: 'EchoRole' }, 'EchoRole'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    [
      'GetAtt as a list',
      { 'Fn::GetAtt': ['Inbox', 'Arn'] },
      'arn:aws:sqs:us-east-1:000000000000:inbox.fifo',
    ],
    [
      'GetAtt as text',
      { 'Fn::GetAtt': 'Things.Arn' },
      'arn:aws:dynamodb:us-east-1:000000000000:table/referral-hub-Things',
    ],
    ['the API’s endpoint', { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, 'http://127.0.0.1:8787'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'EchoRole' }, 1]] }, 'a-EchoRole-1'],
    [
      'Split and Select',
      { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }] }] },
      '127.0.0.1:8787',
    ],
    [
      'Sub',
      { 'Fn::Sub': '${EchoRole}.${Things.Arn}.${AWS::AccountId}.${!kept}' },
      'EchoRole.arn:aws:dynamodb:us-east-1:000000000000:table/referral-hub-Things.000000000000.${kept}',
    ],
    [
      'Sub with names of its own',
      { 'Fn::Sub': ['${x}/${EchoRole}', { x: { Ref: 'Things' } }] },
      'referral-hub-Things/EchoRole',
    ],
    [
      'a member without a value is left out',
      { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] },
      { b: [1] },
    ],
    [
      'a member that is called Ref among others is data',
      { Ref: 'x', other: 1 },
      { Ref: 'x', other: 1 },
    ],
  ])('%s', (_, value, expected) => {
    expect(resolve(value)).toEqual(expected)
  })

  test.each([
    ['an unknown function', { 'Fn::ImportValue': 'x' }, 'Fn::ImportValue'],
    ['an unknown resource', { Ref: 'Nobody' }, 'Nobody'],
    ['an unknown attribute', { 'Fn::GetAtt': ['Things', 'StreamArn'] }, 'StreamArn'],
    ['an unknown pseudo parameter', { Ref: 'AWS::NotificationARNs' }, 'NotificationARNs'],
    ['a place that Select does not find', { 'Fn::Select': [3, ['a']] }, 'no element 3'],
    ['a key that has not been made', { Ref: 'LogKey' }, 'LogKey'],
    ['Join of what is no text', { 'Fn::Join': ['', [{ a: 1 }]] }, 'expected text'],
  ])('%s is an error', (_, value, said) => {
    expect(() => resolve(value)).toThrow(said)
  })
})
