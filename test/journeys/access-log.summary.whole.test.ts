// What an officer asks of a log of several zones: what was opened, by which key, in numbers, and one entry with its
// proof.
import { UpdateItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, describe, expect, test } from 'vitest'
import { toItem } from '../../functions/aws/dynamodb.ts'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { inboxOf, refusalOf } from './callers.ts'
import { raw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { officersOf } from './officers.ts'
import { emptyHub } from './empty-hub.ts'
import { recount } from './recount.ts'
import { readVerifier, verifyProof } from './tlog-reader.ts'

const hub = await emptyHub()
const { igm, ala, officers, keyids } = await officersOf(hub)
const inbox = inboxOf(ala)
const minute = () => hub.hub.invoke('referral-hub-SequenceAccessLog', {})

const submitted: { referralId: string }[] = []
for (let n = 1; n <= 4; n++) {
  const { body } = await igm.submitReferral(submissionOf(n))
  const [message] = await inbox.about(body.referralId)
  await ala.ack([message?.handle as string])
  submitted.push(body)
}
// More than a zone, then what the index and the counts have not taken up.
for (let n = 0; n < 27; n++)
  await Promise.all(
    Array.from({ length: 10 }, () => igm.getReferral(submitted[0]?.referralId as string)),
  )
await minute()
await refusalOf(ala.release(submitted[1]?.referralId as string, 'aggregate-reporting'))
await ala.release(submitted[2]?.referralId as string, 'training-referral')

const all = async (filters: object, who: keyof typeof officers = 'IGM') => {
  const entries: AccessLogEntry[] = []
  for await (const entry of officers[who].everyEntry({ limit: 200, ...filters }))
    entries.push(entry)
  return entries
}
const ids = (some: AccessLogEntry[]) => some.map(({ id }) => id)
const days = { from: '2026-11-21', to: '2026-11-22' }

describe('a query', () => {
  test.each(['protection', 'identity', 'contact'] as const)(
    'for %s shows the releases that opened it, and combines with the other filters',
    async category => {
      const entries = await all({})
      const expected = entries.filter(
        ({ action, outcome, categories }) =>
          action === 'referral.release' && outcome === 'allowed' && categories?.includes(category),
      )
      expect(ids(await all({ category }))).toEqual(ids(expected))
      expect(ids(await all({ category, keyid: keyids['ala-system'] }))).toEqual(ids(expected))
      expect(await all({ category, keyid: keyids['igm-system'] })).toEqual([])
      const [, second] = expected
      const from = second?.time
      expect(ids(await all({ category, from }))).toEqual(
        ids(expected.filter(({ time }) => from === undefined || time >= from)),
      )
      if (category === 'identity') expect(expected.length).toBe(5)
    },
  )

  test('takes the first eight characters of a keyid or more', async () => {
    const keyid = keyids['ala-system'] as string
    const shown = (await officers.IGM.accessLog({ keyid, action: 'referral.release' })).body.items
    expect(shown.length).toBeGreaterThan(4)
    for (const length of [8, 20, 43]) {
      const { body } = await officers.IGM.accessLog({
        keyid: keyid.slice(0, length),
        action: 'referral.release',
      })
      expect(body.items.map(({ id }) => id)).toEqual(shown.map(({ id }) => id))
    }
  })

  test('says which field is wrong where a prefix fits no key, or several, and names none of them', async () => {
    const keyid = keyids['oim-system'] as string
    const dynamodb = new DynamoDBClient(hub.hub.aws)
    afterAll(() => dynamodb.destroy())
    const list = (verb: 'ADD' | 'DELETE') =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName: hub.hub.nameOf('Directory'),
          Key: toItem({ pk: 'institution#XXX' }),
          UpdateExpression: `${verb} keyids :keyid`,
          ExpressionAttributeValues: toItem({
            ':keyid': new Set([`${keyid.slice(0, 9)}${'A'.repeat(34)}`]),
          }),
        }),
      )
    const ask = (query: string) =>
      raw(hub, 'igm-compliance', { path: '/v1/access-log', query: `keyid=${query}` })
    await list('ADD')
    const ambiguous = await ask(keyid.slice(0, 9))
    expect(ambiguous.status).toBe(422)
    expect(ambiguous.json.errors).toEqual([{ pointer: '/keyid', code: 'ambiguous' }])
    expect(ambiguous.text).not.toContain(keyid.slice(0, 9))
    expect((await ask(keyid.slice(0, 10))).status).toBe(200)
    expect((await ask(keyid)).status).toBe(200)
    await list('DELETE')
    expect((await ask(keyid.slice(0, 9))).status).toBe(200)
    const none = await ask('________')
    expect([none.status, none.json.errors]).toEqual([
      422,
      [{ pointer: '/keyid', code: 'no-such-key' }],
    ])
    const short = await ask(keyid.slice(0, 7))
    expect([short.status, short.json.errors]).toEqual([
      422,
      [{ pointer: '/keyid', code: 'wrong-format' }],
    ])
  })
})

const askedSummary = async (query: string) => {
  const { status, json } = await raw(hub, 'igm-compliance', {
    path: '/v1/access-log/summary',
    query,
  })
  return [status, json.errors]
}

describe('a summary', () => {
  test.each(['IGM', 'ALA'] as const)(
    'for the officer of %s counts what that officer is shown, counted or not yet',
    async who => {
      for (const counted of [false, true]) {
        if (counted) await minute()
        const { body } = await officers[who].logSummary(days)
        const later = await all({}, who)
        // Its own entry is in it; what came later is not.
        const own = later.find(({ request }) => request.path === '/v1/access-log/summary')
        const until = later.filter(({ index = -1 }) => index <= (own?.index as number))
        expect(until.length).toBeGreaterThan(270)
        expect(body).toEqual(recount(until))
      }
    },
  )

  test('leaves out other days, and tells what is wrong with a span', async () => {
    expect((await officers.IGM.logSummary({ from: '2026-11-01', to: '2026-11-20' })).body).toEqual({
      days: [],
      releases: [],
    })
    expect(await askedSummary('from=2025-11-20')).toEqual([
      422,
      [{ pointer: '/to', code: 'too-many-days' }],
    ])
    expect((await askedSummary('from=2025-11-22'))[0]).toBe(200)
    expect((await askedSummary('to='))[0]).toBe(422)
    const { body } = await officers.IGM.logSummary()
    expect(body.days.map(({ day }) => day)).toEqual(['2026-11-21'])
    expect((await officers.IGM.logSummary({ to: '2026-11-20' })).body.days).toEqual([])
    expect(await askedSummary('from=2026-11-21&to=2026-11-20')).toEqual([
      422,
      [{ pointer: '/to', code: 'before-from' }],
    ])
    expect(await askedSummary('from=2025-11-21&to=2026-11-22')).toEqual([
      422,
      [{ pointer: '/to', code: 'too-many-days' }],
    ])
    expect(await askedSummary('from=2026-02-30&to=2026-03-01')).toEqual([
      422,
      [{ pointer: '/from', code: 'wrong-format' }],
    ])
    expect((await askedSummary('from=2025-11-21&to=2026-11-21'))[0]).toBe(200)
  })

  test('is for officers of a party alone', async () => {
    const query = 'from=2026-11-21&to=2026-11-21'
    for (const name of ['igm-system', 'ala-liaison', 'oim-system', 'stranger'] as const)
      expect((await raw(hub, name, { path: '/v1/access-log/summary', query })).status).toBe(403)
  })
})

describe('one entry', () => {
  test('comes with its bytes and a proof that holds without the hub', async () => {
    const verifier = readVerifier((await officers.ALA.logKey()).body)
    const [release] = await all({ action: 'referral.release', outcome: 'allowed' })
    const index = release?.index as number
    await minute()
    const { body } = await officers.ALA.logEntry(index)
    expect(body.entry).toEqual(release)
    const leaf = Buffer.from(body.leaf, 'base64')
    const { index: _, ...logged } = release as AccessLogEntry
    expect(JSON.parse(leaf.toString())).toEqual(logged)
    expect(verifyProof(body.proof, leaf, verifier).index).toBe(index)
    expect(() => verifyProof(body.proof, Buffer.concat([leaf, Buffer.of(32)]), verifier)).toThrow()
  })

  test('of others is forbidden, and the refusal is an entry; a place that is not signed yet has none', async () => {
    await raw(hub, 'oim-system', { path: '/v1/referrals' })
    await minute()
    const foreign = await (async () => {
      const [newest] = (await officers.IGM.accessLog({ limit: 1 })).body.items
      for (let index = newest?.index as number; index > 300; index--) {
        const { status, headers } = await raw(hub, 'igm-compliance', {
          path: `/v1/access-log/entries/${index}`,
        })
        if (status === 403) return headers.get('x-request-id')
      }
      return undefined
    })()
    const denied = await all({ action: 'access-log.read', outcome: 'denied' })
    expect(denied.map(({ request }) => request.id)).toContain(foreign)
    const { status, json } = await raw(hub, 'igm-compliance', {
      path: '/v1/access-log/entries/999999',
    })
    expect([status, json.code]).toEqual([404, 'not-yet-sequenced'])
    for (const name of ['igm-liaison', 'oim-system', 'stranger'] as const)
      expect((await raw(hub, name, { path: '/v1/access-log/entries/0' })).status).toBe(403)
  })
})
