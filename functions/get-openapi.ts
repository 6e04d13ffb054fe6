// GET /v1/openapi.json, and the answer to whatever is no route.
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { openapi } from '../schemas/openapi.ts'
import { noRoute } from './http/no-route.ts'
import { openRoute } from './http/open-route.ts'
import type { Answer } from './http/route.ts'

let document: object | undefined

export const getOpenapi = async ({
  routeKey,
  rawPath,
}: APIGatewayProxyEventV2): Promise<Answer> => {
  if (routeKey === '$default') throw noRoute(rawPath)
  return { body: (document ??= openapi()) }
}

export const handler = openRoute('openapi.read', getOpenapi)
