// The two ways a request fails: the hub said no (and why), or it could not be reached.

/**
 * One wrong place in the body: an RFC 6901 pointer, a code, and what would be allowed there where that is a short list.
 * None of them repeats what was sent.
 */
export type FieldError = { pointer: string; code: string; allowed?: string[] | undefined }

/**
 * RFC 9457 problem of the hub. `code` is the stable contract; `title` is in the language asked for; nothing in here was
 * sent by the caller.
 */
export class HubError extends Error {
  override readonly name = 'HubError'
  /** HTTP status. */
  readonly status: number
  /** `unknown` when the answer was no problem document of the hub. */
  readonly code: string
  /** Where the code is `unknown` it is for programs (`HTTP 503`): whoever tells people has words of their own. */
  readonly title: string
  readonly errors: FieldError[]
  /** The request id, to ask the hub's operators about. */
  readonly instance: string | undefined
  /** Seconds the hub asks to wait before trying again. */
  readonly retryAfter: number | undefined

  constructor(answer: {
    status: number
    code: string
    title: string
    errors?: FieldError[]
    instance?: string | undefined
    retryAfter?: number | undefined
  }) {
    super(`${answer.status} ${answer.code}`)
    this.status = answer.status
    this.code = answer.code
    this.title = answer.title
    this.errors = answer.errors ?? []
    this.instance = answer.instance
    this.retryAfter = answer.retryAfter
  }
}

/** A success without what its route answers: a page of whatever stands before the hub, or half an answer. */
export class NotAnAnswer extends Error {
  override readonly name = 'NotAnAnswer'

  constructor(status: number, contentType: string) {
    super(
      `${status} with ${contentType === '' ? 'no content type' : contentType}: not what is answered here`,
    )
  }
}

/**
 * No answer of the hub came: refused connection, broken line, time out, or something else in its place (the cause is a
 * NotAnAnswer). Whether the hub did the thing is not known, unless it has an Idempotency-Key to ask again under.
 */
export class HubUnreachable extends Error {
  override readonly name = 'HubUnreachable'

  constructor(cause: unknown) {
    super('the hub could not be reached', { cause })
  }
}

/** What stands before a hub answers so while there is no hub behind it. */
const gateways: readonly number[] = [502, 503, 504]

/** Whether no answer of the hub came. What it says itself, with a code of its own, is one. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof HubUnreachable ||
  (error instanceof HubError && error.code === 'unknown' && gateways.includes(error.status))

/** The refusal in an answer that is not 2xx. `body` is the parsed JSON, or anything else where there was none. */
export function refusalIn(status: number, headers: Headers, body: unknown): HubError {
  const problem: Partial<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? { ...body } : {}
  const text = (name: string) => {
    const value = problem[name]
    return typeof value === 'string' ? value : undefined
  }
  return new HubError({
    status,
    code: text('code') ?? 'unknown',
    title: text('title') ?? `HTTP ${status}`,
    errors: Array.isArray(problem['errors']) ? problem['errors'].filter(isFieldError) : [],
    instance: text('instance') ?? headers.get('x-request-id') ?? undefined,
    retryAfter: secondsToWait(headers),
  })
}

const isFieldError = (value: unknown): value is FieldError =>
  typeof value === 'object' &&
  value !== null &&
  'pointer' in value &&
  typeof value.pointer === 'string' &&
  'code' in value &&
  typeof value.code === 'string' &&
  (!('allowed' in value) ||
    (Array.isArray(value.allowed) && value.allowed.every(one => typeof one === 'string')))

/** `Retry-After` in seconds, from either of its forms (RFC 9110 §10.2.3). */
function secondsToWait(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : (Date.parse(value) - Date.parse(headers.get('date') ?? '')) / 1000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}
