// What an entry says was done must be what its request asked for: the route of the recorded method and path names the
// action.
import { pathPattern } from '../schemas/route-path.ts'
import type { Action } from '../schemas/access-log.ts'
import { type RouteName, type RouteSpec, routes } from '../schemas/routes.ts'
import type { LoggedEntry } from './entries.ts'
import { Failed } from './verdict.ts'

/** Actions that a route's requests are entered under beside its own. */
const beside: Partial<Record<RouteName, readonly Action[]>> = {
  // Each referral that a pull opens is a release of its own.
  'inbox.pull': ['referral.release'],
}

type Template = {
  method: string
  path: RegExp
  actions: readonly Action[]
  roles: readonly string[]
  open: number
}

/** Where two templates fit, the one with less left open is meant. */
const templates: Template[] = Object.entries<RouteSpec>(routes)
  .flatMap(([name, { method, path, action, roles }]) =>
    action === undefined
      ? []
      : [
          {
            method,
            path: pathPattern(path),
            actions: [action, ...(beside[name as RouteName] ?? [])],
            roles,
            open: path.split('{').length,
          },
        ],
  )
  .toSorted((a, b) => a.open - b.open)

/** What only signed requests do: an entry of the hub's own must not claim any of it. */
export const callersActions: ReadonlySet<Action> = new Set(
  templates.flatMap(({ actions }) => actions),
)

/** What a parameter of a path is called in an entry. */
const members = [
  ['referralId', 'referralId'],
  ['consentId', 'consentId'],
  ['keyid', 'subjectKeyid'],
] as const

/** What is done to one referral, and so to what was handed over of it. */
const parts: ReadonlySet<Action> = new Set(['referral.handover', 'referral.status'])

/**
 * Refuses an entry whose action is none of its route's, whose request has no route, or that names another referral,
 * consent or key than the signed path; and what was allowed to a role that may not ask for it. Refused and failed
 * requests may leave out what they name.
 */
export const refuseOtherAction = (entry: LoggedEntry, index: number): void => {
  const { action, request } = entry
  const route = templates.find(
    ({ method, path }) => method === request.method && path.test(request.path),
  )
  if (!route?.actions.includes(action)) throw new Failed('evidence-action', action, index)
  const allowed = entry.outcome === 'allowed'
  if (allowed && !route.roles.includes(entry.actor.role))
    throw new Failed('evidence-role', entry.actor.role, index)
  const inPath = route.path.exec(request.path)?.groups ?? {}
  for (const [parameter, member] of members) {
    // Ids may be asked for in either case (RFC 9562 §4) and are entered in lower case; keyids have one spelling.
    const asked = parameter === 'keyid' ? inPath[parameter] : inPath[parameter]?.toLowerCase()
    // A handover that begins, or ends with what it was handed over of, is named by that (beginnings.ts).
    const part = parts.has(action) && member === 'referralId' && entry.partOf
    const named = part || entry[member]
    if (asked && (allowed || named !== undefined) && named !== asked)
      throw new Failed('evidence-subject', member, index)
  }
  const { institution } = entry.key ?? {}
  if (institution !== undefined && inPath['institution'] !== institution)
    throw new Failed('evidence-subject', 'key', index)
}
