// A function that is killed between any two of its calls changes nothing but time: what the clock, a redrive or a
// notice had not done is done by the next, each thing once, in order.
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, expect, test, vi } from 'vitest'
import { type Hub, startHub } from '../../infra/local/hub.ts'
import { everyFunction } from '../every-function.ts'
import { injector } from '../faults/inject.ts'
import { unlimited } from '../unlimited.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { type HubPlace, callerOf } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { handedOverOn, handoverConsent } from './handovers.ts'
import { takeMinuteByMinute } from './take-all.ts'
import { verifiedLog } from './verified-log.ts'

const data = temporaryFolder('killed')
vi.setConfig({ testTimeout: 900_000 })
const { around, during } = injector()
let hub: Hub | undefined
afterAll(() => hub?.stop())
type Place = HubPlace & { hub: Hub }
const startIn = async (folder: string, now: string): Promise<Place> => {
  await hub?.stop()
  const place = { data: join(data, folder), now: new Date(now), schedules: false, around }
  const tests = { rate: unlimited, warm: everyFunction, log: () => {} }
  hub = await startHub({ port: 0, ...place, ...tests })
  return { url: hub.url, data: place.data, aheadMs: hub.aheadMs, hub }
}
const invoke = (place: Place, name: string) => place.hub.invoke(`referral-hub-${name}`, {})
/** More calls than any of them makes. */
const most = 400
/** Kills it before its first call, before its second, and so on, until it lives; answers how often it died. */
const killedEverywhere = async (place: Place, name: string, work: () => Promise<unknown>) => {
  for (let call = 0; call < most; call++) {
    const { hit, answer } = await during(place.hub)(name, { mode: 'killed-before', call }, () =>
      work().then(() => 'done'),
    )
    if (hit) continue
    // One that nobody killed came to its end.
    expect(answer).toBe('done')
    return call
  }
  throw new Error(`${name} does not come to an end`)
}

/** All that an inbox gives: about what, in which place, and what. */
const taken = async (place: Place, name: 'igm-system' | 'ala-system' | 'oim-system') => {
  const relay = () => invoke(place, 'RelayOutbox')
  return (await takeMinuteByMinute(await callerOf(place, name), relay)).map(({ event }) => {
    const what = event.type === 'referral.requested.v1' ? '' : JSON.stringify(event.data)
    return `${event.subject} ${event.sequence.padStart(3, '0')} ${event.type} ${what}`
  })
}
/** All that can be seen of what the clock did, without its times. */
const seenIn = async (place: Place) => {
  const igm = await callerOf(place, 'igm-system')
  const rows = (await igm.listReferrals({ direction: 'sent', limit: 100 })).body.items
  const headers = rows.map(({ referralId, status, version, contentState, history }) => [
    referralId,
    status,
    version,
    contentState,
    history.map(({ status: was, by, reason }) => [was, by, reason]),
  ])
  const told: string[][] = []
  for (const name of ['igm-system', 'ala-system', 'oim-system'] as const)
    told.push(await taken(place, name))
  const officer = await callerOf(place, 'igm-compliance')
  const { items } = (await officer.accessLog({ institution: 'HUB', limit: 200 })).body
  const acts = items.map(({ action, referralId, status }) => `${action} ${referralId} ${status}`)
  for (const inbox of told) expect(new Set(inbox).size).toBe(inbox.length)
  return {
    headers: headers.toSorted((a, b) => String(a).localeCompare(String(b))),
    told: told.map(inbox => inbox.toSorted()),
    acts: acts.toSorted(),
  }
}
const until = (validUntil: string) => ({ consent: { ...handoverConsent().consent, validUntil } })

test('the clock: killed between any two of its calls, it tells and ends the same, each once', async () => {
  const first = await startIn('a', '2026-11-21T12:00:00.000Z')
  const { submitted, accepted, handedOver } = await handedOverOn(first)
  const whole = until('2028-05-05T05:59:59.999Z')
  for (const n of [1, 2]) await submitted(n, whole)
  await accepted(3, whole)
  await handedOver(4, whole)
  await handedOver(5, until('2026-11-23T05:59:59.999Z'))
  await accepted(6, until('2028-01-20T05:59:59.999Z'))
  await hub?.stop()
  cpSync(join(data, 'a'), join(data, 'b'), { recursive: true })

  // A month before the agreement ends, after more than a year without a hub.
  const then = '2028-01-08T12:00:00.000Z'
  const clean = await startIn('a', then)
  await invoke(clean, 'RunDueWork')
  await invoke(clean, 'RunDueWork')
  const expected = await seenIn(clean)
  expect(new Set(expected.acts.map(act => act.split(' ')[0]))).toEqual(
    new Set([
      'agreement.ending',
      'consent.expire',
      'consent.expiring',
      'referral.not-answered',
      'referral.overdue',
      'referral.shred',
      'referral.stalled',
      'referral.undelivered',
    ]),
  )
  const killed = await startIn('b', then)
  const deaths = await killedEverywhere(killed, 'run-due-work', () => invoke(killed, 'RunDueWork'))
  expect(deaths).toBeGreaterThan(15)
  await invoke(killed, 'RunDueWork')
  expect(await seenIn(killed)).toEqual(expected)
  expect(await verifiedLog(killed)).toMatchObject({ ok: true })
})

test('a redrive: killed between any two of its calls, all comes in the end, in order, once', async () => {
  const place = await startIn('c', '2026-11-21T12:00:00.000Z')
  const { submitted, accepted, moved } = await handedOverOn(place)
  const working = await accepted(1)
  await moved(working.referralId, 'in-progress', 'completed')
  // Three batches of SQS.
  const waiting = Array.from({ length: 24 }, (_, i) => i + 2)
  for (const n of waiting) await submitted(n)
  const sqs = new SQSClient(place.hub.aws)
  for (const inbox of ['IGM', 'ALA'])
    await sqs.send(new PurgeQueueCommand({ QueueUrl: place.hub.nameOf(`Inbox${inbox}`) }))
  sqs.destroy()
  for (const name of ['igm-liaison', 'ala-system'] as const) {
    const client = await callerOf(place, name)
    expect(await killedEverywhere(place, 'redrive-inbox', () => client.redrive())).toBeGreaterThan(
      4,
    )
  }
  const igm = await taken(place, 'igm-system')
  const own = igm.filter(line => line.startsWith(working.referralId))
  expect(own.map(line => Number(line.split(' ')[1]))).toEqual(own.map((_, i) => i + 1))
  expect(own.length).toBeGreaterThan(3)
  expect(new Set(igm).size).toBe(igm.length)
  const ala = await taken(place, 'ala-system')
  expect([ala.length, new Set(ala).size]).toEqual([waiting.length, waiting.length])
})

test('notices: killed between any two of their calls, each is given once, with numbers without gaps', async () => {
  const place = await startIn('c', '2026-11-22T12:00:00.000Z')
  const path = '/v1/agreements/igm-ala-2026/notices'
  const given: string[] = []
  for (const name of ['igm-signatory', 'ala-signatory'] as const) {
    const headers = { 'idempotency-key': idempotencyKey() }
    const body = JSON.stringify({ kind: 'amendment', change: { targetPersons: 300 } })
    const deaths = await killedEverywhere(place, 'post-notice', async () => {
      const { status, json } = await raw(place, name, { path, body, headers })
      if (status === 201) given.push(String(json['number']))
    })
    expect(deaths).toBeGreaterThan(1)
  }
  expect([...new Set(given)]).toEqual(['AV-2026-0001', 'AV-2026-0002'])
  const { body } = await (await callerOf(place, 'ala-signatory')).getAgreement('igm-ala-2026')
  expect(body).toMatchObject({ version: 2, targetPersons: 300, awaiting: [] })
  expect(body.notices).toHaveLength(2)
  expect(await verifiedLog(place)).toMatchObject({ ok: true })
})
