// The client's half about institutions: who there is, their keys, and how an institution changes its own.
import type { Algorithm, DirectoryKey, PublicJwk, Role } from '../schemas/agreement.ts'
import type {
  InstitutionView,
  KeyConfirmation,
  KeyProof,
  KeyRevocation,
  Me,
  keyProofType,
} from '../schemas/institution.ts'
import { type HubKey, base64url, publicHalf, randomToken } from '../signatures/keys.ts'
import type { Request } from './request.ts'
import { type KeySigner, signerOf } from '../signatures/sign.ts'

/** What a new key is to be for. Times RFC 3339, UTC, with milliseconds. */
export type KeyTerms = {
  roles: readonly Role[]
  /** e.g. `IGM-CUMP-01`: 3–24 of `[A-Z0-9-]`, no name. */
  post?: string
  validFrom?: string
  validUntil: string
}

/** JWS names of the algorithms (RFC 7518 §3.1, RFC 8037 §3.1). */
const jwsAlgorithms = {
  ed25519: 'EdDSA',
  'ecdsa-p256-sha256': 'ES256',
  'rsa-pss-sha512': 'PS512',
} as const

/** A signer (`KeySigner`) of one of the three algorithms, with the public half of its key. */
export type PublicSigner = KeySigner & { algorithm: Algorithm; jwk: PublicJwk }

const part = (value: object) => base64url(new TextEncoder().encode(JSON.stringify(value)))

/**
 * The body that proposes a new key, with its proof of possession: a compact JWS (RFC 7515 §7.1) that the new key makes
 * itself. Whoever holds the new key makes it, once; a liaison sends it within a day.
 * @param about the institution, the host[:port] the hub knows itself by, and the time
 */
export async function keyProposal(
  key: HubKey | PublicSigner,
  terms: KeyTerms,
  about: { institution: string; authority: string; now: Date },
) {
  const { keyid } = key
  const signer = 'sign' in key ? key : await signerOf(key)
  const alg = 'sign' in key ? key.algorithm : key.alg
  const typ: typeof keyProofType = 'referral-hub-key-proof'
  const claims: Record<keyof KeyProof, unknown> = {
    institution: about.institution,
    keyid,
    roles: terms.roles,
    post: terms.post,
    validFrom: terms.validFrom,
    validUntil: terms.validUntil,
    aud: about.authority,
    iat: Math.floor(about.now.getTime() / 1000),
  }
  const signed = `${part({ alg: jwsAlgorithms[alg], typ })}.${part(claims)}`
  const signature = await signer.sign(new TextEncoder().encode(signed))
  return {
    jwk: publicHalf(key.jwk),
    alg,
    ...terms,
    proof: `${signed}.${base64url(new Uint8Array(signature))}`,
  }
}
export type SignedProposal = Awaited<ReturnType<typeof keyProposal>>

/** As callers write them: the hub checks that times are RFC 3339, UTC, with milliseconds. */
type Confirmation = Omit<KeyConfirmation, 'validUntil'> & { validUntil: string }
type Revocation = Pick<KeyRevocation, 'reason'> & { effectiveAt?: string }

const keys = (institution: string) => `/v1/institutions/${institution}/keys`

export function institutionMethods(request: Request) {
  /** What somebody else than its proposer says of a key that there is. */
  const changing =
    <Body>(what: 'confirmation' | 'revocation') =>
    (institution: string, keyid: string, body: Body, idempotencyKey = randomToken(16)) =>
      request<DirectoryKey>('POST', `${keys(institution)}/${keyid}/${what}`, {
        body,
        idempotencyKey,
      })

  return {
    /** One page of the institutions that the hub knows. */
    listInstitutions: (query: { limit?: number; cursor?: string | undefined } = {}) =>
      request<{ items: InstitutionView[]; next?: string }>('GET', '/v1/institutions', { query }),

    /** Whom the hub takes this key for, its clock, and the access log's key and size. */
    me: () => request<Me>('GET', '/v1/me'),

    /** All keys of an institution, past and present, with what happened to them. */
    getKeys: (institution: string) => request<{ items: DirectoryKey[] }>('GET', keys(institution)),

    /**
     * Proposes a key (`keyProposal`) as a liaison of its institution. It signs nothing until a second person confirms
     * it.
     */
    proposeKey: (institution: string, proposal: SignedProposal, idempotencyKey = randomToken(16)) =>
      request<DirectoryKey>('POST', keys(institution), { body: proposal, idempotencyKey }),

    /** The second person's word for a key, repeating what it is for and until when. */
    confirmKey: changing<Confirmation>('confirmation'),

    /** Ends a key, from its next request on or at `effectiveAt`. Doing it again does no harm; nothing undoes it. */
    revokeKey: changing<Revocation>('revocation'),
  }
}
