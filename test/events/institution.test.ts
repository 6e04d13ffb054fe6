// The life of a key: two persons make it. Given / when / then. How one ends it: institution.revocation.test.ts.
import { describe, expect, test } from 'vitest'
import {
  confirmKey,
  keyStateAt,
  maxKeys,
  maxValidity,
  maySign,
  proposalLifetime,
} from '../../events/institution.ts'
import { DirectoryKey } from '../../schemas/agreement.ts'
import { type Instant, type Keyid } from '../../schemas/ids.ts'
import { KeyConfirmation, KeyProposal } from '../../schemas/institution.ts'
import {
  active,
  first,
  hour,
  inAYear,
  key,
  liaison,
  proposal,
  propose,
  proposed,
  refused,
  second,
  system,
} from './given-keys.ts'
import { after, igm, now } from './given.ts'

const said = (more: object = {}) =>
  KeyConfirmation.parse({ roles: ['recipient', 'referrer'], validUntil: inAYear, ...more })

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

describe('a confirmation', () => {
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
