// The OpenAPI document as the hub serves it, read strictly: what it may have is said here, and more of it is a fault.
import * as z from 'zod'
import { openapi } from '../../schemas/openapi.ts'
import { type RouteSpec, routes } from '../../schemas/routes.ts'

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

export const server = 'https://hub.example.org'
export const served: unknown = JSON.parse(JSON.stringify(openapi(server)))

export const at = (pointer: string): unknown =>
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
export const document = OpenApi.parse(inlined(served))
export const operations = Object.entries(document.paths).flatMap(([path, { get, post }]) =>
  Object.entries({ get, post }).flatMap(([method, operation]) =>
    operation ? [{ path, method, ...operation }] : [],
  ),
)
export const specs = Object.entries(routes as Record<string, RouteSpec>)
export const operationOf = (name: string) => {
  const found = operations.find(({ operationId }) => operationId === name)
  if (!found) throw new Error(`no operation ${name}`)
  return found
}

/** A schema of the document as zod reads it, with what it refers to. */
export const readBack = (schema: object) => {
  const $defs = document.components.schemas
  const text = JSON.stringify({ ...schema, $defs })
  return z.fromJSONSchema(
    JSON.parse(
      text.replaceAll('#/components/schemas/', '#/$defs/'),
    ) as z.core.JSONSchema.JSONSchema,
  )
}

/** Every value of a member anywhere in the document. */
export const valuesOf = (member: string, value: unknown = served): unknown[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [
        ...(name === member ? [inner] : []),
        ...valuesOf(member, inner),
      ])
