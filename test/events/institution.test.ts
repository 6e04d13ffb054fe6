// The life of a key: two persons make it, one ends it, nothing is taken back. Given / when / then.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  confirmKey,
  keyStateAt,
  keyView,
  maxKeys,
  maxValidity,
  maySign,
  proposalLifetime,
  proposeKey,
  revokeKey,
} from '../../events/institution.ts'
import { DirectoryKey, type Role } from '../../schemas/agreement.ts'
import { type Instant, Keyid } from '../../schemas/ids.ts'
import { KeyConfirmation, KeyProposal, KeyRevocation } from '../../schemas/institution.ts'
import { after, igm, now } from './given.ts'

const keyidOf = (letter: string) => Keyid.parse(letter.repeat(43))
const [key, first, second, system] = [keyidOf('k'), keyidOf('a'), keyidOf('b'), keyidOf('s')]
const hour = 3_600_000
const inAYear = after(now, 365 * 24 * hour)

const proposal = (more: object = {}) =>
  KeyProposal.parse({
    jwk: { kty: 'OKP', crv: 'Ed25519', x: 'x' },
    alg: 'ed25519',
    roles: ['referrer', 'recipient'],
    validUntil: inAYear,
    proof: 'a.b.c',
    ...more,
  })
const propose = (more: object = {}, keys = 3) =>
  proposeKey(proposal(more), { institution: igm, keyid: key, keys }, { by: first, now })
const proposed = (more: object = {}) => DirectoryKey.parse(propose(more))
const active = (more: object = {}): DirectoryKey => {
  const { proposedBy: _, history: __, ...rest } = proposed()
  const history = [{ event: 'enrolled', at: now, by: 'deployment' }]
  return DirectoryKey.parse({ ...rest, state: 'active', history, ...more })
}
const liaison = (more: object = {}) => active({ keyid: first, roles: ['liaison'], ...more })
const refused = (pointer: string, code: string) => ({
  refused: 'invalid-request',
  errors: [{ pointer, code }],
})

describe('a proposal', () => {
  test('it is a key that may not sign, with its proposer in its history', () => {
    expect(proposed()).toMatchObject({
      keyid: key,
      institution: igm,
      state: 'proposed',
      proposedBy: first,
      validFrom: now,
      history: [{ event: 'proposed', at: now, by: first }],
    })
    expect(maySign(proposed(), now)).toBe(false)
  })

  test.each([
    ['in the past', { validUntil: now }, 'in-the-past'],
    [
      'before it begins',
      { validFrom: inAYear, validUntil: after(inAYear, -1) },
      'before-valid-from',
    ],
    ['after more than two years', { validUntil: after(now, maxValidity + 1) }, 'too-long'],
  ])('it may not end %s', (_, terms, code) => {
    expect(propose(terms)).toEqual(refused('/validUntil', code))
  })

  test('it may last for two years to the millisecond, and begin later', () => {
    expect(propose({ validUntil: after(now, maxValidity) })).toHaveProperty('state', 'proposed')
    const later = { validFrom: inAYear, validUntil: after(inAYear, maxValidity) }
    expect(propose(later)).toHaveProperty('validFrom', inAYear)
  })

  test('it may not begin more than two years from now', () => {
    const validFrom = after(now, maxValidity + 1)
    const terms = { validFrom, validUntil: after(validFrom, 1) }
    expect(propose(terms)).toEqual(refused('/validFrom', 'too-late'))
  })

  test('an institution has a limited number of keys, of all times', () => {
    expect(propose({}, maxKeys - 1)).toHaveProperty('state', 'proposed')
    expect(propose({}, maxKeys)).toEqual({ refused: 'transition-not-allowed' })
  })

  test('a role named twice, and no role, is no proposal', () => {
    for (const roles of [[], ['referrer', 'referrer'], ['administrator']])
      expect(KeyProposal.safeParse({ ...proposal(), roles }).success).toBe(false)
  })
})

describe('a confirmation', () => {
  const said = (more: object = {}) =>
    KeyConfirmation.parse({ roles: ['recipient', 'referrer'], validUntil: inAYear, ...more })
  const confirm = (
    given: {
      said?: object
      key?: DirectoryKey
      proposer?: DirectoryKey
      by?: Keyid
      at?: Instant
    } = {},
  ) =>
    confirmKey(said(given.said), given.key ?? proposed(), given.proposer ?? liaison(), {
      by: given.by ?? second,
      now: given.at ?? after(now, hour),
    })

  test('it lets the key sign from that moment, not from before', () => {
    const at = after(now, hour)
    const fact = DirectoryKey.parse(confirm())
    expect(fact).toMatchObject({ state: 'active', confirmedBy: second, validFrom: at })
    expect(fact.history?.map(({ event, by }) => [event, by])).toEqual([
      ['proposed', first],
      ['confirmed', second],
    ])
    expect([maySign(fact, after(at, -1)), maySign(fact, at)]).toEqual([false, true])
  })

  test('a key that begins later still begins later', () => {
    const from = after(now, 48 * hour)
    const fact = DirectoryKey.parse(confirm({ key: proposed({ validFrom: from }) }))
    expect(fact.validFrom).toBe(from)
  })

  test('nobody confirms their own proposal', () => {
    expect(confirm({ by: first })).toEqual({ refused: 'forbidden' })
  })

  test.each([
    ['other roles', { roles: ['referrer'] }, '/roles'],
    ['more roles', { roles: ['referrer', 'recipient', 'liaison'] }, '/roles'],
    ['another end', { validUntil: after(inAYear, 1) }, '/validUntil'],
  ])('one that says %s has not read the proposal', (_, words, pointer) => {
    expect(confirm({ said: words })).toEqual(refused(pointer, 'not-as-proposed'))
  })

  test('it comes within seven days, to the millisecond', () => {
    const last = after(now, proposalLifetime)
    expect(confirm({ at: last })).toHaveProperty('state', 'active')
    expect(confirm({ at: after(last, 1) })).toEqual({ refused: 'transition-not-allowed' })
    expect(keyStateAt(proposed(), last)).toBe('proposed')
    expect(keyStateAt(proposed(), after(last, 1))).toBe('lapsed')
  })

  test('it comes once, and not for a key that was revoked or is over', () => {
    const again = { refused: 'transition-not-allowed' }
    expect(confirm({ key: DirectoryKey.parse(confirm()) })).toEqual(again)
    expect(confirm({ key: { ...proposed(), revokedAt: now } })).toEqual(again)
    const short = after(now, hour)
    expect(confirm({ key: proposed({ validUntil: short }), said: { validUntil: short } })).toEqual(
      again,
    )
  })

  test('what a key proposed that may no longer sign is not confirmed', () => {
    for (const gone of [
      { revokedAt: after(now, hour) },
      { validUntil: after(now, hour - 1) },
      { state: 'proposed' },
    ])
      expect(confirm({ proposer: liaison(gone) })).toEqual({ refused: 'transition-not-allowed' })
    const nobody = confirmKey(said(), proposed(), undefined, { by: second, now })
    expect(nobody).toEqual({ refused: 'transition-not-allowed' })
    // One whose end is only planned is still there.
    expect(confirm({ proposer: liaison({ revokedAt: inAYear }) })).toHaveProperty('state', 'active')
  })
})

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

test('rotation: two keys overlap, and each signs within its own time', () => {
  const old = active({ keyid: system, validUntil: after(now, 10 * hour) })
  const fresh = active({ validFrom: after(now, 5 * hour) })
  const signing = (hours: number) =>
    [old, fresh].map(each => maySign(each, after(now, hours * hour)))
  expect([signing(4), signing(7), signing(11)]).toEqual([
    [true, false],
    [true, true],
    [false, true],
  ])
})
