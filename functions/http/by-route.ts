// For functions that serve several routes with the same permissions.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type RouteName, routes } from '../../schemas/routes.ts'

type Handler = (
  event: APIGatewayProxyEventV2,
  context: never,
) => Promise<APIGatewayProxyStructuredResultV2>

/** One handler out of several, by the route that API Gateway matched. */
export const byRoute = (handlers: { [N in RouteName]?: unknown }): Handler => {
  const byKey = new Map(
    Object.entries(handlers).map(([name, handler]) => {
      const { method, path } = routes[name as RouteName]
      return [`${method} ${path}`, handler as Handler]
    }),
  )
  return (event, context) => {
    const handler = byKey.get(event.routeKey)
    if (!handler) throw new Error('a route that this function does not serve')
    return handler(event, context)
  }
}
