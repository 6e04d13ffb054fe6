// For functions that serve several routes with the same permissions.
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import type { Handler } from './respond.ts'

/** One handler out of several, by the route that API Gateway matched. */
export const byRoute = (handlers: { [N in RouteName]?: Handler }): Handler => {
  const byKey = new Map(
    Object.entries<RouteSpec>(routes).map(([name, { method, path }]) => [
      `${method} ${path}`,
      handlers[name as RouteName],
    ]),
  )
  return (event, context) => {
    const handler = byKey.get(event.routeKey)
    if (!handler) throw new Error('a route that this function does not serve')
    return handler(event, context)
  }
}
