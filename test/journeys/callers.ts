// How journeys call a hub: the client that partners get, and a signer of our own that can be made to sign anything.
import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type HubClient, hubClient } from '../../client/hub-client.ts'
import { type PrivateJwk, hubKey } from '../../signatures/keys.ts'
import { HubError } from '../../client/refusal.ts'
import type { PulledMessage } from '../../schemas/inbox.ts'

export type HubPlace = { url: string; data: string; aheadMs: number }
export type CallerName =
  | 'igm-system'
  | 'igm-liaison'
  | 'igm-compliance'
  | 'ala-system'
  | 'ala-liaison'
  | 'ala-compliance'
  | 'oim-system'
  | 'stranger'
  | 'igm-liaison-2'
  | 'ala-liaison-2'
  | 'igm-signatory'
  | 'ala-signatory'

type HubFile = {
  url: string
  authority: string
  keys: { name: string; institution: string; roles: string[]; keyid: string; file: string }[]
}

/** Who signs: one of hub.json's callers, or a key of the test's own. */
export type Who = CallerName | { keyid: string; jwk: PrivateJwk }

export const hubFileOf = ({ data }: HubPlace): HubFile =>
  JSON.parse(readFileSync(join(data, 'hub.json'), 'utf8')) as HubFile

const keyOf = (place: HubPlace, who: Who) => {
  const { authority, keys } = hubFileOf(place)
  if (typeof who !== 'string') return { authority, ...who }
  const key = keys.find(each => each.name === who)
  if (!key) throw new Error(`hub.json has no ${who}`)
  const jwk = JSON.parse(readFileSync(key.file, 'utf8')) as PrivateJwk
  return { authority, keyid: key.keyid, jwk }
}

export const hubNow = ({ aheadMs }: HubPlace): Date => new Date(Date.now() + aheadMs)

/** The partners' client as one of the hub's callers. Never sends twice by itself, so that journeys see every answer. */
export const callerOf = async (hub: HubPlace, name: CallerName): Promise<HubClient> => {
  const { authority, jwk } = keyOf(hub, name)
  const key = await hubKey(jwk)
  return hubClient({ url: hub.url, authority, key, retries: 0, now: () => hubNow(hub) })
}

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

export const send = async (request: SignedRequest): Promise<RawAnswer> => {
  const answer = await fetch(request.url, request)
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

/** The refusal that a call of the partners' client ends in. */
export const refusalOf = async (call: Promise<unknown>): Promise<HubError> => {
  const outcome: unknown = await call.catch((error: unknown) => error)
  if (outcome instanceof HubError) return outcome
  throw new Error('the hub did not refuse', { cause: outcome })
}

/**
 * All that a client pulls, kept: tests that share an inbox find their messages whoever pulled them.
 * `about` waits for the first `count` messages of a referral.
 */
export const inboxOf = (client: HubClient) => {
  const pulled: PulledMessage[] = []
  const of = (referralId: string) => pulled.filter(({ event }) => event.subject === referralId)
  return {
    pulled,
    about: async (referralId: string, count = 1): Promise<PulledMessage[]> => {
      for (let tries = 0; tries < 30 && of(referralId).length < count; tries++)
        pulled.push(...(await client.pull({ max: 10, waitSeconds: 1 })).body.messages)
      if (of(referralId).length < count)
        throw new Error(`${of(referralId).length} of ${count} messages came`)
      return of(referralId)
    },
  }
}

const people = readFileSync(new URL('../data/referrals-250.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')

/** RFC 7396 JSON Merge Patch. */
const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {}
  const merged: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(patch))
    if (value === null) delete merged[name]
    else merged[name] = mergePatch(merged[name], value)
  return merged
}

export type Submission = Record<string, unknown> & {
  externalId: string
  payload: { identity: { documents: { type: string; number?: string }[] } }
}

/**
 * Referral `n` (from 1) of the synthetic people, as somebody new: own externalId, salt and document number, so that
 * journeys that share a hub do not meet the same person.
 */
export const submissionOf = (n: number, patch: object = {}): Submission => {
  const unique = randomBytes(6).toString('hex').toUpperCase()
  const person = JSON.parse(people[n - 1] as string) as Submission
  for (const document of person.payload.identity.documents)
    if (document.number !== undefined) document.number = `PRUEBA-1${unique}`
  return mergePatch(
    {
      ...person,
      externalId: `IGM-PRUEBA-${unique}`,
      salt: randomBytes(16).toString('base64url'),
    },
    patch,
  ) as Submission
}

/** Somewhere to name a write by. */
export const idempotencyKey = (): string => randomBytes(16).toString('base64url')
