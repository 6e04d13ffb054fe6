// Who sent a request: RFC 9421 HTTP Message Signatures and RFC 9530 digests under the policy of
// docs/reference/signature-profile.md. http-message-sig parses, builds the signature base and calls the verifier; what
// must hold beyond that is policy.ts.
import { SignatureError, verifySignature } from 'http-message-sig'
import type { DirectoryKey } from '../schemas/agreement.ts'
import { type Instant, Keyid } from '../schemas/ids.ts'
import type { ProblemCode } from '../schemas/problem.ts'
import { type WebKey, verifies, verifyingKey } from './algorithms.ts'
import { derivedFrom, label } from './base.ts'
import { judgeClaim, judgeForm, judgeKey } from './policy.ts'
import { SignatureRefused } from './refusal.ts'
import type { HttpRequest } from './request.ts'

/** A request whose signature holds: the key behind it, and the nonce that is now to be spent. */
export type Verified = {
  key: DirectoryKey
  nonce: string
  /** The covered components and their values, as they stand in the signature base. */
  covered: Record<string, string>
}

/**
 * Verifies a request, or refuses it with one of the 401 codes (400 for more than four signatures or two labelled
 * `hub`). Cheap rules come first: nothing is looked up for a request that they refuse, and no signature computed for an
 * unknown key.
 *
 * @param deps.authority the hub's configured public authority, whatever the Host header says
 * @param deps.findKey the key as it stands now, which decides. `proven` is there where the signature has been verified
 * with the key as it was last seen: whoever asks is its holder, whatever has become of the key
 * @param deps.lastSeen a key as it was seen before, if it was
 */
export const verifyRequest = async (
  request: HttpRequest,
  deps: {
    authority: string
    now: Instant
    findKey: (keyid: Keyid, proven?: { nonce: string }) => Promise<DirectoryKey | undefined>
    lastSeen?: (keyid: Keyid) => DirectoryKey | undefined
  },
): Promise<Verified> => {
  judgeForm(request)
  let key: DirectoryKey | undefined
  let nonce = ''
  let components: string[] = []
  let spaced = false
  const find = async (keyid: Keyid, proven?: { nonce: string }): Promise<DirectoryKey> => {
    const found = await deps.findKey(keyid, proven)
    if (!found) throw new SignatureRefused('key-unknown', 'key-registered')
    judgeKey(found, deps.now)
    key = found
    return found
  }
  const signedWith = async (of: DirectoryKey, base: Uint8Array, signature: Uint8Array) => {
    const verifying = await webKeyOf(of)
    const isOf = (data: Uint8Array) => verifies(of.alg, verifying, { data, signature })
    return (await isOf(base)) || (spaced = await withSpacedLists(base, isOf))
  }
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
          // The library's own clock rules would come before ours and without a code; ours are the stricter ones.
          now: Math.floor(Date.parse(deps.now) / 1000),
          clockSkew: Number.MAX_SAFE_INTEGER,
        },
        resolveVerifier: async candidate => {
          await judgeClaim({ candidate, request, now: deps.now })
          nonce = candidate.parameters.nonce as string
          components = candidate.components.map(component => component.name)
          const keyid = Keyid.parse(candidate.parameters.keyid)
          const seen = deps.lastSeen?.(keyid)
          // An algorithm that is not the key's is refused before anything is verified.
          if (!seen || (candidate.algorithm ?? seen.alg) !== seen.alg) {
            const { alg } = await find(keyid)
            return {
              algorithm: alg,
              verify: async (base: Uint8Array, signature: Uint8Array) =>
                key !== undefined && signedWith(key, base, signature),
            }
          }
          return {
            algorithm: seen.alg,
            verify: async (base: Uint8Array, signature: Uint8Array) => {
              const holds = await signedWith(seen, base, signature)
              const { alg } = await find(keyid, holds ? { nonce } : undefined)
              return holds && alg === seen.alg
            },
          }
        },
      },
    )
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    if (error.code !== 'ResolverFailed')
      throw new SignatureRefused(codes[error.code] ?? 'signature-invalid', kebab(error.code))
    throw error.cause
  }
  if (!key) throw new SignatureRefused('signature-invalid', 'verification-failed')
  // The authority as the library has it: lower case, without the default port.
  const derived = derivedFrom(request, new URL(`https://${deps.authority}`).host)
  const covered = components.map(name => [
    name,
    (Object.hasOwn(derived, name) ? derived[name] : valueOf(request.headers[name], spaced)) ?? '',
  ])
  return { key, nonce, covered: Object.fromEntries(covered) as Record<string, string> }
}

/**
 * RFC 9421 §2.1 joins a field that was sent more than once by a comma and a blank. API Gateway has joined it already,
 * by a comma alone, and one field whose value has such commas looks the same: so both readings are tried, and nothing
 * but blanks behind commas outside of quotes tells them apart. Nothing that the hub reads of a field depends on those.
 * `again` is called only where the readings differ.
 */
const withSpacedLists = async (
  base: Uint8Array,
  again: (base: Uint8Array) => Promise<boolean>,
): Promise<boolean> => {
  // Bases are ASCII (RFC 9421 §2.5).
  const text = new TextDecoder().decode(base)
  const spaced = text.replaceAll(
    /^("[^@"][^"]*": )(.*)$/gm,
    (_, name: string, value: string) => `${name}${spacedList(value)}`,
  )
  return spaced !== text && again(new TextEncoder().encode(spaced))
}

const spacedList = (value: string): string =>
  value.replaceAll(/"(?:[^"\\]|\\.)*"|,(?![ \t])/g, part => (part === ',' ? ', ' : part))

const valueOf = (field: string | undefined, spaced: boolean): string | undefined =>
  spaced && field !== undefined ? spacedList(field.trim()) : field?.trim()

/** `VerificationFailed` → `verification-failed`: the library's rules have names too. */
const kebab = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()

/** What the library's refusals are called here; whatever is not named is `signature-invalid`. */
const codes: Partial<Record<string, ProblemCode>> = {
  MissingField: 'signature-incomplete',
  LabelMismatch: 'signature-missing',
  DuplicateLabel: 'malformed-request',
}

const webKeys = new Map<string, WebKey>()

/** A directory's key as Web Crypto holds it, made once. */
const webKeyOf = async ({ keyid, alg, jwk }: DirectoryKey): Promise<WebKey> => {
  const known = webKeys.get(keyid)
  if (known) return known
  const made = await verifyingKey(alg, jwk)
  // A directory is small; were it not, forgetting all is better than keeping all.
  if (webKeys.size >= 1000) webKeys.clear()
  webKeys.set(keyid, made)
  return made
}
