// First of the stack: who sent a request, and what is kept of it as evidence.
import type { Actor } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import { pathPattern } from '../../schemas/route-path.ts'
import type { RouteSpec } from '../../schemas/routes.ts'
import { SignatureRefused } from '../../signatures/refusal.ts'
import { verifyRequest } from '../../signatures/verify.ts'
import type { SignedDeps } from '../aws/bind.ts'
import { type KnownRows, noRows } from '../aws/known-rows.ts'
import { now } from '../aws/runtime.ts'
import type { foresee } from './ahead.ts'
import { readRequest } from './request.ts'
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
