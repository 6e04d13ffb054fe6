// Strictness of every shape of the contract, found by walking it.
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { AccessLogEntry, Action } from '../../schemas/access-log.ts'
import { Agreement, DirectoryKey, Role } from '../../schemas/agreement.ts'
import { ConsentEvent } from '../../schemas/consent.ts'
import { QueueMessage } from '../../schemas/inbox.ts'
import { Submission } from '../../schemas/referral.ts'
import { type RouteSpec, routes } from '../../schemas/routes.ts'
import { objectsIn, objectsOf } from './objects.ts'
import { fullest } from './submissions.ts'

const specs: [string, RouteSpec][] = Object.entries(routes)
const stored = { AccessLogEntry, Agreement, DirectoryKey, ConsentEvent, QueueMessage }

const shapes: [string, z.ZodType][] = [
  ...specs.flatMap(([name, { params, query, body, answer }]) =>
    Object.entries({ params, query, body, answer: answer.schema }).flatMap(
      ([part, shape]): [string, z.ZodType][] => (shape ? [[`${name} ${part}`, shape]] : []),
    ),
  ),
  ...Object.entries(stored),
]

describe('unknown members', () => {
  test.each(shapes.filter(([name]) => name !== 'openapi.read answer'))(
    'no object of %s has room for an unknown member',
    (_, shape) => {
      const objects = objectsOf(shape)
      // A text has no members at all.
      if (shape instanceof z.ZodString) return
      expect(objects).not.toEqual([])
      const open = objects.filter(({ others }) => others !== 'never')
      expect(open.map(({ at }) => at)).toEqual([])
    },
  )

  const places = objectsIn(fullest)

  test('the fullest submission has every object that a submission can have', () => {
    const found = places.map(({ pointer }) => pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'))
    expect(new Set(found)).toEqual(new Set(objectsOf(Submission).map(({ at }) => at)))
  })

  test.each(places.map(({ pointer }) => pointer))(
    'an unknown member of a submission at “%s” is refused there and named nowhere else',
    pointer => {
      const value = structuredClone(fullest)
      const target = objectsIn(value).find(one => one.pointer === pointer)?.value
      Object.assign(target ?? {}, { 'texto libre': 'una historia' })
      const issues = Submission.safeParse(value).error?.issues ?? []
      expect(
        issues.map(({ code, path }) => [code, path.map(step => `/${String(step)}`).join('')]),
      ).toEqual([['unrecognized_keys', pointer]])
    },
  )
})

describe('the list of routes', () => {
  test('no two routes have the same method and path', () => {
    const keys = specs.map(([, { method, path }]) => `${method} ${path}`)
    expect(new Set(keys).size).toBe(specs.length)
  })

  test('a path has nothing but plain words and the names of its parameters', () => {
    for (const [, { path, params }] of specs) {
      expect(path).toMatch(/^\/v1(\/[a-z-]+|\/\{[a-zA-Z]+\}|\/openapi\.json)+(\/\{[a-zA-Z]+\+\})?$/)
      const named = [...path.matchAll(/\{(\w+)\+?\}/g)].map(match => match[1])
      const known = params ? Object.keys((params as z.ZodObject).shape) : []
      expect(known).toEqual(named)
    }
  })

  test('every signed route is logged under its own name and open to some role; open routes are neither', () => {
    const signed = specs.filter(([, { action }]) => action !== undefined)
    const names: Record<string, string> = {
      'access-log.checkpoint': 'access-log.read',
      'access-log.public-key': 'access-log.read',
      'access-log.proof': 'access-log.read',
      'access-log.entry': 'access-log.read',
      'access-log.summary': 'access-log.query',
      'access-log.tile': 'access-log.read',
      'access-log.bundle': 'access-log.read',
      'access-log.cosignatures': 'access-log.read',
      'institution.keys': 'key.read',
    }
    expect(signed.map(([name, { action }]) => [name, action])).toEqual(
      signed.map(([name]) => [name, names[name] ?? name]),
    )
    // What no route is logged as: acts of the clock, and of whoever sets it (a local hub that is started earlier).
    const used = new Set(signed.map(([, { action }]) => action))
    expect(Action.options.filter(action => !used.has(action)).toSorted()).toEqual([
      'agreement.ending',
      'consent.expire',
      'consent.expiring',
      'hub.clock',
      'hub.console',
      'referral.agreement-ended',
      'referral.not-answered',
      'referral.overdue',
      'referral.shred',
      'referral.stalled',
      'referral.undelivered',
    ])
    for (const [name, { roles }] of signed) expect([name, roles.length > 0]).toEqual([name, true])
    const open = specs.filter(([, { action }]) => action === undefined)
    expect(open.map(([name]) => name)).toEqual(['health.read', 'openapi.read'])
    for (const [, { roles, refusals }] of open) expect([roles, refusals]).toEqual([[], []])
  })

  test('an Idempotency-Key is asked of every POST but release, pull, ack and return, and of no GET', () => {
    const may = specs.map(([name, { method, idempotencyKey }]) => [name, method, idempotencyKey])
    expect(may.filter(([, method]) => method === 'POST')).toEqual([
      ['referral.submit', 'POST', 'required'],
      ['referral.status', 'POST', 'required'],
      ['referral.milestone', 'POST', 'required'],
      ['referral.void-milestone', 'POST', 'required'],
      ['referral.handover', 'POST', 'required'],
      ['referral.release', 'POST', 'optional'],
      ['inbox.pull', 'POST', 'optional'],
      ['inbox.ack', 'POST', 'optional'],
      ['inbox.return', 'POST', 'optional'],
      ['inbox.redrive', 'POST', 'optional'],
      ['consent.withdraw', 'POST', 'required'],
      ['consent.confirm-deletion', 'POST', 'required'],
      ['agreement.notice', 'POST', 'required'],
      ['access-log.cosign', 'POST', 'required'],
      ['key.enrol', 'POST', 'required'],
      ['key.confirm', 'POST', 'required'],
      ['key.revoke', 'POST', 'required'],
    ])
    expect(new Set(may.filter(([, m]) => m === 'GET').map(([, , key]) => key))).toEqual(
      new Set(['none']),
    )
  })

  test('only compliance officers may read the access log, liaisons what shows no entry of it; and beside it headers, consents and public keys; they revoke their own key', () => {
    const theirs = specs.filter(([, { roles }]) => roles.includes('compliance-officer'))
    const [log, others] = [theirs, theirs].map((all, at) =>
      all.filter(([name]) => name.startsWith('access-log.') === (at === 0)),
    )
    const withLiaisons = ['checkpoint', 'public-key', 'tile', 'cosignatures']
    expect(log?.map(([name, { roles }]) => [name, roles])).toEqual(
      'query checkpoint public-key proof entry summary tile bundle cosignatures'
        .split(' ')
        .map(name => [
          `access-log.${name}`,
          ['compliance-officer', ...(withLiaisons.includes(name) ? ['liaison'] : [])],
        ]),
    )
    expect(others?.map(([name]) => name)).toEqual([
      'referral.read',
      'referral.list',
      'consent.read',
      'consent.certify',
      'agreement.list',
      'agreement.read',
      'me.read',
      'institution.list',
      'institution.keys',
      'key.revoke',
      'report.progress',
    ])
  })

  test('content is opened to recipients alone; either side withdraws, and the recipient confirms', () => {
    expect(routes['referral.release'].roles).toEqual(['recipient'])
    expect(routes['consent.withdraw'].roles).toEqual(['referrer', 'recipient'])
    expect(routes['consent.confirm-deletion'].roles).toEqual(['recipient'])
  })

  test('a liaison proposes a key, a liaison or signatory confirms it, and any key may ask to be revoked', () => {
    expect(routes['key.enrol'].roles).toEqual(['liaison'])
    expect(routes['key.confirm'].roles).toEqual(['liaison', 'signatory'])
    expect(routes['key.revoke'].roles.toSorted()).toEqual(Role.options.toSorted())
  })
})

describe('paging', () => {
  const query = routes['referral.list'].query
  const limitOf = (limit: string) => query.safeParse({ direction: 'sent', limit })

  test.each([
    ['1', 1],
    ['50', 50],
    ['200', 200],
  ])('limit=%s is understood as %s', (limit, meant) => {
    expect(limitOf(limit)).toMatchObject({ success: true, data: { limit: meant } })
  })

  test.each(['', '0', '201', '-1', '1.5', '1e2', '0x10', ' 5', 'all', '1000'])(
    'limit=%s is refused',
    limit => {
      expect(limitOf(limit).success).toBe(false)
    },
  )

  test.each(['', '=', '%', 'a b', 'a'.repeat(513)])('cursor=%j is refused', cursor => {
    expect(query.safeParse({ direction: 'sent', cursor }).success).toBe(false)
  })
})

describe('an empty filter never means “no filter”', () => {
  const filters = specs.flatMap(([name, { query }]) =>
    query instanceof z.ZodObject
      ? Object.keys(query.shape).map((filter): [string, string, z.ZodType] => [name, filter, query])
      : [],
  )
  test.each(filters)('%s?%s= is refused there, and for that alone', (name, filter, query) => {
    const { error } = query.safeParse({ [filter]: '' })
    expect(error?.issues.map(issue => [issue.path[0], issue.code])).toEqual([[filter, 'custom']])
    // A report is of one agreement, which must be named.
    expect(query.safeParse({}).success).toBe(name !== 'report.progress')
  })
})
