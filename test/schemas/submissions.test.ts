import { expect, test } from 'vitest'
import { type Json, cases, mergePatch, referrals } from './submissions.ts'

// RFC 7396 appendix A, every row.
const appendixA: [Json, Json, Json][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
]

test.each(appendixA)('the patches of these tests are merged as RFC 7396: %j with %j', (...row) => {
  const [target, patch, result] = row
  expect(mergePatch(target, patch)).toEqual(result)
})

test('the test data are 250 different referrals and 16 differently named cases', () => {
  expect(new Set(referrals.map(referral => referral['externalId'])).size).toBe(250)
  expect(new Set(cases.map(({ name }) => name)).size).toBe(16)
})
