// The end of a key: one person is enough, and nothing is taken back. Given / when / then.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyStateAt, keyView, maySign, revokeKey } from '../../events/institution.ts'
import { DirectoryKey, type Role } from '../../schemas/agreement.ts'
import { type Instant, type Keyid } from '../../schemas/ids.ts'
import { KeyRevocation } from '../../schemas/institution.ts'
import {
  active,
  first,
  hour,
  inAYear,
  key,
  proposed,
  refused,
  second,
  system,
} from './given-keys.ts'
import { after, now } from './given.ts'

describe('a revocation', () => {
  const at = after(now, hour)
  const revoke = (
    command: object = {},
    given: { key?: DirectoryKey; by?: Keyid; role?: Role; at?: Instant } = {},
  ) =>
    revokeKey(
      KeyRevocation.parse({ reason: 'key-compromise', ...command }),
      given.key ?? active(),
      { by: given.by ?? first, role: given.role ?? 'liaison', now: given.at ?? at },
    )
  const revoked = (command: object = {}, given: Parameters<typeof revoke>[1] = {}) =>
    DirectoryKey.parse(revoke(command, given))

  test('it stops the key at that moment, with its reason, and nothing is taken from its history', () => {
    const fact = revoked()
    expect(fact).toMatchObject({ revokedAt: at, revocationReason: 'key-compromise' })
    expect(fact).not.toHaveProperty('invalidityDate')
    expect(fact.history).toEqual([
      { event: 'enrolled', at: now, by: 'deployment' },
      { event: 'revoked', at, by: first, revokedAt: at, revocationReason: 'key-compromise' },
    ])
    expect([maySign(fact, after(at, -1)), maySign(fact, at)]).toEqual([true, false])
    expect(keyView(fact, at).state).toBe('revoked')
  })

  test('one that begins earlier stops the key now and casts doubt on what it signed since', () => {
    expect(revoked({ effectiveAt: now })).toMatchObject({ revokedAt: at, invalidityDate: now })
  })

  test('one that begins later lets the key work until then', () => {
    const fact = revoked({ effectiveAt: after(at, hour) })
    expect(keyView(fact, at).state).toBe('active')
    expect(maySign(fact, after(at, hour))).toBe(false)
  })

  test.each([
    ['before the key began', after(now, -1), 'before-valid-from'],
    ['after it ends anyway', after(inAYear, 1), 'after-valid-until'],
  ])('it does not begin %s', (_, effectiveAt, code) => {
    expect(revoke({ effectiveAt })).toEqual(refused('/effectiveAt', code))
  })

  test('a planned end is brought forward, never put off', () => {
    const planned = revoked({ effectiveAt: after(at, 2 * hour) })
    expect(revoked({ effectiveAt: after(at, hour) }, { key: planned })).toHaveProperty(
      'revokedAt',
      after(at, hour),
    )
    expect(revoked({}, { key: planned })).toHaveProperty('revokedAt', at)
    expect(revoke({ effectiveAt: after(at, 3 * hour) }, { key: planned })).toEqual({
      refused: 'transition-not-allowed',
    })
  })

  test('again it is done already; only the doubt may reach further back', () => {
    const done = revoked({ effectiveAt: after(now, 10) })
    const next = { key: done, at: after(at, hour) }
    expect(revoke({}, next)).toBe('already')
    expect(revoke({ effectiveAt: after(now, 10) }, next)).toBe('already')
    expect(revoke({ effectiveAt: after(now, 20) }, next)).toBe('already')
    expect(revoke({ effectiveAt: after(at, 1) }, next)).toEqual({
      refused: 'transition-not-allowed',
    })
    const further = revoked({ effectiveAt: now }, next)
    expect(further).toMatchObject({ revokedAt: at, invalidityDate: now })
    expect(further.history).toHaveLength(3)
  })

  test('a proposal and a key that has run out can be revoked too', () => {
    expect(revoked({}, { key: proposed() })).toHaveProperty('revokedAt', at)
    const later = after(inAYear, hour)
    expect(revoked({ effectiveAt: now }, { at: later })).toMatchObject({
      revokedAt: later,
      invalidityDate: now,
    })
  })

  test('a key without liaison or signatory role ends itself, now, and nothing else', () => {
    for (const role of ['referrer', 'recipient', 'compliance-officer'] as const) {
      expect(revoke({}, { by: system, role })).toEqual({ refused: 'forbidden' })
      expect(revoked({}, { by: key, role })).toHaveProperty('revokedAt', at)
      for (const effectiveAt of [now, after(at, hour)])
        expect(revoke({ effectiveAt }, { by: key, role })).toEqual(
          refused('/effectiveAt', 'not-allowed'),
        )
    }
    expect(revoked({}, { by: second, role: 'signatory' })).toHaveProperty('revokedAt', at)
  })

  test('however often an end was planned anew, the key can still be stopped now', () => {
    let planned = active()
    for (let n = 40; n > 0; n--) {
      const fact = revoke({ effectiveAt: after(at, n * hour) }, { key: planned })
      if (fact !== 'already' && !('refused' in fact)) planned = fact
    }
    expect(planned.history).toHaveLength(21)
    const stopped = revoked({}, { key: planned })
    expect(stopped.revokedAt).toBe(at)
    expect(revoke({ effectiveAt: now }, { key: stopped })).toEqual({
      refused: 'transition-not-allowed',
    })
  })

  test('whatever is asked in whatever order, a key that has stopped never signs again', () => {
    const step = fc.record({
      wait: fc.nat(3 * hour),
      effective: fc.option(fc.integer({ min: -4 * hour, max: 400 * 24 * hour }), {
        nil: undefined,
      }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        let [kept, clock] = [active(), now]
        for (const { wait, effective } of steps) {
          clock = after(clock, wait)
          const before = kept
          const command = effective === undefined ? {} : { effectiveAt: after(clock, effective) }
          const fact = revoke(command, { key: kept, at: clock })
          if (fact === 'already' || 'refused' in fact) continue
          kept = DirectoryKey.parse(fact)
          expect(kept.history?.slice(0, -1)).toEqual(before.history)
          expect((kept.revokedAt as string) >= clock || kept.revokedAt === before.revokedAt).toBe(
            true,
          )
          if (before.revokedAt !== undefined)
            expect((kept.revokedAt as string) <= before.revokedAt).toBe(true)
          if (keyStateAt(before, clock) === 'revoked')
            expect(keyStateAt(kept, clock)).toBe('revoked')
        }
      }),
    )
  })
})
