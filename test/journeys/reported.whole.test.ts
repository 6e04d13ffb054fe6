// What other systems of this kind were reported to get wrong, sent through the front door (test/data/reported.json).
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { RawAnswer } from './signed-requests.ts'
import { hubNow, inboxOf, systemsOf } from './callers.ts'
import { idempotencyKey, submitRaw } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'
import { sharedHub } from './shared-hub.ts'

type Case = {
  name: string
  patch: object
  status: number
  code?: string
  pointer?: string
  field?: string
  allowed?: string[]
}

const hub = await sharedHub()
const { igm, ala } = await systemsOf(hub)
const inbox = inboxOf(ala)
const { cases } = JSON.parse(
  readFileSync(new URL('../data/reported.json', import.meta.url), 'utf8'),
) as { cases: Case[] }

const fresh = () => `0${randomBytes(6).toString('hex')}`
const stated = (patch: object): object =>
  JSON.parse(
    JSON.stringify(patch)
      .replaceAll('{{n}}', fresh)
      .replace(/\{\{now \+ (\d+) s\}\}/g, (_, seconds: string) =>
        new Date(hubNow(hub).getTime() + Number(seconds) * 1000).toISOString(),
      ),
  ) as object

describe('what the hub answers to', () => {
  test.each(cases)('$name', async ({ patch, status, code, pointer, field, allowed }) => {
    const answer = await submitRaw(hub, submissionOf(1, stated(patch)))
    expect([answer.status, answer.json.code, answer.json.errors]).toEqual([
      status,
      code,
      pointer === undefined
        ? undefined
        : [{ pointer, code: field, ...(allowed ? { allowed } : {}) }],
    ])
  })
})

const accepted = async (patch: object) => {
  const { status, json } = await submitRaw(hub, submissionOf(1, patch))
  expect([status, json.code, json.errors]).toEqual([201, undefined, undefined])
  return json as unknown as { referralId: string; consentId: string; externalId: string }
}
const codesOf = ({ json }: RawAnswer) => [json.code, json.errors?.map(({ code }) => code)]

test('names come to the recipient byte for byte, and own numbers back to the sender', async () => {
  const names = [
    '\u0639\u0644\u06cc\u200c\u0631\u0636\u0627',
    'Jose\u0301',
    ' O’Neill  Prueba ',
    '𠮷\u{e0100}',
  ]
  const externalId = `ñ ${fresh()}`
  const { referralId } = await accepted({
    externalId,
    payload: { identity: { givenNames: names, alias: names[0], originalScript: names[3] } },
  })
  const [message] = await inbox.about(referralId)
  expect(message?.payload?.identity).toMatchObject({
    givenNames: names,
    alias: names[0],
    originalScript: names[3],
  })
  expect((await igm.getReferral(referralId)).body.externalId).toBe(externalId)
})

const submit = (...documents: object[]) =>
  submitRaw(hub, submissionOf(1, { payload: { identity: { documents } } }))
const issued = ([issuingCountry]: string[]) => (issuingCountry ? { issuingCountry } : {})

describe('one person', () => {
  test.each([
    ['a passport', 'passport', ['HND'], ['HND']],
    ['a provisional stay, its country said once', 'provisional-stay', ['GTM'], []],
    ['a provisional stay, its country never said', 'provisional-stay', [], []],
    ['a refugee card, its country said once', 'refugee-card', [], ['GTM']],
    ['a certificate of UNHCR, a country said once', 'unhcr-certificate', ['GTM'], []],
  ])('is recognised by %s', async (_, type, first, second) => {
    const number = `prueba ${fresh()}`
    expect((await submit({ type, number, ...issued(first) })).status).toBe(201)
    const again = { type, number: number.toUpperCase().replaceAll(' ', '-'), ...issued(second) }
    expect(codesOf(await submit(again))).toEqual(['duplicate-active-referral', undefined])
  })

  test('is recognised by a DPI, printed or typed', async () => {
    const printed = { type: 'dpi-foreign-resident', number: '1234-56789-0101' }
    expect((await submit(printed)).status).toBe(201)
    const typed = { ...printed, number: '1234567890101', issuingCountry: 'GTM' }
    expect(codesOf(await submit(typed))[0]).toBe('duplicate-active-referral')
  })

  test('is not another one whose passport has the same number in another country, or none at all', async () => {
    const number = `PRUEBA${fresh()}`
    for (const issuingCountry of ['HND', 'SLV'])
      expect((await submit({ type: 'passport', number, issuingCountry })).status).toBe(201)
    for (let person = 0; person < 2; person++)
      expect(
        (await submit({ type: 'passport', issuingCountry: 'HND', reason: 'lost-en-route' })).status,
      ).toBe(201)
  })
})

test('a consent granted by a clock that is ahead opens at once, and a digest is kept in lower case', async () => {
  const grantedAt = new Date(hubNow(hub).getTime() + 25_000).toISOString()
  const { referralId } = await accepted({ consent: { grantedAt } })
  const [message] = await inbox.about(referralId)
  expect(message?.withheld).not.toContain('all')
  expect(message?.payload?.identity?.familyNames).toContain('Prueba')
})

/** Midnight in Guatemala, as a day is stated. The tests' day began there 6 hours ago. */
const today = () => `${hubNow(hub).toISOString().slice(0, 10)}T06:00:00.000Z`

describe('a day that somebody states is that whole day in Guatemala', () => {
  test('a consent granted and withdrawn on one day is in order, and so is the deletion', async () => {
    const grantedAt = new Date(hubNow(hub).getTime() - 1000).toISOString()
    const { consentId } = await accepted({ consent: { grantedAt } })
    const withdrawal = { requestedBy: 'self', method: 'in-person', at: today() } as const
    const { body } = await igm.withdrawConsent(consentId, withdrawal, idempotencyKey())
    expect(body).toMatchObject({ state: 'withdrawn', deletion: 'requested' })
    const { body: confirmed } = await ala.confirmDeletion(consentId, { at: today() })
    expect(confirmed.deletion).toBe('confirmed')
  })
})
