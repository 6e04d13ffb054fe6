// What the hub asks for beside the signature and partners forget: the Idempotency-Key of a write.
import { pathPattern } from '../../schemas/route-path.ts'
import { IdempotencyKey } from '../../schemas/ids.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { type RouteSpec, routes } from '../../schemas/routes.ts'
import type { Captured } from './message.ts'
import type { Finding } from '../../texts/sign-check-findings.ts'

const specs: readonly RouteSpec[] = Object.values(routes)

/**
 * What the hub refuses a good signature for: no key where the route requires one, or one that is none; with its code.
 */
export const idempotencyFinding = ({
  method,
  path,
  headers,
}: Captured): { code: ProblemCode; finding: Finding } | undefined => {
  const spec = specs.find(each => each.method === method && pathPattern(each.path).test(path))
  const given = headers['idempotency-key']
  if (!spec || spec.idempotencyKey === 'none') return undefined
  if (given === undefined)
    return spec.idempotencyKey === 'required'
      ? { code: 'idempotency-key-missing', finding: { key: 'idempotency-key-absent' } }
      : undefined
  return IdempotencyKey.safeParse(given).success
    ? undefined
    : { code: 'idempotency-key-malformed', finding: { key: 'idempotency-key-form' } }
}
