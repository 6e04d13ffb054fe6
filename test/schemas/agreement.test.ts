import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { Agreement, Institution, PublicJwk } from '../../schemas/agreement.ts'
import { FirstKey } from '../../schemas/institution.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../infra/agreements/${name}.json`, import.meta.url), 'utf8'))

test('the agreement of IGM and ALA is in the shape that the hub reads, with the terms that were signed', () => {
  expect(Agreement.parse(read('igm-ala-2026'))).toMatchObject({
    agreementId: 'igm-ala-2026',
    parties: ['IGM', 'ALA'],
    flows: [{ referrer: 'IGM', recipient: 'ALA' }],
    onwardRecipients: ['OIM'],
    // Signed 5 February 2026 and ends on the eve two years on, both in Guatemala (UTC-6).
    inForceFrom: new Date('2026-02-05T00:00:00-06:00').toISOString(),
    inForceUntil: new Date('2028-02-04T23:59:59.999-06:00').toISOString(),
    servesRegularStatus: false,
    targetPersons: 250,
    policy: { answerHours: { routine: 2 * 7 * 24, urgent: 72, stat: 24 } },
  })
})

test('every institution of an agreement is registered', () => {
  const codes = z
    .array(Institution)
    .parse(read('institutions'))
    .map(({ code }) => code)
  const { parties, onwardRecipients } = Agreement.parse(read('igm-ala-2026'))
  expect(codes).toEqual(expect.arrayContaining([...parties, ...onwardRecipients]))
  expect(new Set(codes).size).toBe(codes.length)
})

test('no institution can be called HUB, as the hub calls itself in its log', () => {
  const agreement = Agreement.parse(read('igm-ala-2026'))
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }
  const as = (code: string): [string, boolean][] => [
    ['institution', Institution.safeParse({ code, name: 'Prueba' }).success],
    ['first key', FirstKey.safeParse({ institution: code, roles: ['liaison'], jwk }).success],
    ['party', Agreement.safeParse({ ...agreement, parties: ['IGM', code] }).success],
    [
      'flow',
      Agreement.safeParse({ ...agreement, flows: [{ referrer: 'IGM', recipient: code }] }).success,
    ],
    ['onward', Agreement.safeParse({ ...agreement, onwardRecipients: [code] }).success],
  ]
  expect(as('HUB').filter(([, taken]) => taken)).toEqual([])
  expect(as('HUBS').filter(([, taken]) => !taken)).toEqual([])
})

test('a private key is no public one', () => {
  const key = { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }
  expect(PublicJwk.safeParse(key).success).toBe(true)
  expect(PublicJwk.safeParse({ ...key, d: 'AAAA' }).success).toBe(false)
  expect(PublicJwk.safeParse({ kty: 'oct', k: 'AAAA' }).success).toBe(false)
})
