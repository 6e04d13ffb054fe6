// Who sent a request: RFC 9421 HTTP Message Signatures and RFC 9530 digests under the policy of docs/reference/signature-profile.md.
// http-message-sig parses, builds the signature base and calls the verifier; what must hold beyond that is signature-policy.ts.
import { type KeyObject, createPublicKey } from 'node:crypto'
import { SignatureError, verifySignature } from 'http-message-sig'
import { Refused } from '../events/refusal.ts'
import type { DirectoryKey } from '../schemas/agreement.ts'
import { type Instant, Keyid } from '../schemas/ids.ts'
import type { ProblemCode } from '../schemas/problem.ts'
import { verifiers } from './algorithms.ts'
import type { RawRequest } from '../functions/http/request.ts'
import { judgeClaim, judgeForm, judgeKey, label } from './policy.ts'

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
  judgeForm(request)
  let key: DirectoryKey | undefined
  let nonce = ''
  let components: string[] = []
  let spaced = false
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
          judgeClaim({ candidate, request, now: deps.now })
          nonce = candidate.parameters.nonce as string
          components = candidate.components.map(component => component.name)
          const found = await deps.findKey(Keyid.parse(candidate.parameters.keyid))
          if (!found) throw new Refused('key-unknown', [{ pointer: '', code: 'key-registered' }])
          judgeKey(found, deps.now)
          key = found
          const verifier = verifierOf(found)
          return {
            ...verifier,
            verify: (base: Uint8Array, signature: Uint8Array) =>
              verifier.verify(base, signature) ||
              (spaced = withSpacedLists(base, again => verifier.verify(again, signature))),
          }
        },
      },
    )
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    if (error.code !== 'ResolverFailed')
      throw new Refused(codes[error.code] ?? 'signature-invalid', [
        { pointer: '', code: kebab(error.code) },
      ])
    throw error.cause
  }
  if (!key) throw new Refused('signature-invalid')
  const derived: Record<string, string> = {
    '@method': request.method,
    // As the library has it: lower case, without the default port.
    '@authority': new URL(`https://${deps.authority}`).host,
    '@path': request.path,
    '@query': `?${request.query}`,
  }
  const covered = components.map(name => [
    name,
    (Object.hasOwn(derived, name) ? derived[name] : valueOf(request.headers[name], spaced)) ?? '',
  ])
  return { key, nonce, covered: Object.fromEntries(covered) as Record<string, string> }
}

/**
 * RFC 9421 §2.1 joins a field that was sent more than once by a comma and a blank. API Gateway has joined it already, by a comma alone,
 * and one field whose value has such commas looks the same: so both readings are tried, and nothing but blanks behind commas outside of
 * quotes tells them apart. Nothing that the hub reads of a field depends on those. `again` is called only where the readings differ.
 */
const withSpacedLists = (base: Uint8Array, again: (base: Uint8Array) => boolean): boolean => {
  const text = Buffer.from(base).toString('latin1')
  const spaced = text.replaceAll(
    /^("[^@"][^"]*": )(.*)$/gm,
    (_, name: string, value: string) => `${name}${spacedList(value)}`,
  )
  return spaced !== text && again(Buffer.from(spaced, 'latin1'))
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
