// Every release carries the proof of its own log entry, and a submission gets one afterwards. That nothing leaves
// without a signature: log-stale.test.ts. What officers read of the log themselves: log-reading.whole.test.ts.
import { beforeAll, describe, expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { type CallerName, callerOf, hubFileOf, systemsOf } from './callers.ts'
import { type RawAnswer, raw, send, signed } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { leafOf, log, readingOf } from './log-reading.ts'
import { emptyHub } from './empty-hub.ts'
import { type Verifier, readVerifier, verifyProof } from './tlog-reader.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await emptyHub()
const { igm, ala } = await systemsOf(hub)
const { get, entriesAbout, proven } = await readingOf(hub)
const sequence = () => hub.hub.invoke('referral-hub-SequenceAccessLog', {})

const other = (line: string) => (line.startsWith('A') ? `B${line.slice(1)}` : `A${line.slice(1)}`)

const first = (await igm.submitReferral(submissionOf(1))).body
const receiptOf = (who: CallerName, referralId: string = first.referralId) =>
  get(who, `/v1/referrals/${referralId}/receipt`)
let verifier: Verifier
const early: { receipt?: RawAnswer; checkpoint?: RawAnswer } = {}
beforeAll(async () => {
  const path = `/v1/referrals/${first.referralId}/receipt`
  early.receipt = await send(signed(hub, 'igm-system', { path }), fetch)
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

test('the whole log verifies without the hub', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})

test('a receipt is told to come, to who prefers that to a refusal, and the asking is no denial', async () => {
  const hasty = await callerOf(hub, 'igm-system', fetch)
  const second = (await igm.submitReferral(submissionOf(31))).body
  const path = `/v1/referrals/${second.referralId}/receipt`
  for (const prefer of ['respond-async', 'wait=5, Respond-Async; x=1']) {
    const { status, headers, body } = await hasty.request<string>('GET', path, {
      headers: { prefer },
    })
    expect([prefer, status, body]).toEqual([prefer, 202, 'not-yet-sequenced\n'])
    expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    expect(headers.get('preference-applied')).toBe('respond-async')
  }
  await expect(
    hasty.request('GET', path, { headers: { prefer: 'wait=5, respond-async-not' } }),
  ).rejects.toMatchObject({ status: 404, code: 'not-yet-sequenced' })
  await sequence()
  const { status, body } = await igm.request<string>('GET', path, {
    headers: { prefer: 'respond-async' },
  })
  expect([status, body]).toEqual([200, expect.stringContaining('c2sp.org/tlog-proof')])
  const officer = await callerOf(hub, 'igm-compliance')
  const asked = { referralId: second.referralId, action: 'referral.receipt' }
  const { items } = (await officer.accessLog(asked)).body
  expect(items.map(({ outcome }) => outcome)).toEqual(['allowed', 'denied', 'allowed', 'allowed'])
})
