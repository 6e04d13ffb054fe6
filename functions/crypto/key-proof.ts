// Proof of possession: the new key's own signature under its proposal, so that nobody enrols a key that they do not
// hold.
import { compactVerify } from 'jose'
import type { Algorithm } from '../../schemas/agreement.ts'
import type { InstitutionCode, Instant, Keyid } from '../../schemas/ids.ts'
import { KeyProof, type KeyProposal, keyProofType } from '../../schemas/institution.ts'
import type { WebKey } from '../../signatures/algorithms.ts'

/** JWS names of the algorithms: RFC 7518 §3, RFC 8037 §3.1 and its successor RFC 9864 §2.2. */
const jwsAlgorithms: Record<Algorithm, string[]> = {
  ed25519: ['EdDSA', 'Ed25519'],
  'ecdsa-p256-sha256': ['ES256'],
  'rsa-pss-sha512': ['PS512'],
}

/** Seconds that a proof is good for, and that its clock may be ahead: who holds the key need not be who proposes it. */
const lifetime = 24 * 3600
const maxAhead = 30

/**
 * Whether `proposal.proof` is by this very key, for this institution, this hub and these terms, not older than a day. A
 * proof works once: the key is in the directory from then on.
 */
export const isProven = async (
  { alg, roles, post, validFrom, validUntil, proof }: KeyProposal,
  key: WebKey,
  about: { institution: InstitutionCode; keyid: Keyid; authority: string; now: Instant },
): Promise<boolean> => {
  let claims: unknown
  try {
    // jose refuses headers with `crit` members that it does not know (RFC 7515 §4.1.11).
    const { payload, protectedHeader } = await compactVerify(proof, key, {
      algorithms: jwsAlgorithms[alg],
    })
    if (protectedHeader.typ !== keyProofType) return false
    claims = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    return false
  }
  const parsed = KeyProof.safeParse(claims)
  if (!parsed.success) return false
  const { iat, aud, ...terms } = parsed.data
  const age = Date.parse(about.now) / 1000 - iat
  return (
    terms.institution === about.institution &&
    terms.keyid === about.keyid &&
    aud === about.authority &&
    terms.roles.join() === roles.join() &&
    terms.post === post &&
    terms.validFrom === validFrom &&
    terms.validUntil === validUntil &&
    age <= lifetime &&
    age >= -maxAhead
  )
}
