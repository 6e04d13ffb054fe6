// The hub's AWS clients against a server that answers as AWS does, well and badly, and against the SDK's own clients.
import { createHash, createHmac } from 'node:crypto'
import {
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms'
import { ReceiveMessageCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, test, vi } from 'vitest'
import { sqsClient } from '../../../functions/aws/inbox.ts'
import { kmsClient } from '../../../functions/aws/kms.ts'
import { type Asked, awsServer, json } from './aws-server.ts'
import { asFirstRole, dynamodbAt, get } from './first-role.ts'

asFirstRole()

type Server = Awaited<ReturnType<typeof awsServer>>
const item = { Item: { pk: { S: 'one' }, bytes: { B: 'AAEC' } } }

const settings = { credentials: { accessKeyId: 'FirstRole', secretAccessKey: 'first secret' } }
const asked = [
  [
    'dynamodb',
    ({ endpoint }: Server) => new DynamoDBClient({ ...settings, endpoint }),
    dynamodbAt,
    new PutItemCommand({
      TableName: 'Referrals',
      Item: { pk: { S: 'ñ"\\\u0001' }, n: { N: '1' }, m: { M: { l: { L: [{ BOOL: true }] } } } },
      ExpressionAttributeValues: { ':b': { B: new Uint8Array([0, 1, 255]) } },
    }),
  ],
  [
    'kms',
    ({ endpoint }: Server) => new KMSClient({ ...settings, endpoint }),
    ({ endpoint }: Server) => {
      vi.stubEnv('AWS_ENDPOINT_URL_KMS', endpoint)
      return kmsClient()
    },
    new DecryptCommand({
      KeyId: 'key',
      CiphertextBlob: new Uint8Array([1, 2, 3]),
      EncryptionContext: { referralId: 'one' },
    }),
  ],
  [
    'sqs',
    ({ endpoint }: Server) => new SQSClient({ ...settings, endpoint }),
    ({ endpoint }: Server) => sqsClient(`${endpoint}/000000000000/inbox-`),
    new ReceiveMessageCommand({
      QueueUrl: 'http://127.0.0.1/000000000000/inbox-ALA.fifo',
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    }),
  ],
] as const

const same = ({ method, path, headers, body }: Asked) => ({
  request: [method, path, body],
  headers: ['host', 'content-type', 'content-length', 'x-amz-target', 'x-amzn-query-mode'].map(
    name => headers[name],
  ),
})

test.each(asked)('%s is asked as the SDK’s own client asks', async (_, theirs, ours, command) => {
  const server = await awsServer(response => json(response, 200, {}))
  const send = async (client: object) => {
    await (client as { send: (one: object) => Promise<unknown> }).send(command)
    return server.asked.at(-1) as Asked
  }
  const [one, other] = [await send(theirs(server)), await send(ours(server))]
  expect(same(other)).toEqual(same(one))
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API request"), as whoever is asked computes it. */
const signatureOf = ({ method, path, headers, body }: Asked, secret: string): string => {
  const [, scope = '', names = ''] =
    /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? []
  const fields = names.split(';').map(name => `${name}:${String(headers[name])}\n`)
  const canonical = [method, path, '', fields.join(''), names, sha256(body)].join('\n')
  const text = `AWS4-HMAC-SHA256\n${String(headers['x-amz-date'])}\n${scope}\n${sha256(canonical)}`
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`)
  return hmac(key, text).toString('hex')
}

test.each(asked)('%s is asked under a signature that holds', async (_, _theirs, ours, command) => {
  const server = await awsServer(response => json(response, 200, {}))
  const client = ours(server) as { send: (one: object) => Promise<unknown> }
  await client.send(command)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'SecondRole')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'second secret')
  vi.stubEnv('AWS_SESSION_TOKEN', 'second token')
  await client.send(command)
  const [first, second] = server.asked as [Asked, Asked]
  expect(first.headers.authorization).toContain(`Signature=${signatureOf(first, 'first secret')}`)
  expect(first.headers.authorization).toContain('Credential=FirstRole/')
  expect(first.headers['x-amz-security-token']).toBe('first token')
  // Of credentials the newest count, also for a client that is there already.
  expect(second.headers.authorization).toContain(
    `Signature=${signatureOf(second, 'second secret')}`,
  )
  expect(second.headers['x-amz-security-token']).toBe('second token')
  for (const { headers } of server.asked)
    expect(headers.authorization).toMatch(/SignedHeaders=\S*host;x-amz-date;x-amz-security-token/)
})

test('without credentials in the environment nothing is sent', async () => {
  const server = await awsServer(response => json(response, 200, item))
  vi.stubEnv('AWS_ACCESS_KEY_ID', '')
  await expect(dynamodbAt(server).send(get)).rejects.toThrow('AWS_ACCESS_KEY_ID')
  expect(server.asked).toEqual([])
})

test('an answer is read whole, over one connection that is kept', async () => {
  const long = 'x'.repeat(300_000)
  const server = await awsServer(response => {
    const text = JSON.stringify({ Item: { ...item.Item, long: { S: long } } })
    response.writeHead(200)
    response.write(text.slice(0, 1000))
    setTimeout(() => response.end(text.slice(1000)), 20)
  })
  const client = dynamodbAt(server)
  for (const _ of [1, 2, 3]) {
    const { Item } = await client.send(get)
    expect(Item).toEqual({
      pk: { S: 'one' },
      bytes: { B: new Uint8Array([0, 1, 2]) },
      long: { S: long },
    })
  }
  expect(server.met.connections).toBe(1)
})

const failing = {
  'a throttled call': { status: 400, body: { __type: 'com.x#ThrottlingException' } },
  'a call that met a fault': { status: 500, body: { __type: 'com.x#InternalServerError' } },
  'a call to a service that is not there': { status: 503, body: {} },
}
test.each(Object.entries(failing))('%s is made again', async (_, { status, body }) => {
  const server = await awsServer((response, _asked, count) =>
    count === 1 ? json(response, status, body) : json(response, 200, item),
  )
  expect(await dynamodbAt(server).send(get)).toMatchObject({ Item: { pk: { S: 'one' } } })
  expect(server.asked.length).toBe(2)
})

test('a connection that breaks is a try that failed', async () => {
  const server = await awsServer((response, _asked, count) => {
    if (count === 1) return void response.destroy()
    if (count > 2) return json(response, 200, item)
    // Half of an answer.
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"Item":')
    setTimeout(() => response.destroy(), 10)
  })
  expect(await dynamodbAt(server).send(get)).toMatchObject({ Item: { pk: { S: 'one' } } })
  expect(server.asked.length).toBe(3)
})

test('what is refused is refused once, by its name', async () => {
  const server = await awsServer(response =>
    json(response, 400, {
      __type: 'com.amazonaws.dynamodb.v20120810#ValidationException',
      message: 'no',
    }),
  )
  await expect(dynamodbAt(server).send(get)).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'no',
    $metadata: { httpStatusCode: 400 },
  })
  expect(server.asked.length).toBe(1)
})

test('a cancelled transaction tells its reasons, with the rows that are there', async () => {
  const CancellationReasons = [
    { Code: 'None' },
    { Code: 'ConditionalCheckFailed', Item: item.Item },
  ]
  const server = await awsServer(response =>
    json(response, 400, {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      CancellationReasons,
    }),
  )
  const sent = dynamodbAt(server).send(new TransactWriteItemsCommand({ TransactItems: [] }))
  const error = await sent.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(TransactionCanceledException)
  expect((error as TransactionCanceledException).CancellationReasons).toEqual([
    { Code: 'None' },
    {
      Code: 'ConditionalCheckFailed',
      Item: { pk: { S: 'one' }, bytes: { B: new Uint8Array([0, 1, 2]) } },
    },
  ])
  expect(server.asked.length).toBe(1)
})

test('an error of SQS has the name that SQS gave it before it spoke JSON', async () => {
  const server = await awsServer(response =>
    json(
      response,
      400,
      { __type: 'com.amazonaws.sqs#InvalidParameterValueException' },
      { 'x-amzn-query-error': 'InvalidParameterValue;Sender' },
    ),
  )
  const command = new SendMessageCommand({ QueueUrl: server.endpoint, MessageBody: '{}' })
  const own = await sqsClient(server.endpoint)
    .send(command)
    .catch((error: unknown) => error)
  const theirs = new SQSClient({ ...settings, endpoint: server.endpoint })
  const other = await theirs.send(command).catch((error: unknown) => error)
  expect(own).toMatchObject({ name: (other as Error).name, Code: (other as { Code: string }).Code })
})
