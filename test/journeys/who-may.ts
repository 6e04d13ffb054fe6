// Who may call what, written down a second time: every signed route of schemas/routes.ts, and every caller of hub.json.
import { type RouteName, type RouteSpec, routes } from '../../schemas/routes.ts'
import { type CallerName, type HubPlace, hubFileOf } from './callers.ts'
import { type RawOptions, idempotencyKey } from './signed-requests.ts'
import { submissionOf } from './submissions.ts'

export type Caller = { name: CallerName; institution: string; roles: string[] }

export const signedRoutes = (Object.entries(routes) as [RouteName, RouteSpec][]).filter(
  ([, { roles }]) => roles.length > 0,
)
/** Parameters that name a thing which may exist or not; and what nothing is named. */
export const named = /\{(referralId|consentId|agreementId|keyid)\}/

/** Routes on which it is not enough to have the role: one must be a party. */
const partiesOnly = (name: RouteName) =>
  name === 'referral.submit' || name.startsWith('access-log.') || named.test(routes[name].path)
/** Keys are changed by their own institution, IGM; a key that is no liaison's or signatory's ends itself alone. */
const mayChangeKey = (name: RouteName, caller: Caller) =>
  caller.institution === 'IGM' &&
  (name !== 'key.revoke' ||
    caller.roles.some(role => ['liaison', 'signatory'].includes(role)) ||
    caller.name === 'igm-system')
export const isAllowed = (name: RouteName, caller: Caller): boolean =>
  routes[name].roles.some(role => caller.roles.includes(role)) &&
  (!partiesOnly(name) || ['IGM', 'ALA'].includes(caller.institution)) &&
  (!name.startsWith('key.') || mayChangeKey(name, caller))

/** What is there to ask for: a referral, its consent, and the handle of its message. */
export type Existing = { referralId: string; consentId: string; handle: string | undefined }

/**
 * A request for each route that would do, were the caller allowed to: about what exists, or about `id` in its place.
 */
export const requestsAbout = (hub: HubPlace, { handle, ...existing }: Existing) => {
  const bodies: Partial<Record<RouteName, () => object>> = {
    'referral.submit': () => submissionOf(2),
    'referral.status': () => ({ status: 'cancelled', reason: 'duplicate' }),
    'referral.milestone': () => ({ milestone: 'profiled', on: '2026-11-21' }),
    'referral.void-milestone': () => ({ reason: 'entered-in-error' }),
    'referral.handover': () => ({ recipient: 'OIM' }),
    'referral.release': () => ({ purpose: 'training-referral' }),
    'consent.withdraw': () => ({
      requestedBy: 'self',
      method: 'written',
      at: '2026-11-21T11:00:00.000Z',
    }),
    'consent.confirm-deletion': () => ({ at: '2026-11-21T11:00:00.000Z' }),
    'inbox.pull': () => ({ max: 1, waitSeconds: 0 }),
    'inbox.ack': () => ({ handles: [handle] }),
    'inbox.return': () => ({ handles: [handle] }),
    'inbox.redrive': () => ({}),
    'access-log.cosign': () => ({ checkpoint: 'none' }),
    // Refused for the caller, before anybody looks at key or proof.
    'key.enrol': () => ({
      jwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
      alg: 'ed25519',
      roles: ['referrer'],
      validUntil: '2027-11-21T12:00:00.000Z',
      proof: 'a.b.c',
    }),
    'key.confirm': () => ({ roles: ['referrer'], validUntil: '2027-11-21T12:00:00.000Z' }),
    'key.revoke': () => ({ reason: 'superseded' }),
    'agreement.notice': () => ({ kind: 'breach' }),
  }
  /** What each parameter of a path is, where the thing is there. */
  const present: Record<string, string> = {
    ...existing,
    n: '1',
    index: '0',
    'tile+': '0/000.p/1',
    'bundle+': '000.p/1',
    institution: 'IGM',
    agreementId: 'igm-ala-2026',
    keyid: hubFileOf(hub).keys.find(({ name }) => name === 'igm-system')?.keyid ?? '',
  }
  const queries: Partial<Record<RouteName, string>> = {
    'access-log.summary': 'from=2026-11-21&to=2026-11-21',
    'report.progress': 'agreementId=igm-ala-2026',
  }
  const absent = existing.referralId.replace(/.{12}$/, '0123456789ab')
  const absentKeyid = 'A'.repeat(43)

  const requestOf = (name: RouteName, id?: string): RawOptions => {
    const { method, path, idempotencyKey: keyed }: RouteSpec = routes[name]
    const body = bodies[name]?.()
    return {
      method,
      path: path.replaceAll(/\{([^}]+)\}/g, (hole, parameter: string) => {
        if (!id || !named.test(hole)) return present[parameter] as string
        return parameter === 'keyid' && id === absent ? absentKeyid : id
      }),
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(queries[name] ? { query: queries[name] } : {}),
      headers: {
        ...(keyed === 'required' ? { 'idempotency-key': idempotencyKey() } : {}),
        ...(name === 'referral.status' ? { 'if-match': '"1"' } : {}),
      },
    }
  }
  return { absent, requestOf }
}
