// What the document says in words: the signature, header fields, parameters and groups.
import type { RouteName, RouteSpec } from '../routes.ts'

export const about = [
  'Referrals between institutions: signed requests (RFC 9421), consent-gated releases, a provable access log.',
  'Times are RFC 3339 in UTC with milliseconds, ids UUIDv7, bodies at most 256 KiB of JSON in UTF-8; unknown members are refused.',
  'Refusals are RFC 9457 problem details. `code` is what is stable; `errors` names each wrong member by RFC 6901 pointer and code, and in `allowed` what may stand there, where that is a short list.',
  'Every answer has the header field `x-request-id`, which is `instance` of a problem; answers to verified callers have `access-log-size`, the size of the last signed checkpoint.',
  'A path that no route has is 404 `not-found`, another method on a path 405 `method-not-allowed` with `Allow`. `HEAD` is answered as `GET`, without the body, where no signature is asked for.',
].join('\n\n')

/** RFC 9421 as a security scheme: OpenAPI has no type for it, so it is told in words. */
export const security = {
  type: 'apiKey',
  in: 'header',
  name: 'Signature',
  description: [
    'HTTP Message Signature (RFC 9421), sent as `Signature-Input` and `Signature`, with the label `hub`.',
    'Covered components: `"@method" "@authority" "@path" "@query"`; with a body also `"content-type" "content-digest"` (RFC 9530, sha-256 or sha-512); with an Idempotency-Key also `"idempotency-key"`. All are bare identifiers.',
    'Parameters: `created` (at most 30 s ahead, 300 s behind), `expires` (at most 300 s later), `nonce` (16 random bytes or more, base64url, once), `keyid` (RFC 7638 SHA-256 thumbprint, base64url), `tag="referral-hub"`; `alg` may be left out.',
    'Algorithms: `ed25519`, `ecdsa-p256-sha256`, `rsa-pss-sha512`. `@authority` is the one of `servers`.',
  ].join('\n\n'),
}

export const tags = [
  {
    name: 'Referrals',
    description: 'A person is referred to another institution, and what becomes of it.',
  },
  {
    name: 'Inbox',
    description: 'Messages that wait for an institution until they are acknowledged.',
  },
  { name: 'Consents', description: 'What a person agreed to, and what happened to it.' },
  {
    name: 'Agreements',
    description: 'What institutions agreed to, and the notices that change it.',
  },
  {
    name: 'Reports',
    description: 'How far an agreement has come, in numbers that tell of nobody.',
  },
  { name: 'Access log', description: 'Who did what, in a signed Merkle tree (C2SP tlog-tiles).' },
  { name: 'Institutions', description: 'Institutions and their public keys.' },
  { name: 'The hub', description: 'Open to everybody, unsigned.' },
]

const tagByPrefix: Record<string, string> = {
  referral: 'Referrals',
  inbox: 'Inbox',
  consent: 'Consents',
  agreement: 'Agreements',
  'access-log': 'Access log',
  report: 'Reports',
  me: 'Institutions',
  institution: 'Institutions',
  key: 'Institutions',
  health: 'The hub',
  openapi: 'The hub',
}

/** The group of a route. One of a new kind has to be given one. */
export const tagOf = (name: RouteName): string => {
  const tag = tagByPrefix[name.slice(0, name.indexOf('.'))]
  if (tag === undefined) throw new Error(`the route ${name} has no tag`)
  return tag
}

const tilePath =
  'the number in groups of three digits, all but the last behind an x, and `.p/` with the width where it is not full'
/** What a parameter of this name means, where its name does not say it. */
export const parameterNotes: Record<string, string> = {
  referralId: 'In either case; answers have it in lower case.',
  consentId: 'In either case; answers have it in lower case.',
  tile: `Level and number of the tile, \`<L>/<N>[.p/<W>]\`: ${tilePath}. It has slashes, which are sent as they are: \`0/x001/234.p/5\`.`,
  bundle: `Number of the bundle, \`<N>[.p/<W>]\`: ${tilePath}. It may have slashes, which are sent as they are: \`x001/234.p/5\`.`,
  n: 'Number of the milestone, from 1.',
  index: 'Place of the entry in the log, from 0.',
  limit: 'Items of a page; 50 if left out.',
  cursor: '`next` of the page before.',
  status: 'May be given more than once.',
  folio: 'With or without hyphens and check symbol, in either case.',
  category: 'Releases that opened it.',
}

const field = (name: string, required: boolean, description: string) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
})
const idempotencyKey = (required: boolean) => ({
  ...field(
    'Idempotency-Key',
    required,
    'The same for every retry of one write, of the same bytes; covered by the signature',
  ),
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,64}$' },
})

export const requestHeaders = {
  signatureInput: field('Signature-Input', true, 'RFC 9421 §4.1: `hub=(…);created=…;…`'),
  signature: field('Signature', true, 'RFC 9421 §4.2: `hub=:…:`, base64 between colons'),
  contentDigest: field(
    'Content-Digest',
    true,
    'RFC 9530: `sha-256=:…:` or `sha-512=:…:` of the very bytes',
  ),
  idempotencyKey: { required: idempotencyKey(true), optional: idempotencyKey(false) },
  prefer: field(
    'Prefer',
    false,
    '`respond-async` (RFC 7240 §4.1): 202 instead of a refusal, while it is not there yet',
  ),
  ifMatch: field('If-Match', true, 'ETag of the version that was read, in quotes'),
}

const text = (description: string) => ({ description, schema: { type: 'string' } })

/** Header fields of answers, beside the two that all have (`about`). */
export const headers = {
  'Retry-After': {
    required: true,
    description: 'Seconds after which to try again',
    schema: { type: 'integer', minimum: 1 },
  },
  'Idempotency-Replayed': text('`true` where this is the stored answer of an earlier request'),
  ETag: { ...text('Version of the referral, for If-Match'), required: true },
  Location: { ...text('Path of the new referral'), required: true },
}

const versioned: readonly RouteName[] = [
  'referral.submit',
  'referral.read',
  'referral.status',
  'referral.milestone',
  'referral.void-milestone',
  'referral.handover',
]

const creating: readonly RouteName[] = ['referral.submit', 'referral.handover']

/** Header fields of a route's answer. */
export const headersOf = (name: RouteName, spec: RouteSpec) => {
  const sent: (keyof typeof headers)[] = [
    ...(spec.idempotencyKey === 'required' ? (['Idempotency-Replayed'] as const) : []),
    ...(versioned.includes(name) ? (['ETag'] as const) : []),
    ...(creating.includes(name) ? (['Location'] as const) : []),
  ]
  return sent.length === 0
    ? {}
    : {
        headers: Object.fromEntries(
          sent.map(each => [each, { $ref: `#/components/headers/${each}` }]),
        ),
      }
}
