// A private key at rest: PKCS#8 under AES-GCM, by a key that is made from a phrase or by a passkey and never kept. A
// key that cannot be exported is not enough: browsers write its bytes in clear into their files.
import { publicHalf, thumbprint } from '../../signatures/keys.ts'
import type { PublicSigner } from '../../client/institutions.ts'
import type { Role } from '../../schemas/agreement.ts'
import { signWith } from '../../signatures/algorithms.ts'
import { prfOf } from './passkey.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** OWASP, Password Storage Cheat Sheet: PBKDF2-HMAC-SHA256. */
const iterations = 600_000

export type Lock =
  | { by: 'phrase'; salt: Bytes; iterations: number }
  | { by: 'passkey'; salt: Bytes; credentialId: Bytes }

/** What the key was asked for with. */
export type Asked = { institution: string; role: Role; post?: string; validUntil: string }

/**
 * What this browser keeps of a key. Nothing in it names a person, and nothing of it opens without the lock's other
 * half.
 */
export type KeptKey = {
  keyid: string
  jwk: PublicSigner['jwk']
  asked: Asked
  lock: Lock
  iv: Bytes
  sealed: ArrayBuffer
}

export const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count))
const utf8 = (text: string): Bytes => new TextEncoder().encode(text)
const aes = { name: 'AES-GCM', length: 256 } as const

/** As people write five words: in either case, with or without accents, with whatever is between them. */
export const plainPhrase = (typed: string): string =>
  typed
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean)
    .join(' ')

const phraseKey = async (phrase: string, lock: Extract<Lock, { by: 'phrase' }>) =>
  crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: lock.salt, iterations: lock.iterations },
    await crypto.subtle.importKey('raw', utf8(plainPhrase(phrase)), 'PBKDF2', false, ['deriveKey']),
    aes,
    false,
    ['encrypt', 'decrypt'],
  )

/** RFC 5869: what the authenticator gives, made a key of this page's own. */
const passkeyKey = async (secret: Bytes, salt: Bytes) =>
  crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: utf8('referral-hub console key') },
    await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']),
    aes,
    false,
    ['encrypt', 'decrypt'],
  )

export const phraseLock = (): Lock => ({ by: 'phrase', salt: random(16), iterations })

/** What opens a lock: the phrase that its owner types, or their device. */
export type Opener = { phrase: string } | 'passkey'

const keyOf = async (lock: Lock, opener: Opener) => {
  if (lock.by === 'phrase') return phraseKey(opener === 'passkey' ? '' : opener.phrase, lock)
  return passkeyKey(await prfOf(lock), lock.salt)
}

const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
const alg = 'ecdsa-p256-sha256'

const signerOf = async (
  pkcs8: Bytes,
  jwk: KeptKey['jwk'],
  keyid: string,
): Promise<PublicSigner> => {
  const secret = await crypto.subtle.importKey('pkcs8', pkcs8, p256, false, ['sign'])
  return { keyid, jwk, algorithm: alg, sign: data => signWith(alg, secret, data) }
}

const sealing = (keyid: string, iv: Bytes) => ({ name: 'AES-GCM', iv, additionalData: utf8(keyid) })

/** A new key, sealed; and what signs with it until the page is locked. */
export const newKept = async (
  asked: Asked,
  lock: Lock,
  opener: Opener,
): Promise<{ kept: KeptKey; signer: PublicSigner }> => {
  const wrapping = await keyOf(lock, opener)
  const pair = await crypto.subtle.generateKey(p256, true, ['sign', 'verify'])
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const jwk = publicHalf({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' })
  const keyid = await thumbprint(jwk)
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const iv = random(12)
  const sealed = await crypto.subtle.encrypt(sealing(keyid, iv), wrapping, pkcs8)
  const signer = await signerOf(pkcs8, jwk, keyid)
  pkcs8.fill(0)
  return { kept: { keyid, jwk, asked, lock, iv, sealed }, signer }
}

/** The lock is there and what was given does not open it. */
export class WrongOpener extends Error {}

/** @throws WrongOpener · PasskeyFailed (passkey.ts) */
export const openKept = async (kept: KeptKey, opener: Opener): Promise<PublicSigner> => {
  const wrapping = await keyOf(kept.lock, opener)
  let opened: ArrayBuffer
  try {
    opened = await crypto.subtle.decrypt(sealing(kept.keyid, kept.iv), wrapping, kept.sealed)
  } catch {
    throw new WrongOpener()
  }
  const pkcs8 = new Uint8Array(opened)
  const signer = await signerOf(pkcs8, kept.jwk, kept.keyid)
  pkcs8.fill(0)
  return signer
}
