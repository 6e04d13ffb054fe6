// What asking for messages costs where there are none: 40 institutions must not pay as much for it as for all the rest.
import { beforeAll, expect, test } from 'vitest'
import { withoutBucket } from './exchange.ts'
import { pollsPrice } from './month.ts'
import { type Idle, countIdle } from './poll.ts'
import { prices, sources } from './prices.ts'

let idle: Idle
beforeAll(async () => {
  idle = await countIdle()
}, 120_000)

const polls = (everySeconds: number, waitSeconds: number) =>
  pollsPrice(idle, { institutions: 40, polls: { everySeconds, waitSeconds } })

// How far the log is signed is known for a second: whether the first batch asks for it too says nothing here.
test('an idle pull asks the queue once, keeps its nonce and its entry, and uses no key', () => {
  expect(
    withoutBucket([...idle.asks])
      .map(({ what }) => what.replace('BatchGetItem AccessLog, ', 'BatchGetItem '))
      .toSorted(),
  ).toEqual([
    'BatchGetItem Directory, Requests 2',
    'ReceiveMessage ALA.fifo',
    'TransactWriteItems AccessLog, Requests',
  ])
})

test('40 institutions that ask every half minute cost no more than US$ 40 a month', () => {
  expect(polls(30, 0)).toBeLessThan(40)
})

test('40 that wait without a pause, the dearest that one client each can do, stay below US$ 450', () => {
  const all = polls(20, 20)
  expect(all).toBeLessThan(450)
  // Waiting is nearly all of it: 40 functions of a quarter of a GB, day and night.
  expect(all).toBeGreaterThan(40 * 30 * 86_400 * 0.25 * prices.gbSecond)
})

test('each price has its source', () => {
  const { of: _, region: __, ...each } = prices
  expect(sources.flatMap(one => one.prices).toSorted()).toEqual(Object.keys(each).toSorted())
  for (const { source, read } of sources)
    expect([source, read]).toEqual([expect.stringMatching(/^https:/), expect.stringMatching(/./)])
})
