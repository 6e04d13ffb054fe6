// Bundling, on modules made for the test. The hub's own functions as bundled: local/built.whole.test.ts.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KMSClient, type KMSClientConfig, ListKeysCommand } from '@aws-sdk/client-kms'
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { bundleFunctions } from '../../infra/bundle.ts'
import { awsServer, json } from '../functions/aws/aws-server.ts'

const root = join(import.meta.dirname, '../..')
let folder = ''
const named = (...names: string[]) => names.map(name => ({ name, module: `of-one/${name}` }))
const written = {
  'get-one': `import { ListKeysCommand } from '@aws-sdk/client-kms'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { kmsClient } from '${root}/functions/aws/kms.ts'
import { sqsClient } from '${root}/functions/aws/inbox.ts'
export const askKms = () => kmsClient().send(new ListKeysCommand({}))
export const askSqs = (url: string) => sqsClient(url).send(new SendMessageCommand({ QueueUrl: url, MessageBody: '{}' }))`,
  'get-two': `export const handler = async () => 2`,
  'get-own-client': `import { KMSClient } from '@aws-sdk/client-kms'
export const handler = () => new KMSClient({})`,
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-bundle-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  mkdirSync(join(folder, 'functions/of-one'), { recursive: true })
  for (const [name, source] of Object.entries(written))
    writeFileSync(join(folder, `functions/of-one/${name}.ts`), source)
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.unstubAllEnvs())

const made = new Map<string, Promise<{ outdir: string; sizes: ReadonlyMap<string, number> }>>()
const make = async (...names: string[]) => {
  const outdir = mkdtempSync(join(folder, 'out-'))
  return {
    outdir,
    sizes: await bundleFunctions(named(...names), join(folder, 'functions'), outdir),
  }
}
let loaded = 0
/** Made once, and loaded anew each time: what is asked of a function is asked of one that has just started. */
const bundled = async (...names: string[]) => {
  const making = made.get(names.join()) ?? make(...names)
  made.set(names.join(), making)
  const { outdir, sizes } = await making
  return {
    sizes,
    load: (name: string): Promise<Record<string, (...args: unknown[]) => unknown>> =>
      import(`${join(outdir, name, 'index.mjs')}?${(loaded += 1)}`),
  }
}

test('each function is one file with what it imports, and nothing of the others', async () => {
  const { sizes, load } = await bundled('get-one', 'get-two')
  expect(sizes.get('get-two')).toBeLessThan(100)
  expect(sizes.get('get-one')).toBeGreaterThan(10_000)
  const { handler } = await load('get-two')
  expect(await handler?.()).toBe(2)
})

test('a function of the table without its module is named', async () => {
  await expect(
    bundleFunctions(named('get-one', 'get-three'), join(folder, 'functions'), join(folder, 'none')),
  ).rejects.toThrow(/no such module: \S*functions\/of-one\/get-three\.ts$/)
})

const toldTo = async (sending: () => unknown) => {
  const error = await (async () => sending())().catch((thrown: unknown) => thrown)
  const { name, message, $fault, $metadata } = error as Error & Record<string, unknown>
  const { httpStatusCode, requestId } = $metadata as Record<string, unknown>
  return { name, message, $fault, httpStatusCode, requestId }
}
const inFunction = (endpoint: string) => {
  vi.stubEnv('AWS_REGION', 'us-east-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'GetOneRole')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', endpoint)
}

describe('what a bundle leaves out of the SDK', () => {
  const settings: KMSClientConfig = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'GetOneRole', secretAccessKey: 'local' },
    maxAttempts: 1,
  }
  test.each([
    'DisabledException',
    'KMSInvalidStateException',
    'AccessDeniedException',
    'NotFoundException',
    'InvalidCiphertextException',
    'SomethingNewException',
  ])('%s has the name that it has with the whole SDK', async name => {
    const { endpoint } = await awsServer(response =>
      json(response, 400, { __type: name, message: 'why' }, { 'x-amzn-requestid': 'one' }),
    )
    inFunction(endpoint)
    const { askKms } = await (await bundled('get-one')).load('get-one')
    const whole = new KMSClient({ ...settings, endpoint })
    expect(await toldTo(() => askKms?.())).toEqual(
      await toldTo(() => whole.send(new ListKeysCommand({}))),
    )
  })

  // As SQS tells them (its query-compatible mode): the name of before beside the name in JSON.
  test.each([
    ['com.amazonaws.sqs#RequestThrottled', 'RequestThrottled;Sender'],
    ['com.amazonaws.sqs#AccessDeniedException', 'AccessDenied;Sender'],
    ['com.amazonaws.sqs#InvalidParameterValueException', 'InvalidParameterValue;Sender'],
  ])('%s has the name that it has with the whole SDK', async (type, before) => {
    const { endpoint } = await awsServer(response =>
      json(response, 400, { __type: type, message: 'why' }, { 'x-amzn-query-error': before }),
    )
    inFunction(endpoint)
    const { askSqs } = await (await bundled('get-one')).load('get-one')
    const command = new SendMessageCommand({ QueueUrl: endpoint, MessageBody: '{}' })
    const whole = new SQSClient({ ...settings, endpoint })
    expect(await toldTo(() => askSqs?.(endpoint))).toEqual(await toldTo(() => whole.send(command)))
  })

  test('a function that would use the SDK’s own client is told at once, and told what to use', async () => {
    const { handler } = await (await bundled('get-own-client')).load('get-own-client')
    expect(() => handler?.()).toThrow('functions/aws/client.ts')
    expect(existsSync(join(root, 'functions/aws/client.ts'))).toBe(true)
  })
})
