import { describe, expect, test } from 'vitest'
import { hubTemplate, parseTemplate } from '../../../infra/local/template.ts'
import { machineWith, resources } from './fragment.ts'

test('a resource type that the local hub does not know is refused', () => {
  const Resources = { ...resources, Bucket: { Type: 'AWS::S3::Bucket' } }
  expect(() => parseTemplate({ Resources })).toThrow(
    'does not know the resource type AWS::S3::Bucket (Bucket)',
  )
})

test('the hub’s own template has no such resource, and has what the hub is made of', async () => {
  const { Resources } = await hubTemplate()
  const types = new Set(Object.values(Resources).map(({ Type }) => Type))
  for (const type of [
    'AWS::Lambda::Function',
    'AWS::SQS::Queue',
    'AWS::KMS::Key',
    'AWS::IAM::Role',
    'AWS::Events::Rule',
  ])
    expect(types).toContain(type)
  expect(process.env['CDK_VALIDATION']).not.toBe('false')
})

const role = (properties: object) => ({ Type: 'AWS::IAM::Role', Properties: properties })
const statement = (more: object) =>
  role({
    Policies: [
      {
        PolicyName: 'p',
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...more }] },
      },
    ],
  })
const table = (properties: object) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { ...(resources['Things'] as { Properties: object }).Properties, ...properties },
})

describe('what the local hub cannot honour stops the start', () => {
  test.each<[string, Record<string, Record<string, unknown>>, string]>([
    [
      'a condition operator',
      { EchoRole: statement({ Condition: { DateLessThan: { 'kms:ViaService': 'x' } } }) },
      'DateLessThan',
    ],
    [
      'a condition key',
      { EchoRole: statement({ Condition: { StringEquals: { 'aws:SourceIp': 'x' } } }) },
      'aws:SourceIp',
    ],
    [
      'a managed policy',
      { EchoRole: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) },
      'AdministratorAccess',
    ],
    [
      'a permissions boundary',
      { EchoRole: role({ PermissionsBoundary: 'arn:x' }) },
      'PermissionsBoundary',
    ],
    [
      'a stream',
      { Things: table({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }) },
      'StreamSpecification',
    ],
    [
      'a function without a module',
      { Echo: { ...resources['Echo'], Metadata: {} } },
      'Metadata.entry',
    ],
    [
      'a key of another kind',
      {
        LogKey: {
          Type: 'AWS::KMS::Key',
          Properties: { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
        },
      },
      'spec',
    ],
    [
      'a key used for what it is not',
      { LogKey: { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'HMAC_256' } } },
      'KeyUsage',
    ],
    [
      'another payload format',
      {
        EchoIntegration: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: {
            IntegrationType: 'AWS_PROXY',
            IntegrationUri: 'x',
            PayloadFormatVersion: '1.0',
          },
        },
      },
      'PayloadFormatVersion',
    ],
  ])('%s', async (_, more, said) => {
    const starting = machineWith(more).then(machine => machine.serve())
    await expect(starting).rejects.toThrow(said)
  })
})
