import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { samples } from '../../events/samples.ts'
import { type Holder, readHandle, writeHandle } from '../../../functions/http/handle.ts'
import { InstitutionCode } from '../../../schemas/ids.ts'
import { Handle } from '../../../schemas/inbox.ts'
import { anyCharacter } from '../../any-character.ts'

const event = samples['referral.requested.v1']
const holder: Holder = {
  institution: InstitutionCode.parse('ALA'),
  key: new Uint8Array(32).fill(7),
}
const textOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const read = (handle: string) => readHandle(handle, holder)

describe('a handle', () => {
  test('names its event and its delivery, and is opaque text in the form of the contract', () => {
    // SQS: "The maximum length is 1,024 characters" of a receipt handle.
    fc.assert(
      fc.property(fc.base64String({ minLength: 4, maxLength: 1024 }), receiptHandle => {
        const handle = writeHandle(event, receiptHandle, holder)
        expect(Handle.safeParse(handle).success).toBe(true)
        expect(read(handle)).toEqual({ referralId: event.subject, sequence: 1, receiptHandle })
      }),
    )
  })

  test('fits the contract at its longest', () => {
    const handle = writeHandle({ ...event, sequence: '999999999' }, 'r'.repeat(1024), holder)
    expect(handle.length).toBe(1479)
    expect(Handle.safeParse(handle).success).toBe(true)
  })

  test('every event of a referral has a handle of its own, and so has every delivery', () => {
    const handles = Object.values(samples).flatMap(one => [
      writeHandle(one, 'r1', holder),
      writeHandle(one, 'r2', holder),
    ])
    expect(handles).toHaveLength(2 * Object.keys(samples).length)
    expect(new Set(handles).size).toBe(handles.length)
  })
})

describe('a handle that the hub did not give to this caller', () => {
  const handle = writeHandle(event, 'receipt', holder)

  test('random text names nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: anyCharacter })),
        text => {
          expect(read(text)).toBeUndefined()
          expect(read(handle + text)).toEqual(text === '' ? read(handle) : undefined)
        },
      ),
    )
  })

  test('what is made by hand names nothing, behind whatever 43 characters', () => {
    const text = textOf([event.subject, 1, 'receipt'])
    expect(handle.startsWith(text)).toBe(true)
    const unkeyed = createHmac('sha256', '').update(text).digest('base64url')
    for (const mac of ['', 'A'.repeat(43), unkeyed, 'ñ'.repeat(43), '\0'.repeat(43)])
      expect(read(text + mac)).toBeUndefined()
  })

  test('no character can be any other: there is one spelling', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/='
    for (let at = 0; at < handle.length; at++)
      for (const other of alphabet)
        if (other !== handle[at])
          expect(read(handle.slice(0, at) + other + handle.slice(at + 1))).toBeUndefined()
  })

  test('nor can it be cut anywhere', () => {
    for (let length = 0; length < handle.length; length++) {
      expect(read(handle.slice(0, length))).toBeUndefined()
      expect(read(handle.slice(handle.length - length))).toBeUndefined()
    }
  })

  test('it names nothing for another institution, and nothing under another key', () => {
    const institution = InstitutionCode.parse('IGM')
    expect(readHandle(handle, { ...holder, institution })).toBeUndefined()
    expect(readHandle(handle, { ...holder, key: new Uint8Array(32) })).toBeUndefined()
  })
})
