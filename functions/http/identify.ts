// First of the stack: who sent a request, and what is kept of it as evidence.
import type { Actor } from '../../events/access-log.ts'
import { Refused } from '../../events/refusal.ts'
import { pathPattern } from '../../schemas/route-path.ts'
import type { RouteSpec } from '../../schemas/routes.ts'
import { SignatureRefused } from '../../signatures/refusal.ts'
import { verifyRequest } from '../../signatures/verify.ts'
import type { SignedDeps } from '../aws/bind.ts'
import { now } from '../aws/runtime.ts'
import { readRequest } from './request.ts'
import type { Arrived, Identified } from './respond.ts'

/**
 * What is kept of a request for ever. 256 such entries are a bundle of the log, which a Lambda must be able to answer
 * (6 MB, as base64).
 */
const maxEvidenceBytes = 16_384

/** Verifies the signature; from here on the request has a caller and may have effects. */
export const identify = (spec: RouteSpec, deps: SignedDeps) => {
  const path = pathPattern(spec.path)
  return async (arrived: Arrived): Promise<Identified> => {
    const { event, id, about } = arrived
    const raw = readRequest(event)
    // However the gateway came to this route: the entry's path must say which it was.
    if (!path.test(raw.path))
      throw new Refused('malformed-request', [{ pointer: '', code: 'path-of-route' }])
    const { key, nonce, covered } = await verified(raw, {
      authority: deps.authority,
      now: now(),
      findKey: async keyid => (arrived.claimed = await deps.directory.findKey(keyid)),
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
    arrived.identified = { event, id, about, raw, nonce, roles, caller, committing }
    return arrived.identified
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
