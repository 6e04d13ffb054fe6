// The hub's HTTP contract as functions: signs, sends, retries where it is safe, reads problems. fetch and Web Crypto
// only. Answers carry the types that the contract promises; they are not checked here.
import type { Signer } from 'http-message-sig'
import type { DataCategory, Purpose } from '../schemas/consent.ts'
import type { PulledMessage, RedriveAnswer, SettleAnswer } from '../schemas/inbox.ts'
import type { Projection } from '../schemas/payload.ts'
import type { Reason, ReferralHeader, Status } from '../schemas/referral.ts'
import { type LogFilters, logMethods } from './access-log.ts'
import { consentMethods } from './consents.ts'
import { institutionMethods } from './institutions.ts'
import { agreementMethods } from './agreements.ts'
import { handoverMethods } from './handover.ts'
import { milestoneMethods } from './milestones.ts'
import { reportMethods } from './reports.ts'
import { randomToken, type HubKey } from '../signatures/keys.ts'
import { hubTime, send, type HubAnswer, type Sender } from './send.ts'
import { type KeySigner, signerOf } from '../signatures/sign.ts'

/** How to reach a hub and as whom. */
export type HubClientOptions = {
  /** Where requests are sent: `https://hub.example`. */
  url: string
  /** The host[:port] the hub knows itself by; the url's own when left out. */
  authority?: string
  /** What to sign with: a private key, or a `signer` that keeps it to itself. */
  key?: HubKey
  signer?: KeySigner
  /** Of the titles in refusals; Spanish when left out. */
  language?: 'es' | 'en'
  fetch?: typeof fetch
  now?: () => Date
  /**
   * Sign with the hub's time when it says that ours is wrong. Only for a hub on this machine, whose clock may be set
   * (`--now`).
   */
  followClock?: boolean
  retries?: number
  backoffMs?: number
  timeoutMs?: number
  /**
   * Once it is aborted no further request begins, and methods throw its reason. What has an effect and is under way
   * gets its answer.
   */
  stop?: AbortSignal
}

export type { LogFilters } from './access-log.ts'

type Query = Partial<Record<string, string | number | readonly string[] | undefined>>

/** Combinable. Several statuses: any of them. `overdue`: no decision by `respondBy`. */
export type ListFilters = {
  /** Where it is left out: what a referrer sent and anybody else received; with a folio, either. */
  direction?: 'sent' | 'received' | undefined
  /** What was handed over of this referral. */
  partOf?: string | undefined
  status?: string | readonly string[] | undefined
  updatedSince?: string | undefined
  /** In either case, with or without hyphens and check symbol. */
  folio?: string | undefined
  overdue?: true | undefined
  limit?: number | undefined
}

/** A referral's content, opened: what the consent permits for one purpose. */
export type Released = {
  referral: ReferralHeader
  payload: Projection
  withheld: DataCategory[]
  proof?: string
}

/**
 * What a pull takes: how many messages, how long it waits for one, how long they are ours, and whether referrals are
 * opened.
 */
export type PullOptions = {
  max: number
  waitSeconds: number
  visibilitySeconds: number | undefined
  content: 'open' | 'none'
}

export type Page<Item> = { items: Item[]; next?: string }

export type RequestOptions = {
  query?: Query
  /** Sent as JSON; its bytes are made once, so that every repetition has the same digest. */
  body?: unknown
  headers?: Record<string, string>
  idempotencyKey?: string
  /** Open routes are not signed. */
  signed?: boolean
  /** Whether it may be sent again without harm; by default when it is a GET or has an Idempotency-Key. */
  repeatable?: boolean
}

export type HubClient = ReturnType<typeof hubClient>

/**
 * A client for one key. Every method resolves to `{ status, headers, body }`.
 * @throws HubError (code, status, title, errors, instance, retryAfter) when the hub refuses · HubUnreachable when no
 * answer came · the reason of `stop` once that is aborted
 */
export function hubClient(options: HubClientOptions) {
  const url = new URL(options.url)
  const { key, language = 'es', authority = url.host } = options
  const keyid = (options.signer ?? key)?.keyid
  if (keyid === undefined) throw new TypeError('neither a key nor a signer')
  let signer: Promise<Signer> | undefined = options.signer && Promise.resolve(options.signer)
  const sender: Sender = {
    url: url.origin,
    keyid,
    signer: () => (signer ??= signerOf(key as HubKey)),
    fetch: options.fetch ?? fetch,
    now: options.now ?? (() => new Date()),
    aheadMs: 0,
    followClock: options.followClock ?? false,
    retries: options.retries ?? 3,
    backoffMs: options.backoffMs ?? 250,
    timeoutMs: options.timeoutMs ?? 60_000,
    stop: options.stop,
  }

  /** Any request of the contract: `request('GET', '/v1/consents/' + consentId)`. */
  async function request<Body = unknown>(
    method: string,
    path: string,
    {
      query = {},
      body,
      headers = {},
      idempotencyKey,
      signed = true,
      repeatable,
    }: RequestOptions = {},
  ): Promise<HubAnswer<Body>> {
    // The hub's path alphabet (api.md, Conventions): an id that is none must not become another path or a query.
    if (!/^\/[A-Za-z0-9/_.-]*$/.test(path)) throw new TypeError('not a path of the hub')
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query))
      for (const one of [value].flat()) if (one !== undefined) search.append(name, String(one))
    const target = search.size > 0 ? `${path}?${search.toString()}` : path
    const fields = new Headers({ accept: '*/*', 'accept-language': language, ...headers })
    if (idempotencyKey !== undefined) fields.set('idempotency-key', idempotencyKey)
    if (body !== undefined) fields.set('content-type', 'application/json')
    const answer = await send(sender, {
      request: {
        method,
        url: `${url.protocol}//${authority}${target}`,
        headers: fields,
        ...(body === undefined ? {} : { body: new TextEncoder().encode(JSON.stringify(body)) }),
      },
      target: `${sender.url}${target}`,
      signed,
      repeatable: repeatable ?? (method === 'GET' || idempotencyKey !== undefined),
    })
    return answer as HubAnswer<Body>
  }

  /**
   * Refers a person. `submission` is the body of api.md, with its salt. The same idempotency key repeats, never
   * doubles.
   */
  const submitReferral = (submission: object, idempotencyKey = randomToken(16)) =>
    request<ReferralHeader>('POST', '/v1/referrals', { body: submission, idempotencyKey })

  /** The header of a referral; `headers.get('etag')` is what a status change is conditional on. */
  const getReferral = (referralId: string) =>
    request<ReferralHeader>('GET', `/v1/referrals/${referralId}`)

  /** One page of headers, newest change first. `next` is the cursor of the following page. */
  const listReferrals = (filters: ListFilters, cursor?: string) =>
    request<Page<ReferralHeader>>('GET', '/v1/referrals', {
      query: { ...filters, overdue: filters.overdue && 'true', cursor },
    })

  /** Changes the status. `ifMatch` is the ETag of the header it was decided on. */
  const changeStatus = (
    referralId: string,
    change: { status: Status; reason?: Reason },
    ifMatch: string,
    idempotencyKey = randomToken(16),
  ) =>
    request<ReferralHeader>('POST', `/v1/referrals/${referralId}/status`, {
      body: change,
      headers: { 'if-match': ifMatch },
      idempotencyKey,
    })

  /**
   * Opens a referral sent to us, the first time or again, for one purpose of its consent. Never repeated by itself:
   * each answer is its own disclosure.
   */
  const release = (referralId: string, purpose: Purpose) =>
    request<Released>('POST', `/v1/referrals/${referralId}/release`, { body: { purpose } })

  /**
   * Takes up to `max` messages: leased for `visibilitySeconds`, and delivered again if they are not acknowledged by
   * then, five times in all. Opens what the consent permits, unless `content` is `none`. Never repeated by itself: each
   * answer is its own delivery and disclosure.
   */
  const pull = (command: Partial<PullOptions> = {}) =>
    request<{ messages: PulledMessage[] }>('POST', '/v1/inbox/pull', {
      body: { max: 10, waitSeconds: 0, ...command },
    })

  /** Acknowledges up to 10 handles; repeating it does no harm. */
  const ack = (handles: readonly string[]) =>
    request<SettleAnswer>('POST', '/v1/inbox/ack', { body: { handles }, repeatable: true })

  /** Gives up to 10 messages back, to come again after `delaySeconds`. */
  /** Has all that the institution is owed and its queue has lost or parked sent again; answers how many. */
  const redrive = () => request<RedriveAnswer>('POST', '/v1/inbox/redrive', { body: {} })

  const returnMessages = (handles: readonly string[], delaySeconds = 0) =>
    request<SettleAnswer>('POST', '/v1/inbox/return', {
      body: { handles, delaySeconds },
      repeatable: true,
    })

  const log = logMethods(request)

  return {
    request,
    /**
     * The hub's time as far as it is known: ours, or what was taken over from a hub whose clock is set (`followClock`).
     */
    hubTime: () => hubTime(sender),
    ...consentMethods(request),
    ...institutionMethods(request),
    ...agreementMethods(request),
    ...milestoneMethods(request),
    ...handoverMethods(request),
    ...reportMethods(request),
    submitReferral,
    getReferral,
    listReferrals,
    /** Every header, page after page. */
    everyReferral: (filters: ListFilters) => each(cursor => listReferrals(filters, cursor)),
    changeStatus,
    release,
    pull,
    ack,
    returnMessages,
    redrive,
    ...log,
    /** Every entry, page after page. */
    everyEntry: (filters: LogFilters = {}) => each(cursor => log.accessLog(filters, cursor)),
    /** 200 only when table, queue and key really answer; a HubError otherwise. */
    health: () => request('GET', '/v1/health', { signed: false }),
    /** The contract as OpenAPI 3.1. */
    openapi: () => request<Record<string, unknown>>('GET', '/v1/openapi.json', { signed: false }),
  }
}

/** Follows `next` until there is none. */
async function* each<Item>(
  page: (cursor?: string) => Promise<HubAnswer<Page<Item>>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined
  do {
    const { body } = await page(cursor)
    yield* body.items
    cursor = body.next
  } while (cursor !== undefined)
}
