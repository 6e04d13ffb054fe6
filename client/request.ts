// How the client asks: a request of the contract, signed as its key and sent as patiently as it may be.
import type { Signer } from 'http-message-sig'
import type { HubKey } from '../signatures/keys.ts'
import { type KeySigner, signerOf } from '../signatures/sign.ts'
import { type HubAnswer, type Sender, inJson, inOctets, send } from './send.ts'

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

type Query = Partial<Record<string, string | number | readonly string[] | undefined>>

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

/** Any request of the contract: `request('GET', '/v1/consents/' + consentId)`. */
export type Request = <Body = unknown>(
  method: string,
  path: string,
  options?: RequestOptions,
) => Promise<HubAnswer<Body>>

/** The routes that answer in text or octets (schemas/routes; test/client/answers.test.ts holds it against those). */
const textPath = /\/(receipt|proof|public-key|checkpoint)$/
const octetPath = /^\/v1\/access-log\/tile\//
const inText = /^text\/plain\b/
const inHtml = /^text\/html\b/

/** The content types that a path answers with. */
export const answersOf = (path: string, accept: string | null): RegExp => {
  if (octetPath.test(path)) return inOctets
  if (textPath.test(path)) return inText
  return inHtml.test(accept ?? '') ? inHtml : inJson
}

/** What sends as the key of these options, to their hub. */
export function senderOf(options: HubClientOptions): Sender {
  const { key } = options
  const keyid = (options.signer ?? key)?.keyid
  if (keyid === undefined) throw new TypeError('neither a key nor a signer')
  let signer: Promise<Signer> | undefined = options.signer && Promise.resolve(options.signer)
  return {
    url: new URL(options.url).origin,
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
}

/** Requests by a sender. What is signed is the host that the hub knows itself by. */
export const requestBy = (sender: Sender, options: HubClientOptions): Request => {
  const url = new URL(options.url)
  const { language = 'es', authority = url.host } = options
  return async <Body>(
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
  ): Promise<HubAnswer<Body>> => {
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
      answers: answersOf(path, fields.get('accept')),
    })
    return answer as HubAnswer<Body>
  }
}
