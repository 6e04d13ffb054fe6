// What the contract says of a route, and the shapes that routes share.
import * as z from 'zod'
import type { Action } from '../access-log.ts'
import type { Role } from '../agreement.ts'
import type { ProblemCode } from '../problem.ts'

export type RouteSpec = {
  method: 'GET' | 'POST'
  path: string
  summary: string
  /** Written to the access log; absent on open routes, which are neither signed nor logged. */
  action?: Action
  /** A key with any of these roles may call. */
  roles: readonly Role[]
  /** `required`: a POST with an effect. `optional`: may carry one, has no effect (api.md). `none`: reads. */
  idempotencyKey: 'required' | 'optional' | 'none'
  params?: z.ZodType
  query?: z.ZodType
  /** Query parameters that may come more than once; any other that does is refused. */
  repeated?: readonly string[]
  body?: z.ZodType
  /** `mediaType`: of an answer that is no JSON (RFC 9110 §8.3). */
  answer: {
    status: 200 | 201
    schema: z.ZodType
    mediaType?: 'text/plain' | 'application/octet-stream'
  }
  /** Answers 202 until there is an answer, to who asks for that (`Prefer: respond-async`, RFC 7240 §4.1). */
  later?: { schema: z.ZodType; mediaType: 'text/plain' }
  /** Refusals of this route's own, beside those of every signed request. */
  refusals: readonly ProblemCode[]
  /** Where this route answers a code with another status than the catalogue's. */
  statuses?: Partial<Record<ProblemCode, number>>
}

/** A UUID in a path or a filter, in either case (RFC 9562 §4); the hub writes them in lower case. */
export const anyCase = <T extends z.ZodType>(shape: T) =>
  z.preprocess(value => (typeof value === 'string' ? value.toLowerCase() : value), shape)

/** A filter that may be left out. One that is there and empty is refused (`empty`): it must never mean "no filter". */
export const given = <T extends z.ZodType>(shape: T) => z.preprocess(notEmpty, shape.optional())

/** A parameter that must be given; empty, it is refused as a filter is. */
export const mustBe = <T extends z.ZodType>(shape: T) => z.preprocess(notEmpty, shape)

/** A filter that may be given more than once (RouteSpec `repeated`): any of its values fits. */
export const severalOf = <T extends z.ZodType>(shape: T) =>
  z.preprocess((value, context) => {
    const values = typeof value === 'string' ? [value] : value
    if (Array.isArray(values)) for (const each of values) notEmpty(each, context)
    return values
  }, z.array(shape).min(1).max(20).optional())

const notEmpty = (value: unknown, context: z.RefinementCtx): unknown => {
  if (value !== '') return value
  context.addIssue({ code: 'custom', params: { code: 'empty' } })
  return z.NEVER
}

export const page = {
  limit: given(
    z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number)
      .pipe(z.int().min(1).max(200)),
  ),
  cursor: given(z.string().regex(/^[A-Za-z0-9_-]{1,512}$/)),
}

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().optional() })
