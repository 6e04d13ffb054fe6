// What outlives a mistake: tables, queues and keys as deployed.
import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import { expect, test } from 'vitest'
import { institutions } from '../../infra/declared.ts'
import { DataStack, type Indexes } from '../../infra/data-stack.ts'
import { Institution } from '../../schemas/agreement.ts'
import { hubTemplate, ofType, references, templateOf } from './template.ts'

const tables = ofType('AWS::DynamoDB::Table')
const queues = ofType('AWS::SQS::Queue')
const keys = ofType('AWS::KMS::Key')
const storageKey = { 'Fn::GetAtt': ['StorageKey', 'Arn'] }

const hubFor = (codes: readonly string[], more: { indexes?: Indexes; kept?: boolean } = {}) => {
  const parties = z.array(Institution).parse(codes.map(code => ({ code, name: code })))
  return templateOf(outdir => {
    const app = new App({ builtinCloudFormationValidation: false, outdir })
    return new DataStack(app, 'ReferralHub', {
      prefix: 'referral-hub',
      institutions: parties,
      ...more,
    }).node.root as App
  })
}

const schemaOf = (keySchema: unknown) =>
  (keySchema as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName).join(' ')

test('every table, queue and key stays when the stack goes or the resource is replaced, but not after a failed creation', () => {
  expect([tables.length, queues.length, keys.length]).toEqual([8, 2 * institutions().length, 4])
  for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of [...tables, ...queues, ...keys])
    expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([
      id,
      'RetainExceptOnCreate',
      'Retain',
    ])
})

test('every table and queue is encrypted with the storage key, which seals no envelope', () => {
  for (const [id, { Properties }] of tables)
    expect(Properties['SSESpecification'], id).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: storageKey,
    })
  for (const [id, { Properties }] of queues)
    expect(Properties['KmsMasterKeyId'], id).toEqual(storageKey)
  const users = Object.entries(hubTemplate.Resources).filter(([, { Properties }]) =>
    references(Properties).includes('EnvelopeKey'),
  )
  expect(new Set(users.map(([, { Type }]) => Type))).toEqual(
    new Set(['AWS::Lambda::Function', 'AWS::IAM::Role']),
  )
})

test('no table can be deleted by mistake, and each is paid by use', () => {
  for (const [id, { Properties }] of tables)
    expect([id, Properties['DeletionProtectionEnabled'], Properties['BillingMode']]).toEqual([
      id,
      true,
      'PAY_PER_REQUEST',
    ])
})

test('what is made for the first time can be deleted until it is there', () => {
  for (const [kept, mayNotGo] of [
    [undefined, true],
    [true, true],
    [false, false],
  ] as const) {
    const template = hubFor(['IGM'], kept === undefined ? {} : { kept })
    for (const [id, { Properties }] of ofType('AWS::DynamoDB::Table', template))
      expect([id, Properties['DeletionProtectionEnabled']]).toEqual([id, mayNotGo])
  }
})

test('referral keys have no backup and no stream, so that a key deleted is gone', () => {
  const recoverable = tables.filter(
    ([, { Properties }]) =>
      JSON.stringify(Properties['PointInTimeRecoverySpecification']) ===
      '{"PointInTimeRecoveryEnabled":true}',
  )
  expect(recoverable.map(([id]) => id).toSorted()).toEqual([
    'AccessLog',
    'ConsentLedger',
    'Directory',
    'Outbox',
    'Progress',
    'Referrals',
  ])
  for (const [id, { Properties }] of tables) {
    expect(Properties, id).not.toHaveProperty('StreamSpecification')
    expect(Properties, id).not.toHaveProperty('KinesisStreamSpecification')
  }
  expect(Object.values(hubTemplate.Resources).filter(({ Type }) => /Backup/.test(Type))).toEqual([])
})

test('only requests expire by themselves', () => {
  const expiring = tables.filter(([, { Properties }]) => 'TimeToLiveSpecification' in Properties)
  expect(
    expiring.map(([id, { Properties }]) => [id, Properties['TimeToLiveSpecification']]),
  ).toEqual([['Requests', { AttributeName: 'expiresAt', Enabled: true }]])
})

test('tables are found by these keys, and lists by what they are filtered by', () => {
  type Index = { IndexName: string; KeySchema: unknown; Projection: Record<string, unknown> }
  const shape = tables.map(([id, { Properties }]) => {
    const indexes = (Properties['GlobalSecondaryIndexes'] ?? []) as Index[]
    return [
      id,
      schemaOf(Properties['KeySchema']),
      ...indexes.map(
        ({ IndexName, KeySchema, Projection }) =>
          `${IndexName}: ${schemaOf(KeySchema)} → ${String(Projection['NonKeyAttributes'] ?? Projection['ProjectionType'])}`,
      ),
    ]
  })
  // DynamoDB takes no more in an index, and CDK does not say so.
  for (const [id, { Properties }] of tables)
    for (const { Projection } of (Properties['GlobalSecondaryIndexes'] ?? []) as Index[])
      expect((Projection['NonKeyAttributes'] ?? []) as string[], id).toSatisfy(
        (members: string[]) => members.length <= 20,
      )
  expect(Object.fromEntries(shape.map(([id, ...keysOf]) => [id, keysOf]))).toMatchInlineSnapshot(`
    {
      "AccessLog": [
        "pk sk",
        "by-referral: referralId id → KEYS_ONLY",
        "by-consent: consentId id → KEYS_ONLY",
      ],
      "ConsentLedger": [
        "consentId n",
      ],
      "Directory": [
        "pk",
      ],
      "Outbox": [
        "pk n",
        "owed: inbox nextSendAt → KEYS_ONLY",
      ],
      "Progress": [
        "pk",
      ],
      "ReferralKeys": [
        "referralId",
      ],
      "Referrals": [
        "pk",
        "sent: referrer updatedAt → status,respondBy,partOf",
        "received: recipient updatedAt → status,respondBy,partOf",
        "due: due dueAt → KEYS_ONLY",
      ],
      "Requests": [
        "pk",
      ],
    }
  `)
})

const projections = (table: string, more: { indexes?: Indexes }) => {
  const { Properties } = hubFor(['IGM'], more).Resources[table] ?? {}
  const indexes = (Properties?.['GlobalSecondaryIndexes'] ?? []) as Record<string, unknown>[]
  return Object.fromEntries(indexes.map(({ IndexName, Projection }) => [IndexName, Projection]))
}

test('the log’s indexes hold places; whole entries where 0.1.0 made them', () => {
  for (const [more, ProjectionType] of [
    [{}, 'KEYS_ONLY'],
    [{ indexes: '0.2.0' }, 'KEYS_ONLY'],
    [{ indexes: '0.1.0' }, 'ALL'],
  ] as const)
    expect(projections('AccessLog', more)).toEqual({
      'by-referral': { ProjectionType },
      'by-consent': { ProjectionType },
    })
})

// Word for word what the template of 0.1.0 said: another member, and CloudFormation refuses the deployment.
const headersOf010 = (other: string) =>
  `referralId,folio,agreementId,${other},priority,services,consentId,submittedAt,respondBy,status,deliveryState,contentState,version,history,milestones,externalIdSealed,leaseUntil`

test('the lists’ indexes hold headers where 0.1.0 made them', () => {
  const { sent, received, due } = projections('Referrals', { indexes: '0.1.0' })
  expect([sent, received, due]).toEqual([
    { ProjectionType: 'INCLUDE', NonKeyAttributes: headersOf010('recipient').split(',') },
    { ProjectionType: 'INCLUDE', NonKeyAttributes: headersOf010('referrer').split(',') },
    { ProjectionType: 'KEYS_ONLY' },
  ])
  expect(projections('Referrals', {})).toEqual(projections('Referrals', { indexes: '0.2.0' }))
})

test('each institution has an ordered inbox, and a place where undelivered messages are parked', () => {
  for (const { code } of institutions()) {
    const settings = {
      FifoQueue: true,
      ContentBasedDeduplication: false,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      VisibilityTimeout: 300,
    }
    expect(hubTemplate.Resources[`Inbox${code}`]?.Properties).toMatchObject({
      ...settings,
      QueueName: `referral-hub-inbox-${code}.fifo`,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [`Parked${code}`, 'Arn'] },
        maxReceiveCount: 5,
      },
    })
    const parked = hubTemplate.Resources[`Parked${code}`]?.Properties
    expect(parked).toMatchObject({ ...settings, QueueName: `referral-hub-parked-${code}.fifo` })
    expect(parked).not.toHaveProperty('RedrivePolicy')
  }
})

test('no queue takes a request that is not encrypted on the way', () => {
  const guarded = ofType('AWS::SQS::QueuePolicy').map(([, { Properties }]) => {
    expect(JSON.stringify(Properties)).toContain('"aws:SecureTransport":"false"')
    return references(Properties['Queues'])
  })
  expect(guarded.flat().toSorted()).toEqual(queues.map(([id]) => id).toSorted())
})

test('a hub of N institutions has N inboxes and N places to park', () => {
  for (const codes of [['AA'], ['AA', 'BB'], ['AA', 'BB', 'CC', 'DD', 'EE', 'FF', 'GG']]) {
    const names = ofType('AWS::SQS::Queue', hubFor(codes)).map(([id]) => id)
    expect(names.toSorted()).toEqual(
      [...codes.map(code => `Inbox${code}`), ...codes.map(code => `Parked${code}`)].toSorted(),
    )
  }
})

test('a hub without institutions, or with one twice, is not made', () => {
  expect(() => hubFor([])).toThrow('at least one institution')
  expect(() => hubFor(['AA', 'AA'])).toThrow()
})

test('each key does one thing', () => {
  const uses = keys.map(([id, { Properties }]) => [
    id,
    [Properties['KeySpec'] ?? 'SYMMETRIC_DEFAULT', Properties['KeyUsage'] ?? 'ENCRYPT_DECRYPT'],
  ])
  expect(Object.fromEntries(uses)).toEqual({
    EnvelopeKey: ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
    GuardKey: ['HMAC_256', 'GENERATE_VERIFY_MAC'],
    LogKey: ['ECC_NIST_EDWARDS25519', 'SIGN_VERIFY'],
    StorageKey: ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'],
  })
})
