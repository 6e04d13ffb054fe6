// Signs a request as the hub asks: RFC 9421 message signature labelled `hub` over an RFC 9530 digest of the body's very bytes.
import { createSignature, webcrypto, type Signer } from 'http-message-sig'
import { base64, randomToken, type HubKey } from './keys.ts'

/** How long a signature may be used. The hub takes at most 300 s; less leaves less to replay. */
const lifetimeSeconds = 120

/** A request before it is signed. `url` names the authority the hub knows itself by, not where the bytes are sent. */
export type UnsignedRequest = {
  method: string
  url: string
  headers: Headers
  body?: Uint8Array<ArrayBuffer>
}

/**
 * The signer of a key: Ed25519, ECDSA P-256 with SHA-256 (raw r‖s, RFC 9421 §3.3.4) or RSA-PSS with SHA-512.
 * @throws DOMException when the key material is not one
 */
export async function signerOf(key: HubKey): Promise<Signer> {
  const load = (algorithm: Parameters<typeof crypto.subtle.importKey>[2]) =>
    crypto.subtle.importKey('jwk', key.jwk, algorithm, false, ['sign'])
  if (key.alg === 'ed25519') return webcrypto.signer(await load({ name: 'Ed25519' }))
  if (key.alg === 'rsa-pss-sha512')
    return webcrypto.signer(await load({ name: 'RSA-PSS', hash: 'SHA-512' }))
  const secret = await load({ name: 'ECDSA', namedCurve: 'P-256' })
  const ecdsa = { name: 'ECDSA', hash: 'SHA-256' }
  return {
    algorithm: key.alg,
    // Copied into a buffer of its own: Web Crypto takes no view of a shared one.
    sign: async data =>
      new Uint8Array(await crypto.subtle.sign(ecdsa, secret, new Uint8Array(data))),
  }
}

/** `Content-Digest` of a body: `sha-256=:…:` (RFC 9530 §2). */
export async function contentDigest(body: Uint8Array<ArrayBuffer>): Promise<string> {
  return `sha-256=:${base64(new Uint8Array(await crypto.subtle.digest('SHA-256', body)))}:`
}

/**
 * The request's headers with `content-digest` (when it has a body), `signature-input` and `signature`. Every call makes a new nonce:
 * signing again is how a request is sent again.
 * @param now the instant the signature says it was made at
 * @throws SignatureError when a part to be signed is missing or not ASCII
 */
export async function signRequest(
  request: UnsignedRequest,
  signer: Signer,
  keyid: string,
  now: Date,
): Promise<Headers> {
  const headers = new Headers(request.headers)
  if (request.body) headers.set('content-digest', await contentDigest(request.body))
  const created = Math.floor(now.getTime() / 1000)
  const { signature, signatureInput } = await createSignature(
    {
      kind: 'request',
      method: request.method,
      targetUri: request.url,
      fields: [...headers].map(([name, value]) => ({ name, value })),
    },
    {
      label: 'hub',
      components: [
        '@method',
        '@authority',
        '@path',
        '@query',
        ...(request.body ? ['content-type', 'content-digest'] : []),
        ...(headers.has('idempotency-key') ? ['idempotency-key'] : []),
      ],
      parameters: {
        created,
        expires: created + lifetimeSeconds,
        nonce: randomToken(16),
        keyid,
        alg: signer.algorithm,
        tag: 'referral-hub',
      },
      signer,
    },
  )
  headers.set('signature-input', signatureInput)
  headers.set('signature', signature)
  return headers
}
