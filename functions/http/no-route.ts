// Whatever API Gateway finds no route for: another method on a path that there is, or no path at all.
import { Refused } from '../../events/refusal.ts'
import { type RouteSpec, routes } from '../../schemas/routes.ts'
import { pathPattern } from '../../schemas/route-path.ts'

/** RFC 9110 §15.5.6: the answer says in `Allow` which methods the path has. */
export class MethodNotAllowed extends Refused {
  readonly allow: string
  constructor(methods: readonly string[]) {
    super('method-not-allowed')
    this.allow = methods.join(', ')
  }
}

/** HEAD is answered where GET is open to anybody; elsewhere a request is signed, and signed for its method. */
const methodsOf = ({ method, action }: RouteSpec): readonly string[] =>
  method === 'GET' && action === undefined ? ['GET', 'HEAD'] : [method]

const paths = [
  ...Object.values<RouteSpec>(routes).map(spec => ({
    path: pathPattern(spec.path),
    methods: methodsOf(spec),
  })),
  // No part of the contract (functions/console/get.ts).
  { path: /^\/(console(\/.+)?)?$/, methods: ['GET', 'HEAD'] },
]

/** What a request without a route is refused with. */
export const noRoute = (path: string): Refused => {
  const methods = paths.filter(each => each.path.test(path)).flatMap(each => each.methods)
  return methods.length > 0
    ? new MethodNotAllowed([...new Set(methods)].toSorted())
    : new Refused('not-found')
}
