// What an entry says was done must be what its request asked for: the route of the recorded method and path names the action.
import type { Action } from '../../schemas/access-log.ts'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import type { LoggedEntry } from './entries.ts'
import { Failed } from './verdict.ts'

/** Actions that a route's requests are entered under beside its own. */
const beside: Partial<Record<RouteName, readonly Action[]>> = {
  // Each referral that a pull opens is a release of its own.
  'inbox.pull': ['referral.release'],
}

type Template = { method: string; path: RegExp; actions: readonly Action[]; open: number }

/** `{name}` is one segment of a path, `{name+}` one or more. Where two templates fit, the one with less left open is meant. */
const templates: Template[] = Object.entries<RouteSpec>(routes)
  .flatMap(([name, { method, path, action }]) =>
    action === undefined
      ? []
      : [
          {
            method,
            path: new RegExp(
              `^${path
                .split('/')
                .map(part =>
                  /^\{.*\+\}$/.test(part) ? '.+' : /^\{.*\}$/.test(part) ? '[^/]+' : part,
                )
                .join('/')}$`,
            ),
            actions: [action, ...(beside[name as RouteName] ?? [])],
            open: path.split('{').length,
          },
        ],
  )
  .toSorted((a, b) => a.open - b.open)

/** What only signed requests do: an entry of the hub's own must not claim any of it. */
export const callersActions: ReadonlySet<Action> = new Set(
  templates.flatMap(({ actions }) => actions),
)

/** Refuses an entry whose action is none of its route's, or whose request has no route. Refused and failed requests are no exception. */
export const refuseOtherAction = (
  { action, request: { method, path } }: LoggedEntry,
  index: number,
): void => {
  const route = templates.find(each => each.method === method && each.path.test(path))
  if (!route?.actions.includes(action)) throw new Failed('evidence-action', action, index)
}
