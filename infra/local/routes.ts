// API Gateway's route selection for an HTTP API: the most specific route wins, `$default` takes the rest.
import type { Route } from './deployment.ts'

export type Matched = { routeKey: string; function: string; pathParameters: Record<string, string> }

type Compiled = Route & { method: string; segments: string[]; fixed: number }

const isParameter = (segment: string) => segment.startsWith('{') && segment.endsWith('}')

const compile = (route: Route): Compiled => {
  const [method = '', path = ''] = route.routeKey.split(' ')
  const segments = path.split('/')
  if (segments.some(segment => segment.endsWith('+}')))
    throw new Error(`the local hub does not know the greedy route ${route.routeKey}`)
  return {
    ...route,
    method,
    segments,
    fixed: segments.filter(segment => !isParameter(segment)).length,
  }
}

/** A function that finds the route of a method and a path; undefined when there is none and no `$default`. */
export const router = (routes: readonly Route[]) => {
  const fallback = routes.find(route => route.routeKey === '$default')
  const compiled = routes
    .filter(route => route !== fallback)
    .map(compile)
    // More fixed segments first; a method of its own before ANY.
    .toSorted(
      (a, b) => b.fixed - a.fixed || Number(a.method === 'ANY') - Number(b.method === 'ANY'),
    )

  return (method: string, path: string): Matched | undefined => {
    const given = path.split('/')
    for (const { routeKey, function: name, method: wanted, segments } of compiled) {
      if ((wanted !== method && wanted !== 'ANY') || segments.length !== given.length) continue
      const fits = segments.every((segment, index) =>
        isParameter(segment) ? given[index] !== '' : segment === given[index],
      )
      if (!fits) continue
      const parameters = segments.flatMap((segment, index) =>
        isParameter(segment) ? [[segment.slice(1, -1), given[index] ?? ''] as const] : [],
      )
      return { routeKey, function: name, pathParameters: Object.fromEntries(parameters) }
    }
    return fallback && { routeKey: '$default', function: fallback.function, pathParameters: {} }
  }
}
export type Router = ReturnType<typeof router>
