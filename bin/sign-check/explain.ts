// Why the hub would refuse a captured request: its own verdict (signatures/verify.ts), and behind it what to change.
import { parseDictionary } from 'structured-headers'
import { Refused } from '../../events/refusal.ts'
import { type RequestEvent, readRequest } from '../../functions/http/request.ts'
import {
  maxAhead,
  maxBehind,
  maxLifetime,
  maxNonce,
  minNonce,
  parameters,
} from '../../signatures/policy.ts'
import { type DigestName, digestOf, isDigestName } from '../../signatures/digest.ts'
import { SignatureRefused } from '../../signatures/refusal.ts'
import { verifyRequest } from '../../signatures/verify.ts'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import { instantAt } from '../../schemas/instants.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { always, baseOf, linesOf, readClaimed, tag } from '../../signatures/base.ts'
import { idempotencyFinding } from './idempotency.ts'
import { base64 } from '../../signatures/keys.ts'
import type { Captured } from './message.ts'
import { type Mistake, findMistake, isBy } from './mistakes.ts'
import type { Finding } from '../../texts/sign-check-findings.ts'

/** A public key that may be behind a request, and what people call it. */
export type KnownKey = DirectoryKey & { name?: string }

export type Verdict = {
  /** The code that the hub answers with; absent where the signature holds and nothing that goes with it is missing. */
  code?: ProblemCode
  /** The rule of the hub that refused it (docs/reference/signature-profile.md). */
  rule?: string
  findings: Finding[]
  /** The signature base that the hub builds, for comparing line by line. */
  base?: string
}

const nonceForm = new RegExp(`^[A-Za-z0-9_-]{${minNonce},${maxNonce}}$`)

/** Seconds to the end of the year 9999. */
const lastSecond = 253_402_300_799

/** As API Gateway would hand it to the hub (payload 2.0), whose limits then count too. */
const eventOf = ({ method, path, query, headers, body }: Captured): RequestEvent => ({
  rawPath: path,
  rawQueryString: query,
  headers,
  body: body.toString('base64'),
  isBase64Encoded: true,
  requestContext: { http: { method } },
})

/** What must be covered and is not. */
const missing = ({ headers, body }: Captured, covered: readonly string[]): Finding[] =>
  [
    ...always,
    ...(body.length > 0 ? ['content-type', 'content-digest'] : []),
    ...(headers['idempotency-key'] === undefined ? [] : ['idempotency-key']),
  ]
    .filter(name => !covered.includes(name))
    .map(name => ({ key: 'component-missing', values: { name } }))

/** Times against the hub's window. */
const windowOf = (created: number, expires: number, now: number): Finding[] => [
  ...(expires <= created ? [{ key: 'expires-before-created' } as const] : []),
  ...(expires - created > maxLifetime
    ? [{ key: 'lives-too-long', values: { seconds: expires - created } } as const]
    : []),
  ...(created > now + maxAhead
    ? [{ key: 'ahead', values: { seconds: created - now } } as const]
    : []),
  ...(created < now - maxBehind
    ? [{ key: 'behind', values: { seconds: now - created } } as const]
    : []),
  ...(expires < now ? [{ key: 'expired', values: { seconds: now - expires } } as const] : []),
]

/** Digests that the body has, beside what the field says; and whether another line ending would explain it. */
const digestFindings = async ({ headers, body }: Captured): Promise<Finding[]> => {
  let members: [string, unknown][] = []
  try {
    members = [...parseDictionary(headers['content-digest'] ?? '')].map(([name, [value]]) => [
      name,
      value,
    ])
  } catch {
    return [{ key: 'digest-malformed' }]
  }
  const known = members.flatMap(([name, value]): [DigestName, unknown][] =>
    isDigestName(name) ? [[name, value]] : [],
  )
  if (known.length === 0) return [{ key: 'digest-unknown' }]
  const text = body.toString('utf8')
  const others = [`${text}\n`, text.replace(/\r?\n$/, ''), text.replaceAll('\r\n', '\n')]
  const found: Finding[] = []
  for (const [name, value] of known) {
    const of = async (bytes: Uint8Array) => base64(await digestOf(name, bytes))
    const said = value instanceof ArrayBuffer ? base64(new Uint8Array(value)) : ''
    const actual = await of(body)
    if (said === actual) continue
    found.push({ key: 'digest-other', values: { component: 'content-digest', name, actual } })
    const ended = others.filter(other => other !== text).map(other => of(Buffer.from(other)))
    if ((await Promise.all(ended)).includes(said)) found.push({ key: 'digest-line-ending' })
  }
  return found
}

const mistakeFinding = (mistake: Mistake): Finding =>
  mistake.kind === 'signing'
    ? { key: mistake.how }
    : {
        key: 'component-other',
        values: {
          name: mistake.component,
          signed: mistake.signed,
          expected: mistake.expected,
        },
      }

const signedBy = ({ name, keyid }: KnownKey): Finding => ({
  key: 'signed-by-another',
  values: { signer: name === undefined ? keyid : `${name} (${keyid})` },
})

/**
 * @param at the instant the hub would judge at, ms since 1970; by default the one at which the request says it was
 * signed
 * @param keys public keys that may be behind it
 */
export const explain = async (
  request: Captured,
  { authority, keys, at }: { authority: string; keys: readonly KnownKey[]; at?: number },
): Promise<Verdict> => {
  const claimed = readClaimed(request)
  const created = Number(claimed?.parameters.get('created'))
  // A moment that no calendar has is judged now, and found out of time.
  const time = at ?? (Math.abs(created) < lastSecond ? created * 1000 : Date.now())
  const now = instantAt(time)
  let code: ProblemCode | undefined
  let rule: string | undefined
  try {
    const findKey = async (keyid: string) => keys.find(key => key.keyid === keyid)
    await verifyRequest(readRequest(eventOf(request)), { authority, now, findKey })
  } catch (error) {
    if (!(error instanceof SignatureRefused || error instanceof Refused)) throw error
    code = error.code
    rule = error instanceof Refused ? error.errors?.[0]?.code : error.rule
  }
  if (!claimed)
    return {
      ...(code && { code }),
      ...(rule && { rule }),
      findings: ['signature-input', 'signature'].map(name =>
        request.headers[name] === undefined
          ? { key: 'field-missing', values: { name } }
          : { key: 'field-without-hub', values: { name } },
      ),
    }
  const { components, parameters: given } = claimed
  const lines = linesOf(claimed, request, authority)
  const base = baseOf(lines, claimed.params)
  const absent = idempotencyFinding(request)
  if (code === undefined)
    return absent
      ? { code: absent.code, findings: [{ key: 'holds' }, absent.finding], base }
      : { findings: [{ key: 'holds' }], base }
  const key = keys.find(({ keyid }) => keyid === given.get('keyid'))
  const others = keys.filter(each => each !== key)
  const made = await Promise.all(others.map(each => isBy(each, base, claimed.signature)))
  const signer = others[made.indexOf(true)]
  const expires = Number(given.get('expires'))
  const findings: Finding[] = [
    ...missing(request, components),
    ...components
      .filter(name => !name.startsWith('@') && request.headers[name] === undefined)
      .map((name): Finding => ({ key: 'field-absent', values: { name } })),
    ...components
      .filter(name => name.startsWith('@') && !always.includes(name))
      .map((name): Finding => ({ key: 'component-not-taken', values: { name } })),
    ...(/"[^"]*";/.test(claimed.params.slice(0, claimed.params.indexOf(')')))
      ? [{ key: 'component-parameters' } as const]
      : []),
    ...parameters
      .filter(name => given.get(name) === undefined)
      .map((name): Finding => ({ key: 'parameter-missing', values: { name } })),
    ...(given.has('tag') && given.get('tag') !== tag ? [{ key: 'tag' } as const] : []),
    ...(given.has('nonce') && !nonceForm.test(String(given.get('nonce')))
      ? [{ key: 'nonce' } as const]
      : []),
    ...(Number.isFinite(created) && Number.isFinite(expires)
      ? windowOf(created, expires, Math.floor(time / 1000))
      : []),
    ...(code === 'digest-mismatch' ? await digestFindings(request) : []),
    ...(key ? [] : [{ key: 'key-not-here' } as const]),
    ...(signer ? [signedBy(signer)] : []),
    ...(key && given.has('alg') && given.get('alg') !== key.alg
      ? [{ key: 'algorithm', values: { alg: key.alg } } as const]
      : []),
  ]
  if (findings.length === 0 && key && code === 'signature-invalid') {
    const mistake = await findMistake(claimed, lines, request, key, authority)
    findings.push(mistake ? mistakeFinding(mistake) : { key: 'no-known-mistake' })
  }
  if (findings.length === 0) findings.push({ key: 'rule', values: { rule: rule ?? code } })
  if (absent) findings.push(absent.finding)
  return { code, ...(rule && { rule }), findings, base }
}
