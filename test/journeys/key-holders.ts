// People with keys of their own, which no hub knows yet or the deployment has enrolled as `hub admin enrol` does.
import { createHash, generateKeyPairSync } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { PrivateJwk } from '../../signatures/keys.ts'
import { enrol } from '../../functions/aws/enrol.ts'
import type { Hub } from '../../infra/local/hub.ts'
import { DirectoryKey, PublicJwk, type Role } from '../../schemas/agreement.ts'
import { Instant } from '../../schemas/ids.ts'
import { type HubPlace, hubNow } from './callers.ts'

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
  await enrolAt(place, key)
  return holder
}

/** Puts a key into the directory, as an enrolment by the deployment would. */
export const enrolAt = async (place: HubPlace & { hub: Hub }, key: DirectoryKey): Promise<void> => {
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
}
