// The served document against OpenAPI 3.1's own demands, and against the list of routes.
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { always } from '../../signatures/base.ts'
import { parameters } from '../../signatures/policy.ts'
import { componentSchemas } from '../../schemas/openapi/components.ts'
import { ProblemDetails } from '../../schemas/problem-details.ts'
import { type ProblemCode, problems } from '../../schemas/problem.ts'
import { fullest } from './submissions.ts'
import {
  at,
  document,
  operationOf,
  operations,
  readBack,
  served,
  server,
  specs,
  valuesOf,
} from './openapi-document.ts'

describe('the OpenAPI document', () => {
  test('every route is there once, under its own method and path, and nothing else is', () => {
    expect(new Set(operations.map(o => `${o.operationId} ${o.method} ${o.path}`))).toEqual(
      new Set(
        specs.map(
          ([name, { method, path }]) => `${name} ${method.toLowerCase()} ${path.replace('+', '')}`,
        ),
      ),
    )
    expect(operations).toHaveLength(specs.length)
    const withHead = Object.entries(document.paths).filter(([, { head }]) => head)
    expect(withHead.map(([path]) => path)).toEqual(
      specs.filter(([, { action }]) => action === undefined).map(([, { path }]) => path),
    )
  })

  test('every reference leads to something in the document', () => {
    const references = valuesOf('$ref') as string[]
    expect(references.length).toBeGreaterThan(0)
    for (const reference of references) {
      expect(reference).toMatch(/^#\//)
      expect([reference, typeof at(reference)]).toEqual([reference, 'object'])
    }
  })

  test('every pattern is one that readers of JSON Schema can compile', () => {
    const patterns = valuesOf('pattern').filter(one => typeof one === 'string')
    expect(patterns.length).toBeGreaterThan(20)
    for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow()
  })

  test('every schema is JSON Schema that can be read back', () => {
    const schemas = valuesOf('schema') as { $ref?: string }[]
    for (const schema of schemas.filter(({ $ref }) => $ref === undefined))
      expect(() => readBack(schema)).not.toThrow()
    for (const name of Object.keys(document.components.schemas))
      expect(() => readBack({ $ref: `#/$defs/${name}` })).not.toThrow()
  })

  test('what is both sent and received has one schema, and no object is written out twice', () => {
    const bodies = specs.flatMap(([, { body }]) => (body ? [body] : []))
    const answers = specs.map(([, { answer }]) => answer.schema)
    expect(componentSchemas(bodies, answers).differing).toEqual([])
    // A payload and what leaves of it have the same members, and not the same of them required.
    const objects = Object.entries(document.components.schemas)
      .filter(([name]) => name !== 'ProjectedPayload')
      .flatMap(([, schema]) => [...valuesOf('items', schema), ...valuesOf('properties', schema)])
      .map(each => JSON.stringify(each))
      .filter(text => text.length > 250)
    expect(objects.length).toBeGreaterThan(20)
    expect(objects.filter((text, n) => objects.indexOf(text) !== n)).toEqual([])
  })

  test('names its server, how requests are signed, and the open routes alone as unsigned', () => {
    expect(document.servers[0].url).toBe(server)
    expect(document.security).toEqual([{ httpMessageSignature: [] }])
    const { description } = document.components.securitySchemes['httpMessageSignature'] ?? {
      description: '',
    }
    for (const part of [...parameters, ...always, 'content-digest', 'idempotency-key'])
      expect(description, part).toContain(part)
    for (const { tags } of operations)
      expect(document.tags.map(({ name }) => name)).toContain(tags[0])
  })

  test('stays far below the 210 kB that it once had', () => {
    expect(Buffer.byteLength(JSON.stringify(served))).toBeLessThan(165_000)
  })
})

describe.each(specs)('%s', (name, spec) => {
  const operation = operationOf(name)

  test('names every parameter of its path and query, and whether it may be left out', () => {
    const stated = operation.parameters.filter(one => one.in !== 'header')
    const expected = (['params', 'query'] as const).flatMap(part =>
      Object.entries((spec[part] as z.ZodObject | undefined)?.shape ?? {}).map(
        ([member, shape]) => ({
          name: member,
          in: part === 'params' ? 'path' : 'query',
          required: !z.safeParse(shape, undefined).success,
        }),
      ),
    )
    expect(stated.map(({ schema: _, description: __, ...rest }) => rest)).toEqual(expected)
    for (const member of [...spec.path.matchAll(/\{(\w+)\+?\}/g)].map(match => match[1]))
      expect(stated.find(one => one.name === member)).toMatchObject({ in: 'path', required: true })
  })

  test('says what must be signed and sent in its headers', () => {
    const headers = Object.fromEntries(
      operation.parameters.filter(one => one.in === 'header').map(one => [one.name, one.required]),
    )
    const post = spec.method === 'POST'
    expect(headers).toMatchObject({
      ...(spec.action ? { 'Signature-Input': true, Signature: true } : {}),
      ...(spec.body ? { 'Content-Digest': true } : {}),
      ...(post ? { 'Idempotency-Key': spec.idempotencyKey === 'required' } : {}),
    })
    if (!post) expect(headers).not.toHaveProperty('Idempotency-Key')
    expect(operation.security).toEqual(spec.action ? undefined : [])
  })

  test('has a body exactly where the route reads one', () => {
    expect(operation.requestBody !== undefined).toBe(spec.body !== undefined)
  })

  test('states its success and each of its own refusals, as problems under their status', () => {
    const { content } = operation.responses[String(spec.answer.status)] ?? {}
    expect(Object.keys(content ?? {})).toEqual([
      spec.answer.mediaType ?? 'application/json',
      ...(name === 'consent.certify' ? ['text/html'] : []),
    ])
    const signed: ProblemCode[] = [
      ...(Object.keys(problems) as ProblemCode[]).filter(code => problems[code].status === 401),
      'malformed-request',
      'forbidden',
      'body-too-large',
      'unsupported-media-type',
      'rate-limited',
    ]
    const withKey: ProblemCode[] = [
      'idempotency-key-missing',
      'idempotency-key-reused',
      'request-in-progress',
    ]
    const expected = [
      ...spec.refusals,
      ...(['internal', 'unavailable'] as const),
      ...(spec.action ? signed : []),
      ...(spec.body || spec.query ? (['invalid-request'] as const) : []),
      ...(spec.idempotencyKey === 'required' ? withKey : []),
    ]
    for (const code of expected) {
      const answer = operation.responses[spec.statuses?.[code] ?? problems[code].status]
      expect(answer?.description, code).toContain(`\`${code}\``)
      const { schema, examples } = answer?.content['application/problem+json'] ?? {}
      expect(schema).toEqual({ $ref: '#/components/schemas/ProblemDetails' })
      expect(ProblemDetails.parse(examples?.[code]?.value)).toMatchObject({
        code,
        status: spec.statuses?.[code] ?? problems[code].status,
        title: problems[code].es,
      })
    }
  })
})

test('429, 503 and 202 say when to try again, and no other answer does', () => {
  for (const { responses } of operations)
    for (const [status, { headers }] of Object.entries(responses))
      expect([status, 'Retry-After' in (headers ?? {})]).toEqual([
        status,
        ['429', '503', '202'].includes(status),
      ])
})

test('the schema of a submission refuses an unknown member, like the hub itself', () => {
  const { content } = operationOf('referral.submit').requestBody ?? {}
  const shape = readBack(content?.['application/json']?.schema ?? {})
  expect(shape.safeParse(fullest).success).toBe(true)
  expect(shape.safeParse({ ...fullest, notes: 'x' }).success).toBe(false)
})
