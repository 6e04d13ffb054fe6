// The profile of RFC 9421 and RFC 9530 that a request must keep to, as one table: each rule by name, with the code that
// it refuses with. Whoever is refused is told the rule's name too (`errors[0].code`).
// docs/reference/signature-profile.md has the table in words.
import type { UntrustedSignatureCandidate } from 'http-message-sig'
import { type BareItem, type InnerList, type Item, parseDictionary } from 'structured-headers'
import type { DirectoryKey } from '../schemas/agreement.ts'
import { type Instant, Keyid } from '../schemas/ids.ts'
import type { ProblemCode } from '../schemas/problem.ts'
import { always, label, tag } from './base.ts'
import { digestOf, isDigestName } from './digest.ts'
import { isWeak } from './public-key.ts'
import { SignatureRefused } from './refusal.ts'
import type { HttpRequest } from './request.ts'

/** Ours, and room for those of proxies on the way. */
const maxSignatures = 4
/** Seven are asked for at most. Each costs a look through all header fields. */
const maxComponents = 32
/** 16 random bytes in base64url, so that no two are ever alike. */
export const minNonce = 22
/** It becomes part of a row's key, and of every log entry's evidence. */
export const maxNonce = 128
/** Seconds. As long as a nonce must be remembered (functions/aws/requests.ts `nonceSeconds`). */
export const maxLifetime = 300
/** Seconds between signing and arriving: a queue at the sender's, not a recording. */
export const maxBehind = 300
/** Seconds that a caller's clock may be ahead of the hub's. */
export const maxAhead = 30

export const parameters = ['created', 'expires', 'nonce', 'keyid', 'tag']

/** What a rule judges: the signature as it is stated, nothing of it proven yet. */
export type Claim = { candidate: UntrustedSignatureCandidate; request: HttpRequest; now: Instant }
type Rule<T> = { name: string; code: ProblemCode; holds: (of: T) => boolean }

/** A dictionary (RFC 9651 §3.2), or undefined for text that is none. */
const dictionary = (field: string): Map<string, Item | InnerList> | undefined => {
  try {
    return parseDictionary(field)
  } catch {
    return undefined
  }
}

const count = (member: Item | InnerList): number =>
  Array.isArray(member[0]) ? member[0].length : 0

/** The two header fields; `inputs` is Signature-Input, where it can be read. */
type Form = { headers: HttpRequest['headers']; inputs: Map<string, Item | InnerList> | undefined }

/** By the form of the two header fields alone. */
const formRules: readonly Rule<Form>[] = [
  {
    name: 'signature-present',
    code: 'signature-missing',
    holds: ({ headers }) => Boolean(headers.signature && headers['signature-input']),
  },
  {
    name: 'signature-input-form',
    code: 'signature-invalid',
    holds: ({ inputs }) => inputs !== undefined,
  },
  {
    name: 'signature-count',
    code: 'malformed-request',
    holds: ({ inputs }) => (inputs?.size ?? 0) <= maxSignatures,
  },
  {
    name: 'signature-label',
    code: 'signature-missing',
    holds: ({ inputs }) => inputs?.has(label) ?? false,
  },
  {
    name: 'component-count',
    code: 'malformed-request',
    holds: ({ inputs }) =>
      [...(inputs?.values() ?? [])].every(member => count(member) <= maxComponents),
  },
]

const covers = ({ candidate }: Claim, names: readonly string[]): boolean =>
  names.every(name => candidate.components.some(component => component.name === name))
const stated = ({ candidate }: Claim, name: string): number => candidate.parameters[name] as number
const seconds = ({ now }: Claim): number => Date.parse(now) / 1000

/** By what the signature states: coverage, parameters, time. */
const claimRules: readonly Rule<Claim>[] = [
  {
    name: 'components-bare',
    code: 'signature-invalid',
    holds: ({ candidate }) =>
      candidate.components.every(component => Object.keys(component.parameters).length === 0),
  },
  { name: 'covers-request', code: 'signature-incomplete', holds: claim => covers(claim, always) },
  {
    name: 'covers-body',
    code: 'signature-incomplete',
    holds: claim =>
      claim.request.body.length === 0 || covers(claim, ['content-type', 'content-digest']),
  },
  {
    name: 'covers-idempotency-key',
    code: 'signature-incomplete',
    holds: claim =>
      claim.request.headers['idempotency-key'] === undefined || covers(claim, ['idempotency-key']),
  },
  {
    name: 'parameters-complete',
    code: 'signature-incomplete',
    holds: ({ candidate }) => parameters.every(name => candidate.parameters[name] !== undefined),
  },
  {
    // The others depend on what a proxy made of the request.
    name: 'components-derived',
    code: 'signature-invalid',
    holds: ({ candidate }) =>
      candidate.components.every(({ name }) => !name.startsWith('@') || always.includes(name)),
  },
  {
    name: 'tag',
    code: 'signature-invalid',
    holds: ({ candidate }) => candidate.parameters.tag === tag,
  },
  {
    name: 'nonce',
    code: 'signature-invalid',
    holds: ({ candidate: { parameters: given } }) =>
      /^[A-Za-z0-9_-]+$/.test(given.nonce ?? '') &&
      (given.nonce as string).length >= minNonce &&
      (given.nonce as string).length <= maxNonce,
  },
  {
    name: 'keyid',
    code: 'key-unknown',
    holds: ({ candidate }) => Keyid.safeParse(candidate.parameters.keyid).success,
  },
  {
    name: 'created-not-ahead',
    code: 'signature-expired',
    holds: claim => stated(claim, 'created') <= seconds(claim) + maxAhead,
  },
  {
    name: 'created-not-behind',
    code: 'signature-expired',
    holds: claim => stated(claim, 'created') >= seconds(claim) - maxBehind,
  },
  {
    name: 'expires-after-created',
    code: 'signature-expired',
    holds: claim => stated(claim, 'expires') > stated(claim, 'created'),
  },
  {
    name: 'lifetime',
    code: 'signature-expired',
    holds: claim => stated(claim, 'expires') - stated(claim, 'created') <= maxLifetime,
  },
  {
    name: 'not-expired',
    code: 'signature-expired',
    holds: claim => stated(claim, 'expires') >= seconds(claim),
  },
]

/** A member of Content-Digest whose algorithm we know, beside what the body's digest is. */
type Digest = { given: BareItem | Item[]; actual: Uint8Array }

/** Undefined where there is no such field. */
type Digests = readonly Digest[] | undefined

/**
 * RFC 9530 §2: there is a digest that we know, and every one that we know is of the raw bytes. Last, since it reads
 * them all.
 */
const digestRules: readonly Rule<Digests>[] = [
  {
    name: 'digest-recognised',
    code: 'digest-mismatch',
    holds: digests => digests === undefined || digests.length > 0,
  },
  {
    name: 'digest-matches',
    code: 'digest-mismatch',
    holds: (digests = []) => digests.every(isSame),
  },
]

/** Looks at every octet, whichever differs first. */
const isSame = ({ given, actual }: Digest): boolean => {
  if (!(given instanceof ArrayBuffer) || given.byteLength !== actual.length) return false
  return new Uint8Array(given).reduce((off, octet, i) => off | (octet ^ (actual[i] ?? 0)), 0) === 0
}

const digestsOf = async ({ headers, body }: HttpRequest): Promise<Digests> => {
  const field = headers['content-digest']
  if (field === undefined) return undefined
  const members = [...(dictionary(field) ?? [])].map(async ([name, [given]]) =>
    isDigestName(name) ? [{ given, actual: await digestOf(name, body) }] : [],
  )
  return (await Promise.all(members)).flat()
}

/** By the key that the directory has under the claimed keyid, before anything is verified with it. */
const keyRules: readonly Rule<{ key: DirectoryKey; now: Instant }>[] = [
  {
    name: 'key-not-revoked',
    code: 'key-revoked',
    holds: ({ key, now }) => key.revokedAt === undefined || key.revokedAt > now,
  },
  {
    name: 'key-in-validity',
    code: 'key-revoked',
    holds: ({ key, now }) => key.validFrom <= now && now <= key.validUntil,
  },
  { name: 'key-strength', code: 'signature-invalid', holds: ({ key }) => !isWeak(key.jwk) },
]

/** Refuses by the first rule that does not hold. */
const judge = <T>(rules: readonly Rule<T>[], of: T): void => {
  for (const { name, code, holds } of rules) if (!holds(of)) throw new SignatureRefused(code, name)
}

export const judgeForm = ({ headers }: HttpRequest): void =>
  judge(formRules, { headers, inputs: dictionary(headers['signature-input'] ?? '') })
export const judgeClaim = async (claim: Claim): Promise<void> => {
  judge(claimRules, claim)
  judge(digestRules, await digestsOf(claim.request))
}
export const judgeKey = (key: DirectoryKey, now: Instant): void => judge(keyRules, { key, now })

/** Every rule's name and code, in the order in which they are tried. */
export const policy: readonly { name: string; code: ProblemCode }[] = [
  ...formRules,
  ...claimRules,
  ...digestRules,
  ...keyRules,
]
