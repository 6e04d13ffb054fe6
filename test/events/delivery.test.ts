import { describe, expect, test } from 'vitest'
import { deliveryOf, isParked, placeOf } from '../../events/delivery.ts'
import { Instant } from '../../schemas/ids.ts'

describe('a delivery says which one it is', () => {
  test.each([
    ['the first', { receiveCount: 1 }, undefined, 1],
    ['the third of one copy', { receiveCount: 3 }, undefined, 3],
    ['a copy of what may have come', { receiveCount: 1, sentBefore: 1 }, undefined, 2],
    ['the third copy, again', { receiveCount: 2, sentBefore: 2 }, undefined, 4],
    ['a copy of what never came, as is written down', { receiveCount: 1, sentBefore: 1 }, 0, 1],
    ['a copy of what was parked', { receiveCount: 1, sentBefore: 1 }, 5, 6],
    ['one that the queue gave out and nobody got', { receiveCount: 2 }, 0, 2],
  ] as const)('%s', (_, copy, delivered, told) => {
    expect(deliveryOf(copy, delivered)).toBe(told)
  })
})

const at = (minute: number) => Instant.parse(`2026-11-21T12:0${minute}:00.000Z`)

describe('a message comes', () => {
  const now = at(5)
  const [swept, due] = [
    { sends: 1, nextSendAt: at(6) },
    { sends: 1, nextSendAt: now },
  ]
  const sent = (sends: number) => ({ ...swept, sends })
  const never = { sends: 0, nextSendAt: at(4) }

  test('in order when all before it has come, whatever copies there are', () => {
    for (const own of [undefined, never, sent(1), sent(7)])
      expect(placeOf({}, { own, open: [] }, now)).toBe('in-order')
  })

  test('in order as a second copy, which was sent behind what was sent before: also where that is parked', () => {
    expect(placeOf({ sentBefore: 1 }, { own: sent(2), open: [sent(2)] }, now)).toBe('in-order')
    expect(placeOf({ sentBefore: 1 }, { own: sent(1), open: [sent(1)] }, now)).toBe('in-order')
  })

  test('early before one that was never sent, or is to be sent again now', () => {
    for (const before of [never, due, { sends: 1, nextSendAt: undefined }])
      expect(placeOf({ sentBefore: 1 }, { own: sent(2), open: [sent(1), before] }, now)).toBe(
        'early',
      )
  })

  test('early as a first copy: what comes before it may have been sent since', () => {
    for (const own of [never, swept, due])
      expect(placeOf({}, { own, open: [swept] }, now)).toBe('early')
  })

  test('at once where it is not owed: nobody would send it again', () => {
    expect(placeOf({}, { own: undefined, open: [never] }, now)).toBe('in-order')
  })

  test('stale when a later copy of it lies behind those of what comes before it', () => {
    expect(placeOf({}, { own: sent(2), open: [sent(2)] }, now)).toBe('stale')
    expect(placeOf({ sentBefore: 1 }, { own: sent(3), open: [never] }, now)).toBe('stale')
  })
})

describe('a request is parked', () => {
  test.each([
    ['delivered five times, and held by nobody', 'requested', 5, 0, 1, true],
    ['delivered five times, its last lease not over', 'requested', 5, 2, 1, false],
    ['delivered four times', 'requested', 4, 0, 1, false],
    ['sent again, and its second copy not delivered', 'requested', 5, 0, 2, false],
    ['sent again, and both copies delivered five times', 'requested', 10, 0, 2, true],
    ['of 0.1.0, which wrote down no sends', 'requested', 5, 0, 0, true],
    ['acknowledged', 'received', 5, 0, 1, false],
  ] as const)('%s', (_, status, deliveries, until, sends, parked) => {
    expect(isParked({ status, deliveries, leaseUntil: at(until) }, sends, at(1))).toBe(parked)
  })

  test('and not before it was delivered at all', () => {
    expect(isParked({ status: 'requested' }, 1, at(1))).toBe(false)
  })
})
