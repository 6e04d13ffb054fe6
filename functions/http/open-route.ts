// The stack of routes that anyone may call: neither signed nor logged, and without anything of anybody.
import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import { type RouteName, routes } from '../../schemas/routes.ts'
import { inTime } from '../aws/deadline.ts'
import { render } from './render.ts'
import { respond } from './respond.ts'
import type { Answer } from './route.ts'

/** The Lambda handler of an open route. */
export const openRoute = (
  name: RouteName,
  door: (event: APIGatewayProxyEventV2) => Promise<Answer>,
) => {
  const stack = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(respond(name, undefined))
    .handler(async event => render(routes[name], await door(event)))
  return inTime((event: APIGatewayProxyEventV2, context: Context) => stack(event, context))
}
