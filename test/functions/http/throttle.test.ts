import { expect, test } from 'vitest'
import { recent } from '../../../functions/http/throttle.ts'

test('what was added last is known, what is long past is forgotten, and it never holds more than two generations', () => {
  const served = recent(3)
  const add = (from: number, to: number) => {
    for (let n = from; n <= to; n++) served.add(`${n}`)
  }
  const known = () => [1, 2, 3, 4, 5, 6, 7, 8].filter(n => served.has(`${n}`))
  add(1, 3)
  expect(known()).toEqual([1, 2, 3])
  add(4, 6)
  expect(known()).toEqual([1, 2, 3, 4, 5, 6])
  add(7, 7)
  expect(known()).toEqual([4, 5, 6, 7])
})
