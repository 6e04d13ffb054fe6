// What happens once although it is asked for twice: Idempotency-Keys, nonces, external ids, persons, versions.
import { describe, expect, test } from 'vitest'
import { inboxOf, systemsOf } from './callers.ts'
import { type RawAnswer, idempotencyKey, raw, send, signed, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { emptyHub } from './empty-hub.ts'
import { verifiedLog } from './verified-log.ts'

const hub = await emptyHub()
const { igm, ala } = await systemsOf(hub)

const times = <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)))
const submit = (body: string, key = idempotencyKey()) =>
  submitRaw(hub, body, { headers: { 'idempotency-key': key } })
const outcomes = (answers: RawAnswer[]) => {
  const counts: Record<string, number> = {}
  for (const { status, json } of answers) {
    const outcome = json.code ?? String(status)
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}
const sentCount = async () =>
  (await igm.listReferrals({ direction: 'sent', limit: 200 })).body.items.length

describe('a write that is sent again under its Idempotency-Key', () => {
  test('gets the very same answer, marked as a replay, and nothing happens twice', async () => {
    const [key, body] = [idempotencyKey(), JSON.stringify(submissionOf(1))]
    const before = await sentCount()
    const [first, again, third] = [
      await submit(body, key),
      await submit(body, key),
      await submit(body, key),
    ]
    expect(first.status).toBe(201)
    expect(first.headers.has('idempotency-replayed')).toBe(false)
    for (const replay of [again, third]) {
      expect([replay.status, replay.text]).toEqual([201, first.text])
      expect(replay.headers.get('idempotency-replayed')).toBe('true')
      for (const name of ['location', 'etag', 'content-type'])
        expect(replay.headers.get(name)).toBe(first.headers.get(name))
      expect(replay.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
    }
    expect(await sentCount()).toBe(before + 1)
  })

  test('gets the answer of then even when the referral has moved on', async () => {
    const [key, body] = [idempotencyKey(), JSON.stringify(submissionOf(2))]
    const first = await submit(body, key)
    await igm.changeStatus(
      first.json.referralId as string,
      { status: 'cancelled', reason: 'duplicate' },
      '"1"',
    )
    expect((await submit(body, key)).text).toBe(first.text)
  })

  test('is refused when it is another request, and belongs to its key alone', async () => {
    const key = idempotencyKey()
    const { referralId } = (await submit(JSON.stringify(submissionOf(3)), key)).json
    const other = await submit(JSON.stringify(submissionOf(4)), key)
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-key-reused'])
    const change = (ifMatch: string) =>
      raw(hub, 'igm-system', {
        path: `/v1/referrals/${referralId as string}/status`,
        body: JSON.stringify({ status: 'cancelled', reason: 'duplicate' }),
        headers: { 'idempotency-key': key, 'if-match': ifMatch },
      })
    expect((await change('"1"')).json.code).toBe('idempotency-key-reused')
    // Another institution's key may have chosen the same name.
    const theirs = await raw(hub, 'ala-system', {
      path: `/v1/referrals/${referralId as string}/status`,
      body: JSON.stringify({ status: 'cancelled', reason: 'duplicate' }),
      headers: { 'idempotency-key': key, 'if-match': '"1"' },
    })
    expect(theirs.status).toBe(200)
  })

  test('may be tried again after a refusal, which is not kept', async () => {
    const key = idempotencyKey()
    const refused = await submit(JSON.stringify(submissionOf(5, { recipient: 'XXX' })), key)
    expect(refused.json.code).toBe('recipient-not-party')
    expect((await submit(JSON.stringify(submissionOf(5)), key)).status).toBe(201)
  })

  test.each([
    undefined,
    '',
    'short',
    'x'.repeat(65),
    'spaces in between it',
    'punctuation.is-not!in-it',
  ])('is refused without a good one: %s', async key => {
    const { status, json } = await raw(hub, 'igm-system', {
      path: '/v1/referrals',
      body: JSON.stringify(submissionOf(6)),
      ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
    })
    const code = key === undefined ? 'idempotency-key-missing' : 'idempotency-key-malformed'
    expect([status, json.code]).toEqual([400, code])
  })

  test('makes one referral when it comes twenty times at once', async () => {
    const [key, body] = [idempotencyKey(), JSON.stringify(submissionOf(7))]
    const before = await sentCount()
    const answers = await times(20, () => submit(body, key))
    for (const { status, json } of answers)
      if (status !== 201) expect([status, json.code]).toEqual([409, 'request-in-progress'])
    const made = answers.filter(({ status }) => status === 201)
    expect(made.length).toBeGreaterThan(0)
    expect(new Set(made.map(({ text }) => text)).size).toBe(1)
    const firsts = made.filter(({ headers }) => !headers.has('idempotency-replayed'))
    expect(firsts.length).toBe(1)
    expect(await sentCount()).toBe(before + 1)
  })
})

describe('a signature works once', () => {
  test('however often and however fast its bytes are sent', async () => {
    const request = signed(hub, 'igm-system', {
      path: '/v1/referrals',
      body: JSON.stringify(submissionOf(8)),
      headers: { 'idempotency-key': idempotencyKey() },
    })
    const before = await sentCount()
    const answers = await times(50, () => send(request))
    expect(outcomes(answers)).toEqual({ 201: 1, 'nonce-reused': 49 })
    expect(await sentCount()).toBe(before + 1)
    expect((await send(request)).json.code).toBe('nonce-reused')
  })

  test('for reading too', async () => {
    const request = signed(hub, 'igm-system', { path: '/v1/referrals' })
    expect(outcomes(await times(10, () => send(request)))).toEqual({ 200: 1, 'nonce-reused': 9 })
  })

  test('even when what it asked for was refused', async () => {
    const request = signed(hub, 'igm-system', {
      path: '/v1/referrals',
      body: JSON.stringify(submissionOf(9, { recipient: 'XXX' })),
      headers: { 'idempotency-key': idempotencyKey() },
    })
    expect((await send(request)).json.code).toBe('recipient-not-party')
    expect((await send(request)).json.code).toBe('nonce-reused')
    const wrongRole = signed(hub, 'igm-system', { path: '/v1/access-log' })
    expect((await send(wrongRole)).json.code).toBe('forbidden')
    expect((await send(wrongRole)).json.code).toBe('nonce-reused')
  })

  test('so that a pull that is replayed discloses nothing', async () => {
    const { body } = await igm.submitReferral(submissionOf(10))
    const request = signed(hub, 'ala-system', {
      path: '/v1/inbox/pull',
      body: '{"max":10,"waitSeconds":2}',
    })
    const answers = await times(5, () => send(request))
    expect(outcomes(answers)).toEqual({ 200: 1, 'nonce-reused': 4 })
    expect(answers.filter(({ text }) => text.includes('"payload"')).length).toBeLessThanOrEqual(1)
    expect(answers.map(({ text }) => text).join()).toContain(body.referralId)
  })
})

describe('of ten at the same moment, one', () => {
  test('may use an external id', async () => {
    const { externalId } = submissionOf(11)
    const answers = await times(10, n =>
      submit(JSON.stringify(submissionOf(11 + n, { externalId }))),
    )
    expect(outcomes(answers)).toEqual({ 201: 1, 'external-id-exists': 9 })
  })

  test('may refer a person, until that referral is closed', async () => {
    const { payload } = submissionOf(21)
    const { documents } = payload.identity
    const refer = (n: number) =>
      submit(JSON.stringify(submissionOf(21 + n, { payload: { identity: { documents } } })))
    const answers = await times(10, refer)
    expect(outcomes(answers)).toEqual({ 201: 1, 'duplicate-active-referral': 9 })
    const open = answers.find(({ status }) => status === 201)?.json.referralId as string
    expect(
      answers.filter(({ status }) => status === 409).some(({ text }) => text.includes(open)),
    ).toBe(false)

    const inbox = inboxOf(ala)
    const [message] = await inbox.about(open)
    await ala.ack([message?.handle as string])
    expect((await refer(31)).json.code).toBe('duplicate-active-referral')
    await ala.changeStatus(open, { status: 'rejected', reason: 'out-of-area' }, '"2"')
    expect(outcomes(await times(5, n => refer(40 + n)))).toEqual({
      201: 1,
      'duplicate-active-referral': 4,
    })
  })

  test('may change a version, and the others are told that it moved', async () => {
    const { body } = await igm.submitReferral(submissionOf(70))
    const answers = await times(10, n =>
      raw(hub, n % 2 ? 'igm-system' : 'ala-system', {
        path: `/v1/referrals/${body.referralId}/status`,
        body: JSON.stringify({ status: 'cancelled', reason: 'duplicate' }),
        headers: { 'idempotency-key': idempotencyKey(), 'if-match': '"1"' },
      }),
    )
    expect(outcomes(answers)).toEqual({ 200: 1, 'version-mismatch': 9 })
    expect((await igm.getReferral(body.referralId)).body.history.length).toBe(2)
  })
})

test('at the end the log verifies without the hub: an answer given again is an entry, and changes no chain', async () => {
  expect(await verifiedLog(hub)).toMatchObject({ ok: true })
})
