// Every release carries the proof of its own log entry, a submission gets one afterwards, and without a signature
// nothing leaves. What officers read of the log themselves: log-reading.test.ts.
import { DisableKeyCommand, EnableKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'
import {
  type CallerName,
  type RawAnswer,
  callerOf,
  hubFileOf,
  raw,
  submissionOf,
} from './callers.ts'
import { leafOf, log, readingOf } from './log-reading.ts'
import { ownHub } from './own-hub.ts'
import { type Verifier, hashOfLeaf, readVerifier, verifyProof } from './tlog-reader.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await ownHub()
const kms = new KMSClient(hub.hub.aws)
afterAll(() => kms.destroy())
const igm = await callerOf(hub, 'igm-system')
const ala = await callerOf(hub, 'ala-system')
const { get, entriesAbout, proven } = await readingOf(hub)
const sequence = () => hub.hub.invoke('referral-hub-SequenceAccessLog', {})

const other = (line: string) => (line.startsWith('A') ? `B${line.slice(1)}` : `A${line.slice(1)}`)

const stale = ({ status, json, headers, text }: RawAnswer) => {
  expect([status, json.code]).toEqual([503, 'log-stale'])
  expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  expect(text).not.toMatch(/payload|identity|proof|withheld/)
}

const first = (await igm.submitReferral(submissionOf(1))).body
const receiptOf = (who: CallerName, referralId: string = first.referralId) =>
  get(who, `/v1/referrals/${referralId}/receipt`)
let verifier: Verifier
const early: { receipt?: RawAnswer; checkpoint?: RawAnswer } = {}
beforeAll(async () => {
  early.receipt = await receiptOf('igm-system')
  early.checkpoint = await get('igm-compliance', `${log}/checkpoint`)
  verifier = readVerifier((await get('ala-compliance', `${log}/public-key`)).text)
})

describe('the receipt of a submission', () => {
  test('is not there before the log has given the entry its place, nor does a checkpoint cover it', () => {
    expect([early.receipt?.status, early.receipt?.json.code]).toEqual([404, 'not-yet-sequenced'])
    const { status, text, json } = early.checkpoint as RawAnswer
    // The first keys may have their places by now.
    if (status === 200) expect(text.split('\n')[1]).toBe(String(hubFileOf(hub).keys.length))
    else expect([status, json.code]).toEqual([404, 'not-yet-sequenced'])
  })

  test('proves, after the first pass, that the submission is in the log', async () => {
    await sequence()
    const { status, headers, text } = await receiptOf('igm-system')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
    const { entry, index } = await proven(text, first.referralId, verifier, 'referral.submit')
    expect(entry).toMatchObject({ index, action: 'referral.submit', outcome: 'allowed' })
  })

  test('is for the referrer alone', async () => {
    const absent = first.referralId.replace(/.{12}$/, '0123456789ab')
    for (const who of ['ala-system', 'igm-liaison', 'igm-compliance', 'stranger'] as const)
      expect([who, (await receiptOf(who)).status]).toEqual([who, 403])
    expect((await receiptOf('igm-system', absent)).status).toBe(403)
  })
})

describe('what is released', () => {
  test('by a pull carries a proof of its own entry, and a batch shares one checkpoint', async () => {
    for (const n of [2, 3]) await igm.submitReferral(submissionOf(n))
    const { messages } = (await ala.pull({ max: 10, waitSeconds: 5 })).body
    expect(messages.length).toBe(3)
    const notes = new Set<string>()
    for (const { event, payload, proof } of messages) {
      expect(payload).toBeDefined()
      const { entry, index, checkpoint } = await proven(proof, event.subject, verifier)
      const { keyid } = hubFileOf(hub).keys.find(({ name }) => name === 'ala-system') ?? {}
      expect(entry).toMatchObject({ index, outcome: 'allowed', referralId: event.subject })
      expect(entry.actor).toEqual({ institution: 'ALA', keyid, role: 'recipient' })
      expect(entry.categories).toEqual(
        Object.keys(payload ?? {}).filter(name => entry.categories?.some(one => one === name)),
      )
      notes.add(checkpoint.note)
    }
    expect(notes.size).toBe(1)
    await ala.ack(messages.map(({ handle }) => handle))
  })

  test('again, for one purpose, carries a proof of that very release', async () => {
    const path = `/v1/referrals/${first.referralId}/release`
    const body = JSON.stringify({ purpose: 'training-referral' })
    const { status, json } = await raw(hub, 'ala-system', { path, body })
    expect(status).toBe(200)
    const { entry } = await proven(json['proof'] as string, first.referralId, verifier)
    expect(entry.request.path).toBe(path)
    expect(entry.index).toBe(
      Math.max(
        ...(await entriesAbout(first.referralId, 'referral.release')).map(
          ({ index = -1 }) => index,
        ),
      ),
    )
  })

  test('is not proven by a proof whose index, path, root or signature was changed', async () => {
    const { text } = await receiptOf('igm-system')
    const [entry] = await entriesAbout(first.referralId, 'referral.submit')
    const leaf = leafOf(entry as AccessLogEntry)
    expect(() => verifyProof(text, leaf, verifier)).not.toThrow()
    const lines = text.split('\n')
    const changed = (at: number, to: (line: string) => string) =>
      lines.with(at, to(lines.at(at) as string)).join('\n')
    const forged = [
      changed(1, line => `index ${Number(line.slice(6)) + 1}`),
      changed(2, other),
      changed(0, line => line.replace('v1', 'v2')),
      changed(-4, other),
      changed(-5, size => String(Number(size) + 1)),
      changed(-2, line => line.replace(/.{5}$/, 'AAA=')),
      lines.toSpliced(2, 1).join('\n'),
    ]
    for (const one of forged) expect(() => verifyProof(one, leaf, verifier), one).toThrow()
    expect(() => verifyProof(text, Buffer.concat([leaf, leaf]), verifier)).toThrow()
  })
})

describe('no plaintext leaves without a durable access-log entry that a signed checkpoint already covers', () => {
  const keys = ['LogKey', 'EnvelopeKey'].map(name => ({ KeyId: hub.hub.nameOf(name) }))
  const off = () => Promise.all(keys.map(key => kms.send(new DisableKeyCommand(key))))
  const on = () => Promise.all(keys.map(key => kms.send(new EnableKeyCommand(key))))

  test('while the log cannot be signed a pull is log-stale, opens no key, and loses no message', async () => {
    const { referralId } = (await igm.submitReferral(submissionOf(4))).body
    // The envelope key is off as well: whoever asked it before the log would be `unavailable` instead.
    await off()
    const body = JSON.stringify({ max: 10, waitSeconds: 1 })
    try {
      stale(await raw(hub, 'ala-system', { path: '/v1/inbox/pull', body }))
      // More often than a queue gives a message before it parks it.
      for (let again = 0; again < 6; again++)
        stale(
          await raw(hub, 'ala-system', {
            path: '/v1/inbox/pull',
            body: JSON.stringify({ max: 10, waitSeconds: 0 }),
          }),
        )
      // Nothing left, and the header does not say that anything did. What was recorded first is in the log, and that it
      // failed.
      expect((await igm.getReferral(referralId)).body).toMatchObject({
        deliveryState: 'queued',
        contentState: 'sealed',
      })
      const [failed, allowed, ...more] = await entriesAbout(referralId, 'referral.release')
      expect([more, allowed?.outcome, failed?.outcome]).toEqual([[], 'allowed', 'failed'])
      expect(failed).toMatchObject({ code: 'log-stale', request: allowed?.request })
      expect(failed?.chain).toEqual({
        n: 3,
        prevHash: hashOfLeaf(leafOf(allowed as AccessLogEntry)).toString('hex'),
      })
    } finally {
      await on()
    }
    const pulled: PulledMessage[] = (await ala.pull({ max: 10, waitSeconds: 5 })).body.messages
    expect(pulled.map(({ event }) => event.subject)).toEqual([referralId])
    const [message] = pulled
    expect(message?.payload).toBeDefined()
    await proven(message?.proof, referralId, verifier)
    expect((await igm.getReferral(referralId)).body).toMatchObject({
      deliveryState: 'delivered',
      contentState: 'released',
    })
  })

  test('while the log cannot be signed a release is log-stale, and opens later', async () => {
    const request = {
      path: `/v1/referrals/${first.referralId}/release`,
      body: JSON.stringify({ purpose: 'training-referral' }),
    }
    const header = async () =>
      (await ala.listReferrals({ direction: 'received' })).body.items.find(
        ({ referralId }) => referralId === first.referralId,
      )
    const before = await header()
    await off()
    try {
      // Several at once: each takes back its own, or leaves the row to whoever came after.
      const answers = await Promise.all([1, 2, 3, 4].map(() => raw(hub, 'ala-system', request)))
      for (const answer of answers) stale(answer)
      expect(await header()).toEqual(before)
    } finally {
      await on()
    }
    const { status, json } = await raw(hub, 'ala-system', request)
    expect(status).toBe(200)
    await proven(json['proof'] as string, first.referralId, verifier)
  })

  test('while the log cannot be signed everything else goes on, and officers see what is written', async () => {
    await off()
    try {
      const { json } = await get('igm-system', `/v1/referrals/${first.referralId}`)
      expect(json['referralId']).toBe(first.referralId)
      expect((await entriesAbout(first.referralId, 'referral.read')).length).toBe(1)
      expect((await get('igm-compliance', `${log}/checkpoint`)).status).toBe(200)
    } finally {
      await on()
    }
  })
})

test('the whole log verifies without the hub, failed releases too', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
