// How fast a key may go: one partner's flood is refused early, costs the others nothing, and leaves no trace but a
// count.
import { expect, test } from 'vitest'
import { callerOf, hubFileOf } from './callers.ts'
import { type RawAnswer, idempotencyKey, raw, send, signed } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { ownHub } from './own-hub.ts'

// Slow enough for a machine of any speed to be faster.
const rate = { perSecond: 1, burst: 10 }
const hub = await ownHub({ rate })
const began = performance.now()
const list = { path: '/v1/referrals' }
const times = <T>(count: number, make: (n: number) => T | Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)))
const withCode = (answers: RawAnswer[], code: string | undefined) =>
  answers.filter(({ json }) => json.code === code)
/** What may have been let through since the hub started. */
const most = () => rate.burst + (rate.perSecond * (performance.now() - began)) / 1000 + 1
const keyidOf = (name: string) =>
  hubFileOf(hub).keys.find(key => key.name === name)?.keyid as string
const counted = (metric: string) =>
  hub.lines.filter(line => line.includes(`"${metric}":1`)).map(line => JSON.parse(line) as object)

test('a key that floods is told to wait, and the others are served meanwhile', async () => {
  const igm = await times(60, () => raw(hub, 'igm-system', list))
  const ala = await times(5, () => raw(hub, 'ala-system', list))
  const served = igm.filter(({ status }) => status === 200)
  expect(served.length).toBeGreaterThanOrEqual(rate.burst)
  expect(served.length).toBeLessThanOrEqual(most())
  const refused = withCode(igm, 'rate-limited')
  expect(refused.length).toBe(60 - served.length)
  for (const { status, headers, json } of refused) {
    expect([status, headers.get('retry-after')]).toEqual([429, '1'])
    expect(headers.get('access-log-size')).toMatch(/^\d+$/)
    expect(Object.keys(json).toSorted()).toEqual(['code', 'instance', 'status', 'title', 'type'])
  }
  expect(ala.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])

  // It was a count for the operators, with the key; the log of accesses has what was done, and nothing of what was not.
  const counts = counted('RateLimited')
  expect(counts.length).toBe(refused.length)
  expect(counts[0]).toMatchObject({ code: 'rate-limited', keyid: keyidOf('igm-system') })
  const officer = await callerOf(hub, 'igm-compliance')
  const { items } = (await officer.accessLog({ keyid: keyidOf('igm-system'), limit: 200 })).body
  expect(items.length).toBe(served.length)
  expect(items.every(({ outcome }) => outcome === 'allowed')).toBe(true)
})

test('one rate holds over all routes: another function knows that the key has spent it', async () => {
  await times(40, () => raw(hub, 'oim-system', list))
  const pulls = await times(20, () =>
    raw(hub, 'oim-system', { path: '/v1/inbox/pull', body: '{"max":1,"waitSeconds":0}' }),
  )
  expect(withCode(pulls, 'rate-limited').length).toBeGreaterThan(0)
})

const submit = () =>
  signed(hub, 'stranger', {
    path: '/v1/referrals',
    body: JSON.stringify(submissionOf(1)),
    headers: { 'idempotency-key': idempotencyKey() },
  })

test('a request that was told to wait has spent nothing: it is sent again as it is', async () => {
  const requests = await times(40, submit)
  const answers = await times(40, n => send(requests[n] as ReturnType<typeof submit>))
  const first = answers.findIndex(({ json }) => json.code === 'rate-limited')
  const again = requests[first]
  if (!again) throw new Error('none was refused')
  await expect
    .poll(async () => (await send(again)).json.code, { interval: 1000, timeout: 20_000 })
    .toBe('forbidden')
  expect((await send(again)).json.code).toMatch(/nonce-reused|rate-limited/)
})

const forged = () =>
  raw(hub, 'igm-liaison', {
    ...list,
    tamper: ({ headers }) =>
      headers.set('signature', `hub=:${Buffer.alloc(64, 7).toString('base64')}:`),
  })

test('whoever only names a key does not use up its rate', async () => {
  const refused = await times(40, forged)
  expect(withCode(refused, 'signature-invalid').length).toBe(40)
  const own = await times(rate.burst, () => raw(hub, 'igm-liaison', list))
  expect(own.map(({ status }) => status)).toEqual(Array(rate.burst).fill(200))
  // Counted by their code, with the key that they named since there is such a key; entries they are not.
  const counts = counted('SignatureFailures').slice(-40)
  for (const count of counts)
    expect(count).toMatchObject({ code: 'signature-invalid', keyid: keyidOf('igm-liaison') })
})

test('whoever repeats what a key once signed does not use up its rate either', async () => {
  const captured = signed(hub, 'ala-liaison', list)
  expect((await send(captured)).status).toBe(200)
  const replays = await times(40, () => send(captured))
  expect(withCode(replays, 'nonce-reused').length).toBe(40)
  const own = await times(rate.burst - 1, () => raw(hub, 'ala-liaison', list))
  expect(own.map(({ status }) => status)).toEqual(Array(rate.burst - 1).fill(200))
})
