// The one stack that every signed route runs in: respond ( identify → throttle → authorize → parse → replay or door ).
// A door is given a verified caller and parsed input; it gives back an answer or throws a refusal.
import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import type * as z from 'zod'
import type { Actor, Occurrence } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import type { Instant, Keyid, RequestId } from '../../schemas/ids.ts'
import { problems } from '../../schemas/problem.ts'
import type { FieldError } from '../../schemas/problem-details.ts'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import type { Committer } from '../effects/commit.ts'
import { inTime } from '../aws/deadline.ts'
import { Moved, type Write, rereading } from '../aws/dynamodb.ts'
import type { StoredAbout } from '../aws/requests.ts'
import { now } from '../aws/runtime.ts'
import { answerName, idempotencyKeyOf, openAnswer, sealAnswer } from './idempotency.ts'
import { identify } from './identify.ts'
import { parseJson } from './json.ts'
import { fieldErrors } from './problem.ts'
import { recent } from './replays.ts'
import { render } from './render.ts'
import { type RawRequest, readQuery, requireJson } from './request.ts'
import {
  type About,
  type Middleware,
  type StackDeps,
  type State,
  respond,
  stateOf,
} from './respond.ts'

type Shape<N extends RouteName, K extends string> =
  (typeof routes)[N] extends Record<K, infer S extends z.ZodType> ? z.infer<S> : undefined

/** `body`: sent as JSON, or as it is where it is text or octets with their own content-type. */
export type Answer = {
  status?: 200 | 201
  headers?: Record<string, string>
  body: object | string | Uint8Array
}

/** What a door is given: all of it verified and parsed. */
export type RequestOf<N extends RouteName> = {
  id: RequestId
  now: Instant
  caller: Actor
  params: Shape<N, 'params'>
  query: Shape<N, 'query'>
  body: Shape<N, 'body'>
  headers: RawRequest['headers']
  /** To be filled in as the door finds out what the request is about. */
  about: About
  /** Commits the effect with its entries and, where the route asks for an Idempotency-Key, its answer. Gives that answer back. */
  commit: (
    occurrences: readonly Occurrence[],
    writes: readonly Write[],
    answer: Answer,
  ) => Promise<Answer>
  release: Committer['release']
}

/** The Lambda handler of a signed route. */
export const route = <N extends RouteName, D extends StackDeps>(
  name: N,
  door: (request: RequestOf<N>, deps: D) => Promise<Answer>,
  deps: D,
) => {
  const spec: RouteSpec = routes[name]

  /** Gives a retry its stored answer, or runs the door until nobody else changes what it reads. */
  const serve = async (state: Required<State>): Promise<APIGatewayProxyStructuredResultV2> => {
    const { raw, caller, committer: made } = state.verified
    const key = spec.idempotencyKey === 'required' ? state.input.idempotencyKey : undefined
    const answered = key && { key, name: answerName(caller.keyid, key) }
    const look = async (): Promise<APIGatewayProxyStructuredResultV2> => {
      const stored = answered && (await deps.requests.findAnswer(answered.name))
      if (stored) {
        const answer = await openAnswer(stored, answered.key, raw)
        const again = {
          outcome: 'allowed',
          ...state.about,
          ...stored.about,
          code: 'replayed',
        } as const
        await made.commit([{ action: spec.action as never, ...again }])
        return answer
      }
      const request = {
        ...state.input,
        id: state.id,
        now: now(),
        caller,
        headers: raw.headers,
        about: state.about,
        release: made.release,
        commit: async (
          occurrences: readonly Occurrence[],
          writes: readonly Write[],
          answer: Answer,
        ) => {
          const kept = answered && [
            deps.requests.storeAnswer(
              answered.name,
              await sealAnswer(render(spec, answer), answered.key, raw, subjectOf(occurrences)),
              state.id,
            ),
          ]
          await made.commit(occurrences, writes, kept)
          return answer
        },
      } as RequestOf<N>
      return render(spec, await door(request, deps))
    }
    try {
      return await rereading(look)
    } catch (error) {
      if (!(error instanceof Moved)) throw error
      throw new Refused(answered ? 'request-in-progress' : 'unavailable')
    }
  }

  const stack = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(respond(name, spec.action, deps))
    .use(identify(spec, deps))
    .use(throttle(deps))
    .use(authorize(spec))
    .use(parse(spec))
    .handler(event => serve(stateOf(event) as Required<State>))
  return inTime((event: APIGatewayProxyEventV2, context: Context) => stack(event, context))
}

/** What a write was about, out of its own first entry. */
const subjectOf = ([first]: readonly Occurrence[]): StoredAbout => ({
  agreementId: first?.agreementId,
  referralId: first?.referralId,
  consentId: first?.consentId,
  subjectKeyid: first?.subjectKeyid,
})

/** A request by what may be used once. */
const nameOf = ({ caller, nonce }: NonNullable<State['verified']>) => `${caller.keyid} ${nonce}`

/**
 * Counts the request against its key's rate. After the signature, so that nobody uses up a partner's rate by naming its key, nor by
 * sending again and again what the partner once signed; before anything else, so that a refused request has changed nothing: its
 * nonce is unspent, it may be sent again as it is.
 */
const throttle = ({ rate }: StackDeps): Middleware => {
  const served = recent()
  return {
    before: async ({ event }) => {
      const { verified } = stateOf(event) as Required<State>
      if (served.has(nameOf(verified))) throw new Refused('nonce-reused')
      if (!(await rate.spend(verified.caller.keyid))) throw new Refused('rate-limited')
    },
    after: ({ event }) => served.add(nameOf((stateOf(event) as Required<State>).verified)),
    onError: ({ event, error }) => {
      const { verified } = stateOf(event)
      // Its refusal is an entry, so its nonce is spent. Told to wait, or failed: it may not be.
      const spent = error instanceof Refused && problems[error.code].status < 500
      if (verified && spent && error.code !== 'rate-limited') served.add(nameOf(verified))
    },
  }
}

const authorize = (spec: RouteSpec): Middleware => ({
  before: ({ event }) => {
    const state = stateOf(event)
    // An id that is none is answered as one that nobody has: forbidden, so that its form says nothing either.
    const params = spec.params?.safeParse(event.pathParameters ?? {})
    if (params && !params.success) throw new Refused('forbidden')
    const { referralId, consentId, keyid } = (params?.data ?? {}) as About & { keyid?: Keyid }
    Object.assign(state.about, { referralId, consentId, subjectKeyid: keyid })
    state.params = params?.data
    const roles = state.verified?.roles ?? []
    if (!spec.roles.some(role => roles.includes(role))) throw new Refused('forbidden')
  },
})

const parse = (spec: RouteSpec): Middleware => ({
  before: ({ event }) => {
    const state = stateOf(event) as State & Required<Pick<State, 'verified'>>
    const { raw } = state.verified
    const idempotencyKey = spec.idempotencyKey === 'none' ? undefined : idempotencyKeyOf(raw)
    if (spec.idempotencyKey === 'required' && !idempotencyKey)
      throw new Refused('idempotency-key-missing')
    // Also where no body is asked for: one that comes is still signed for what it says.
    if (spec.body || raw.body.length > 0) requireJson(raw)
    state.input = {
      idempotencyKey,
      params: state.params,
      query: valid(spec.query, () => readQuery(raw.query, spec.repeated), parameterErrors),
      body: valid(spec.body, () => parseJson(raw.body)),
    }
  },
})

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
