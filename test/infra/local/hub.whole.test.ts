import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { calculateJwkThumbprint } from 'jose'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Hub, type HubOptions, startHub } from '../../../infra/local/hub.ts'
import type { HubFile } from '../../../infra/local/signing-keys.ts'
import { holdPortOf } from '../../held-port.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { machineFolder } from './fragment.ts'

const started = async (options: HubOptions = {}) => {
  const hub = await startHub({ log: () => {}, ...options })
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= hub.stop())
  onTestFinished(stop)
  return { ...hub, stop }
}
const hubFile = (data: string) =>
  JSON.parse(readFileSync(join(data, 'hub.json'), 'utf8')) as HubFile
const mode = (file: string) => statSync(file).mode & 0o777

const row = async (
  hub: { aws: Awaited<ReturnType<typeof startHub>>['aws']; nameOf: (id: string) => string },
  pk: string,
) => {
  const dynamodb = new DynamoDBClient(hub.aws)
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: hub.nameOf('Directory'), Key: { pk: { S: pk } } }),
  )
  dynamodb.destroy()
  return Item
}

/** One that tests look at and leave as it is. */
const oneFolder = join(temporaryFolder('local'), 'data')
let one: Hub
beforeAll(async () => {
  one = await startHub({ data: oneFolder, log: () => {} })
})
afterAll(() => one.stop())

describe('the local hub', { timeout: 60_000 }, () => {
  test('serves, and hub.json tells clients where and with which keys', async () => {
    const { url, authority, ...hub } = one
    expect(url).toBe(`http://${authority}`)
    expect((await fetch(`${url}/v1/health`)).status).toBe(200)
    const written = hubFile(oneFolder)
    expect(written).toEqual({ url, authority, keys: hub.keys })
    expect(
      written.keys.map(({ name, institution, roles }) => [name, institution, ...roles]),
    ).toEqual([
      ['igm-system', 'IGM', 'referrer'],
      ['igm-liaison', 'IGM', 'liaison'],
      ['igm-compliance', 'IGM', 'compliance-officer'],
      ['ala-system', 'ALA', 'recipient'],
      ['ala-liaison', 'ALA', 'liaison'],
      ['ala-compliance', 'ALA', 'compliance-officer'],
      ['oim-system', 'OIM', 'recipient'],
      ['stranger', 'XXX', 'referrer', 'recipient', 'compliance-officer'],
      ['igm-liaison-2', 'IGM', 'liaison'],
      ['ala-liaison-2', 'ALA', 'liaison'],
      ['igm-signatory', 'IGM', 'signatory'],
      ['ala-signatory', 'ALA', 'signatory'],
    ])
    expect(mode(join(oneFolder, 'keys'))).toBe(0o700)
    expect(mode(join(oneFolder, 'hub.json'))).toBe(0o600)
    expect(mode(join(oneFolder, 'kms.json'))).toBe(0o600)
    for (const { file, keyid, alg } of written.keys) {
      expect([isAbsolute(file), mode(file), alg]).toEqual([true, 0o600, 'ed25519'])
      const jwk = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
      expect(Object.keys(jwk).toSorted()).toEqual(['crv', 'd', 'kty', 'x'])
      expect(await calculateJwkThumbprint(jwk)).toBe(keyid)
      // RFC 7638 §3.2, written out.
      const canonical = `{"crv":"Ed25519","kty":"OKP","x":"${jwk['x']}"}`
      expect(createHash('sha256').update(canonical).digest('base64url')).toBe(keyid)
    }
  })

  test('knows its callers, their institutions and the agreement', async () => {
    const hub = one
    for (const { keyid, institution } of hub.keys)
      expect(await row(hub, `key#${keyid}`)).toMatchObject({
        institution: { S: institution },
        validFrom: { S: '2026-01-01T00:00:00.000Z' },
        validUntil: { S: '2036-01-01T00:00:00.000Z' },
      })
    expect(await row(hub, `key#${hub.keys[0]?.keyid}`)).not.toHaveProperty('jwk.M.d')
    expect(await row(hub, 'institution#ALA')).toMatchObject({
      agreements: { L: [{ S: 'igm-ala-2026' }] },
    })
    expect(await row(hub, 'institution#XXX')).toMatchObject({ agreements: { L: [] } })
    expect(await row(hub, 'agreement#igm-ala-2026')).toMatchObject({
      inForceFrom: { S: '2026-02-05T06:00:00.000Z' },
    })
  })

  test('keeps keys across a restart at another port, and a key revoked meanwhile stays revoked', async () => {
    const data = machineFolder()
    const first = await started({ data })
    const { keyid } = first.keys[3] ?? { keyid: '' }
    await new DynamoDBClient(first.aws).send(
      new UpdateItemCommand({
        TableName: first.nameOf('Directory'),
        Key: { pk: { S: `key#${keyid}` } },
        UpdateExpression: 'SET revokedAt = :at',
        ExpressionAttributeValues: { ':at': { S: '2026-06-01T00:00:00.000Z' } },
      }),
    )
    await first.stop()
    await holdPortOf(first.url)
    const second = await started({ data })
    expect(second.keys).toEqual(first.keys)
    expect(hubFile(data).url).toBe(second.url)
    expect(second.url).not.toBe(first.url)
    expect(await row(second, `key#${keyid}`)).toMatchObject({
      revokedAt: { S: '2026-06-01T00:00:00.000Z' },
    })
  })

  test('refuses a data folder that another hub uses, and leaves that one alone', async () => {
    await expect(startHub({ data: oneFolder, log: () => {} })).rejects.toThrow(
      'in use by another hub',
    )
    expect((await fetch(`${one.url}/v1/health`)).status).toBe(200)
    expect(hubFile(oneFolder).url).toBe(one.url)
  })

  test('runs several times at once in one process, each with its own data', async () => {
    const hubs = [one, ...(await Promise.all([started(), started()]))]
    const answers = await Promise.all(hubs.map(({ url }) => fetch(`${url}/v1/health`)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(hubs.flatMap(({ keys }) => keys.map(({ keyid }) => keyid))).size).toBe(36)
  })

  test('leaves nothing behind when it is ephemeral, and touches nothing that was there', async () => {
    const parent = machineFolder()
    const data = join(parent, 'data')
    const hub = await started({ data, ephemeral: true })
    expect(hubFile(data).url).toBe(hub.url)
    expect(readdirSync(data)).not.toContain('kms.json')
    expect(readdirSync(data)).not.toContain('dynamodb.sqlite')
    await hub.stop()
    expect(existsSync(data)).toBe(false)

    mkdirSync(data)
    writeFileSync(join(data, 'mine.txt'), 'mine')
    const kept = await started({ data })
    await kept.stop()
    const before = readdirSync(data).toSorted()
    const again = await started({ data, ephemeral: true })
    expect(again.keys).toEqual(kept.keys)
    await again.stop()
    expect(readdirSync(data).toSorted()).toEqual(before)
  })

  test('has the clock it is given, in its functions’ own log; and without a data folder a temporary one', async () => {
    const lines: string[] = []
    const hub = await started({
      now: new Date('2027-03-01T15:00:00Z'),
      log: line => lines.push(line),
    })
    const { headers } = await fetch(`${hub.url}/v1/health`)
    expect(headers.get('date')).toMatch(/^Mon, 01 Mar 2027 15:0/)
    // Its functions' SDK must not take this machine's date for skew: it would try again what was refused.
    expect((await fetch(hub.aws.endpoint, { method: 'POST' })).headers.get('date')).toBeNull()
    await expect
      .poll(() => lines.join('\n'), { timeout: 5000 })
      .toMatch(/"time":"2027-03-01T15:0\d:\d\d\.\d{3}Z"/)
    expect(lines.join()).not.toContain(`"time":"${new Date().toISOString().slice(0, 10)}`)
    expect(existsSync(join(hub.data, 'hub.json'))).toBe(true)
    await hub.stop()
    expect(existsSync(hub.data)).toBe(false)
  })

  test('its functions may only do what the permission table says', async () => {
    // get-health may not write; a body of nonsense changes nothing of that.
    const hub = one
    const credentials = { ...hub.aws.credentials, accessKeyId: 'GetHealthRole' }
    const dynamodb = new DynamoDBClient({ ...hub.aws, credentials, maxAttempts: 1 })
    const write = dynamodb.send(
      new UpdateItemCommand({
        TableName: hub.nameOf('Directory'),
        Key: { pk: { S: randomBytes(8).toString('hex') } },
      }),
    )
    await expect(write).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })
})
