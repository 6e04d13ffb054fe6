// The first keys: the deployment enrols them, by the command line, straight into the directory.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newKey, publicHalf } from '../../signatures/keys.ts'
import { hub, records } from './cli.ts'
import { lineHub } from './line-hub.ts'

const made = await newKey()
const second = { keyid: made.keyid, jwk: publicHalf(made.jwk) }
const { folder, running } = await lineHub(async into => {
  const file = join(into, 'first.json')
  const first = [{ institution: 'IGM', roles: ['liaison'], jwk: second.jwk }]
  await writeFile(file, JSON.stringify(first))
  return file
})
const inFolder = (name: string) => join(folder, name)

/** `hub admin enrol`, with the credentials of somebody who may do anything. */
const enrol = (args: string[], env: Record<string, string> = {}) => {
  const { accessKeyId, secretAccessKey, sessionToken } = running.aws.credentials
  return hub(['admin', 'enrol', '--json', ...args], {
    // The AWS SDK reads the environment of its process.
    apart: true,
    env: {
      AWS_REGION: running.aws.region,
      AWS_ENDPOINT_URL_DYNAMODB: running.aws.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      ...env,
    },
  })
}
const log = () => ['--log-table', running.nameOf('AccessLog')]
const outcome = ({ out }: { out: string }) =>
  new Set(records(out).map(({ what, done }) => `${String(what)} ${String(done)}`))

describe('hub admin enrol', () => {
  const TableName = 'a-deployed-directory'
  let dynamodb: DynamoDBClient
  beforeAll(async () => {
    dynamodb = new DynamoDBClient(running.aws)
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    )
  })
  afterAll(() => dynamodb.destroy())

  const rows = async () => (await dynamodb.send(new ScanCommand({ TableName }))).Items ?? []
  const usual = () => ['--table', TableName, ...log(), '--keys', inFolder('first.json')]

  test('with --dry-run it shows what it would add, and adds nothing', async () => {
    const ran = await enrol([...usual(), '--dry-run'])
    expect(outcome(ran)).toEqual(
      new Set(['agreement would-add', 'institution would-add', 'key would-add']),
    )
    expect(await rows()).toEqual([])
  }, 30_000)

  test('it adds institutions, agreements and keys, and what is there it leaves as it is', async () => {
    expect(outcome(await enrol(usual()))).toEqual(
      new Set(['agreement added', 'institution added', 'key added']),
    )
    const before = await rows()
    expect(before.map(({ pk }) => pk?.S).toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual([
      'agreement#igm-ala-2026',
      ...['ALA', 'IGM', 'OIM', 'XXX'].map(code => `institution#${code}`),
      'institutions',
      `key#${second.keyid}`,
      'key-histories',
    ])
    const again = await enrol(usual())
    expect(outcome(again)).toEqual(new Set(['agreement kept', 'institution kept', 'key kept']))
    expect(await rows()).toEqual(before)
  }, 30_000)

  test('without the table of the log nothing is written: a key without its entry is none', async () => {
    const before = await rows()
    const ran = await enrol(['--table', TableName, '--keys', inFolder('first.json')])
    expect([ran.code, ran.err.includes('--log-table')]).toEqual([2, true])
    const nowhere = ['--log-table', 'no-such-table', '--keys', inFolder('new.json')]
    const { jwk } = await newKey()
    await writeFile(
      inFolder('new.json'),
      JSON.stringify([{ institution: 'IGM', roles: ['liaison'], jwk: publicHalf(jwk) }]),
    )
    expect((await enrol(['--table', TableName, ...nowhere])).code).toBe(2)
    expect(await rows()).toEqual(before)
  }, 30_000)

  test('a key stays its institution’s, and is listed with no other', async () => {
    const file = inFolder('theirs.json')
    await writeFile(
      file,
      JSON.stringify([{ institution: 'ALA', roles: ['liaison'], jwk: second.jwk }]),
    )
    const before = await rows()
    expect(outcome(await enrol(['--table', TableName, ...log(), '--keys', file]))).toContain(
      'key kept',
    )
    expect(await rows()).toEqual(before)
  }, 30_000)

  test('a key that was revoked since stays revoked', async () => {
    const why = ['--reason', 'cessation-of-operation', '--hub', folder]
    const revoked = await hub(['keys', 'revoke', 'IGM', '--yes', '--keyid', second.keyid, ...why])
    expect(revoked, revoked.err).toMatchObject({ code: 0 })
    const Directory = running.nameOf('Directory')
    const ran = await enrol(['--table', Directory, ...log(), '--keys', inFolder('first.json')])
    expect(outcome(ran)).toEqual(new Set(['agreement kept', 'institution kept', 'key kept']))
    const key = { pk: { S: `key#${second.keyid}` } }
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: Directory, Key: key }))
    expect(Item?.['revocationReason']).toEqual({ S: 'cessation-of-operation' })
  }, 30_000)

  test.each<[string, unknown, string]>([
    ['nothing', [], '(/)'],
    ['no list', {}, '(/)'],
    [
      'a private key',
      [{ institution: 'IGM', roles: ['liaison'], jwk: { d: 'secreto' } }],
      '/0/jwk',
    ],
    [
      'a weak key',
      [
        {
          institution: 'IGM',
          roles: ['liaison'],
          jwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
        },
      ],
      '/0/jwk',
    ],
  ])('a file with %s is refused, and not a word of it repeated', async (_, list, where) => {
    const file = inFolder('wrong.json')
    await writeFile(file, JSON.stringify(list))
    const { code, err, out } = await enrol(['--table', TableName, ...log(), '--keys', file])
    expect(err).toContain(where)
    expect(err + out).not.toContain('secreto')
    expect(code).toBe(2)
  })

  test('a key of an institution that nobody declared is refused before anything is written', async () => {
    const file = inFolder('wrong.json')
    await writeFile(
      file,
      JSON.stringify([{ institution: 'ZZZ', roles: ['liaison'], jwk: second.jwk }]),
    )
    const { code, err } = await enrol(['--table', TableName, ...log(), '--keys', file])
    expect([code, err.includes('/0/institution')]).toEqual([2, true])
  })

  test('what AWS refuses is told by its name alone', async () => {
    const missing = await enrol(['--table', 'no-such-table', ...log()])
    expect([missing.code, missing.err.includes('ResourceNotFoundException')]).toEqual([2, true])
    const stranger = await enrol(usual(), { AWS_SESSION_TOKEN: 'wrong' })
    expect(stranger.code).toBe(2)
    expect(stranger.err).toMatch(/AWS no lo hizo \(\w+\)/)
  }, 30_000)
})
