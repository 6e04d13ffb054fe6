// The served document against OpenAPI 3.1's own demands, and against the list of routes.
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { always } from '../../signatures/base.ts'
import { parameters } from '../../signatures/policy.ts'
import { openapi } from '../../schemas/openapi.ts'
import { componentSchemas } from '../../schemas/openapi/components.ts'
import { bodyExamples } from '../../schemas/openapi/examples.ts'
import { ProblemDetails } from '../../schemas/problem-details.ts'
import { type ProblemCode, problems } from '../../schemas/problem.ts'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import { fullest } from './submissions.ts'

const Schema = z.record(z.string(), z.unknown())
const Content = z.record(
  z.string(),
  z.strictObject({
    schema: Schema.optional(),
    example: z.unknown().optional(),
    examples: z.record(z.string(), z.object({ value: z.unknown() }).loose()).optional(),
  }),
)
const Operation = z.strictObject({
  operationId: z.string(),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  security: z.tuple([]).optional(),
  'x-roles': z.array(z.string()).optional(),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      in: z.enum(['path', 'query', 'header']),
      required: z.boolean(),
      description: z.string().optional(),
      schema: Schema,
    }),
  ),
  requestBody: z.strictObject({ required: z.literal(true), content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.strictObject({
      description: z.string().min(1),
      headers: z.record(z.string(), z.looseObject({ schema: Schema })).optional(),
      content: Content,
    }),
  ),
})
const OpenApi = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string().startsWith('/'),
    z.strictObject({
      get: Operation.optional(),
      post: Operation.optional(),
      head: z
        .strictObject({
          operationId: z.string(),
          tags: z.array(z.string()).length(1),
          summary: z.string(),
          security: z.tuple([]),
          responses: z.strictObject({ 200: z.strictObject({ description: z.string() }) }),
        })
        .optional(),
    }),
  ),
  servers: z.tuple([z.strictObject({ url: z.url(), description: z.string() })]),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string().min(1) })),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  components: z.strictObject({
    schemas: z.record(z.string(), Schema),
    parameters: z.record(z.string(), Schema),
    headers: z.record(z.string(), Schema),
    responses: z.record(z.string(), Schema),
    examples: z.record(z.string(), z.strictObject({ summary: z.string(), value: Schema })),
    securitySchemes: z.record(
      z.string(),
      z.looseObject({ type: z.literal('apiKey').optional(), description: z.string() }),
    ),
  }),
})

const server = 'https://hub.example.org'
const served: unknown = JSON.parse(JSON.stringify(openapi(server)))

const at = (pointer: string): unknown =>
  pointer
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((node, step) => (node as Record<string, unknown>)?.[step], served)

/** The document with parameters, responses and examples where they are referred to; schemas stay references. */
const inlined = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inlined)
  const { $ref } = value as { $ref?: string }
  if ($ref !== undefined && !$ref.startsWith('#/components/schemas/')) return inlined(at($ref))
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inlined(inner)]))
}
const document = OpenApi.parse(inlined(served))
const operations = Object.entries(document.paths).flatMap(([path, { get, post }]) =>
  Object.entries({ get, post }).flatMap(([method, operation]) =>
    operation ? [{ path, method, ...operation }] : [],
  ),
)
const specs = Object.entries(routes as Record<string, RouteSpec>)
const operationOf = (name: string) => {
  const found = operations.find(({ operationId }) => operationId === name)
  if (!found) throw new Error(`no operation ${name}`)
  return found
}

/** A schema of the document as zod reads it, with what it refers to. */
const readBack = (schema: object) => {
  const $defs = document.components.schemas
  const text = JSON.stringify({ ...schema, $defs })
  return z.fromJSONSchema(
    JSON.parse(
      text.replaceAll('#/components/schemas/', '#/$defs/'),
    ) as z.core.JSONSchema.JSONSchema,
  )
}

/** Every value of a member anywhere in the document. */
const valuesOf = (member: string, value: unknown = served): unknown[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [
        ...(name === member ? [inner] : []),
        ...valuesOf(member, inner),
      ])

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
    expect(Buffer.byteLength(JSON.stringify(served))).toBeLessThan(140_000)
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
      'malformed-request',
      'signature-missing',
      'signature-invalid',
      'signature-expired',
      'signature-incomplete',
      'key-unknown',
      'key-revoked',
      'digest-mismatch',
      'nonce-reused',
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

test('429 and 503 say when to try again, and no other refusal does', () => {
  for (const { responses } of operations)
    for (const [status, { headers }] of Object.entries(responses))
      expect([status, 'Retry-After' in (headers ?? {})]).toEqual([
        status,
        ['429', '503'].includes(status),
      ])
})

test('the schema of a submission refuses an unknown member, like the hub itself', () => {
  const { content } = operationOf('referral.submit').requestBody ?? {}
  const shape = readBack(content?.['application/json']?.schema ?? {})
  expect(shape.safeParse(fullest).success).toBe(true)
  expect(shape.safeParse({ ...fullest, notes: 'x' }).success).toBe(false)
})
