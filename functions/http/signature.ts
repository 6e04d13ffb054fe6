// Who sent a request: RFC 9421 HTTP Message Signatures and RFC 9530 digests under the policy of docs/architecture.md.
// http-message-sig parses, builds the signature base and calls the verifier; what must hold beyond that is said here, rule by rule.
import { type KeyObject, createHash, createPublicKey, timingSafeEqual } from 'node:crypto'
import { SignatureError, type UntrustedSignatureCandidate, verifySignature } from 'http-message-sig'
import { parseDictionary } from 'structured-headers'
import { Refused } from '../../events/refusal.ts'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import { type Instant, Keyid } from '../../schemas/ids.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { verifiers } from '../crypto/algorithms.ts'
import type { RawRequest } from './request.ts'

const label = 'hub'
const maxSignatures = 4
const always = ['@method', '@authority', '@path', '@query']
const parameters = ['created', 'expires', 'nonce', 'keyid', 'tag']

/** Seconds a signature may live, may lie behind, and may lie ahead of the hub's clock. */
const maxLifetime = 300
const maxBehind = 300
const maxAhead = 30

/** A request whose signature holds: the key behind it, and the nonce that is now to be spent. */
export type Verified = {
  key: DirectoryKey
  nonce: string
  /** The covered components and their values, as they stand in the signature base. */
  covered: Record<string, string>
}

/**
 * Verifies a request, or refuses it with one of the 401 codes (400 for more than four signatures or two labelled `hub`).
 * Cheap rules come first: nothing is looked up for a request that they refuse, and no signature computed for an unknown key.
 *
 * @param authority the hub's configured public authority, whatever the Host header says
 */
export const verifyRequest = async (
  request: RawRequest,
  deps: {
    authority: string
    now: Instant
    findKey: (keyid: Keyid) => Promise<DirectoryKey | undefined>
  },
): Promise<Verified> => {
  countSignatures(request)
  let key: DirectoryKey | undefined
  let nonce = ''
  let components: string[] = []
  try {
    await verifySignature(
      {
        kind: 'request',
        method: request.method,
        targetUri: `https://${deps.authority}${request.path}${request.query && `?${request.query}`}`,
        fields: Object.entries(request.headers).map(([name, value]) => ({ name, value })),
      },
      {
        label,
        policy: {
          algorithms: ['ed25519', 'ecdsa-p256-sha256', 'rsa-pss-sha512'],
          requiredComponents: [],
          requiredParameters: [],
          // The library's own clock rules would come before ours and without a code: `inWindow` below is the stricter one.
          now: Math.floor(Date.parse(deps.now) / 1000),
          clockSkew: Number.MAX_SAFE_INTEGER,
        },
        resolveVerifier: async candidate => {
          inPolicy(candidate, request)
          inWindow(candidate, deps.now)
          matchesDigest(request)
          nonce = candidate.parameters.nonce as string
          components = candidate.components.map(component => component.name)
          const found = await deps.findKey(Keyid.parse(candidate.parameters.keyid))
          if (!found) throw new Refused('key-unknown')
          if (found.revokedAt !== undefined && found.revokedAt <= deps.now)
            throw new Refused('key-revoked')
          if (deps.now < found.validFrom || found.validUntil < deps.now)
            throw new Refused('key-revoked')
          key = found
          return verifierOf(found)
        },
      },
    )
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    if (error.code !== 'ResolverFailed') throw new Refused(codes[error.code] ?? 'signature-invalid')
    throw error.cause
  }
  if (!key) throw new Refused('signature-invalid')
  const derived: Record<string, string> = {
    '@method': request.method,
    '@authority': deps.authority,
    '@path': request.path,
    '@query': `?${request.query}`,
  }
  const covered = components.map(name => [
    name,
    derived[name] ?? request.headers[name]?.trim() ?? '',
  ])
  return { key, nonce, covered: Object.fromEntries(covered) as Record<string, string> }
}

/** What the library's refusals are called here; whatever is not named is `signature-invalid`. */
const codes: Partial<Record<string, ProblemCode>> = {
  MissingField: 'signature-incomplete',
  LabelMismatch: 'signature-missing',
  DuplicateLabel: 'malformed-request',
}

/** No more than four signatures, exactly one of them ours. */
const countSignatures = ({ headers }: RawRequest): void => {
  if (!headers.signature || !headers['signature-input']) throw new Refused('signature-missing')
  let labels: string[]
  try {
    labels = [...parseDictionary(headers['signature-input']).keys()]
  } catch {
    throw new Refused('signature-invalid')
  }
  if (labels.length > maxSignatures)
    throw new Refused('malformed-request', [{ pointer: '', code: 'too-many-signatures' }])
  if (!labels.includes(label)) throw new Refused('signature-missing')
}

/** Everything that must be covered is, by bare identifiers, and every parameter is there. */
const inPolicy = (candidate: UntrustedSignatureCandidate, request: RawRequest): void => {
  const covered = candidate.components.map(component => component.name)
  if (candidate.components.some(component => Object.keys(component.parameters).length > 0))
    throw new Refused('signature-invalid')
  const required = [
    ...always,
    ...(request.body.length > 0 ? ['content-type', 'content-digest'] : []),
    ...(request.headers['idempotency-key'] === undefined ? [] : ['idempotency-key']),
  ]
  if (!required.every(component => covered.includes(component)))
    throw new Refused('signature-incomplete')
  if (!parameters.every(name => candidate.parameters[name] !== undefined))
    throw new Refused('signature-incomplete')
  const { nonce, keyid, tag } = candidate.parameters
  // Derived components beyond the four depend on what a proxy made of the request.
  if (covered.some(name => name.startsWith('@') && !always.includes(name)))
    throw new Refused('signature-invalid')
  if (tag !== 'referral-hub') throw new Refused('signature-invalid')
  if (!/^[A-Za-z0-9_-]{22,128}$/.test(nonce ?? '')) throw new Refused('signature-invalid')
  if (!Keyid.safeParse(keyid).success) throw new Refused('key-unknown')
}

const inWindow = (
  { parameters: { created, expires } }: UntrustedSignatureCandidate,
  at: Instant,
) => {
  const now = Date.parse(at) / 1000
  const [from, until] = [created as number, expires as number]
  const fits =
    from <= now + maxAhead &&
    from >= now - maxBehind &&
    until > from &&
    until - from <= maxLifetime &&
    until >= now
  if (!fits) throw new Refused('signature-expired')
}

/** RFC 9530 §2: every member whose algorithm we know must be the digest of the raw bytes, and there must be one. */
const matchesDigest = ({ headers, body }: RawRequest): void => {
  const field = headers['content-digest']
  if (field === undefined) return
  let members: [string, unknown][]
  try {
    members = [...parseDictionary(field)].map(([name, [value]]) => [name, value])
  } catch {
    throw new Refused('digest-mismatch')
  }
  const known = members.filter(([name]) => name === 'sha-256' || name === 'sha-512')
  const matches = known.every(([name, value]) => {
    const actual = createHash(name.replace('-', '')).update(body).digest()
    return (
      value instanceof ArrayBuffer &&
      value.byteLength === actual.length &&
      timingSafeEqual(Buffer.from(value), actual)
    )
  })
  if (known.length === 0 || !matches) throw new Refused('digest-mismatch')
}

const keyObjects = new Map<string, KeyObject>()

const keyObject = ({ keyid, jwk }: DirectoryKey): KeyObject => {
  const known = keyObjects.get(keyid)
  if (known) return known
  const made = createPublicKey({ key: jwk, format: 'jwk' })
  // A directory is small; were it not, forgetting all is better than keeping all.
  if (keyObjects.size >= 1000) keyObjects.clear()
  keyObjects.set(keyid, made)
  return made
}

const verifierOf = (key: DirectoryKey) => ({
  algorithm: key.alg,
  verify: (data: Uint8Array, signature: Uint8Array) =>
    verifiers[key.alg](data, keyObject(key), signature),
})
