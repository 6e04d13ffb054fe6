// The examples in the OpenAPI document: each is one that the hub takes or gives, and of nobody.
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { bodyExamples } from '../../schemas/openapi/examples.ts'
import { ProblemDetails } from '../../schemas/problem-details.ts'
import { problems } from '../../schemas/problem.ts'
import { type RouteName } from '../../schemas/routes.ts'
import { document, operationOf, specs } from './openapi-document.ts'

describe.each(specs)('the examples of %s', (name, spec) => {
  const operation = operationOf(name)

  test('a body that is there is one that the route takes', () => {
    const { example } = operation.requestBody?.content['application/json'] ?? {}
    expect(example !== undefined).toBe(spec.body !== undefined)
    if (spec.body) expect(spec.body.safeParse(example)).toMatchObject({ success: true })
  })

  test('an answer is one that the route gives', () => {
    const [content] = Object.values(operation.responses[String(spec.answer.status)]?.content ?? {})
    if (spec.answer.mediaType === 'application/octet-stream') return expect(content).toEqual({})
    expect(spec.answer.schema.safeParse(content?.example)).toMatchObject({ success: true })
  })

  test('are of nobody', () => {
    const text = JSON.stringify([bodyExamples[name as RouteName], operation.responses])
    for (const names of text.matchAll(/"familyNames":\[(.*?)\]/g))
      expect(names[1]).toContain('"Prueba"')
    for (const phone of text.matchAll(/"phone":"(.*?)"/g)) expect(phone[1]).toMatch(/^\+5020000/)
  })
})

test('every code of the hub has an example, but the one within answers of the inbox', () => {
  const shown = [
    ...Object.values(document.components.examples).map(({ value }) => value),
    ...z.array(z.unknown()).parse(document.components.schemas['ProblemDetails']?.['examples']),
  ].map(example => ProblemDetails.parse(example).code)
  expect(Object.keys(problems).filter(code => !shown.includes(code))).toEqual(['handle-unknown'])
})
