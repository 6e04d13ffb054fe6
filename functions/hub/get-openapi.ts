// GET /v1/openapi.json, and the answer to whatever is no route.
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { openapi } from '../../schemas/openapi.ts'
import { env } from '../aws/runtime.ts'
import { noRoute } from '../http/no-route.ts'
import { openRoute } from '../http/open-route.ts'
import type { Answer } from '../http/route.ts'

export const needs = [] as const

/** The document by scheme: made once per instance. */
const documents = new Map<string, object>()

/** API Gateway says by which scheme it was called, and is called by https alone; the local gateway by http. */
const schemeOf = ({ headers }: APIGatewayProxyEventV2): 'http' | 'https' =>
  headers['x-forwarded-proto'] === 'http' ? 'http' : 'https'

export const getOpenapi = async (event: APIGatewayProxyEventV2): Promise<Answer> => {
  if (event.routeKey === '$default') throw noRoute(event.rawPath)
  const server = `${schemeOf(event)}://${env('AUTHORITY')}`
  const document = documents.get(server) ?? openapi(server)
  documents.set(server, document)
  return { body: document }
}

export const handler = openRoute('openapi.read', getOpenapi)
