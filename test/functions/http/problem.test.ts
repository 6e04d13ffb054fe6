import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import { languageOf, problemAnswer } from '../../../functions/http/problem.ts'
import { fieldErrors } from '../../../schemas/field-errors.ts'
import { Envelope } from '../../../schemas/inbox.ts'
import { HubName, localHubName } from '../../../schemas/hub-name.ts'
import { type ProblemCode, problems } from '../../../schemas/problem.ts'
import { ProblemDetails } from '../../../schemas/problem-details.ts'
import { Submission } from '../../../schemas/referral.ts'
import { type RouteSpec, routes } from '../../../schemas/routes.ts'
import { objectsIn } from '../../schemas/objects.ts'
import { type JsonObject, cases, fullest, patched } from '../../schemas/submissions.ts'

describe('the language of an answer', () => {
  const english = ['en', 'EN-us', 'en-US,en;q=0.9,es;q=0.8', 'es;q=0.8,en;q=0.9', 'fr, en;q=0.1']
  const spanish = ['es', 'es-GT', 'en;q=0.8, es;q=0.9', 'en ; q=0.5 , es ; q=0.6', 'es, en']
  const neither = [undefined, '', '*', 'fr', 'eng', 'en;q=0', 'en;q=0, fr', 'en;q=x', ';;;,,q=1']

  test.each([...english, 'en, es'])('for Accept-Language %j it is English', header => {
    expect(languageOf(header)).toBe('en')
  })
  test.each(spanish)('for Accept-Language %j it is Spanish', header => {
    expect(languageOf(header)).toBe('es')
  })
  test.each(neither)('%j asks for neither, or says nothing: it is Spanish', header => {
    expect(languageOf(header)).toBe('es')
  })
})

describe('a problem answer (RFC 9457)', () => {
  const codes = Object.keys(problems) as ProblemCode[]

  test.each(codes)(
    '%s has its own type, its status and a title in the language asked for',
    code => {
      for (const language of ['es', 'en'] as const) {
        const answer = problemAnswer(code, {
          hub: localHubName,
          requestId: 'the-request',
          acceptLanguage: language,
        })
        expect(answer.statusCode).toBe(problems[code].status)
        expect(answer.headers).toMatchObject({
          'content-type': 'application/problem+json',
          'content-language': language,
        })
        expect(ProblemDetails.parse(JSON.parse(answer.body ?? ''))).toEqual({
          type: `https://referral-hub.example/problems/${code}`,
          title: problems[code][language],
          status: problems[code].status,
          code,
          instance: 'the-request',
        })
      }
    },
  )

  test('its type is under the host of the hub that answers', () => {
    const hub = HubName.parse('hub.example.org/trial')
    const { body } = problemAnswer('forbidden', { hub, requestId: 'x' })
    expect(JSON.parse(body ?? '')).toMatchObject({
      type: 'https://hub.example.org/problems/forbidden',
    })
  })

  test('places are there where something was wrong in places, and not as an empty list', () => {
    const errors = [{ pointer: '/reason', code: 'required' }]
    const read = (given: typeof errors | undefined) =>
      ProblemDetails.parse(
        JSON.parse(
          problemAnswer('reason-required', { hub: localHubName, requestId: 'x', errors: given })
            .body ?? '',
        ),
      )
    expect(read(errors).errors).toEqual(errors)
    for (const none of [undefined, []]) expect(read(none)).not.toHaveProperty('errors')
  })

  test('who is asked to come back later is told when', () => {
    for (const code of ['unavailable', 'request-in-progress'] as const)
      expect(
        problemAnswer(code, { hub: localHubName, requestId: 'x' }).headers?.['retry-after'],
      ).toMatch(/^[1-9]\d*$/)
    expect(
      problemAnswer('forbidden', { hub: localHubName, requestId: 'x' }).headers,
    ).not.toHaveProperty('retry-after')
  })
})

const errorsOf = (value: unknown, shape: z.ZodType = Submission) => {
  const { error } = shape.safeParse(value, { reportInput: true })
  return error ? fieldErrors(error) : []
}

describe('the places of a refusal', () => {
  test.each([
    [{ externalId: null }, '/externalId', 'required'],
    [{ externalId: 7 }, '/externalId', 'wrong-type'],
    [{ externalId: '' }, '/externalId', 'too-small'],
    [{ payload: null }, '/payload', 'required'],
    [
      { payload: { identity: { birthDate: '1999-02-30' } } },
      '/payload/identity/birthDate',
      'calendar',
    ],
    [{ payload: { identity: { givenNames: null } } }, '/payload/identity/givenNames', 'required'],
    [
      { payload: { contact: { municipality: '1807' } } },
      '/payload/contact/municipality',
      'municipality',
    ],
    [{ payload: { notes: 'texto libre' } }, '/payload', 'unknown-member'],
    [
      { payload: { identity: { languages: ['español'] } } },
      '/payload/identity/languages/0',
      'language-tag',
    ],
    [
      { payload: { identity: { nationalities: ['XX'] } } },
      '/payload/identity/nationalities/0',
      'not-allowed',
    ],
    [
      { payload: { identity: { nationalities: [] } } },
      '/payload/identity/nationalities',
      'too-small',
    ],
    [{ services: ['mobility-stipend', 'mobility-stipend'] }, '/services', 'repeated'],
    [
      { payload: { identity: { documents: [{ type: 'dpi-foreign-resident', number: '12' }] } } },
      '/payload/identity/documents/0/number',
      'cui',
    ],
    [
      { consent: { validUntil: '2026-01-01T00:00:00.000Z' } },
      '/consent/validUntil',
      'before-granted',
    ],
  ] as [JsonObject, string, string][])('%j: %s %s', (patch, pointer, code) => {
    expect(errorsOf(patched(patch))).toEqual([{ pointer, code }])
  })

  test('the cases that a shape decides are reported at the place they name', () => {
    const shaped = cases.filter(({ code }) => code === 'invalid-request')
    expect(shaped).toHaveLength(3)
    for (const { patch, pointer } of shaped)
      expect(errorsOf(patched(patch)).map(error => error.pointer)).toEqual([pointer ?? '/payload'])
  })

  test('a body that is wrong in a hundred places is answered with fifty', () => {
    const purposes = Array.from({ length: 20 }, (_, i) => ({
      purpose: `x${i}`,
      recipient: 'x',
      dataCategories: ['x', 'y', 'z'],
    }))
    expect(errorsOf(patched({ consent: { purposes } }))).toHaveLength(50)
  })
})

describe('a refusal never repeats what was sent', () => {
  /** Texts that no pointer or code of ours contains by chance. */
  const texts = fc.stringMatching(/^[A-Za-zñ0-9 /~"._-]{6,20}$/).map(text => `Ω${text}`)
  const bodies = Object.entries(routes as Record<string, RouteSpec>).flatMap(([name, spec]) =>
    [spec.body, spec.query, spec.params].flatMap(shape => (shape ? [[name, shape] as const] : [])),
  )

  test('as a name or as a value, put anywhere into a submission', () => {
    const places = objectsIn(fullest).map(({ pointer }) => pointer)
    fc.assert(
      fc.property(
        texts,
        texts,
        fc.constantFrom(...places),
        fc.nat(),
        (name, value, place, which) => {
          const sent = structuredClone(fullest)
          const target = (objectsIn(sent).find(one => one.pointer === place)?.value ??
            {}) as JsonObject
          const members = Object.keys(target)
          const member = members[which % members.length] ?? ''
          target[name] = value
          target[member] = which % 3 === 0 ? value : which % 3 === 1 ? [value] : { [name]: value }
          const errors = errorsOf(sent)
          expect(errors).not.toEqual([])
          expect(JSON.stringify(errors)).not.toContain('Ω')
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('as the name of a compartment that no envelope has', () => {
    const sent = { identity: 'a..b.c.d', 'Ωtexto libre': 'a..b.c.d' }
    expect(errorsOf(sent, Envelope)).toEqual([{ pointer: '', code: 'unknown-member' }])
  })

  test('as any JSON at all, sent to any route', () => {
    const anything = fc.letrec(tie => ({
      value: fc.oneof(
        { depthSize: 'small' },
        texts,
        fc.integer(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(texts, tie('value'), { minKeys: 1, maxKeys: 3 }),
      ),
    })).value
    fc.assert(
      fc.property(fc.constantFrom(...bodies), anything, ([, shape], value) => {
        const errors = errorsOf(value, shape)
        expect(errors).not.toEqual([])
        expect(JSON.stringify(errors)).not.toContain('Ω')
      }),
      { numRuns: 1000 },
    )
  })
})
