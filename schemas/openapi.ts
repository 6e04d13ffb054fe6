// The HTTP contract as OpenAPI 3.1, made from the same shapes that requests are parsed with.
import * as z from 'zod'
import { type Schema, componentSchemas } from './openapi/components.ts'
import { answerExamples, bodyExamples } from './openapi/examples.ts'
import {
  about,
  headers,
  headersOf,
  parameterNotes,
  requestHeaders,
  security,
  tagOf,
  tags,
} from './openapi/prose.ts'
import { problemExample } from './openapi/examples/problems.ts'
import { refusalExamples, refusalResponses } from './openapi/refusals.ts'
import { shared } from './openapi/shared.ts'
import { type RouteName, type RouteSpec, routes } from './routes.ts'

type Named = readonly [name: string, value: object]

/** What no operation refuses with: there is none at that path, or none of that method. */
const unrouted = [problemExample('not-found', 404), problemExample('method-not-allowed', 405)]

const specs = Object.entries(routes) as [RouteName, RouteSpec][]
const membersOf = (shape: z.ZodType | undefined): [string, z.ZodType][] =>
  shape instanceof z.ZodObject ? Object.entries(shape.shape) : []

const schemasOfContract = () =>
  componentSchemas(
    specs.flatMap(([, { body }]) => (body ? [body] : [])),
    specs.flatMap(([, spec]) => [
      spec.answer.schema,
      ...(spec.later ? [spec.later.schema] : []),
      ...membersOf(spec.params).map(([, shape]) => shape),
      ...membersOf(spec.query).map(([, shape]) => shape),
    ]),
  )

/** Parameters of a route's path and query, each with the name that it has where others have the same. */
const targetParameters = (spec: RouteSpec, read: (shape: z.ZodType) => Schema): Named[] =>
  (['path', 'query'] as const).flatMap(place =>
    membersOf(place === 'path' ? spec.params : spec.query).map(([name, shape]) => [
      `${place}-${name}`,
      {
        name,
        in: place,
        required: place === 'path' || !shape.safeParse(undefined).success,
        ...(parameterNotes[name] ? { description: parameterNotes[name] } : {}),
        schema: read(shape),
      },
    ]),
  )

const headerParameters = (spec: RouteSpec): Named[] =>
  [
    ...(spec.action ? [requestHeaders.signatureInput, requestHeaders.signature] : []),
    ...(spec.body ? [requestHeaders.contentDigest] : []),
    ...(spec.idempotencyKey === 'none' ? [] : [requestHeaders.idempotencyKey[spec.idempotencyKey]]),
    ...(spec.refusals.includes('precondition-required') ? [requestHeaders.ifMatch] : []),
    ...(spec.later ? [requestHeaders.prefer] : []),
  ].map(parameter => [`header-${parameter.name}`, parameter])

const answerContent = (
  name: RouteName,
  { answer }: RouteSpec,
  read: (shape: z.ZodType) => Schema,
) => {
  const example = (answerExamples as Partial<Record<RouteName, unknown>>)[name]
  return {
    ...(answer.mediaType === 'application/octet-stream'
      ? // Octets have no schema (OpenAPI 3.1.1 §4.8.14.2), and no example in JSON.
        { 'application/octet-stream': {} }
      : { [answer.mediaType ?? 'application/json']: { schema: read(answer.schema), example } }),
    ...(name === 'consent.certify' ? { 'text/html': { schema: { type: 'string' } } } : {}),
  }
}

/** Of what will be there soon, where the caller prefers to be told so. */
const acceptedOf = ({ later }: RouteSpec, read: (shape: z.ZodType) => Schema) =>
  later
    ? {
        202: {
          description: 'Accepted',
          headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
          content: { [later.mediaType]: { schema: read(later.schema) } },
        },
      }
    : {}

/** HEAD of an open route (RFC 9110 §9.3.2). Signed routes have none. */
const headOf = (name: RouteName) => ({
  operationId: `${name}.head`,
  tags: [tagOf(name)],
  summary: 'As GET, without the body',
  security: [],
  responses: { 200: { description: 'OK' } },
})

/**
 * The OpenAPI 3.1 document of the whole contract. `server`: where this hub is called, scheme and authority; the
 * authority is also what callers sign.
 */
export const openapi = (server: string): object => {
  const { schemas, written, read } = schemasOfContract()
  const parameters = new Map(
    specs.map(([name, spec]) => [
      name,
      [...targetParameters(spec, read), ...headerParameters(spec)],
    ]),
  )
  const sharedParameters = shared('parameters', [...parameters.values()].flat())
  const refusals = new Map(specs.map(([name, spec]) => [name, refusalResponses(spec)]))
  const sharedResponses = shared(
    'responses',
    [...refusals.values()].flat().map(([status, response]) => [String(status), response]),
  )

  const operation = (name: RouteName, spec: RouteSpec) => ({
    operationId: name,
    tags: [tagOf(name)],
    summary: spec.summary,
    ...(spec.action ? {} : { security: [] }),
    ...(spec.roles.length ? { 'x-roles': spec.roles } : {}),
    parameters: parameters.get(name)?.map(([, each]) => sharedParameters.refer(each)),
    ...(spec.body
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: written(spec.body), example: bodyExamples[name] },
            },
          },
        }
      : {}),
    responses: {
      [spec.answer.status]: {
        description: spec.answer.status === 201 ? 'Created' : 'OK',
        ...headersOf(name, spec),
        content: answerContent(name, spec, read),
      },
      ...acceptedOf(spec, read),
      ...Object.fromEntries(
        (refusals.get(name) ?? []).map(([status, each]) => [status, sharedResponses.refer(each)]),
      ),
    },
  })

  const paths: Record<string, Record<string, object>> = {}
  for (const [name, spec] of specs) {
    // API Gateway's `{name+}` takes several segments; OpenAPI has no such sign, the parameter's description says it.
    const path = spec.path.replace('+}', '}')
    paths[path] = {
      ...paths[path],
      [spec.method.toLowerCase()]: operation(name, spec),
      ...(spec.action ? {} : { head: headOf(name) }),
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'referral-hub',
      version: '1.1',
      description: about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      { url: server, description: 'This hub. Its authority is what callers sign as @authority.' },
    ],
    tags,
    security: [{ httpMessageSignature: [] }],
    paths,
    components: {
      schemas: { ...schemas, ProblemDetails: { ...schemas['ProblemDetails'], examples: unrouted } },
      parameters: sharedParameters.components,
      headers,
      responses: sharedResponses.components,
      examples: refusalExamples(specs.map(([, spec]) => spec)),
      securitySchemes: { httpMessageSignature: security },
    },
  }
}
