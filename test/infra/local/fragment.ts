// A small template in CloudFormation's own words, as CDK writes them, and a machine that runs it from a temporary
// folder.
import { onTestFinished } from 'vitest'
import { type MachineOptions, startMachine } from '../../../infra/local/machine.ts'
import { parseTemplate } from '../../../infra/local/template.ts'
import { type Ending, temporaryFolder } from '../../temporary-folder.ts'

type Json = Record<string, unknown>

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })

const keyPolicy = {
  Statement: [
    {
      Action: 'kms:*',
      Effect: 'Allow',
      Principal: {
        AWS: {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root'],
          ],
        },
      },
      Resource: '*',
    },
  ],
}
const key = (properties: Json = {}) => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeyPolicy: keyPolicy, ...properties },
})

export const role = (...statements: Json[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {},
    Policies:
      statements.length > 0
        ? [{ PolicyName: 'capabilities', PolicyDocument: { Statement: statements } }]
        : [],
  },
})

export const lambda = (entry: string, roleId: string, properties: Json = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: arn(roleId), Timeout: 5, MemorySize: 256, ...properties },
  Metadata: { entry: `handlers/${entry}.ts` },
})

const route = (routeKey: string) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Api' },
    RouteKey: routeKey,
    Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'EchoIntegration' }]] },
  },
})

const table = (properties: Json = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: ['pk', 'owner', 'other'].map(AttributeName => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: ['owner', 'other'].map(AttributeName => ({
      IndexName: `by-${AttributeName}`,
      KeySchema: [{ AttributeName, KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    })),
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: arn('StorageKey') },
    ...properties,
  },
})

const queue = (name: string, properties: Json = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: {
    QueueName: name,
    FifoQueue: true,
    ContentBasedDeduplication: false,
    KmsMasterKeyId: arn('StorageKey'),
    ...properties,
  },
})

export const inboxPolicy = (...statements: Json[]) => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: { Queues: [{ Ref: 'Inbox' }], PolicyDocument: { Statement: statements } },
})

/** Resources that every test of a running machine may use. */
export const resources: Record<string, Json> = {
  StorageKey: key(),
  EnvelopeKey: key(),
  LogKey: key({ KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' }),
  Things: table(),
  Parked: queue('parked.fifo'),
  Inbox: queue('inbox.fifo', {
    VisibilityTimeout: 30,
    RedrivePolicy: { deadLetterTargetArn: arn('Parked'), maxReceiveCount: 2 },
  }),
  InboxPolicy: inboxPolicy({
    Action: 'sqs:*',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Resource: arn('Inbox'),
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }),
  EchoRole: role(),
  Echo: lambda('echo', 'EchoRole'),
  InspectRole: role(),
  Inspect: lambda('inspect', 'InspectRole', {
    Environment: {
      Variables: {
        TABLE: { Ref: 'Things' },
        HOST: {
          'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }] }],
        },
      },
    },
  }),
  StoreRole: role(
    { Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:GetItem'], Resource: arn('Things') },
    {
      Effect: 'Allow',
      Action: 'dynamodb:Query',
      Resource: { 'Fn::Join': ['', [arn('Things'), '/index/by-owner']] },
    },
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: [arn('Inbox'), arn('Parked')] },
    {
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: arn('StorageKey'),
      Condition: {
        StringEquals: {
          'kms:ViaService': ['dynamodb.us-east-1.amazonaws.com', 'sqs.us-east-1.amazonaws.com'],
        },
      },
    },
    {
      Effect: 'Allow',
      Action: 'kms:GenerateDataKey',
      Resource: arn('EnvelopeKey'),
      Condition: {
        'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['referralId'] },
        Null: { 'kms:EncryptionContextKeys': 'false' },
      },
    },
  ),
  Store: lambda('store', 'StoreRole', {
    Environment: {
      Variables: {
        TABLE: { Ref: 'Things' },
        QUEUE: { Ref: 'Inbox' },
        KEY: arn('EnvelopeKey'),
        STORAGE_KEY: arn('StorageKey'),
        LOG_KEY: arn('LogKey'),
      },
    },
  }),
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
  EchoIntegration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arn('Echo'),
      PayloadFormatVersion: '2.0',
    },
  },
  PostThing: route('POST /v1/things'),
  GetThing: route('GET /v1/things/{thingId}'),
  GetSpecial: route('GET /v1/things/special'),
}

export const withDefaultRoute = { Default: route('$default') }

/**
 * Starts a machine over the resources above and `more`, on a free port; it stops and its folder goes when the test
 * ends.
 */
export const machineWith = async (
  more: Record<string, Json> = {},
  options: Partial<Pick<MachineOptions, 'folder' | 'clockOffsetMs' | 'log' | 'faults'>> = {},
  ending: Ending = onTestFinished,
) => {
  const folder = options.folder ?? machineFolder(ending)
  const logged: string[] = []
  const machine = await startMachine({
    template: Promise.resolve(parseTemplate({ Resources: { ...resources, ...more } })),
    moduleOf: entry => new URL(entry, import.meta.url).href,
    port: 0,
    clockOffsetMs: 0,
    log: line => logged.push(line),
    ...options,
    folder,
  })
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= machine.stop())
  ending(stop)
  return { ...machine, stop, logged, folder }
}

/** A machine's folder, which is gone when the test ends. */
export const machineFolder = (ending: Ending = onTestFinished): string =>
  temporaryFolder('machine', ending)
