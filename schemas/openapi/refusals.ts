// What each route may refuse with, as responses with a worked example for each code.
import { type ProblemCode, problems } from '../problem.ts'
import type { RouteSpec } from '../routes.ts'
import { problemExample } from './examples/problems.ts'

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
const refusalsOf = (spec: RouteSpec): ProblemCode[] =>
  spec.action === undefined
    ? ['internal', 'unavailable']
    : [
        ...signedRefusals,
        ...(spec.query || spec.body ? (['invalid-request'] as const) : []),
        ...(spec.idempotencyKey === 'required' ? keyRefusals : []),
        ...spec.refusals,
      ]

const statusOf = (spec: RouteSpec, code: ProblemCode): number =>
  spec.statuses?.[code] ?? problems[code].status

/** A code that a route answers with another status than the catalogue's is another example. */
const exampleName = (code: ProblemCode, status: number): string =>
  status === problems[code].status ? code : `${code}-${status}`

/** Statuses that say when to try again (RFC 9110 §10.2.3). */
const comesBack = [429, 503]

const responseOf = (status: number, codes: readonly ProblemCode[]) => ({
  description: codes.map(code => `\`${code}\``).join(', '),
  ...(comesBack.includes(status)
    ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } }
    : {}),
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/ProblemDetails' },
      examples: Object.fromEntries(
        codes.map(code => [code, { $ref: `#/components/examples/${exampleName(code, status)}` }]),
      ),
    },
  },
})

/** The refusals of a route by status. */
export const refusalResponses = (spec: RouteSpec): [status: number, response: object][] =>
  [...Map.groupBy([...new Set(refusalsOf(spec))].toSorted(), code => statusOf(spec, code))].map(
    ([status, codes]) => [status, responseOf(status, codes)],
  )

/** The examples that the responses of these routes refer to. */
export const refusalExamples = (specs: readonly RouteSpec[]): Record<string, object> =>
  Object.fromEntries(
    specs.flatMap(spec =>
      refusalsOf(spec).map(code => {
        const status = statusOf(spec, code)
        return [
          exampleName(code, status),
          { summary: problems[code].en, value: problemExample(code, status) },
        ]
      }),
    ),
  )
