import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { inboxPolicy, machineWith, role } from './fragment.ts'

type Ended = { done: boolean; name?: string; message?: string; result?: Record<string, unknown> }
const store = async (more?: Parameters<typeof machineWith>[0]) => {
  const machine = await machineWith(more)
  return async (call: string) => (await machine.invoke('referral-hub-Store', { call })) as Ended
}

describe('a function’s calls are checked against its role’s statements in the template', () => {
  test('what they allow, is done', async () => {
    const call = await store()
    for (const name of ['put', 'put in transaction', 'query index', 'send', 'seal'])
      expect([name, (await call(name)).name, (await call(name)).done]).toEqual([
        name,
        undefined,
        true,
      ])
    expect((await call('get')).result).toEqual({ pk: { S: 'one' }, owner: { S: 'me' } })
  })

  test.each([
    ['scan', 'AccessDeniedException', 'dynamodb:Scan'],
    ['query other index', 'AccessDeniedException', 'dynamodb:Query'],
    ['delete in transaction', 'AccessDeniedException', 'dynamodb:DeleteItem'],
    ['receive', 'AccessDenied', 'sqs:ReceiveMessage'],
    ['seal for anything', 'AccessDeniedException', 'kms:GenerateDataKey'],
    ['seal for nothing', 'AccessDeniedException', 'kms:GenerateDataKey'],
    ['seal under the storage key', 'AccessDeniedException', 'kms:GenerateDataKey'],
    ['open', 'AccessDeniedException', 'kms:Decrypt'],
    ['sign', 'AccessDeniedException', 'kms:Sign'],
  ])('%s is refused, and the real SDK sees %s', async (name, error, action) => {
    const call = await store()
    const { done, name: seen, message } = await call(name)
    expect({ done, seen }).toEqual({ done: false, seen: error })
    expect(message).toContain(
      `assumed-role/StoreRole/local is not authorized to perform: ${action} on resource: arn:aws:`,
    )
  })

  test('a transaction with one item that is not allowed writes none', async () => {
    const call = await store()
    await call('put')
    await call('delete in transaction')
    expect((await call('get')).result).toBeDefined()
  })

  test('a table’s own key is used in the caller’s name: without that grant the table is closed', async () => {
    const call = await store({
      StoreRole: role({ Effect: 'Allow', Action: ['dynamodb:*', 'sqs:*'], Resource: '*' }),
    })
    for (const name of ['get', 'send'])
      expect((await call(name)).message).toMatch(/not authorized to perform: kms:/)
  })

  test('a key’s policy must allow what the role’s allows', async () => {
    const call = await store({
      EnvelopeKey: {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: {
            Statement: [
              {
                Effect: 'Allow',
                Action: 'kms:Decrypt',
                Principal: { AWS: { 'Fn::GetAtt': ['StoreRole', 'Arn'] } },
                Resource: '*',
              },
            ],
          },
        },
      },
    })
    expect((await call('seal')).message).toContain('no resource-based policy allows')
  })

  test('a queue’s policy can take away what the role’s allows', async () => {
    const call = await store({
      InboxPolicy: inboxPolicy({
        Effect: 'Deny',
        Action: 'sqs:SendMessage',
        Principal: '*',
        Resource: '*',
      }),
    })
    expect((await call('send')).message).toContain('explicit deny in a resource-based policy')
  })
})

describe('who is nobody here is refused', () => {
  test.each([
    ['an unknown access key', { accessKeyId: 'Nobody' }],
    ['a role without the session token', { sessionToken: 'guessed' }],
    ['the administrator without it', { accessKeyId: undefined, sessionToken: 'guessed' }],
  ])('%s', async (_, wrong) => {
    const { aws } = await machineWith()
    const credentials = {
      ...aws.credentials,
      ...Object.fromEntries(Object.entries(wrong).filter(([, value]) => value)),
    }
    const config = { ...aws, credentials, maxAttempts: 1 }
    await expect(new DynamoDBClient(config).send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    })
    await expect(
      new KMSClient(config).send(new DescribeKeyCommand({ KeyId: 'x' })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
    const QueueUrl = `${aws.endpoint}/000000000000/inbox.fifo`
    await expect(
      new SQSClient(config).send(new GetQueueAttributesCommand({ QueueUrl })),
    ).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  })

  test('a call to no service, and a body that is no JSON', async () => {
    const { aws } = await machineWith()
    const { accessKeyId, sessionToken } = aws.credentials
    const post = (target: string, body: string) =>
      fetch(aws.endpoint, {
        method: 'POST',
        headers: {
          'x-amz-target': target,
          authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/2026/us-east-1/kms/aws4_request`,
          'x-amz-security-token': sessionToken,
        },
        body,
      })
    expect((await post('Nothing.At', '{}')).status).toBe(400)
    expect((await post('TrentService.DescribeKey', '{')).status).toBe(400)
    expect((await post('TrentService.toString', '{}')).status).toBe(400)
    expect((await fetch(aws.endpoint)).status).toBe(400)
  })
})
