// People with keys of their own: enrolled by the deployment as `hub admin enrol` does, or proposed by hand, with
// nothing of our client.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CompactSign } from 'jose'
import type { PrivateJwk } from '../../signatures/keys.ts'
import { enrol } from '../../functions/aws/enrol.ts'
import { algorithmOf } from '../../signatures/algorithms.ts'
import type { Hub } from '../../infra/local/hub.ts'
import { DirectoryKey, PublicJwk, type Role } from '../../schemas/agreement.ts'
import { Instant } from '../../schemas/ids.ts'
import { type HubPlace, type RawAnswer, type Who, hubNow, idempotencyKey, raw } from './callers.ts'

export type Holder = { keyid: string; jwk: PrivateJwk; publicJwk: PublicJwk }

const pairs = {
  ed25519: () => generateKeyPairSync('ed25519'),
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

/** RFC 7638 §3: the required members in the order of their names. */
const thumbprintOf = (jwk: PublicJwk): string => {
  const members = Object.entries(jwk).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(members)))
    .digest('base64url')
}

/** Somebody with a key that no hub knows. */
export const newHolder = (kind: keyof typeof pairs = 'ed25519'): Holder => {
  const { publicKey, privateKey } = pairs[kind]()
  const publicJwk = PublicJwk.parse(publicKey.export({ format: 'jwk' }))
  const jwk = privateKey.export({ format: 'jwk' }) as PrivateJwk
  return { keyid: thumbprintOf(publicJwk), jwk, publicJwk }
}

/** Somebody whose key the deployment has enrolled. */
export const enrolledHolder = async (
  place: HubPlace & { hub: Hub },
  institution: string,
  roles: Role[],
  more: object = {},
): Promise<Holder> => {
  const holder = newHolder()
  const { keyid, publicJwk } = holder
  const key = DirectoryKey.parse({
    keyid,
    institution,
    roles,
    alg: 'ed25519',
    jwk: publicJwk,
    validFrom: '2026-01-01T00:00:00.000Z',
    validUntil: '2027-12-31T00:00:00.000Z',
    ...more,
  })
  const dynamodb = new DynamoDBClient(place.hub.aws)
  await enrol(
    { institutions: [], agreements: [], keys: [key] },
    {
      dynamodb,
      table: place.hub.nameOf('Directory'),
      logTable: place.hub.nameOf('AccessLog'),
      at: Instant.parse(hubNow(place).toISOString()),
    },
  )
  dynamodb.destroy()
  return holder
}

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
