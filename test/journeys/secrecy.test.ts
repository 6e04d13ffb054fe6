// Nothing that names a person is on the hub's disk or in its log, in any spelling: twenty people full of words that
// occur nowhere else.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { KeptLeaf } from '../../functions/aws/access-log/kept-leaf.ts'
import { unpacked } from '../../functions/aws/packed-members.ts'
import { everyFunction } from '../every-function.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { hubNow, inboxOf, systemsOf } from './callers.ts'
import { idempotencyKey, raw, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { rowsOf } from './drill.ts'
import { findIn, person, words } from './secret-words.ts'
import { withdraw, withdrawalAt } from './stages.ts'
import { startHub } from './test-hub.ts'

const data = temporaryFolder('secrecy')
const now = new Date('2026-11-21T12:00:00.000Z')
const lines: string[] = []
const hub = await startHub({
  warm: everyFunction,
  port: 0,
  data,
  now,
  log: line => lines.push(line),
})
const place = { url: hub.url, data, aheadMs: hub.aheadMs }
let stopped: Promise<void> | undefined
const stop = () => (stopped ??= hub.stop())
afterAll(() => stop())

const { igm, ala } = await systemsOf(place)
const ids: string[] = []
for (let n = 1; n <= 20; n++) ids.push((await igm.submitReferral(person(n))).body.referralId)
// And some that are refused, each at another stage.
for (const patch of [
  { recipient: 'XXX' },
  { payload: { migrationStatus: { status: 'other' } } },
  { priority: words.alias },
  { payload: { [words.alias]: words.givenNames } },
])
  await submitRaw(place, submissionOf(21, { ...person(21), ...patch }))
await submitRaw(place, person(1))
await submitRaw(place, `{"${words.alias}":`)

const [pulledOnes, left] = [ids.slice(0, 12), ids.slice(12)] as [string[], string[]]
const inbox = inboxOf(ala)
for (const referralId of pulledOnes.slice(0, 2)) await inbox.about(referralId)
const handleOf = (id: string) =>
  inbox.pulled.find(({ event }) => event.subject === id)?.handle as string
await ala.ack([handleOf(ids[0] as string)])
await ala.returnMessages([handleOf(ids[1] as string)])
// One withdrawn while it is out, one while it waits; their consents and certificates are looked at below.
const gone = [ids[2], left[0]] as [string, string]
const consentIds: string[] = []
for (const referralId of gone) {
  const { consentId } = (await igm.getReferral(referralId)).body
  consentIds.push(consentId)
  await withdraw(place, igm, consentId)
}
await ala.confirmDeletion(consentIds[0] as string, { at: hubNow(place).toISOString() })
await igm.changeStatus(left.at(-1) as string, { status: 'cancelled', reason: 'other' }, '"1"')

describe('while the hub runs', () => {
  test('its answers hold what was sent only where they must: for the recipient, after the log', () => {
    const message = inbox.pulled.find(({ event }) => event.subject === ids[0])
    const found = findIn(Buffer.from(JSON.stringify(message?.payload)))
    expect(found.filter(each => each.endsWith('UTF-8')).length).toBeGreaterThanOrEqual(
      Object.keys(words).length - 1,
    )
    expect(findIn(Buffer.from(JSON.stringify({ ...message, payload: undefined })))).toEqual([])
  })

  test('lists and headers hold none of it, the sender’s own number apart, which the sender alone sees', async () => {
    const own = JSON.stringify((await igm.listReferrals({ direction: 'sent', limit: 200 })).body)
    expect(findIn(Buffer.from(own))).toEqual(['externalId in UTF-8'])
    for (const query of ['direction=received', 'direction=received&status=cancelled']) {
      const { text } = await raw(place, 'ala-system', { path: '/v1/referrals', query })
      expect(text).toContain(left.at(-1))
      expect(findIn(Buffer.from(text))).toEqual([])
    }
    const header = await raw(place, 'ala-liaison', { path: `/v1/referrals/${ids[0]}` })
    expect([header.status, findIn(Buffer.from(header.text))]).toEqual([200, []])
  })

  test('consents, withdrawals and certificates hold none of it, as data or as a page', async () => {
    const body = JSON.stringify(withdrawalAt(place))
    for (const consentId of consentIds) {
      const path = `/v1/consents/${consentId}`
      const headers = { 'idempotency-key': idempotencyKey() }
      const answers = [
        await raw(place, 'igm-system', { path }),
        await raw(place, 'ala-compliance', { path }),
        await raw(place, 'ala-system', { path: `${path}/withdrawal`, body, headers }),
        await raw(place, 'igm-liaison', { path: `${path}/certificate` }),
        await raw(place, 'ala-liaison', {
          path: `${path}/certificate`,
          headers: { accept: 'text/html' },
        }),
      ]
      for (const { status, text } of answers) {
        expect(status).toBe(200)
        expect(text).toContain(consentId)
        expect(findIn(Buffer.from(text))).toEqual([])
      }
    }
  })

  test('of a withdrawn referral the sender’s own number is gone as well', async () => {
    for (const referralId of gone) {
      const { text } = await raw(place, 'igm-system', { path: `/v1/referrals/${referralId}` })
      expect(text).toContain('shredded')
      expect(findIn(Buffer.from(text))).toEqual([])
    }
    const { items } = (await igm.listReferrals({ direction: 'sent', limit: 200 })).body
    for (const item of items) expect('externalId' in item).toBe(!gone.includes(item.referralId))
  })

  test('no entry of the access log holds any of it, of whatever it keeps deflated', async () => {
    const rows = await rowsOf(hub, 'AccessLog')
    const leaves = rows.flatMap(({ leaf }) => (leaf?.B ? [KeptLeaf.parse(leaf.B)] : []))
    expect(leaves.filter(leaf => leaf.includes(ids[0] as string))).not.toEqual([])
    for (const leaf of leaves) expect(findIn(Buffer.from(leaf))).toEqual([])
  })

  test('no row of a referral holds any of it, of what it keeps deflated', async () => {
    const rows = (await rowsOf(hub, 'Referrals')).filter(({ course }) => course?.B)
    expect(rows).toHaveLength(20)
    for (const row of rows) {
      const members = JSON.stringify(unpacked(unmarshall(row)))
      expect(members).toContain('"history":[{"status":"requested"')
      expect(findIn(Buffer.from(members))).toEqual([])
    }
  })

  test('the access log holds none of it', async () => {
    for (const officer of ['igm-compliance', 'ala-compliance'] as const) {
      const { text } = await raw(place, officer, { path: '/v1/access-log', query: 'limit=200' })
      expect(text).toContain(ids[0])
      expect(findIn(Buffer.from(text))).toEqual([])
    }
  })
})

test('the search finds each spelling wherever it begins', () => {
  for (const encoding of ['utf8', 'utf16le', 'hex', 'base64', 'base64url'] as const)
    for (let shift = 0; shift < 4; shift++) {
      const text = Buffer.from(`${'.'.repeat(shift)}${words.alias}..`).toString(
        encoding === 'utf16le' || encoding === 'utf8' ? 'utf8' : encoding,
      )
      const bytes = Buffer.from(text, encoding === 'utf16le' ? 'utf16le' : 'utf8')
      expect([encoding, shift, findIn(bytes, { alias: words.alias }).length > 0]).toEqual([
        encoding,
        shift,
        true,
      ])
    }
})

test('after its stop no byte of its folder and no line of its log spells any of it', async () => {
  await stop()
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter(each =>
    each.isFile(),
  )
  const found: string[] = []
  let all = ''
  for (const file of files) {
    const path = join(file.parentPath, file.name)
    const bytes = readFileSync(path)
    found.push(...findIn(bytes).map(each => `${each} of ${path.slice(data.length)}`))
    all += bytes.toString('latin1')
  }
  expect(found).toEqual([])
  // The folder is the right one: the referrals are in it.
  for (const id of ids) expect(all).toContain(id)

  expect(lines.length).toBeGreaterThan(30)
  expect(findIn(Buffer.from(lines.join('\n')))).toEqual([])
})
