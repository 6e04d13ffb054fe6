// Keys that are proposed and changed by hand, with nothing of our client.
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { CompactSign } from 'jose'
import type { Hub } from '../../infra/local/hub.ts'
import type { Role } from '../../schemas/agreement.ts'
import { algorithmOf } from '../../signatures/algorithms.ts'
import { type HubPlace, type Who, hubNow } from './callers.ts'
import type { Holder } from './key-holders.ts'
import { type RawAnswer, idempotencyKey, raw } from './signed-requests.ts'

export type Terms = { roles: Role[]; post?: string; validFrom?: string; validUntil: string }
export const oneYear: Terms = { roles: ['referrer'], validUntil: '2027-11-21T12:00:00.000Z' }

const jwsNames = { ed25519: 'EdDSA', 'ecdsa-p256-sha256': 'ES256', 'rsa-pss-sha512': 'PS512' }

/** The body that proposes a key. `claims`, `by`: what its proof says otherwise than it should, or who else made it. */
export const proposalOf = async (
  place: HubPlace & { hub: Hub },
  holder: Holder,
  institution: string,
  {
    terms = oneYear,
    claims = {},
    by = holder,
  }: { terms?: Terms; claims?: object; by?: Holder } = {},
): Promise<object> => {
  const alg = algorithmOf[holder.publicJwk.kty]
  const iat = Math.floor(hubNow(place).getTime() / 1000)
  const about = { institution, keyid: holder.keyid, aud: place.hub.authority, iat }
  const proof = await new CompactSign(
    new TextEncoder().encode(JSON.stringify({ ...about, ...terms, ...claims })),
  )
    .setProtectedHeader({ alg: jwsNames[alg], typ: 'referral-hub-key-proof' })
    .sign(createPrivateKey({ key: by.jwk, format: 'jwk' }))
  const jwk = createPublicKey({ key: holder.publicJwk, format: 'jwk' }).export({ format: 'jwk' })
  return { jwk, alg, ...terms, proof }
}

/** A signed POST below an institution's keys, under an Idempotency-Key of its own. */
export const changeKey = (
  place: HubPlace,
  who: Who,
  path: string,
  body: object,
): Promise<RawAnswer> =>
  raw(place, who, {
    path: `/v1/institutions/${path}`,
    body: JSON.stringify(body),
    headers: { 'idempotency-key': idempotencyKey() },
  })
