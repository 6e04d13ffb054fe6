// Both parties hear that their agreement is about to end: in order, once, whatever is lost on the way, and also when
// the hub was down on the day.
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import type { Hub } from '../../infra/local/hub.ts'
import { Instant } from '../../schemas/ids.ts'
import { callerOf, systemsOf } from './callers.ts'
import { idempotencyKey } from './signed-requests.ts'
import { hubOnDays, runDueWork } from './hub-on-days.ts'
import { verifiedLog } from './verified-log.ts'
import { takeAll } from './take-all.ts'

const id = 'igm-ala-2026'
const endsAt = '2028-02-05T05:59:59.999Z'
const day = 86_400_000
const daysBefore = (n: number) => Date.parse(endsAt) - n * day
const startAt = hubOnDays()
/** Twice: what was told is not told again. */
const runTwice = async (place: { hub: Hub }) => {
  await runDueWork(place)
  await runDueWork(place)
}
type Client = Awaited<ReturnType<typeof callerOf>>
const pull = async (client: Client) => (await client.pull({ max: 10 })).body.messages
const ending = (sequence: string, days: number, at = endsAt) => ({
  type: 'agreement.ending.v1',
  subject: id,
  sequence,
  data: { endsAt: at, days },
})

test('90 days before, each party is told once, by an event of the agreement that can be given back', async () => {
  await runTwice(await startAt(daysBefore(91)))
  const place = await startAt(daysBefore(90) + 1)
  await runTwice(place)
  for (const name of ['igm-system', 'ala-system'] as const) {
    const client = await callerOf(place, name)
    const [message, ...more] = await pull(client)
    expect([message, more]).toMatchObject([
      { receiveCount: 1, event: { specversion: '1.0', ...ending('1', 90) } },
      [],
    ])
    expect(message).not.toHaveProperty('payload')
    const handle = message?.handle as string
    expect((await client.returnMessages([handle])).body.results).toEqual([{ handle, ok: true }])
    const [again] = await pull(client)
    expect(again).toMatchObject({ receiveCount: 2, event: ending('1', 90) })
    // What another institution was given is not mine to settle.
    const other = await callerOf(place, name === 'igm-system' ? 'ala-system' : 'igm-system')
    expect((await other.ack([handle])).body.results).toMatchObject([{ code: 'handle-unknown' }])
    for (let n = 0; n < 2; n++)
      expect((await client.ack([again?.handle as string])).body.results).toMatchObject([
        { ok: true },
      ])
    expect(await pull(client)).toEqual([])
  }
})

test('a hub that was down for both days tells both, in order; a queue that is lost loses neither', async () => {
  const place = await startAt(daysBefore(29))
  await runTwice(place)
  const sqs = new SQSClient(place.hub.aws)
  await sqs.send(new PurgeQueueCommand({ QueueUrl: place.hub.nameOf('InboxALA') }))
  sqs.destroy()
  const { igm, ala } = await systemsOf(place)
  expect(await pull(ala)).toEqual([])
  expect((await (await callerOf(place, 'ala-liaison')).redrive()).body).toEqual({ redriven: 2 })
  for (const client of [ala, igm]) {
    const told = (await takeAll(client)).map(({ event }) => event)
    expect(told).toMatchObject([ending('2', 60), ending('3', 30)])
    expect(told).toHaveLength(2)
  }
  expect((await (await callerOf(place, 'ala-liaison')).redrive()).body).toEqual({ redriven: 0 })
})

test('a renewal makes another end, and a rescission another: each is told of in its time', async () => {
  const place = await startAt(daysBefore(28))
  const until = Instant.parse('2030-02-05T05:59:59.999Z')
  for (const name of ['igm-signatory', 'ala-signatory'] as const)
    await (await callerOf(place, name)).giveNotice(id, { kind: 'renewal', until }, idempotencyKey())
  await runTwice(place)
  const igm = await callerOf(place, 'igm-system')
  expect(await pull(igm)).toEqual([])
  // Received on 8 December 2027; 90 days before the end lie before the notice.
  const rescission = { kind: 'rescission', receivedOn: '2027-12-08' } as const
  const signatory = await callerOf(place, 'ala-signatory')
  await signatory.giveNotice(id, rescission, idempotencyKey())
  const ends = (await signatory.getAgreement(id)).body.endsAt
  expect(ends).toBe('2028-03-08T05:59:59.999Z')
  await runTwice(place)
  const messages = await pull(igm)
  expect(messages.map(({ event }) => event)).toMatchObject([ending('4', 60, ends)])
  await igm.ack(messages.map(({ handle }) => handle))
})

test('each was entered in the log, for the officers of both parties, and the log holds', async () => {
  const place = await startAt(daysBefore(27))
  for (const name of ['igm-compliance', 'ala-compliance'] as const) {
    const officer = await callerOf(place, name)
    const { items } = (await officer.accessLog({ action: 'agreement.ending' })).body
    expect(items.toReversed().map(({ actor, ending: told }) => [actor.institution, told])).toEqual(
      [
        [90, endsAt],
        [60, endsAt],
        [30, endsAt],
        [60, '2028-03-08T05:59:59.999Z'],
      ].map(([days, at]) => ['HUB', { agreementId: id, endsAt: at, days }]),
    )
  }
  const officer = await callerOf(place, 'igm-compliance')
  const acks = (await officer.accessLog({ action: 'inbox.ack', institution: 'ALA' })).body.items
  expect(acks.length).toBeGreaterThan(0)
  expect(await verifiedLog(place)).toMatchObject({ ok: true })
})
