// Signs a request as the hub asks: RFC 9421 message signature labelled `hub` over an RFC 9530 digest of the body's very
// bytes.
import { createSignature, type Signer } from 'http-message-sig'
import { signWith, signingKey } from './algorithms.ts'
import { always, label, tag } from './base.ts'
import { contentDigest } from './digest.ts'
import { randomToken, type HubKey } from './keys.ts'

/** How long a signature may be used. The hub takes at most 300 s; less leaves less to replay. */
const lifetimeSeconds = 120

/** A request before it is signed. `url` names the authority the hub knows itself by, not where the bytes are sent. */
export type UnsignedRequest = {
  method: string
  url: string
  headers: Headers
  body?: Uint8Array<ArrayBuffer>
}

/** What signs for one key without showing it: a browser's key that cannot be exported, or a device. */
export type KeySigner = Signer & { keyid: string }

/**
 * The signer of a key: Ed25519, ECDSA P-256 with SHA-256 (raw r‖s, RFC 9421 §3.3.4) or RSA-PSS with SHA-512.
 * @throws DOMException when the key material is not one
 */
export async function signerOf({ jwk, alg }: HubKey): Promise<Signer> {
  const secret = await signingKey(alg, jwk)
  return { algorithm: alg, sign: data => signWith(alg, secret, data) }
}

/**
 * The request's headers with `content-digest` (when it has a body), `signature-input` and `signature`. Every call makes
 * a new nonce: signing again is how a request is sent again.
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
      label,
      components: [
        ...always,
        ...(request.body ? ['content-type', 'content-digest'] : []),
        ...(headers.has('idempotency-key') ? ['idempotency-key'] : []),
      ],
      parameters: {
        created,
        expires: created + lifetimeSeconds,
        nonce: randomToken(16),
        keyid,
        alg: signer.algorithm,
        tag,
      },
      signer,
    },
  )
  headers.set('signature-input', signatureInput)
  headers.set('signature', signature)
  return headers
}
