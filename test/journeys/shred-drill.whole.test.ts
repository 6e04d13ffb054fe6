// The shred drill: somebody copied all that the hub keeps before a withdrawal, and afterwards has every role, every KMS
// key and the copy.
//
// One table is not in the copy: ReferralKeys. It is the one thing that shredding rests on, and so it has by design no
// backup, no point-in-time recovery and no stream (test/infra/kept.test.ts), and no role may read more of it than one
// row at a time for a release. The drill looks at ReferralKeys as it stands whenever it tries: whatever key is still
// there, it uses.
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
import { afterAll, describe, expect, test } from 'vitest'
import { hubTemplate, resourcesOf } from '../../infra/local/template.ts'
import type { QueueMessage } from '../../schemas/inbox.ts'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { everyFunction } from '../every-function.ts'
import { breakIn, keysFoundIn, lootOf } from './burglars.ts'
import { type HubPlace, callerOf, hubNow, inboxOf } from './callers.ts'
import { idempotencyKey, raw } from './signed-requests.ts'
import { type Copy, copyOf, messagesIn, putBack, rowsOf, tables } from './drill.ts'
import { ownHub } from './own-hub.ts'
import { isFinished } from './finished.ts'
import { stagesOf, withdraw } from './stages.ts'
import { startHub } from './test-hub.ts'

const first = await ownHub({ contradicts: true })
const { data, lines } = first
let { hub } = first
let place: HubPlace = first
afterAll(() => hub.stop())

const roles = resourcesOf(await hubTemplate(), 'AWS::IAM::Role').map(([id]) => id)
const burglars = () => [
  { name: 'administrator', accessKeyId: hub.aws.credentials.accessKeyId },
  ...roles.map(name => ({ name, accessKeyId: name })),
]

const given = await stagesOf(first)
// One that nobody could take in, in the dead letters.
const parked = await given.submitted(1)
for (let delivery = 1; delivery <= 5; delivery++) {
  const { body } = await given.ala.pull({ waitSeconds: 5 })
  await given.ala.returnMessages(body.messages.map(({ handle }) => handle))
}
await given.ala.pull()
const working = await given.acknowledged(2, {
  payload: { protection: { handling: ['security-alert'] } },
})
await given.moved(working.referralId, 'accepted')
const kept = await given.acknowledged(3)
const waiting = await given.submitted(4)
const keptWaiting = await given.submitted(5)

const withdrawn = [parked, working, waiting]
const untouched = [kept, keptWaiting]
const referrals = [...withdrawn, ...untouched]

/** What can be opened of `copies` and of the keys that are left, and by whom. */
const attempt = async (...copies: Copy[]) =>
  breakIn(hub, lootOf(copies, await rowsOf(hub, 'ReferralKeys')), burglars(), referrals)

const idsIn = (opened: readonly string[]) =>
  [...new Set(opened.map(each => each.slice(0, 36)))].toSorted()
const idsOf = (headers: readonly ReferralHeader[]): string[] =>
  headers.map(({ referralId }) => referralId).toSorted()
const openers = ['PullInboxRole', 'ReleaseReferralRole', 'administrator']

const before = await copyOf(hub, lines)
const keysBefore = await rowsOf(hub, 'ReferralKeys')
const openedBefore = await attempt(before)
for (const { consentId } of withdrawn) await withdraw(place, given.igm, consentId)

/** The recipient asks for the content again, as it may at any time. */
const release = ({ referralId }: ReferralHeader) =>
  raw(place, 'ala-system', {
    path: `/v1/referrals/${referralId}/release`,
    body: JSON.stringify({ purpose: 'training-referral' }),
    headers: { 'idempotency-key': idempotencyKey() },
  })

const nothingIsReleased = async (codes: string[]) => {
  for (const referral of withdrawn) {
    const { status, json, text } = await release(referral)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(codes).toContain(json.code)
    expect(text).not.toContain('payload')
  }
  const { status, json } = await release(kept)
  expect([status, Object.keys(json['payload'] as object)]).toEqual([
    200,
    expect.arrayContaining(['identity', 'migrationStatus']),
  ])
}

/**
 * Puts copied messages of the withdrawn referrals and of one untouched one in the inbox again, as a restored queue
 * would have them.
 */
const deliverAgain = async () => {
  const sqs = new SQSClient(hub.aws)
  const old = new Map<string, string>(
    before.messages
      .filter(text => text.includes('"envelope"'))
      .map(text => [(JSON.parse(text) as QueueMessage).event.subject, text]),
  )
  for (const { referralId } of [parked, waiting, keptWaiting])
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: hub.nameOf('InboxALA'),
        MessageBody: old.get(referralId),
        // A group of its own: the first delivery of the same referral may still be out.
        MessageGroupId: idempotencyKey(),
        MessageDeduplicationId: idempotencyKey(),
      }),
    )
  sqs.destroy()
  const inbox = inboxOf(await callerOf(place, 'ala-system'))
  for (const { referralId } of [parked, waiting]) {
    const [message] = await inbox.about(referralId)
    expect(message).not.toHaveProperty('payload')
    if (message?.event.type === 'referral.requested.v1') expect(message.withheld).toEqual(['all'])
  }
  const [message] = await inbox.about(keptWaiting.referralId)
  expect(message?.payload).toHaveProperty('identity')
  for (const { event, payload } of inbox.pulled)
    if (idsOf(withdrawn).includes(event.subject)) expect(payload).toBeUndefined()
}

test('before the withdrawal the same burglars open everything: the drill works, and finds every part', () => {
  expect(idsIn(openedBefore.opened)).toEqual(idsOf(referrals))
  expect(openedBefore.unwrapped).toEqual(openers)
  expect(openedBefore.opened).toContain(`${working.referralId} protection`)
  for (const { referralId } of referrals)
    for (const part of ['identity', 'migrationStatus', 'trainingProfile', 'external-id'])
      expect(openedBefore.opened).toContain(`${referralId} ${part}`)
})

test('the copy holds the dead letter, the waiting message, the rows and the log', () => {
  for (const referral of [parked, waiting, keptWaiting])
    expect(before.messages.some(text => text.includes(referral.referralId))).toBe(true)
  expect(before.tables['Referrals']?.filter(row => row['envelope']).length).toBe(5)
  for (const table of ['ConsentLedger', 'AccessLog', 'Requests', 'Directory'])
    expect(before.tables[table]?.length).toBeGreaterThan(0)
  expect(lines.length).toBeGreaterThan(10)
})

describe('after the withdrawal', () => {
  test('of the copy and of all that the hub still keeps, nothing of the withdrawn opens; the others still do', async () => {
    const { opened, unwrapped } = await attempt(before, await copyOf(hub, lines))
    expect(idsIn(opened)).toEqual(idsOf(untouched))
    expect(unwrapped).toEqual(openers)
  })

  test('the ciphertext is gone from its row, and from that of no other', async () => {
    const sealed = (await rowsOf(hub, 'Referrals')).flatMap(row =>
      Object.keys(row['envelope']?.M ?? {}).length > 0 ? [row['referralId']?.S ?? ''] : [],
    )
    expect(sealed.toSorted()).toEqual(idsOf(untouched))
    // What inboxes are owed has none, of anybody.
    const owed = await rowsOf(hub, 'Outbox')
    expect(owed.length).toBeGreaterThan(0)
    expect(JSON.stringify(owed)).not.toMatch(/eyJ[\w-]+\.\./)
  })

  test('the dead letter is still there, and shut', async () => {
    const letters = await messagesIn(hub, 'ParkedALA')
    expect(letters.some(text => text.includes(parked.referralId) && text.includes('eyJ'))).toBe(
      true,
    )
  })

  test('the recipient gets nothing by asking again, nor by a message that comes again', async () => {
    await nothingIsReleased(['content-shredded'])
    await deliverAgain()
  })
})

describe('after a backup is put back, the ledger replayed, and the hub restarted,', () => {
  test('nothing of the withdrawn opens, is released or delivered', async () => {
    for (const table of Object.keys(tables))
      await putBack(hub, before, table, { keep: table === 'ConsentLedger' })
    await hub.stop()
    hub = await startHub({
      warm: everyFunction,
      port: 0,
      data,
      now: hubNow(first),
      // The restored rows are looked at when the test says so, not by a schedule in between.
      schedules: false,
      log: line => lines.push(line),
    })
    place = { ...first, url: hub.url }
    const restored = (await rowsOf(hub, 'Referrals')).filter(row => row['envelope'])
    expect(restored.map(row => row['referralId']?.S ?? '').toSorted()).toEqual(idsOf(referrals))
    for (const row of restored)
      expect(Object.keys(row['envelope']?.M ?? {}).length).toBeGreaterThan(1)

    const { opened, unwrapped } = await attempt(before, await copyOf(hub, lines))
    expect(idsIn(opened)).toEqual(idsOf(untouched))
    expect(unwrapped).toEqual(openers)
    // The restored row of the one that was never pulled says that its first opening is the pull: refused for that,
    // then.
    await nothingIsReleased(['content-shredded', 'transition-not-allowed'])
    await deliverAgain()
  })

  test('a withdrawal passed on again finishes it at once; what was asked for, the clock’s work finishes within a minute', async () => {
    const igm = await callerOf(place, 'igm-system')
    const { body } = await withdraw(place, igm, working.consentId)
    expect(body).toMatchObject({ state: 'withdrawn', deletion: 'requested' })
    // The ledger has it already: one word of the person, not two.
    expect(body.events.map(({ event }) => event)).toEqual([
      'granted',
      'withdrawn',
      'deletion-requested',
    ])
    await isFinished({ ...place, hub }, working.referralId, 'IGM')
    // Both were asked for by a pull; their old due times lie months ahead.
    await hub.invoke('referral-hub-RunDueWork', {})
    await isFinished({ ...place, hub }, parked.referralId, 'hub')
    await isFinished({ ...place, hub }, waiting.referralId, 'hub')
    const certificate = (await igm.certificate(parked.consentId)).body
    expect(certificate).toMatchObject({ cause: 'withdrawal', deletion: 'requested' })
    for (const { referralId } of untouched)
      expect((await igm.getReferral(referralId)).body.contentState).not.toBe('shredded')
    await nothingIsReleased(['content-shredded'])
  })

  test('a release that is refused has the clock’s work finish it too', async () => {
    await putBack(hub, before, 'Referrals')
    const { status, json } = await release(working)
    expect([status, json.code]).toEqual([410, 'content-shredded'])
    const igm = await callerOf(place, 'igm-system')
    const stateNow = async () => (await igm.getReferral(working.referralId)).body.contentState
    expect(await stateNow()).toBe('released')
    await hub.invoke('referral-hub-RunDueWork', {})
    expect(await stateNow()).toBe('shredded')
    await putBack(hub, before, 'Referrals')
  })

  test('nothing opens either when the ledger is set back too, so that the hub itself believes in the consent', async () => {
    const dynamodb = new DynamoDBClient(hub.aws)
    for (const { consentId } of withdrawn)
      for (const n of [2, 3])
        await dynamodb.send(
          new DeleteItemCommand({
            TableName: hub.nameOf('ConsentLedger'),
            Key: { consentId: { S: consentId }, n: { N: String(n) } },
          }),
        )
    dynamodb.destroy()
    const igm = await callerOf(place, 'igm-system')
    expect((await igm.getConsent(working.consentId)).body.state).toBe('granted')
    await nothingIsReleased(['content-shredded', 'transition-not-allowed'])
    await deliverAgain()
  })
})

test('after its stop no byte of the folder is a destroyed key, in any spelling', async () => {
  await hub.stop()
  const found = keysFoundIn(data, keysBefore)
  // The search finds what is there.
  expect(found).toEqual(expect.arrayContaining(idsOf(untouched)))
  expect(found.toSorted()).toEqual(idsOf(untouched))
})
