// The stack of routes that anyone may call: neither signed nor logged, and without anything of anybody.
import middy from '@middy/core'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type RouteName, routes } from '../../schemas/routes.ts'
import { inTime } from '../aws/deadline.ts'
import { type Answer, type Handler, type Result, render, respond } from './respond.ts'

/** The Lambda handler of an open route. */
export const openRoute = (
  name: RouteName,
  door: (event: APIGatewayProxyEventV2) => Promise<Answer>,
): Handler => {
  const stack = middy<APIGatewayProxyEventV2, Result>()
    .use(respond(name, undefined))
    .handler(async event => render(routes[name], await door(event)))
  return inTime((event, context) => stack(event, context))
}
