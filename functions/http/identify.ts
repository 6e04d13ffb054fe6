// First of the stack: who sent a request, what is kept of it as evidence, and what is read with its caller's key: the
// rows that the request will ask for first, told by its looks alone, in one call (functions/aws/known-rows.ts). Asked
// only of requests whose signature holds with the key as this function instance last saw it: nobody else makes it read
// a row (test/journeys/ahead.test.ts).
import type { Actor } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import { IdempotencyKey, type Keyid } from '../../schemas/ids.ts'
import { pathPattern } from '../../schemas/route-path.ts'
import type { RouteSpec } from '../../schemas/routes.ts'
import { SignatureRefused } from '../../signatures/refusal.ts'
import { verifyRequest } from '../../signatures/verify.ts'
import type { SignedDeps } from '../aws/bind.ts'
import type { RowName } from '../aws/dynamodb.ts'
import { type KnownRows, noRows } from '../aws/known-rows.ts'
import { now } from '../aws/runtime.ts'
import { type AnswerStore, answerName } from './idempotency.ts'
import { type RawRequest, readRequest } from './request.ts'
import type { Arrived, Identified } from './respond.ts'

/**
 * What is kept of a request for ever. 256 such entries are a bundle of the log, which a Lambda must be able to answer
 * (6 MB, as base64).
 */
const maxEvidenceBytes = 16_384

/**
 * Verifies the signature; from here on the request has a caller and may have effects. Where the signature holds with
 * the key as it was last seen, the key is read together with what the request will ask for first; else it is read
 * alone, and the rest once it is known.
 *
 * @param names what the request will ask for first
 */
export const identify = (spec: RouteSpec, names: ReturnType<typeof foresee>, deps: SignedDeps) => {
  const { directory } = deps
  const path = pathPattern(spec.path)
  return async (arrived: Arrived): Promise<Identified> => {
    const { event, id, about } = arrived
    const raw = readRequest(event)
    // However the gateway came to this route: the entry's path must say which it was.
    if (!path.test(raw.path))
      throw new Refused('malformed-request', [{ pointer: '', code: 'path-of-route' }])
    const looks = { raw, params: event.pathParameters }
    let ahead: KnownRows | undefined
    const { key, nonce, covered } = await verified(raw, {
      authority: deps.authority,
      now: now(),
      lastSeen: directory.lastSeen,
      findKey: async (keyid, proven) => {
        const seen = proven && directory.lastSeen(keyid)
        if (seen)
          ahead = await deps.readAhead([
            directory.keyAt(keyid),
            ...names({ ...looks, ...proven, key: seen }),
          ])
        return (arrived.claimed = await directory.findKey(keyid, ahead))
      },
    }).catch((error: unknown) => {
      // Whoever holds a key that signs no more makes nothing be read ahead again.
      if (error instanceof Refused && error.code === 'key-revoked' && arrived.claimed)
        directory.forget(arrived.claimed.keyid)
      throw error
    })
    const { institution, keyid, post, roles } = key
    const role = spec.roles.find(wanted => roles.includes(wanted)) ?? roles[0]
    if (role === undefined) throw new Error('a key without a role')
    const caller: Actor = { institution, keyid, role, ...(post && { post }) }
    const { headers, method } = raw
    const evidence = {
      id,
      method,
      path: raw.path,
      ...(covered['content-digest'] === undefined
        ? {}
        : { contentDigest: covered['content-digest'] }),
      signatureInput: headers['signature-input'] as string,
      signature: headers.signature as string,
      covered: notElsewhere(covered),
    }
    if (Buffer.byteLength(JSON.stringify(evidence)) > maxEvidenceBytes)
      throw new Refused('malformed-request', [{ pointer: '', code: 'headers-too-large' }])
    const spend = deps.requests.spendNonce(keyid, nonce, id)
    const committing = { actor: caller, evidence, nonce: { spend, spent: false } }
    directory.saw(key)
    arrived.identified = { event, id, about, raw, nonce, roles, caller, committing, known: noRows }
    const known = ahead ?? (await deps.readAhead(names({ ...looks, key, nonce })))
    deps.accessLog.sawHead(known)
    deps.rate.saw(keyid, known)
    return { ...arrived.identified, known }
  }
}

/** A refusal names the rule that does not hold, so that a partner can find it in the profile. */
const verified: typeof verifyRequest = async (request, deps) => {
  try {
    return await verifyRequest(request, deps)
  } catch (error) {
    if (!(error instanceof SignatureRefused)) throw error
    throw new Refused(error.code, [{ pointer: '', code: error.rule }])
  }
}

/** Method, path and digest have members of their own in an entry. */
const notElsewhere = ({
  '@method': _method,
  '@path': _path,
  'content-digest': _digest,
  ...others
}: Record<string, string>): Record<string, string> => others

/** A request that is not parsed yet, of a caller whose role the route asks for. */
type Foreseen<P> = {
  caller: Pick<DirectoryKey, 'institution' | 'keyid' | 'roles'>
  nonce: string
  params: P
  body: Buffer
}

/** The rows that a door reads first. What it does not foresee, or foresees wrongly, costs the door a call. */
export type Ahead<P, D> = (request: Foreseen<P>, deps: D) => readonly RowName[]

/** For doors that first ask which agreements their caller is party to. */
export const callersInstitution: Ahead<unknown, SignedDeps> = ({ caller }, { directory }) => [
  directory.institutionAt(caller.institution),
]

/** A member of a JSON text that is a string, by a look at its first mention. Not parsed: judged when the body is. */
export const memberIn = (body: Buffer, name: string): string | undefined => {
  const at = body.indexOf(`"${name}"`)
  if (at === -1) return undefined
  const [, value] = /^"\w+"\s*:\s*"([^"\\]*)"/.exec(body.toString('latin1', at, at + 200)) ?? []
  return value
}

/**
 * The first texts of a JSON text, at most `most` and each of 2,000 letters, of those without a backslash. Not parsed.
 */
export const textsIn = (body: Buffer, most: number): string[] =>
  [...body.toString('latin1', 0, (most + 1) * 2000).matchAll(/"([^"\\]{1,2000})"/g)]
    .slice(0, most)
    .map(([, text = '']) => text)

type Looks = { raw: RawRequest; params: unknown; key: DirectoryKey; nonce: string }

/**
 * The rows to be read ahead of a request, but for its key's own: those that the stack asks for, and where the caller
 * has a role for the route, those that its door does.
 *
 * @param isRefused whether this instance knows already that it will refuse a request: nothing is read for it
 */
export const foresee = <P, D extends SignedDeps & { requests: Partial<AnswerStore> }>(
  spec: RouteSpec,
  { ahead, deps }: { ahead: Ahead<P, D>; deps: D },
  isRefused: (request: { keyid: Keyid; nonce: string }) => boolean,
) => {
  const answerRow = (key: DirectoryKey, { headers }: RawRequest): readonly RowName[] => {
    const { answerAt } = deps.requests
    const given = IdempotencyKey.safeParse(headers['idempotency-key'])
    if (spec.idempotencyKey !== 'required' || !answerAt || !given.success) return []
    return [answerAt(answerName(key.keyid, given.data))]
  }

  const doorRows = ({ raw, params: sent, key, nonce }: Looks): readonly RowName[] => {
    const params = spec.params?.safeParse(sent ?? {})
    if (params?.success === false || !spec.roles.some(role => key.roles.includes(role))) return []
    const request = { caller: key, nonce, params: params?.data as P, body: raw.body }
    return [...answerRow(key, raw), ...ahead(request, deps)]
  }

  return (request: Looks): readonly RowName[] => {
    const head = deps.accessLog.sizeAt()
    if (isRefused({ keyid: request.key.keyid, nonce: request.nonce })) return head
    return [...head, ...deps.rate.bucketAt(request.key.keyid), ...doorRows(request)]
  }
}
