import { expect, test } from 'vitest'
import { Refused, accepted, refuse } from '../../events/refusal.ts'

test('a fact goes through as it is', () => {
  const fact = { submittedAt: 'now' }
  expect(accepted(fact)).toBe(fact)
})

const thrown = (refusal: ReturnType<typeof refuse>) => {
  try {
    accepted(refusal)
  } catch (error) {
    return error
  }
  return undefined
}

test('a refusal is thrown with its code and its places', () => {
  const errors = [{ pointer: '/reason', code: 'required' as const }]
  expect(thrown(refuse('reason-required', errors))).toBeInstanceOf(Refused)
  expect(thrown(refuse('reason-required', errors))).toMatchObject({
    code: 'reason-required',
    errors,
  })
  expect(thrown(refuse('forbidden'))).toMatchObject({ code: 'forbidden', errors: undefined })
})

test('a refusal without places has no empty list of them', () => {
  expect(refuse('forbidden')).toEqual({ refused: 'forbidden' })
  expect(refuse('forbidden')).not.toHaveProperty('errors')
})
