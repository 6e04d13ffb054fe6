// Digests of a body (RFC 9530), for whoever makes them and whoever compares.
import { base64 } from './keys.ts'

/** The digests that the hub knows (RFC 9530 §5), by their name in Content-Digest, as Web Crypto calls them. */
const names = { 'sha-256': 'SHA-256', 'sha-512': 'SHA-512' } as const
export type DigestName = keyof typeof names

export const isDigestName = (name: string): name is DigestName => Object.hasOwn(names, name)

export const digestOf = async (name: DigestName, bytes: Uint8Array): Promise<Uint8Array> =>
  // A copy: Web Crypto takes no view of shared memory.
  new Uint8Array(await crypto.subtle.digest(names[name], new Uint8Array(bytes)))

/** `Content-Digest` of a body: `sha-256=:…:` (RFC 9530 §2). */
export const contentDigest = async (body: Uint8Array): Promise<string> =>
  `sha-256=:${base64(await digestOf('sha-256', body))}:`
