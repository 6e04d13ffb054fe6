// Rows can age: today's hub on a copy of what version 0.1.0 left behind (test/data/written-by-0.1.0). Everything that a
// party could do with it then, it can do now.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { exportLog } from '../../bin/export-log.ts'
import { fsck } from '../../fsck/data-folder.ts'
import type { Projection } from '../../schemas/payload.ts'
import type { ReferralHeader, Status } from '../../schemas/referral.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { everyFunction } from '../every-function.ts'
import { callerOf, hubNow, inboxOf, refusalOf, systemsOf } from './callers.ts'
import { raw, submitRaw } from './signed-requests.ts'
import { cosignature, jwkOf, keyidOf, secondsNow } from './cosigning.ts'
import { textOf } from './checkpoint-notes.ts'
import { accepted, checkpointOf, offer } from './offering.ts'
import { rowsOf } from './drill.ts'
import { changeKey, oneYear } from './key-changes.ts'
import { withdraw } from './stages.ts'
import { startHub } from './test-hub.ts'
import { takeAll } from './take-all.ts'

const written = join(import.meta.dirname, '../data/written-by-0.1.0')

type Kept = Pick<ReferralHeader, 'referralId' | 'folio' | 'consentId'> & {
  externalId: string
  payload: Projection
}
type Names =
  | 'withdrawn'
  | 'deleted'
  | 'accepted'
  | 'rejected'
  | 'acknowledged'
  | 'returned'
  | 'pulled'
  | 'waiting'
  | 'odd'
  | 'cancelled'
const kept = JSON.parse(readFileSync(join(written, 'written.json'), 'utf8')) as Record<
  Names,
  Kept
> & {
  retried: { idempotencyKey: string; body: string; answer: ReferralHeader }
  keys: { confirmed: string; proposed: string }
  vkey: string
}

/** In which state 0.1.0 left each, and the version of its header. */
const left: Readonly<Record<Names, [Status, version: number]>> = {
  withdrawn: ['cancelled', 3],
  deleted: ['cancelled', 3],
  accepted: ['accepted', 3],
  rejected: ['rejected', 3],
  acknowledged: ['received', 2],
  returned: ['requested', 1],
  pulled: ['requested', 1],
  waiting: ['requested', 1],
  odd: ['requested', 1],
  cancelled: ['cancelled', 2],
}
const names = Object.keys(left) as Names[]

/** The folder as 0.1.0 had it. */
const unpacked = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'hub-written-by-0.1.0-'))
  cpSync(join(written, 'data'), copy, { recursive: true })
  for (const file of ['dynamodb.sqlite', 'queues/fauxqs.db'])
    writeFileSync(join(copy, file), gunzipSync(readFileSync(join(written, 'data', `${file}.gz`))))
  return copy
}

const folder = unpacked()
const exported = mkdtempSync(join(tmpdir(), 'hub-exported-'))
// An hour later: what was leased is free again, and an answer of then is still kept.
const now = new Date('2026-11-21T13:00:00.000Z')
const lines: string[] = []
const hub = await startHub({
  warm: everyFunction,
  port: 0,
  data: folder,
  now,
  log: line => lines.push(line),
})
const place = { url: hub.url, data: folder, aheadMs: hub.aheadMs, hub }
afterAll(async () => {
  await hub.stop()
  for (const made of [folder, exported]) rmSync(made, { recursive: true, force: true })
})

// Rows of before come under today's rules, which changes them: an index may not have them for a moment.
await hub.invoke('referral-hub-RunDueWork', {})
const { igm, ala } = await systemsOf(place)
const officer = await callerOf(place, 'igm-compliance')
const alaInbox = inboxOf(ala)

describe('what 0.1.0 wrote', () => {
  test('is listed by both sides, whole, and each header reads as it was', async () => {
    for (const [client, direction] of [
      [igm, 'sent'],
      [ala, 'received'],
    ] as const) {
      const listed = new Map<string, ReferralHeader>()
      for await (const header of client.everyReferral({ direction }))
        listed.set(header.referralId, header)
      expect(listed.size).toBe(names.length + 1)
      for (const name of names) {
        const { referralId, folio, consentId, externalId } = kept[name]
        const [status, version] = left[name]
        const header = { referralId, folio, consentId, status, version }
        expect(listed.get(referralId), name).toMatchObject(header)
        expect((await client.getReferral(referralId)).body).toEqual(listed.get(referralId))
        const shredded = listed.get(referralId)?.contentState === 'shredded'
        expect(listed.get(referralId)?.externalId, name).toBe(
          client === igm && !shredded ? externalId : undefined,
        )
      }
    }
  })

  test.each(['returned', 'pulled', 'waiting', 'odd'] as const)(
    'and waits in an inbox, is pulled, opened and acknowledged: %s',
    async name => {
      const { referralId, payload } = kept[name]
      const [message] = await alaInbox.about(referralId)
      expect(message?.payload).toEqual(payload)
      expect(message?.event.sequence).toBe('1')
      const { body } = await ala.ack([message?.handle as string])
      expect(body.results).toEqual([{ handle: message?.handle, ok: true }])
      expect((await igm.getReferral(referralId)).body).toMatchObject({ status: 'received' })
    },
  )

  test('and was cancelled before it was pulled comes without content', async () => {
    const [message] = await alaInbox.about(kept.cancelled.referralId)
    expect([message?.payload, message?.withheld]).toEqual([undefined, ['all']])
  })

  test.each(['accepted', 'rejected', 'acknowledged'] as const)(
    'and was acknowledged then is opened again: %s',
    async name => {
      const { referralId, payload } = kept[name]
      const { body } = await ala.release(referralId, 'training-referral')
      const { protection: _, ...rest } = payload
      expect(body.payload).toEqual(rest)
      expect(body.proof).toContain('referral-hub')
    },
  )

  test('and is open goes on, in the version that it had', async () => {
    const { referralId } = kept.acknowledged
    const { body, headers } = await ala.getReferral(referralId)
    expect(headers.get('etag')).toBe('"2"')
    const moved = await ala.changeStatus(referralId, { status: 'accepted' }, '"2"')
    expect(moved.body).toMatchObject({ status: 'accepted', version: body.version + 1 })
  })

  test('tells each side its news without a gap, what comes now behind what came then', async () => {
    const events = (await takeAll(igm)).map(({ event }) => event)
    const told = (name: Names) =>
      events
        .filter(({ subject }) => subject === kept[name].referralId)
        .map(({ sequence, type, data }) => [sequence, 'status' in data ? data.status : type])
    expect(told('acknowledged')).toEqual([
      ['1', 'received'],
      ['2', 'accepted'],
    ])
    expect(told('rejected')).toEqual([
      ['1', 'received'],
      ['2', 'rejected'],
    ])
    expect(told('deleted')).toEqual([
      ['1', 'received'],
      ['2', 'consent.deletion-confirmed.v1'],
    ])
    expect(told('pulled')).toEqual([['1', 'received']])
  })

  test('is destroyed by a withdrawal now', async () => {
    const { referralId, consentId } = kept.accepted
    const sealed = async () =>
      (await rowsOf(hub, 'Referrals'))
        .filter(row => row['envelope'] && JSON.stringify(row).includes(referralId))
        .map(row => row['pk']?.S)
    // Its row of then holds the ciphertext itself.
    expect(await sealed()).toEqual([`referral#${referralId}`])
    const { body } = await withdraw(place, igm, consentId)
    expect(body).toMatchObject({ state: 'withdrawn' })
    expect(await sealed()).toEqual([])
    const refused = await refusalOf(ala.release(referralId, 'training-referral'))
    expect(refused.code).toBe('content-shredded')
  })

  test('and was withdrawn then stays shut; its deletion is confirmed, and certified', async () => {
    for (const name of ['withdrawn', 'deleted'] as const) {
      const refused = await refusalOf(ala.release(kept[name].referralId, 'training-referral'))
      expect(refused.code).toBe('content-shredded')
    }
    const { consentId } = kept.withdrawn
    const confirmed = await ala.confirmDeletion(consentId, { at: hubNow(place).toISOString() })
    expect(confirmed.body.deletion).toBe('confirmed')
    for (const name of ['withdrawn', 'deleted'] as const) {
      const path = `/v1/consents/${kept[name].consentId}/certificate`
      const { status, json } = await raw(place, 'igm-system', { path })
      expect([status, json['cause'], json['deletion']]).toEqual([200, 'withdrawal', 'confirmed'])
    }
  })

  test('and was answered then is answered the same to a retry', async () => {
    const { idempotencyKey, body, answer } = kept.retried
    const headers = { 'idempotency-key': idempotencyKey }
    const again = await submitRaw(place, body, { headers })
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    expect(again.json).toEqual(answer)
  })

  test('are keys with their histories; one that was proposed then is confirmed now', async () => {
    const keyid = keyidOf(place, 'igm-liaison-2')
    const path = `IGM/keys/${kept.keys.proposed}/confirmation`
    const confirmed = await changeKey(place, 'igm-liaison-2', path, { ...oneYear })
    expect([confirmed.status, confirmed.json['confirmedBy']]).toEqual([200, keyid])
    const { json } = await raw(place, 'ala-liaison', { path: '/v1/institutions/IGM/keys' })
    const states = new Map(
      (json['items'] as { keyid: string; state: string }[]).map(key => [key.keyid, key.state]),
    )
    expect(states.get(kept.keys.confirmed)).toBe('active')
    expect(states.get(kept.keys.proposed)).toBe('active')
  })
})

describe('the log that 0.1.0 kept', () => {
  test('is read by its officers, entry by entry and in numbers', async () => {
    const { referralId } = kept.withdrawn
    const { items } = (await officer.accessLog({ referralId, limit: 200 })).body
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['referral.submit', 'referral.release', 'consent.withdraw']),
    )
    const { status, json } = await raw(place, 'igm-compliance', { path: '/v1/access-log/summary' })
    expect(status).toBe(200)
    expect(JSON.stringify(json)).toContain('referral.submit')
  })

  test('is cosigned on from where it was cosigned', async () => {
    const note = await checkpointOf(place)
    // By the name that the hub had then: a log that changed it would be another log.
    const name = 'referral-hub.example/institutions/IGM'
    const cosigner = { jwk: jwkOf(place, 'igm-liaison'), name, time: secondsNow(place) }
    const own = note.split('\n').find(line => line.startsWith('— referral-hub.example/access-log '))
    const cosigned = `${textOf(note)}\n${own}\n${cosignature(textOf(note), cosigner)}`
    expect(accepted(await offer(place, 'igm-liaison', cosigned)).proof).not.toEqual([])
  })

  test('says that the keys of then are not in the log of then: such an export has to be made again', async () => {
    // Told in CHANGELOG.md: the histories of keys came with 0.2. All that comes before them holds, and the key is the
    // log's.
    const verdict = await verifyFolder(join(written, 'log'), { now, vkey: kept.vkey })
    expect(verdict).toMatchObject({ ok: false, code: 'key-terms-missing' })
  })

  test('goes on in the folder of then: it verifies, by the key of then, and holds all that was signed then', async () => {
    cpSync(join(written, 'log'), exported, { recursive: true })
    await hub.invoke('referral-hub-SequenceAccessLog', {})
    await exportLog(officer, exported, { hub: hub.authority, now: () => hubNow(place) })
    const { hub: former } = JSON.parse(readFileSync(join(written, 'log/policy.json'), 'utf8')) as {
      hub: string
    }
    const since = join(written, 'log/checkpoint')
    const options = { now: hubNow(place), vkey: kept.vkey, since, authorities: [former] }
    const verdict = await verifyFolder(exported, options)
    expect(verdict).toMatchObject({ ok: true, referrals: names.length + 1 })
    const another = { ...options, since: join(exported, 'checkpoint.previous') }
    expect(await verifyFolder(exported, another)).toMatchObject({ ok: true })
  })
})

test('nothing that it keeps contradicts itself', async () => {
  expect((await fsck(folder)).violations).toEqual([])
})

test('nothing of it was a fault', () => {
  expect(lines.filter(line => /"what":"(fault|unreadable-message)"/.test(line))).toEqual([])
})
