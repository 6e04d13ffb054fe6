// The one stack that every signed route runs in: respond ( identify → throttle ( authorize → parse → replay or door )
// ). What a stage adds is in the type that the next one takes. A door is given a verified caller, parsed input and the
// rows that were read with the caller's key; it gives back an answer or throws a refusal.
import middy from '@middy/core'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type * as z from 'zod'
import type { About, Actor } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import { fieldErrors } from '../../schemas/field-errors.ts'
import type { EntryId, IdempotencyKey, Instant, Keyid, RequestId } from '../../schemas/ids.ts'
import type { FieldError } from '../../schemas/problem-details.ts'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import type { Capability, Given, SignedDeps, everySignedDoor } from '../aws/bind.ts'
import { inTime } from '../aws/deadline.ts'
import { Moved, rereading } from '../aws/dynamodb.ts'
import { type KnownRows, noRows } from '../aws/known-rows.ts'
import { now } from '../aws/runtime.ts'
import { type EffectWith, commit } from '../effects/commit.ts'
import { type AnswerStore, idempotencyKeyOf, keptAnswers } from './idempotency.ts'
import { type Ahead, foresee, identify } from './identify.ts'
import { type RawRequest, parseJson, readQuery, requireJson } from './request.ts'
import {
  type Answer,
  type Handler,
  type Identified,
  type Result,
  arrivedOf,
  render,
  respond,
} from './respond.ts'
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

/** The door of a route: what is done for a request, by what it `Needs`. It answers, or throws a refusal. */
export type Door<
  N extends SignedRoute,
  Needs extends readonly Capability[] = typeof everySignedDoor,
> = (request: RequestOf<N, Given<Needs>>, deps: Given<Needs>) => Promise<Answer>

/** A write whose retries get its answer says it with its effect; others have nothing that would keep it. */
type Answering<N extends SignedRoute> = Routes[N]['idempotencyKey'] extends 'required'
  ? { answer: Answer }
  : { answer?: never }

/** The adapters of a route's door: those of the stack, and the stored answers where it asks for an Idempotency-Key. */
type DepsFor<N extends SignedRoute> = SignedDeps &
  (Routes[N]['idempotencyKey'] extends 'required' ? { requests: AnswerStore } : unknown)

/**
 * The Lambda handler of a signed route.
 *
 * @param given.ahead the rows that the door reads first, by the looks of a request: they are read with its caller's key
 */
export const route = <N extends SignedRoute, D extends DepsFor<N>>(
  name: N,
  door: (request: RequestOf<N, D>, deps: D) => Promise<Answer>,
  { deps, ahead = () => [] }: { deps: D; ahead?: Ahead<Shape<N, 'params'>, D> },
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

/** A request of a caller whose role the route asks for. */
type Authorized = Identified & { params: unknown }

/** A request in the shapes of its route. */
type Parsed = Authorized & {
  idempotencyKey: IdempotencyKey | undefined
  query: unknown
  body: unknown
}

const authorize = (spec: RouteSpec, request: Identified): Authorized => {
  // An id that is none is answered as one that nobody has: forbidden, so that its form says nothing either.
  const params = spec.params?.safeParse(request.event.pathParameters ?? {})
  if (params && !params.success) throw new Refused('forbidden')
  const { referralId, consentId, keyid } = (params?.data ?? {}) as About & { keyid?: Keyid }
  Object.assign(request.about, { referralId, consentId, subjectKeyid: keyid })
  if (!spec.roles.some(role => request.roles.includes(role))) throw new Refused('forbidden')
  return { ...request, params: params?.data }
}

const parse = (spec: RouteSpec, request: Authorized): Parsed => {
  const { raw } = request
  const idempotencyKey = spec.idempotencyKey === 'none' ? undefined : idempotencyKeyOf(raw)
  if (spec.idempotencyKey === 'required' && !idempotencyKey)
    throw new Refused('idempotency-key-missing')
  // Also where no body is asked for: one that comes is still signed for what it says.
  if (spec.body || raw.body.length > 0) requireJson(raw)
  return {
    ...request,
    idempotencyKey,
    query: valid(spec.query, () => readQuery(raw.query, spec.repeated), parameterErrors),
    body: valid(spec.body, () => parseJson(raw.body)),
  }
}

const valid = (
  schema: z.ZodType | undefined,
  read: () => unknown,
  errorsOf = fieldErrors,
): unknown => {
  if (!schema) return undefined
  const parsed = schema.safeParse(read(), { reportInput: true })
  if (!parsed.success) throw new Refused('invalid-request', errorsOf(parsed.error))
  return parsed.data
}

/** A query has no members within members: what is wrong is the parameter, once, whichever of its values it is. */
const parameterErrors = (error: z.core.$ZodError): FieldError[] => {
  const errors = fieldErrors(error).map(({ pointer, code }) => ({
    pointer: pointer.replace(/(?<=.)\/.*/, ''),
    code,
  }))
  return [...new Map(errors.map(each => [`${each.pointer} ${each.code}`, each])).values()]
}
