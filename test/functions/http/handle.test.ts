import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { samples } from '../../../events/catalogue.ts'
import { readHandle, writeHandle } from '../../../functions/http/handle.ts'
import { Handle } from '../../../schemas/inbox.ts'

const event = samples['referral.requested.v1']
const handleOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a handle', () => {
  test('names its event and its delivery, and is opaque text in the form of the contract', () => {
    // SQS: "The maximum length is 1,024 characters" of a receipt handle.
    fc.assert(
      fc.property(fc.base64String({ minLength: 4, maxLength: 1024 }), receipt => {
        const handle = writeHandle(event, receipt)
        expect(Handle.safeParse(handle).success).toBe(true)
        expect(readHandle(handle)).toEqual({ referralId: event.subject, sequence: 1, receipt })
      }),
    )
  })

  test('every event of a referral has a handle of its own, and so has every delivery', () => {
    const handles = Object.values(samples).flatMap(one => [
      writeHandle(one, 'r1'),
      writeHandle(one, 'r2'),
    ])
    expect(handles).toHaveLength(16)
    expect(new Set(handles).size).toBe(16)
  })
})

describe('a handle that the hub did not give out', () => {
  test('random text names nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), text => {
        expect(readHandle(text)).toBeUndefined()
      }),
    )
  })

  test.each([
    [[]],
    [[event.subject, 1]],
    [[event.subject, 1, '']],
    [[event.subject, 0, 'r']],
    [[event.subject, 1.5, 'r']],
    [[event.subject, '1', 'r']],
    [[event.subject, 1, 'r', 'more']],
    [['not-an-id', 1, 'r']],
    [{ referralId: event.subject, sequence: 1, receipt: 'r' }],
    [null],
    ['x'],
  ])('%j names nothing', value => {
    expect(readHandle(handleOf(value))).toBeUndefined()
  })
})
