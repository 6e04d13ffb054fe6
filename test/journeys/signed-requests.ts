// Requests signed by hand, by a signer of our own that can be made to sign anything.
import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto'
import { type HubPlace, type Who, hubNow, keyOf } from './callers.ts'
import { fetchIndexed } from './late-indexes.ts'

/** Somewhere to name a write by. */
export const idempotencyKey = (): string => randomBytes(16).toString('base64url')

export type RawOptions = {
  method?: string
  path: string
  query?: string
  /** Sent as they are. */
  body?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
  /** Changes what is signed: components, parameters, the moment. */
  components?: string[]
  parameters?: Record<string, string | number | undefined>
  at?: Date
  label?: string
  /** Changes the request after it was signed. */
  tamper?: (request: SignedRequest) => void
}

/** A request with its signature, ready to be sent as often as one likes. */
export type SignedRequest = {
  url: string
  method: string
  headers: Headers
  body?: string | Uint8Array<ArrayBuffer>
}

export type RawAnswer = { status: number; headers: Headers; text: string; json: Problem }
type Problem = {
  code?: string
  errors?: { pointer: string; code: string; allowed?: string[] }[]
} & Record<string, unknown>

/** A request signed by hand, by node:crypto and nothing of ours: what a partner would write from the contract. */
export const signed = (hub: HubPlace, who: Who, options: RawOptions): SignedRequest => {
  const { authority, keyid, jwk } = keyOf(hub, who)
  const { method = options.body === undefined ? 'GET' : 'POST', path, query = '', body } = options
  const headers = new Headers(options.headers)
  if (body !== undefined) {
    if (!headers.has('content-type')) headers.set('content-type', 'application/json')
    if (!headers.has('content-digest'))
      headers.set(
        'content-digest',
        `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
      )
  }
  const created = Math.floor((options.at ?? hubNow(hub)).getTime() / 1000)
  const components = options.components ?? [
    '@method',
    '@authority',
    '@path',
    '@query',
    ...(body === undefined ? [] : ['content-type', 'content-digest']),
    ...(headers.has('idempotency-key') ? ['idempotency-key'] : []),
  ]
  const parameters: Record<string, string | number | undefined> = {
    created,
    expires: created + 120,
    nonce: randomBytes(16).toString('base64url'),
    keyid,
    tag: 'referral-hub',
    ...options.parameters,
  }
  const derived: Record<string, string> = {
    '@method': method,
    '@authority': authority,
    '@path': path,
    '@query': `?${query}`,
  }
  const params = `(${components.map(each => `"${each}"`).join(' ')})${Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `;${key}=${typeof value === 'number' ? value : `"${value}"`}`)
    .join('')}`
  const base = [
    ...components.map(
      each =>
        `"${each}": ${(Object.hasOwn(derived, each) ? derived[each] : headers.get(each)) ?? ''}`,
    ),
    `"@signature-params": ${params}`,
  ].join('\n')
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  const signature = sign(null, Buffer.from(base), key).toString('base64')
  const label = options.label ?? 'hub'
  headers.set('signature-input', `${label}=${params}`)
  headers.set('signature', `${label}=:${signature}:`)
  const request: SignedRequest = {
    url: `${hub.url}${path}${query && `?${query}`}`,
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  }
  options.tamper?.(request)
  return request
}

/** @param ask as of `callerOf` */
export const send = async (request: SignedRequest, ask = fetchIndexed): Promise<RawAnswer> => {
  const answer = await ask(request.url, request)
  const text = await answer.text()
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: (isJson ? JSON.parse(text) : {}) as Problem,
  }
}

/** Signs and sends. */
export const raw = (hub: HubPlace, who: Who, options: RawOptions): Promise<RawAnswer> =>
  send(signed(hub, who, options))

/** A submission, signed by hand and sent under an Idempotency-Key of its own. */
export const submitRaw = (
  hub: HubPlace,
  body: unknown,
  { headers, ...options }: Partial<RawOptions> & { who?: Who } = {},
): Promise<RawAnswer> =>
  raw(hub, options.who ?? 'igm-system', {
    path: '/v1/referrals',
    body:
      typeof body === 'string'
        ? body
        : body instanceof Uint8Array
          ? new Uint8Array(body)
          : JSON.stringify(body),
    headers: { 'idempotency-key': idempotencyKey(), ...headers },
    ...options,
  })
