// What conformance requests are made with: the keys of a hub.json, the hub's clock, and a signer that can be told to
// sign wrongly.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Signer, createSignature } from 'http-message-sig'
import { type HubKey, hubKey, parsePrivateJwk, randomToken } from '../../signatures/keys.ts'
import { HubUnreachable } from '../../client/refusal.ts'
import { contentDigest } from '../../signatures/digest.ts'
import { signerOf } from '../../signatures/sign.ts'
import { readHubFile } from '../connect.ts'

export type Request = {
  method?: string
  /** Path and query. */
  target: string
  body?: string
  headers?: Record<string, string>
}

/** What a request is signed with instead of what is right. */
export type Changes = {
  components?: string[]
  parameters?: Record<string, string | number | undefined>
  label?: string
  /** Seconds from now at which it claims to be signed. */
  createdIn?: number
  /** Another key's signature under this key's id. */
  signedBy?: string
  /** Applied after signing. */
  tamper?: (signed: Signed) => void
}

export type Signed = { method: string; target: string; headers: Headers; body?: string }
export type Answer = { status: number; headers: Headers; body: unknown; code: string }

export type Kit = Awaited<ReturnType<typeof openKit>>

/** RFC 9562 §5.7: the first 48 bits of a UUIDv7 are milliseconds since 1970. */
const timeOf = (requestId: string | null): number =>
  Number.parseInt((requestId ?? '').replaceAll('-', '').slice(0, 12), 16)

/**
 * How often a request that came too fast is made again, and for how many seconds it waits at most, whatever Retry-After
 * asks for.
 */
const patience = { times: 5, seconds: 10 }

/**
 * The answer once the key's rate allows one: 429 `rate-limited` says nothing of what a case is about, and has spent
 * nothing.
 */
const served = async (attempt: () => Promise<Answer>): Promise<Answer> => {
  for (let waited = 0; ; waited++) {
    const answer = await attempt()
    if (answer.code !== 'rate-limited' || waited === patience.times) return answer
    // RFC 9110 §10.2.3, as the hub writes it: seconds.
    const asked = Number(answer.headers.get('retry-after') ?? 1)
    await sleep(1000 * Math.min(asked >= 0 ? asked : 1, patience.seconds))
  }
}

/** @throws UsageError without a hub.json · HubUnreachable when nobody answers */
export const openKit = async (folder: string) => {
  const hub = await readHubFile(folder)
  const keys = new Map<string, { key: HubKey; signer: Signer }>()
  for (const { name, file } of hub.keys) {
    const text = await readFile(resolve(folder, file), 'utf8').catch(() => undefined)
    if (text === undefined) continue
    const key = await hubKey(parsePrivateJwk(JSON.parse(text)))
    keys.set(name, { key, signer: await signerOf(key) })
  }

  const sendOnce = async ({ method, target, headers, body }: Signed): Promise<Answer> => {
    let answer: Response
    try {
      answer = await fetch(`${hub.url}${target}`, {
        method,
        headers,
        redirect: 'error',
        ...(body === undefined ? {} : { body }),
      })
    } catch (cause) {
      throw new HubUnreachable(cause)
    }
    const text = await answer.text()
    let parsed: unknown = text
    if (/json/.test(answer.headers.get('content-type') ?? '')) parsed = JSON.parse(text)
    const code =
      typeof parsed === 'object' && parsed !== null && 'code' in parsed ? String(parsed.code) : ''
    return { status: answer.status, headers: answer.headers, body: parsed, code }
  }

  const asked = performance.now()
  const health = await sendOnce({ method: 'GET', target: '/v1/health', headers: new Headers() })
  const hubTime = timeOf(health.headers.get('x-request-id'))
  const now = () => new Date(hubTime + performance.now() - asked)

  const sign = async (who: string, request: Request, changes: Changes = {}): Promise<Signed> => {
    const own = keys.get(who)
    if (!own) throw new Error(`hub.json has no key ${who}`)
    const { signer } = keys.get(changes.signedBy ?? who) ?? own
    const { target, body } = request
    const method = request.method ?? (body === undefined ? 'GET' : 'POST')
    const headers = new Headers(request.headers)
    if (body !== undefined) {
      if (!headers.has('content-type')) headers.set('content-type', 'application/json')
      if (!headers.has('content-digest'))
        headers.set('content-digest', await contentDigest(new TextEncoder().encode(body)))
    }
    const created = Math.floor(now().getTime() / 1000) + (changes.createdIn ?? 0)
    const parameters = {
      created,
      expires: created + 120,
      nonce: randomToken(16),
      keyid: own.key.keyid,
      tag: 'referral-hub',
      ...changes.parameters,
    }
    const { signature, signatureInput } = await createSignature(
      {
        kind: 'request',
        method,
        targetUri: `https://${hub.authority}${target}`,
        fields: [...headers].map(([name, value]) => ({ name, value })),
      },
      {
        label: changes.label ?? 'hub',
        components: changes.components ?? [
          '@method',
          '@authority',
          '@path',
          '@query',
          ...(body === undefined ? [] : ['content-type', 'content-digest']),
          ...(headers.has('idempotency-key') ? ['idempotency-key'] : []),
        ],
        parameters: Object.fromEntries(
          Object.entries(parameters).filter(([, value]) => value !== undefined),
        ),
        signer,
      },
    )
    headers.set('signature-input', signatureInput)
    headers.set('signature', signature)
    const signed: Signed = { method, target, headers, ...(body === undefined ? {} : { body }) }
    changes.tamper?.(signed)
    return signed
  }

  return {
    url: hub.url,
    has: (name: string) => keys.has(name),
    keyid: (name: string) => keys.get(name)?.key.keyid ?? '',
    now,
    sign,
    /** Sends, and sends the very same again where it came too fast: its nonce is unspent. */
    send: (signed: Signed): Promise<Answer> => served(() => sendOnce(signed)),
    /** Signs and sends; signs again where it came too fast. */
    call: (who: string, request: Request, changes?: Changes): Promise<Answer> =>
      served(async () => sendOnce(await sign(who, request, changes))),
    state: new Map<string, string>(),
  }
}
