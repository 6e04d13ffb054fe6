import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { RouteSpec } from '../../schemas/routes.ts'
import type { Answer } from './route.ts'

/** A door's answer in the form of HTTP API payload 2.0. */
export const render = (
  spec: RouteSpec,
  { status, headers, body }: Answer,
): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status ?? spec.answer.status,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
