// The HTTP contract as OpenAPI 3.1, made from the same shapes that requests are parsed with.
import * as z from 'zod'
import { type ProblemCode, problems } from './problem.ts'
import { ProblemDetails } from './problem-details.ts'
import { type RouteSpec, routes } from './routes.ts'

/** JSON Schema 2020-12 of a shape, as callers write it (`input`) or read it (`output`). */
const jsonSchema = (shape: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
  })
  return schema
}

const json = (shape: z.ZodType, io: 'input' | 'output') => ({
  'application/json': { schema: jsonSchema(shape, io) },
})

const signedRefusals: ProblemCode[] = [
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
  // Where no body is asked for, one that comes is held to the same.
  'body-too-large',
  'unsupported-media-type',
  'rate-limited',
  'internal',
  'unavailable',
]

const keyRefusals: ProblemCode[] = [
  'idempotency-key-missing',
  'idempotency-key-malformed',
  'idempotency-key-reused',
  'request-in-progress',
]

/** Everything a route may refuse with. */
export const refusalsOf = (spec: RouteSpec): ProblemCode[] =>
  spec.action === undefined
    ? ['internal', 'unavailable']
    : [
        ...signedRefusals,
        ...(spec.query || spec.body ? (['invalid-request'] as const) : []),
        ...(spec.idempotencyKey === 'required' ? keyRefusals : []),
        ...spec.refusals,
      ]

const members = (shape: z.ZodType | undefined, place: 'path' | 'query') =>
  shape instanceof z.ZodObject
    ? Object.entries(shape.shape as Record<string, z.ZodType>).map(([name, member]) => ({
        name,
        in: place,
        required: place === 'path' || !member.safeParse(undefined).success,
        schema: jsonSchema(member, 'output'),
      }))
    : []

const header = (name: string, required: boolean, description: string) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
})

const parameters = (spec: RouteSpec) => {
  return [
    ...members(spec.params, 'path'),
    ...members(spec.query, 'query'),
    ...(spec.action
      ? [
          header('Signature-Input', true, 'RFC 9421 §4.1: `hub=(…);created=…;…`'),
          header('Signature', true, 'RFC 9421 §4.2: `hub=:…:`, base64 between colons'),
        ]
      : []),
    ...(spec.body ? [header('Content-Digest', true, 'RFC 9530, sha-256 or sha-512')] : []),
    ...(spec.idempotencyKey === 'none'
      ? []
      : [
          header(
            'Idempotency-Key',
            spec.idempotencyKey === 'required',
            '16–64 of [A-Za-z0-9_-]; the same for every retry of one write',
          ),
        ]),
    ...(spec.refusals.includes('precondition-required')
      ? [header('If-Match', true, 'ETag of the version that was read')]
      : []),
  ]
}

/** Statuses that say when to try again (RFC 9110 §10.2.3). */
const comesBack = [429, 503]
const retryAfter = {
  'Retry-After': {
    required: true,
    description: 'Seconds after which to try again',
    schema: { type: 'integer', minimum: 1 },
  },
}

const responses = (spec: RouteSpec) => {
  const byStatus = Map.groupBy(
    new Set(refusalsOf(spec)),
    code => spec.statuses?.[code] ?? problems[code].status,
  )
  return {
    [spec.answer.status]: {
      description: spec.summary,
      content: json(spec.answer.schema, 'output'),
    },
    ...Object.fromEntries(
      [...byStatus].map(([status, codes]) => [
        status,
        {
          ...(comesBack.includes(status) ? { headers: retryAfter } : {}),
          description: codes.map(code => `\`${code}\`: ${problems[code].en}`).join('; '),
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } },
          },
        },
      ]),
    ),
  }
}

/** The OpenAPI 3.1 document of the whole contract. */
export const openapi = (): object => ({
  openapi: '3.1.1',
  info: {
    title: 'referral-hub',
    version: '1',
    description:
      'Referrals between institutions: signed requests (RFC 9421), consent-gated releases, a provable access log.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  paths: Object.entries(routes as Record<string, RouteSpec>).reduce<
    Record<string, Record<string, object>>
  >((paths, [operationId, spec]) => {
    paths[spec.path] = {
      ...paths[spec.path],
      [spec.method.toLowerCase()]: {
        operationId,
        summary: spec.summary,
        ...(spec.action ? { security: [{ httpMessageSignature: [] }] } : { security: [] }),
        ...(spec.roles.length ? { 'x-roles': spec.roles } : {}),
        parameters: parameters(spec),
        ...(spec.body
          ? { requestBody: { required: true, content: json(spec.body, 'input') } }
          : {}),
        responses: responses(spec),
      },
    }
    return paths
  }, {}),
  components: {
    schemas: { ProblemDetails: jsonSchema(ProblemDetails, 'output') },
    securitySchemes: {
      httpMessageSignature: {
        type: 'apiKey',
        in: 'header',
        name: 'Signature',
        description:
          'RFC 9421 HTTP message signature with label `hub` and tag `referral-hub` over @method, @authority, @path, @query and, with a body, content-type and content-digest (RFC 9530). keyid: RFC 7638 thumbprint.',
      },
    },
  },
})
