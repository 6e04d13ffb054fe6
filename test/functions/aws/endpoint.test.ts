// Where a function finds AWS, against what the SDK's own clients say.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { endpointOf } from '../../../functions/aws/endpoint.ts'

beforeEach(() => {
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_DYNAMODB', 'AWS_ENDPOINT_URL_KMS'])
    vi.stubEnv(name, undefined)
})
afterEach(() => vi.unstubAllEnvs())

// One or more of each partition that the SDK knows.
const regions =
  'us-east-1 sa-east-1 mx-central-1 eu-central-1 il-central-1 cn-north-1 us-gov-west-1 us-iso-east-1 ' +
  'us-isob-east-1 us-isof-south-1 eu-isoe-west-1 eusc-de-east-1'
const params = { UseFIPS: false, UseDualStack: false }

test.each(regions.split(' '))('in %s services are where the SDK looks for them', Region => {
  vi.stubEnv('AWS_REGION', Region)
  const dynamodb = new DynamoDBClient({ region: Region }).config.endpointProvider({
    ...params,
    Region,
  })
  const kms = new KMSClient({ region: Region }).config.endpointProvider({ ...params, Region })
  expect([endpointOf('dynamodb'), endpointOf('kms')]).toEqual([dynamodb.url.origin, kms.url.origin])
})

test('a configured endpoint comes first, that of the service before the general one', () => {
  vi.stubEnv('AWS_REGION', 'us-east-1')
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1')
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', 'http://127.0.0.1:2')
  expect([endpointOf('dynamodb'), endpointOf('kms')]).toEqual([
    'http://127.0.0.1:1',
    'http://127.0.0.1:2',
  ])
})

test('without a region nothing is guessed', () => {
  vi.stubEnv('AWS_REGION', '')
  expect(() => endpointOf('kms')).toThrow('AWS_REGION')
})
