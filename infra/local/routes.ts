// API Gateway's route selection for an HTTP API: the most specific route wins, `$default` takes the rest.
import type { Route } from './deployment.ts'

export type Matched = Route & { pathParameters: Record<string, string> }

type Compiled = Route & { method: string; segments: string[]; fixed: number; greedy: boolean }

const isParameter = (segment: string) => segment.startsWith('{') && segment.endsWith('}')

const compile = (route: Route): Compiled => {
  const [method = '', path = ''] = route.routeKey.split(' ')
  const segments = path.split('/')
  return {
    ...route,
    method,
    segments,
    greedy: segments.at(-1)?.endsWith('+}') ?? false,
    fixed: segments.filter(segment => !isParameter(segment)).length,
  }
}

/** A function that finds the route of a method and a path; undefined when there is none and no `$default`. */
export const router = (routes: readonly Route[]) => {
  const fallback = routes.find(route => route.routeKey === '$default')
  const compiled = routes
    .filter(route => route !== fallback)
    .map(compile)
    // Whole paths before greedy ones, more fixed segments first, a method of its own before ANY.
    .toSorted(
      (a, b) =>
        Number(a.greedy) - Number(b.greedy) ||
        b.fixed - a.fixed ||
        Number(a.method === 'ANY') - Number(b.method === 'ANY'),
    )

  return (method: string, path: string): Matched | undefined => {
    const parts = path.split('/')
    for (const { routeKey, limit, function: name, method: wanted, segments, greedy } of compiled) {
      // A greedy parameter takes all that is left, slashes included.
      const given =
        greedy && parts.length >= segments.length
          ? [...parts.slice(0, segments.length - 1), parts.slice(segments.length - 1).join('/')]
          : parts
      if ((wanted !== method && wanted !== 'ANY') || segments.length !== given.length) continue
      const fits = segments.every((segment, index) =>
        isParameter(segment) ? given[index] !== '' : segment === given[index],
      )
      if (!fits) continue
      const parameters = segments.flatMap((segment, index) =>
        isParameter(segment)
          ? [[segment.slice(1, -1).replace(/\+$/, ''), given[index] ?? ''] as const]
          : [],
      )
      return { routeKey, limit, function: name, pathParameters: Object.fromEntries(parameters) }
    }
    return fallback && { ...fallback, pathParameters: {} }
  }
}
export type Router = ReturnType<typeof router>
