import type { RouteSpec } from '../../schemas/routes.ts'
import type { Answer, Result } from './respond.ts'

/** A door's answer in the form of HTTP API payload 2.0. */
export const render = (spec: RouteSpec, { status, headers, body }: Answer): Result => {
  const answer = {
    statusCode: status ?? spec.answer.status,
    headers: { 'content-type': 'application/json', ...headers },
  }
  if (body instanceof Uint8Array)
    return { ...answer, body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
  return { ...answer, body: typeof body === 'string' ? body : JSON.stringify(body) }
}
