// The key pairs of the local hub's callers, made on first start, and hub.json, by which clients find the hub and them.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import * as z from 'zod'
import { DirectoryKey, type Role } from '../../schemas/agreement.ts'
import { writeAtomically } from './data-folder.ts'

export type Caller = { name: string; institution: string; roles: Role[]; post?: string }

const callers: Caller[] = [
  { name: 'igm-system', institution: 'IGM', roles: ['referrer'] },
  { name: 'igm-liaison', institution: 'IGM', roles: ['liaison'] },
  { name: 'igm-compliance', institution: 'IGM', roles: ['compliance-officer'] },
  { name: 'ala-system', institution: 'ALA', roles: ['recipient'] },
  { name: 'ala-liaison', institution: 'ALA', roles: ['liaison'] },
  { name: 'ala-compliance', institution: 'ALA', roles: ['compliance-officer'] },
  { name: 'oim-system', institution: 'OIM', roles: ['recipient'] },
  // Registered, but party to nothing: what it is refused, is refused for that alone.
  { name: 'stranger', institution: 'XXX', roles: ['referrer', 'recipient', 'compliance-officer'] },
  // The second person of what takes two, and who signs for an institution in its agreements.
  { name: 'igm-liaison-2', institution: 'IGM', roles: ['liaison'] },
  { name: 'ala-liaison-2', institution: 'ALA', roles: ['liaison'] },
  { name: 'igm-signatory', institution: 'IGM', roles: ['signatory'] },
  { name: 'ala-signatory', institution: 'ALA', roles: ['signatory'] },
]

const PrivateJwk = z.looseObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
})

/** One entry of hub.json's `keys`. `file` is absolute: the private JWK, 0600. */
export type LocalKey = Caller & { keyid: string; alg: 'ed25519'; file: string }

const ensureKey = async (file: string) => {
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
    const { kty, crv, x, d } = PrivateJwk.parse(await exportJWK(privateKey))
    writeAtomically(file, `${JSON.stringify({ kty, crv, x, d })}\n`)
  }
  return PrivateJwk.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** The keys of `who` under `<data>/keys`, made where they are missing; and what the directory is to know of each. */
export const ensureSigningKeys = async (
  data: string,
  who: readonly Caller[] = callers,
): Promise<{ key: LocalKey; enrol: DirectoryKey }[]> => {
  const folder = resolve(data, 'keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return Promise.all(
    who.map(async caller => {
      const file = join(folder, `${caller.name}.jwk`)
      const { kty, crv, x } = await ensureKey(file)
      const jwk = { kty, crv, x }
      const keyid = await calculateJwkThumbprint(jwk)
      const enrol = DirectoryKey.parse({
        keyid,
        institution: caller.institution,
        roles: caller.roles,
        ...(caller.post && { post: caller.post }),
        alg: 'ed25519',
        jwk,
        validFrom: '2026-01-01T00:00:00.000Z',
        validUntil: '2036-01-01T00:00:00.000Z',
      })
      return { key: { ...caller, keyid, alg: 'ed25519' as const, file }, enrol }
    }),
  )
}

export type HubFile = { url: string; authority: string; keys: LocalKey[] }

const hubFileIn = (data: string): string => resolve(data, 'hub.json')

/** Writes `<data>/hub.json` again: the port may be another at each start. */
export const writeHubFile = (data: string, hub: HubFile): void =>
  writeAtomically(hubFileIn(data), `${JSON.stringify(hub, null, 2)}\n`)
