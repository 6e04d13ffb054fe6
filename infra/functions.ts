// The permission table: what each function answers to and what it may touch, one entry each, reviewed as one table. A
// capability's IAM actions and environment stand in capabilities.ts; test/infra/permissions.test.ts shows both as
// deployed.
import type { Capability } from './capabilities.ts'

/** As API Gateway spells a route key; `$default` takes what no other route does. */
export type RouteKey = `${'GET' | 'HEAD' | 'POST'} /v1/${string}` | '$default'

export type HubFunction = {
  readonly name: string
  /** `functions/<module>.ts` exports its `handler`. */
  readonly module: string
  readonly trigger: { readonly routes: readonly RouteKey[] } | { readonly everyMinutes: number }
  readonly may: readonly Capability[]
  /** Default 10 for routes, 55 on a schedule (under the minute, so that two passes seldom meet). */
  readonly timeoutSeconds?: number
  /** Default 512. */
  readonly memoryMb?: number
  /**
   * Told the host that callers sign (AUTHORITY), without any permission; functions that verify signatures are told anyway.
   */
  readonly saysWhere?: true
}

// oxfmt-ignore
export const hubFunctions: readonly HubFunction[] = [
  { name: 'post-referral', module: 'referral/post', trigger: { routes: ['POST /v1/referrals'] },
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:add', 'envelopes:add', 'consents:append', 'referral-keys:add', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'envelope:seal', 'guard:mac', 'inbox:send'] },
  { name: 'get-referral', module: 'referral/get', trigger: { routes: ['GET /v1/referrals', 'GET /v1/referrals/{referralId}'] },
    may: ['directory:read', 'requests:spend', 'referrals:read', 'referrals:list', 'referral-keys:read', 'access-log:append', 'access-log:tell-size', 'guard:mac'] },
  { name: 'post-status', module: 'referral/status', trigger: { routes: ['POST /v1/referrals/{referralId}/status'] },
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:change', 'referrals:release-guards', 'referral-keys:read', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'guard:mac', 'inbox:send'] },
  // Its answers go to the recipient alone, who has no own number to be opened: no KMS.
  { name: 'post-milestone', module: 'referral/milestone', trigger: { routes: ['POST /v1/referrals/{referralId}/milestones', 'POST /v1/referrals/{referralId}/milestones/{n}/void'] },
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:change', 'consents:read', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'inbox:send'] },
  { name: 'release-referral', module: 'referral/release', trigger: { routes: ['POST /v1/referrals/{referralId}/release'] },
    may: ['directory:read', 'requests:spend', 'referrals:change', 'envelopes:read', 'consents:read', 'consents:hold', 'referral-keys:read', 'access-log:append', 'access-log:tell-size', 'access-log:sequence', 'log:sign', 'envelope:open'] },
  // Waits for messages for up to 20 s before it opens them. With a cold start of a second within the 29 s after which a
  // gateway gives up.
  { name: 'pull-inbox', module: 'inbox/pull', trigger: { routes: ['POST /v1/inbox/pull'] }, timeoutSeconds: 28,
    may: ['directory:read', 'requests:spend', 'requests:wait', 'referrals:change', 'consents:read', 'consents:hold', 'referral-keys:read', 'access-log:append', 'access-log:tell-size', 'access-log:sequence', 'log:sign', 'envelope:open', 'guard:mac', 'inbox:receive', 'inbox:settle'] },
  { name: 'ack-inbox', module: 'inbox/ack', trigger: { routes: ['POST /v1/inbox/ack', 'POST /v1/inbox/return'] },
    may: ['directory:read', 'requests:spend', 'referrals:change', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'outbox:settle', 'guard:mac', 'inbox:send', 'inbox:settle'] },
  { name: 'read-access-log', module: 'access-log/read', trigger: { routes: ['GET /v1/access-log/checkpoint', 'GET /v1/access-log/public-key', 'GET /v1/access-log/entries/{index}', 'GET /v1/access-log/entries/{index}/proof', 'GET /v1/access-log/tile/{tile+}', 'GET /v1/access-log/tile/entries/{bundle+}', 'GET /v1/access-log/cosignatures'] },
    may: ['directory:read', 'requests:spend', 'access-log:append', 'access-log:tell-size', 'access-log:read', 'log:public-key'] },
  // It can verify the log's signature and make none.
  { name: 'cosign-access-log', module: 'access-log/cosign', trigger: { routes: ['POST /v1/access-log/cosignatures'] },
    may: ['directory:read', 'requests:spend', 'requests:answer', 'access-log:append', 'access-log:tell-size', 'access-log:prove', 'access-log:cosign', 'log:public-key'] },
  { name: 'get-keys', module: 'institution/get-keys', trigger: { routes: ['GET /v1/institutions', 'GET /v1/institutions/{institution}/keys'] },
    may: ['directory:read', 'requests:spend', 'access-log:append', 'access-log:tell-size'] },
  { name: 'get-me', module: 'institution/get-me', trigger: { routes: ['GET /v1/me'] },
    may: ['directory:read', 'requests:spend', 'access-log:append', 'access-log:tell-size', 'log:public-key'] },
  // The only one that writes the directory. Needs neither KMS nor a queue: a revocation must work when they do not.
  { name: 'change-key', module: 'institution/change-key', trigger: { routes: ['POST /v1/institutions/{institution}/keys', 'POST /v1/institutions/{institution}/keys/{keyid}/confirmation', 'POST /v1/institutions/{institution}/keys/{keyid}/revocation'] },
    may: ['directory:read', 'directory:change', 'requests:spend', 'requests:answer', 'access-log:append', 'access-log:tell-size'] },
  { name: 'get-receipt', module: 'referral/receipt', trigger: { routes: ['GET /v1/referrals/{referralId}/receipt'] },
    may: ['directory:read', 'requests:spend', 'referrals:read', 'access-log:append', 'access-log:tell-size', 'access-log:of-referral', 'access-log:entries', 'access-log:prove'] },
  { name: 'get-consent', module: 'consent/get', trigger: { routes: ['GET /v1/consents/{consentId}', 'GET /v1/consents/{consentId}/certificate'] },
    may: ['directory:read', 'requests:spend', 'referrals:read', 'consents:read', 'access-log:append', 'access-log:tell-size', 'access-log:of-referral', 'access-log:entries', 'access-log:sequence', 'log:sign'] },
  // Destroys without KMS: a withdrawal must work when KMS does not.
  { name: 'withdraw-consent', module: 'consent/withdraw', trigger: { routes: ['POST /v1/consents/{consentId}/withdrawal'] },
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:change', 'referrals:release-guards', 'envelopes:destroy', 'consents:read', 'consents:append', 'referral-keys:destroy', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'inbox:send'] },
  { name: 'confirm-deletion', module: 'consent/confirm-deletion', trigger: { routes: ['POST /v1/consents/{consentId}/deletion-confirmation'] },
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:change', 'consents:read', 'consents:append', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'inbox:send'] },
  // Places and signs what is pending before it answers, so that every entry shown has its index.
  { name: 'get-access-log', module: 'access-log/get', trigger: { routes: ['GET /v1/access-log', 'GET /v1/access-log/summary'] },
    may: ['directory:read', 'requests:spend', 'access-log:append', 'access-log:tell-size', 'access-log:about', 'access-log:pick', 'access-log:sequence', 'access-log:index', 'access-log:count', 'log:sign'] },
  { name: 'get-health', module: 'hub/get-health', trigger: { routes: ['GET /v1/health', 'HEAD /v1/health'] },
    may: ['directory:read', 'requests:probe', 'envelope:describe', 'inbox:probe'] },
  // Also answers 404 to every path that is no route, and 405 to another method on one that is.
  { name: 'get-openapi', module: 'hub/get-openapi', trigger: { routes: ['GET /v1/openapi.json', 'HEAD /v1/openapi.json', '$default'] }, saysWhere: true,
    may: [] },
  { name: 'relay-outbox', module: 'inbox/relay-outbox', trigger: { everyMinutes: 1 },
    may: ['directory:list', 'outbox:due', 'outbox:sweep', 'envelopes:send', 'inbox:send'] },
  { name: 'run-due-work', module: 'hub/run-due-work', trigger: { everyMinutes: 1 },
    may: ['directory:read', 'referrals:due', 'referrals:change', 'referrals:release-guards', 'envelopes:destroy', 'consents:read', 'consents:append', 'referral-keys:destroy', 'access-log:append', 'outbox:send', 'inbox:send'] },
  { name: 'sequence-access-log', module: 'access-log/sequence', trigger: { everyMinutes: 1 },
    may: ['access-log:sequence', 'access-log:index', 'access-log:count', 'log:sign'] },
]
