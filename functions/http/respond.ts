// The outer ring of the stack: every request gets an id and an answer, every refusal of a verified caller an entry in the access log.
import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type Actor, isToldOfStranger, type Occurrence } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import type { Action } from '../../schemas/access-log.ts'
import type { DirectoryKey, Role } from '../../schemas/agreement.ts'
import type { IdempotencyKey, RequestId } from '../../schemas/ids.ts'
import { type ProblemCode, problems } from '../../schemas/problem.ts'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import type { AccessLog } from '../aws/access-log/pending.ts'
import type { Committer } from '../effects/commit.ts'
import { closing } from '../aws/deadline.ts'
import type { Directory } from '../aws/directory.ts'
import type { Transact } from '../aws/dynamodb.ts'
import type { KeyRate } from '../aws/rate.ts'
import type { Requests } from '../aws/requests.ts'
import { type Metric, countOne, log, newId, now } from '../aws/runtime.ts'
import { MethodNotAllowed } from './no-route.ts'
import { problemAnswer } from './problem.ts'
import type { RawRequest } from './request.ts'

/** What the stack itself needs of the deployment. */
export type StackDeps = {
  authority: string
  transact: Transact
  directory: Directory
  requests: Requests
  rate: KeyRate
  accessLog: AccessLog
}

type Result = APIGatewayProxyStructuredResultV2
export type Middleware = MiddlewareObj<APIGatewayProxyEventV2, Result>

/** What a request is about, as far as its door has found out: completes the entry if it is refused. */
export type About = Pick<
  Occurrence,
  'referralId' | 'consentId' | 'agreementId' | 'purpose' | 'subjectKeyid'
>

/** What the stack knows of a request so far. */
export type State = {
  /** What the path names, once it is known to be well-formed. */
  params?: unknown
  id: RequestId
  started: number
  acceptLanguage: string | undefined
  about: About
  /** The registered key that the request says it is signed by, once it is found. Proves nothing. */
  claimed?: DirectoryKey | undefined
  /** There once the signature is verified. */
  verified?: {
    raw: RawRequest
    nonce: string
    roles: Role[]
    caller: Actor
    committer: Committer
  }
  /** There once parsed. */
  input?: {
    idempotencyKey: IdempotencyKey | undefined
    params: unknown
    query: unknown
    body: unknown
  }
}

/** States of the requests under way. They go with their events. */
const states = new WeakMap<object, State>()

export const stateOf = (event: object): State => {
  const state = states.get(event)
  if (!state) throw new Error('a request without a state')
  return state
}

/** First to begin and last to end: gives the request its id, maps whatever was thrown, and sets the headers of every answer. */
export const respond = (
  route: RouteName,
  action: Action | undefined,
  deps?: StackDeps,
): Middleware => {
  const finish = async (state: State, answer: Result, code?: ProblemCode): Promise<Result> => {
    const caller = state.verified?.caller
    const signedSize = caller && (await deps?.accessLog.signedSize().catch(() => undefined))
    log('info', 'request', {
      requestId: state.id,
      route,
      status: answer.statusCode,
      code,
      institution: caller?.institution,
      ms: Math.round(performance.now() - state.started),
    })
    return {
      ...answer,
      headers: {
        'cache-control': 'no-store',
        ...answer.headers,
        'x-request-id': state.id,
        ...(signedSize === undefined ? {} : { 'access-log-size': String(signedSize) }),
      },
    }
  }

  /** How often a caller that is party to nothing was refused this in this hour; undefined for a party, whose refusals all are entries. */
  const strangersRefusals = async (
    { institution, keyid }: Actor,
    { agreementId, referralId, consentId }: About,
  ): Promise<number | undefined> => {
    if (!deps || (await deps.directory.agreementsOf(institution)).length > 0) return undefined
    // Its agreement is known where the thing exists.
    const thing = agreementId === undefined ? undefined : (referralId ?? consentId)
    return deps.requests.countRefusal(keyid, thing, now())
  }

  /**
   * Refusals of a verified caller are entries (`denied`), faults met while serving one too (`failed`). A spent nonce is not:
   * whoever replays a request need not be the one who signed it. Nor is a request over its key's rate: the entry would be the very
   * write that the limit is there to save. Both are counted instead, as are requests without a caller. Refusals of an institution that is
   * party to nothing are summed: strangers cannot fill the log.
   */
  const record = async (state: State, error: unknown): Promise<Refused> => {
    const refused = error instanceof Refused ? error : new Refused(faultCode(error))
    if (!(error instanceof Refused))
      log('error', 'fault', { requestId: state.id, route, error: errorName(error) })
    if (!action) return refused
    const metric = counted(state, refused.code)
    if (metric) {
      const keyid = (state.verified?.caller ?? state.claimed)?.keyid
      const rule = refused.errors?.[0]?.code
      countOne(metric, refused.code, { requestId: state.id, route, keyid, rule })
    }
    if (metric || !state.verified) return refused
    const outcome = error instanceof Refused ? 'denied' : 'failed'
    try {
      const { committer, caller } = state.verified
      const refusals =
        outcome === 'denied' ? await strangersRefusals(caller, state.about) : undefined
      if (refusals !== undefined && !isToldOfStranger(refusals)) return refused
      await committer.commit([
        { action, outcome, code: refused.code, ...state.about, ...(refusals && { refusals }) },
      ])
      return refused
    } catch (again) {
      return again instanceof Refused ? again : new Refused(faultCode(again))
    }
  }

  return {
    before: ({ event }) => {
      states.set(event, {
        id: newId<RequestId>(),
        started: performance.now(),
        acceptLanguage: event.headers['accept-language'],
        about: {},
      })
    },
    after: async request => {
      const { event, response } = request
      const answer = await closing(() => finish(stateOf(event), response as Result))
      request.response = asked(event, answer)
    },
    onError: async request => {
      const state = stateOf(request.event)
      const { code, errors } = await closing(() => record(state, request.error))
      const { id: requestId, acceptLanguage } = state
      const answer = problemAnswer(code, {
        requestId,
        acceptLanguage,
        errors,
        allow: request.error instanceof MethodNotAllowed ? request.error.allow : undefined,
        status: (routes[route] as RouteSpec).statuses?.[code],
      })
      const finished = await closing(() => finish(state, answer, code))
      request.response = asked(request.event, finished)
    },
  }
}

/** RFC 9110 §9.3.2: HEAD gets all that GET would, but the body. */
const asked = ({ requestContext }: APIGatewayProxyEventV2, answer: Result): Result => {
  if (requestContext.http.method !== 'HEAD') return answer
  const { body: _, isBase64Encoded: _base64, ...withoutBody } = answer
  return withoutBody
}

/** What a refusal counts as where it is no entry; nothing for the hub's own faults, which the API counts. */
const counted = (state: State, code: ProblemCode): Metric | undefined => {
  if (code === 'rate-limited') return 'RateLimited'
  const unproven = !state.verified && problems[code].status < 500
  return unproven || code === 'nonce-reused' ? 'SignatureFailures' : undefined
}

/** A dependency that does not answer is `unavailable`; anything else is our own fault. */
const faultCode = (error: unknown): ProblemCode =>
  outages.has(errorName(error)) ? 'unavailable' : 'internal'

const outages = new Set([
  'TimeoutError',
  'ETIMEDOUT',
  'NetworkingError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ServiceUnavailable',
  'InternalServerError',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'KMSInternalException',
  'KeyUnavailableException',
  'DependencyTimeoutException',
  // A KMS key that is switched off or not yet usable.
  'DisabledException',
  'KMSInvalidStateException',
])

const errorName = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
