// The one stack that every signed route runs in: respond ( identify → throttle ( authorize → parse → replay or door )
// ). What a stage adds is in the type that the next one takes. A door is given a verified caller, parsed input and the
// rows that were read with the caller's key; it gives back an answer or throws a refusal.
import middy from '@middy/core'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type * as z from 'zod'
import type { About, Actor } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import type { EntryId, Instant, RequestId } from '../../schemas/ids.ts'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import type { SignedDeps } from '../aws/bind.ts'
import { inTime } from '../aws/deadline.ts'
import { Moved, rereading } from '../aws/dynamodb.ts'
import { type KnownRows, noRows } from '../aws/known-rows.ts'
import { now } from '../aws/runtime.ts'
import { type EffectWith, commit } from '../effects/commit.ts'
import { type Ahead, foresee } from './ahead.ts'
import { type AnswerStore, keptAnswers } from './idempotency.ts'
import { identify } from './identify.ts'
import { type Parsed, authorize, parse } from './parse.ts'
import { render } from './render.ts'
import type { RawRequest } from './request.ts'
import { type Answer, type Handler, type Result, arrivedOf, respond } from './respond.ts'
import { type Admission, throttle } from './throttle.ts'

export type { Answer } from './respond.ts'

type Routes = typeof routes
/** Routes whose every request is signed, and written down under an action. */
type SignedRoute = {
  [N in RouteName]: Routes[N] extends { action: string } ? N : never
}[RouteName]
type SignedSpec = RouteSpec & Required<Pick<RouteSpec, 'action'>>

type Shape<N extends RouteName, K extends string> =
  Routes[N] extends Record<K, infer S extends z.ZodType> ? z.infer<S> : undefined

/** What a door is given: all of it verified and parsed. `D`: its adapters, which say whether it may send messages. */
export type RequestOf<N extends SignedRoute, D = SignedDeps> = {
  id: RequestId
  nonce: string
  now: Instant
  caller: Actor
  params: Shape<N, 'params'>
  query: Shape<N, 'query'>
  body: Shape<N, 'body'>
  headers: RawRequest['headers']
  /** What was read with the caller's key, for the door's first run; a run after that knows nothing. */
  known: KnownRows
  /** `commit` waits for it. A door that does anything before it commits waits too. */
  admission: Admission
  /** To be filled in as the door finds out what the request is about. */
  about: About
  /**
   * functions/effects/commit.ts, in the caller's name; keeps the answer where the route asks for an Idempotency-Key.
   */
  commit: (effect: EffectWith<D, Answer> & Answering<N>) => Promise<EntryId[]>
}

/** A write whose retries get its answer says it with its effect; others have nothing that would keep it. */
type Answering<N extends SignedRoute> = Routes[N]['idempotencyKey'] extends 'required'
  ? { answer: Answer }
  : { answer?: never }

/** The adapters of a route's door: those of the stack, and the stored answers where it asks for an Idempotency-Key. */
type DepsFor<N extends SignedRoute> = SignedDeps &
  (Routes[N]['idempotencyKey'] extends 'required' ? { requests: AnswerStore } : unknown)

/** The Lambda handler of a signed route. */
export const route = <N extends SignedRoute, D extends DepsFor<N>>(
  name: N,
  door: (request: RequestOf<N, D>, deps: D) => Promise<Answer>,
  ...[deps, ahead = () => []]: [deps: D, ahead?: Ahead<Shape<N, 'params'>, D>]
): Handler => {
  const spec: SignedSpec = routes[name]
  const { isRefused, throttled } = throttle(deps)
  const identified = identify(spec, foresee(spec, { ahead, deps }, isRefused), deps)
  const answers = keptAnswers(spec, deps.requests)

  /** Gives a retry its stored answer, or runs the door until nobody else changes what it reads. */
  const serve = async (request: Parsed, admission: Admission): Promise<Result> => {
    const { id, nonce, about, caller, raw, params, query, body } = request
    const kept = answers(request)
    const committing = { ...request.committing, keep: kept?.keep }
    // What was read ahead is for the first run: what it decided by has moved, if there is another.
    let next = request.known
    const look = async (): Promise<Result> => {
      const known = next
      next = noRows
      const stored = await kept?.find(known)
      if (stored) {
        const again = { ...about, ...stored.about, code: 'replayed' } as const
        const occurrence = { action: spec.action, outcome: 'allowed', ...again } as const
        await admission
        await commit({ occurrences: [occurrence] }, committing, deps)
        return stored.answer
      }
      // The shapes are the route's own: parsed by its schemas a moment ago.
      const shaped = { params, query, body } as Pick<RequestOf<N>, 'params' | 'query' | 'body'>
      const given: RequestOf<N, D> = {
        ...shaped,
        id,
        nonce,
        now: now(),
        caller,
        headers: raw.headers,
        known,
        admission,
        about,
        commit: async effect => {
          await admission
          return commit(effect, committing, deps)
        },
      }
      return render(spec, await door(given, deps))
    }
    try {
      return await rereading(look)
    } catch (error) {
      if (!(error instanceof Moved)) throw error
      throw new Refused(kept ? 'request-in-progress' : 'unavailable')
    }
  }

  const stack = middy<APIGatewayProxyEventV2, Result>()
    .use(respond(name, spec.action, deps))
    .handler(async event => {
      const request = await identified(arrivedOf(event))
      return throttled(request, async admission =>
        serve(parse(spec, authorize(spec, request)), admission),
      )
    })
  return inTime((event, context) => stack(event, context))
}
