// Whether the caller may call this route at all, and what its request says, in the route's own shapes.
import type * as z from 'zod'
import type { About } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import type { IdempotencyKey, Keyid } from '../../schemas/ids.ts'
import type { FieldError } from '../../schemas/problem-details.ts'
import type { RouteSpec } from '../../schemas/routes.ts'
import { idempotencyKeyOf } from './idempotency.ts'
import { parseJson } from './json.ts'
import { fieldErrors } from '../../schemas/field-errors.ts'
import { readQuery, requireJson } from './request.ts'
import type { Identified } from './respond.ts'

/** A request of a caller whose role the route asks for. */
export type Authorized = Identified & { params: unknown }

/** A request in the shapes of its route. */
export type Parsed = Authorized & {
  idempotencyKey: IdempotencyKey | undefined
  query: unknown
  body: unknown
}

export const authorize = (spec: RouteSpec, request: Identified): Authorized => {
  // An id that is none is answered as one that nobody has: forbidden, so that its form says nothing either.
  const params = spec.params?.safeParse(request.event.pathParameters ?? {})
  if (params && !params.success) throw new Refused('forbidden')
  const { referralId, consentId, keyid } = (params?.data ?? {}) as About & { keyid?: Keyid }
  Object.assign(request.about, { referralId, consentId, subjectKeyid: keyid })
  if (!spec.roles.some(role => request.roles.includes(role))) throw new Refused('forbidden')
  return { ...request, params: params?.data }
}

export const parse = (spec: RouteSpec, request: Authorized): Parsed => {
  const { raw } = request
  const idempotencyKey = spec.idempotencyKey === 'none' ? undefined : idempotencyKeyOf(raw)
  if (spec.idempotencyKey === 'required' && !idempotencyKey)
    throw new Refused('idempotency-key-missing')
  // Also where no body is asked for: one that comes is still signed for what it says.
  if (spec.body || raw.body.length > 0) requireJson(raw)
  return {
    ...request,
    idempotencyKey,
    query: valid(spec.query, () => readQuery(raw.query, spec.repeated), parameterErrors),
    body: valid(spec.body, () => parseJson(raw.body)),
  }
}

const valid = (
  schema: z.ZodType | undefined,
  read: () => unknown,
  errorsOf = fieldErrors,
): unknown => {
  if (!schema) return undefined
  const parsed = schema.safeParse(read(), { reportInput: true })
  if (!parsed.success) throw new Refused('invalid-request', errorsOf(parsed.error))
  return parsed.data
}

/** A query has no members within members: what is wrong is the parameter, once, whichever of its values it is. */
const parameterErrors = (error: z.core.$ZodError): FieldError[] => {
  const errors = fieldErrors(error).map(({ pointer, code }) => ({
    pointer: pointer.replace(/(?<=.)\/.*/, ''),
    code,
  }))
  return [...new Map(errors.map(each => [`${each.pointer} ${each.code}`, each])).values()]
}
