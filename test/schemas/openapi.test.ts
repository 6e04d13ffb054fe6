// The served document against OpenAPI 3.1's own demands, and against the list of routes.
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { openapi } from '../../schemas/openapi.ts'
import { type ProblemCode, problems } from '../../schemas/problem.ts'
import { type RouteSpec, routes } from '../../schemas/routes.ts'
import { fullest } from './submissions.ts'

const Schema = z.record(z.string(), z.unknown())
const Content = z.record(z.string(), z.strictObject({ schema: Schema }))
const Operation = z.strictObject({
  operationId: z.string(),
  summary: z.string().min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
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
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post']), Operation)),
  components: z.strictObject({
    schemas: z.record(z.string(), Schema),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.literal('apiKey') })),
  }),
})

const served: unknown = JSON.parse(JSON.stringify(openapi()))
const document = OpenApi.parse(served)
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
)
const specs = Object.entries(routes as Record<string, RouteSpec>)
const operationOf = (name: string) => {
  const found = operations.find(({ operationId }) => operationId === name)
  if (!found) throw new Error(`no operation ${name}`)
  return found
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
      new Set(specs.map(([name, { method, path }]) => `${name} ${method.toLowerCase()} ${path}`)),
    )
    expect(operations).toHaveLength(specs.length)
  })

  test('every reference leads to something in the document', () => {
    const references = valuesOf('$ref') as string[]
    expect(references.length).toBeGreaterThan(0)
    for (const reference of references) {
      expect(reference).toMatch(/^#\//)
      const target = reference
        .slice(2)
        .split('/')
        .reduce<unknown>((node, step) => (node as Record<string, unknown>)?.[step], served)
      expect([reference, typeof target]).toEqual([reference, 'object'])
    }
  })

  test('every pattern is one that readers of JSON Schema can compile', () => {
    const patterns = valuesOf('pattern').filter(one => typeof one === 'string')
    expect(patterns.length).toBeGreaterThan(20)
    for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow()
  })

  test('every schema is JSON Schema that can be read back', () => {
    const schemas = [...valuesOf('schema'), ...Object.values(document.components.schemas)]
    for (const schema of schemas as { $ref?: string }[]) {
      if (schema.$ref) continue
      expect(() => z.fromJSONSchema(schema)).not.toThrow()
    }
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
    expect(stated.map(({ schema: _, ...rest }) => rest)).toEqual(expected)
    for (const member of [...spec.path.matchAll(/\{(\w+)\}/g)].map(match => match[1]))
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
    expect(operation.security).toEqual(spec.action ? [{ httpMessageSignature: [] }] : [])
  })

  test('has a body exactly where the route reads one', () => {
    expect(operation.requestBody !== undefined).toBe(spec.body !== undefined)
  })

  test('states its success and each of its own refusals, as problems under their status', () => {
    const { content } = operation.responses[String(spec.answer.status)] ?? {}
    expect(Object.keys(content ?? {})).toEqual(['application/json'])
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
      expect(answer?.content).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } },
      })
    }
  })
})

test('429 and 503 say when to try again', () => {
  for (const { responses } of operations)
    for (const [status, { headers }] of Object.entries(responses))
      expect(Object.keys(headers ?? {})).toEqual(
        ['429', '503'].includes(status) ? ['Retry-After'] : [],
      )
})

test('the schema of a submission refuses an unknown member, like the hub itself', () => {
  const { content } = operationOf('referral.submit').requestBody ?? {}
  const shape = z.fromJSONSchema(content?.['application/json']?.schema ?? {})
  expect(shape.safeParse(fullest).success).toBe(true)
  expect(shape.safeParse({ ...fullest, notes: 'x' }).success).toBe(false)
})
