// The outer ring of the stack: every request gets an id and an answer, every refusal of a verified caller an entry in
// the access log.
import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import { type About, type Actor, isToldOfStranger } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import { sidesOf } from '../../events/seen-under.ts'
import type { Action } from '../../schemas/access-log.ts'
import type { DirectoryKey, Role } from '../../schemas/agreement.ts'
import type { RequestId } from '../../schemas/ids.ts'
import { type ProblemCode, problems } from '../../schemas/problem.ts'
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import type { SignedDeps } from '../aws/bind.ts'
import { closing } from '../aws/deadline.ts'
import type { KnownRows } from '../aws/known-rows.ts'
import { type Metric, countOne, hubName, log, newId, now } from '../aws/runtime.ts'
import { type Committing, commit } from '../effects/commit.ts'
import { MethodNotAllowed } from './no-route.ts'
import { problemAnswer } from './problem.ts'
import type { RawRequest } from './request.ts'

/** `body`: sent as JSON, or as it is where it is text or octets with their own content-type. */
export type Answer = {
  status?: 200 | 201 | 202
  headers?: Record<string, string>
  body: object | string | Uint8Array
}

export type Result = APIGatewayProxyStructuredResultV2
/** A door's answer in the form of HTTP API payload 2.0. */
export const render = (spec: RouteSpec, { status, headers, body }: Answer): Result => {
  const answer = {
    statusCode: status ?? spec.answer.status,
    headers: { 'content-type': 'application/json', ...headers },
  }
  if (body instanceof Uint8Array)
    return { ...answer, body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
  return { ...answer, body: typeof body === 'string' ? body : JSON.stringify(body) }
}

/** What Lambda calls. */
export type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Result>

/** A request that has arrived: nothing is known of it, and it will be answered. */
export type Arrived = {
  event: APIGatewayProxyEventV2
  id: RequestId
  started: number
  acceptLanguage: string | undefined
  about: About
  /** The registered key that it says it is signed by, once that is found. Proves nothing. */
  claimed?: DirectoryKey | undefined
  /** How far it came, for whoever answers it if it comes no further. */
  identified?: Identified
}

/** A request whose signature holds: it has a caller, and may have effects. */
export type Identified = Pick<Arrived, 'event' | 'id' | 'about'> & {
  raw: RawRequest
  nonce: string
  roles: readonly Role[]
  caller: Actor
  committing: Committing
  /** What was read together with the caller's key. */
  known: KnownRows
}

/** Requests under way. They go with their events. */
const underWay = new WeakMap<object, Arrived>()

export const arrivedOf = (event: object): Arrived => {
  const arrived = underWay.get(event)
  if (!arrived) throw new Error('an event that has not arrived')
  return arrived
}

/**
 * First to begin and last to end: gives the request its id, maps whatever was thrown, and sets the headers of every
 * answer.
 */
export const respond = (
  route: RouteName,
  action: Action | undefined,
  deps?: SignedDeps,
): MiddlewareObj<APIGatewayProxyEventV2, Result> => {
  const spec: RouteSpec = routes[route]
  const hub = hubName()

  const finish = async (
    { id, started, identified }: Arrived,
    answer: Result,
    code?: ProblemCode,
  ): Promise<Result> => {
    const caller = identified?.caller
    const signedSize = caller && (await deps?.accessLog.signedSize().catch(() => undefined))
    log('info', 'request', {
      requestId: id,
      route,
      status: answer.statusCode,
      code,
      institution: caller?.institution,
      ms: Math.round(performance.now() - started),
    })
    return {
      ...answer,
      headers: {
        'cache-control': 'no-store',
        ...answer.headers,
        'x-request-id': id,
        ...(signedSize === undefined ? {} : { 'access-log-size': String(signedSize) }),
      },
    }
  }

  /**
   * Refusals of a verified caller are entries (`denied`), faults met while serving one too (`failed`). A spent nonce is
   * not: whoever replays a request need not be the one who signed it. Nor is a request over its key's rate: the entry
   * would be the very write that the limit is there to save. Both are counted instead, as are requests without a
   * caller. Refusals of an institution that is party to no agreement are summed, unless it holds what it was refused:
   * strangers cannot fill the log.
   */
  const writeDown = async (arrived: Arrived, error: unknown): Promise<Refused> => {
    const { id: requestId, identified, about } = arrived
    const refused = error instanceof Refused ? error : new Refused(faultCode(error))
    if (!(error instanceof Refused))
      log('error', 'fault', { requestId, route, error: errorName(error) })
    if (!action || !deps) return refused
    const metric = counted(arrived, refused.code)
    if (metric) {
      const keyid = (identified?.caller ?? arrived.claimed)?.keyid
      const rule = refused.errors?.[0]?.code
      countOne(metric, refused.code, { requestId, route, keyid, rule })
    }
    if (metric || !identified) return refused
    const outcome = error instanceof Refused ? 'denied' : 'failed'
    try {
      const { committing, caller } = identified
      const refusals =
        outcome === 'denied' ? await strangersRefusals(caller, arrived, deps) : undefined
      if (refusals !== undefined && !isToldOfStranger(refusals)) return refused
      const told = { code: refused.code, ...about, ...(refusals && { refusals }) }
      await commit({ occurrences: [{ action, outcome, ...told }] }, committing, deps)
      return refused
    } catch (again) {
      return again instanceof Refused ? again : new Refused(faultCode(again))
    }
  }

  return {
    before: ({ event }) => {
      underWay.set(event, {
        event,
        id: newId<RequestId>(),
        started: performance.now(),
        acceptLanguage: event.headers['accept-language'],
        about: {},
      })
    },
    after: async request => {
      const { event, response } = request
      if (!response) throw new Error('a door without an answer')
      const answer = await closing(() => finish(arrivedOf(event), response))
      request.response = asked(event, answer)
    },
    onError: async request => {
      const arrived = arrivedOf(request.event)
      const { code, errors } = await closing(() => writeDown(arrived, request.error))
      const { id: requestId, acceptLanguage } = arrived
      const answer = problemAnswer(code, {
        hub,
        requestId,
        acceptLanguage,
        errors,
        allow: request.error instanceof MethodNotAllowed ? request.error.allow : undefined,
        status: spec.statuses?.[code],
      })
      const finished = await closing(() => finish(arrived, answer, code))
      request.response = asked(request.event, finished)
    },
  }
}

/**
 * How often a caller that is party to nothing was refused this in this hour; undefined for a party, whose refusals all
 * are entries: of an agreement, or of what was handed over (decision 499).
 */
const strangersRefusals = async (
  { institution, keyid }: Actor,
  { id: requestId, about: { agreementId, referralId, consentId } }: Arrived,
  { directory, requests }: SignedDeps,
): Promise<number | undefined> => {
  if (sidesOf(agreementId).includes(institution)) return undefined
  if ((await directory.agreementsOf(institution)).length > 0) return undefined
  // Its agreement is known where the thing exists.
  const thing = agreementId === undefined ? undefined : (referralId ?? consentId)
  return requests.countRefusal(keyid, thing, { now: now(), requestId })
}

/** RFC 9110 §9.3.2: HEAD gets all that GET would, but the body. */
const asked = ({ requestContext }: APIGatewayProxyEventV2, answer: Result): Result => {
  if (requestContext.http.method !== 'HEAD') return answer
  const { body: _, isBase64Encoded: _base64, ...withoutBody } = answer
  return withoutBody
}

/** What a refusal counts as where it is no entry; nothing for the hub's own faults, which the API counts. */
const counted = ({ identified }: Arrived, code: ProblemCode): Metric | undefined => {
  if (code === 'rate-limited') return 'RateLimited'
  const unproven = !identified && problems[code].status < 500
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
