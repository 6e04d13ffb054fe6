// Sends a signed request and, where that is safe, sends it again: each time newly signed, under the same
// Idempotency-Key.
import type { Signer } from 'http-message-sig'
import { HubError, HubUnreachable, NotAnAnswer, refusalIn } from './refusal.ts'
import { signRequest, type UnsignedRequest } from '../signatures/sign.ts'

/** What the hub answered. `body` is parsed JSON, text for `text/*`, octets for `application/octet-stream`. */
export type HubAnswer<Body> = { status: number; headers: Headers; body: Body }

/** How a client sends: with which key, at what time, how patiently. */
export type Sender = {
  /** Where the bytes go, without a slash at the end. */
  url: string
  keyid: string
  signer: () => Promise<Signer>
  fetch: typeof fetch
  /** The caller's clock. */
  now: () => Date
  /** Milliseconds the hub's clock is ahead of the caller's, as far as known. */
  aheadMs: number
  /** Whether to take the hub's time when it says that ours is wrong. */
  followClock: boolean
  /** How often at most a request is sent again. */
  retries: number
  /** Milliseconds before the first time it is sent again; doubled for each further one, less up to half by chance. */
  backoffMs: number
  /** Milliseconds after which one attempt is given up. */
  timeoutMs: number
  /** Once it is aborted no further attempt begins. A GET under way is given up; what has an effect gets its answer. */
  stop?: AbortSignal | undefined
}

/** A request as the sender takes it: what is signed, where, and whether it may be sent twice. */
export type Sending = {
  request: UnsignedRequest
  target: string
  signed: boolean
  repeatable: boolean
  /** The content types that its route answers with. */
  answers: RegExp
}

/** A longer `Retry-After` is the caller's to wait for, not ours to sleep through. */
const longestWaitSeconds = 30

/**
 * Sends, and sends again on a broken line, 429, 502, 503, 504 or 409 `request-in-progress` when the request may be
 * repeated.
 * @throws HubError when the hub refuses · HubUnreachable when no answer came
 */
export async function send(sender: Sender, sending: Sending): Promise<HubAnswer<unknown>> {
  for (let sent = 1; ; sent++) {
    sender.stop?.throwIfAborted()
    const outcome = await attempt(sender, sending)
    if (!(outcome instanceof Error)) return outcome
    // Refused for its signature: nothing was done, so anything may be sent once more with the hub's time.
    if (sent === 1 && sending.signed && adoptedClock(sender, outcome)) continue
    const wait = sending.repeatable ? waitBefore(sent, outcome, sender.backoffMs) : undefined
    if (wait === undefined || sent > sender.retries) throw outcome
    await pause(wait, sender.stop)
  }
}

/** Resolves after `ms`, or as soon as `stop` is aborted. */
export const pause = (ms: number, stop?: AbortSignal) =>
  new Promise<void>(resolve => {
    const done = () => {
      clearTimeout(timer)
      stop?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    stop?.addEventListener('abort', done)
    if (stop?.aborted) done()
  })

async function attempt(sender: Sender, { request, target, signed, answers }: Sending) {
  const headers = signed
    ? await signRequest(request, await sender.signer(), sender.keyid, hubTime(sender))
    : request.headers
  // Called by itself: a browser's fetch refuses to be called as another object's method.
  const { fetch } = sender
  let answer: Response
  let octets: Uint8Array
  try {
    answer = await fetch(target, {
      method: request.method,
      headers,
      body: request.body ?? null,
      // A signature is for one authority: following it elsewhere would only leak the request.
      redirect: 'error',
      signal: AbortSignal.any([
        AbortSignal.timeout(sender.timeoutMs),
        ...(request.method === 'GET' && sender.stop ? [sender.stop] : []),
      ]),
    })
    octets = new Uint8Array(await answer.arrayBuffer())
  } catch (cause) {
    return new HubUnreachable(cause)
  }
  const { status } = answer
  const contentType = answer.headers.get('content-type') ?? ''
  const body = read(octets, contentType)
  if (!answer.ok) return refusalIn(status, answer.headers, body)
  // Something else has answered, or half of it is lost: nobody knows whether the hub did it.
  if (!answers.test(contentType) || body === unreadable)
    return new HubUnreachable(new NotAnAnswer(status, contentType))
  return { status, headers: answer.headers, body }
}

/** The hub's time as far as the sender knows it. */
export const hubTime = ({ now, aheadMs }: Sender) => new Date(now().getTime() + aheadMs)

/**
 * Whether the hub's time was taken over from the refusal: its request id is a UUIDv7, whose first 48 bits are
 * milliseconds since 1970 (RFC 9562 §5.7). Only for who asked for it: whoever may set our clock may collect signatures
 * for later.
 */
function adoptedClock(sender: Sender, refusal: Error): boolean {
  if (!sender.followClock || !(refusal instanceof HubError)) return false
  const digits = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(refusal.instance ?? '')
  if (refusal.code !== 'signature-expired' || !digits) return false
  sender.aheadMs = Number.parseInt(`${digits[1]}${digits[2]}`, 16) - sender.now().getTime()
  return true
}

/** Milliseconds to wait before the next time, or nothing when a next time would not help. */
function waitBefore(sent: number, failure: Error, backoffMs: number): number | undefined {
  const backoff = backoffMs * 2 ** (sent - 1) * (0.5 + Math.random() / 2)
  if (failure instanceof HubUnreachable) return backoff
  if (!(failure instanceof HubError)) return undefined
  const passing = [429, 502, 503, 504].includes(failure.status)
  // Our own first try may still be running behind a line that broke.
  if (!passing && failure.code !== 'request-in-progress') return undefined
  const asked = failure.retryAfter ?? 0
  return asked > longestWaitSeconds ? undefined : Math.max(asked * 1000, backoff)
}

/** JSON, and what is JSON by another name: `application/problem+json`. */
export const inJson = /^application\/([a-z0-9.-]+\+)?json\b/
export const inOctets = /^application\/octet-stream\b/

/** What says that it is JSON, and is none. */
const unreadable = Symbol('unreadable')

function read(octets: Uint8Array, contentType: string): unknown {
  if (inOctets.test(contentType)) return octets
  const text = new TextDecoder().decode(octets)
  if (!inJson.test(contentType)) return text
  try {
    return JSON.parse(text)
  } catch {
    return unreadable
  }
}
