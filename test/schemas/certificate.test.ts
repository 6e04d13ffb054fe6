// The answers that a consent's end brings: strict at every place, with every member that they know.
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { AccessLogEntry } from '../../schemas/access-log.ts'
import { Certificate, Sentence } from '../../schemas/certificate.ts'
import { ConsentView } from '../../schemas/consent.ts'
import { routes } from '../../schemas/routes.ts'
import { samples } from '../events/samples.ts'
import { certificateOf } from './certificates.ts'
import { objectsIn, objectsOf } from './objects.ts'
import { fullPayload } from './submissions.ts'

const at = '2026-11-21T12:00:00.000Z'
const id = '019aa5d4-7c00-7abc-8def-0123456789ab'
const sha = 'a'.repeat(64)
const sentence = { es: 'Se destruyó.', en: 'It was destroyed.' }

const certificate = {
  ...certificateOf(id, at),
  destroyed: [{ what: sentence, digest: sha }],
  remains: [{ what: sentence, why: sentence }],
  deletionConfirmedAt: at,
  logEntries: [{ index: 0, id, action: 'consent.withdraw', time: at }],
  statement: sentence,
  issuedAt: at,
}
const said = { requestedBy: 'self', method: 'in-person', statedAt: at }
const view = {
  consentId: id,
  referralId: id,
  agreementId: 'igm-ala-2026',
  state: 'withdrawn',
  deletion: 'requested',
  purposes: [{ purpose: 'training-referral', recipient: 'ALA', dataCategories: ['identity'] }],
  validUntil: at,
  events: [{ event: 'withdrawn', at, by: 'IGM', ...said }],
  releasesInFlight: 1,
}
const released = {
  referral: {
    ...(samples['referral.requested.v1'].data as object),
    milestones: [{ n: 1, milestone: 'enrolled', on: '2026-12-01', recordedAt: at }],
  },
  payload: fullPayload,
  withheld: ['protection'],
  proof: 'c2sp.org/tlog-proof@v1',
}
const byClock = {
  index: 1,
  id,
  time: at,
  action: 'referral.shred',
  outcome: 'allowed',
  actor: { institution: 'HUB', role: 'hub' },
  referralId: id,
  consentId: id,
  request: { id, method: 'SCHEDULE', path: '/run-due-work' },
  envelopeDigest: sha,
  destroyedKeyDigest: sha,
  chain: { n: 4, prevHash: 'ab'.repeat(32) },
  key: {
    institution: 'IGM',
    roles: ['liaison'],
    validFrom: at,
    validUntil: at,
    at,
    before: [{ event: 'enrolled', at, by: 'deployment' }],
  },
  notice: { agreementId: 'igm-ala-2026', number: 'AV-2026-0001', kind: 'breach', digest: sha },
  ending: { agreementId: 'igm-ala-2026', endsAt: at, days: 90 },
  console: { manifest: sha },
}

const shapes: [string, z.ZodType, object][] = [
  ['a certificate', Certificate, certificate],
  ['a consent', ConsentView, view],
  ['a second opening', routes['referral.release'].answer.schema, released],
  ['an entry of what the hub did by its clock', AccessLogEntry, byClock],
]

describe.each(shapes)('%s', (_, shape, whole) => {
  const places = objectsIn(whole)

  test('is taken whole, with every object that it can have', () => {
    expect(shape.parse(whole)).toEqual(whole)
    const found = places.map(({ pointer }) => pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'))
    expect(new Set(found)).toEqual(new Set(objectsOf(shape).map(({ at: place }) => place)))
  })

  test.each(places.map(({ pointer }) => pointer))('has no room for more at “%s”', pointer => {
    const value = structuredClone(whole)
    const target = objectsIn(value).find(one => one.pointer === pointer)?.value
    Object.assign(target ?? {}, { note: 'una historia' })
    expect(shape.safeParse(value).success).toBe(false)
  })
})

test('a certificate may lack only what is not known: who asked, a digest, a place in the log, a confirmation', () => {
  const needless = ['requestedBy', 'digest', 'index', 'deletionConfirmedAt']
  for (const { pointer, value } of objectsIn(certificate))
    for (const name of Object.keys(value)) {
      const copy = structuredClone(certificate)
      const target = objectsIn(copy).find(one => one.pointer === pointer)?.value ?? {}
      Reflect.deleteProperty(target, name)
      expect([`${pointer}/${name}`, Certificate.safeParse(copy).success]).toEqual([
        `${pointer}/${name}`,
        needless.includes(name),
      ])
    }
})

test('a sentence is in both languages', () => {
  expect(Sentence.safeParse(sentence).success).toBe(true)
  expect(Sentence.safeParse({ es: 'Se destruyó.' }).success).toBe(false)
  expect(Sentence.safeParse({ en: 'It was destroyed.' }).success).toBe(false)
})

const actor = (value: object) => AccessLogEntry.safeParse({ ...byClock, actor: value }).success

test('an actor is somebody with a key and a role, or the hub', () => {
  expect(actor({ institution: 'IGM', keyid: 'K'.repeat(43), role: 'referrer' })).toBe(true)
  expect(actor({ institution: 'HUB', role: 'hub' })).toBe(true)
  expect(actor({ institution: 'HUB', role: 'operator' })).toBe(false)
  expect(actor({ role: 'hub' })).toBe(false)
})
