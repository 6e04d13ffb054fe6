// The permission table: what each function answers to and what it may touch, one entry each, reviewed as one table. A
// capability's IAM actions and environment stand in capabilities.ts; docs/reference/permissions.md shows both as
// deployed, with why.
import type { Capability } from './capabilities.ts'

/** As API Gateway spells a route key; `$default` takes what no other route does. */
export type RouteKey =
  | `${'GET' | 'HEAD' | 'POST'} /v1/${string}`
  | `${'GET' | 'HEAD'} ${'/' | '/console' | '/console/{file+}'}`
  | '$default'

export type HubFunction = {
  readonly name: string
  /** `functions/<module>.ts` exports its `handler`. */
  readonly module: string
  /** What it is for, and what it is not given for that reason: whole sentences, which `npm run permissions` shows. */
  readonly why: string
  readonly trigger: { readonly routes: readonly RouteKey[] } | { readonly everyMinutes: number }
  readonly may: readonly Capability[]
  /** Default 10 for routes, 55 on a schedule (under the minute, so that two passes seldom meet). */
  readonly timeoutSeconds?: number
  /** Default 512. */
  readonly memoryMb?: number
  /**
   * Told the host that callers sign (AUTHORITY), without any permission; functions that verify signatures are told
   * anyway.
   */
  readonly saysWhere?: true
}

// oxfmt-ignore
export const hubFunctions: readonly HubFunction[] = [
  { name: 'post-referral', module: 'referral/post', trigger: { routes: ['POST /v1/referrals'] },
    why: 'Takes a referral in: judges it, seals it, keeps it, and tells the recipient’s inbox. It opens nothing, not even what it sealed.',
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:add', 'referrals:guard', 'progress:count', 'envelopes:add', 'consents:append', 'agreements:hold', 'referral-keys:add', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'envelope:seal', 'guard:mac', 'inbox:send'] },
  { name: 'get-referral', module: 'referral/get', trigger: { routes: ['GET /v1/referrals', 'GET /v1/referrals/{referralId}'] },
    why: 'Shows headers to both parties. It opens no content: its one key makes keyed hashes.',
    may: ['directory:read', 'requests:spend', 'referrals:read', 'referrals:by-folio', 'referrals:list', 'referral-keys:read', 'access-log:append', 'access-log:tell-size', 'guard:mac'] },
  { name: 'post-status', module: 'referral/status', trigger: { routes: ['POST /v1/referrals/{referralId}/status'] },
    why: 'Moves a referral on, and tells the other side. It reads the wrapped key only for the sender’s own number, which it then shows the sender.',
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:change', 'referrals:release-guards', 'progress:count', 'agreements:ended', 'referral-keys:read', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'guard:mac', 'inbox:send'] },
  { name: 'post-milestone', module: 'referral/milestone', trigger: { routes: ['POST /v1/referrals/{referralId}/milestones', 'POST /v1/referrals/{referralId}/milestones/{n}/void'] },
    why: 'Records how far the person has come. Its answers go to the recipient alone, who has no own number to be opened: no KMS.',
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:change', 'progress:count', 'agreements:ended', 'consents:read', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'inbox:send'] },
  { name: 'post-handover', module: 'referral/handover', trigger: { routes: ['POST /v1/referrals/{referralId}/handover'] },
    why: 'Makes a referral to an onward recipient out of one that was received, under the same consent and key. It passes on what is sealed, without KMS: it opens nothing and seals nothing.',
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:add', 'referrals:change', 'progress:count', 'envelopes:add', 'envelopes:read', 'consents:read', 'consents:hold', 'agreements:hold', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'inbox:send'] },
  { name: 'release-referral', module: 'referral/release', trigger: { routes: ['POST /v1/referrals/{referralId}/release'] },
    why: 'Opens one referral for one purpose, after the entry that says so is covered by a signed checkpoint.',
    may: ['directory:read', 'requests:spend', 'referrals:change', 'envelopes:read', 'consents:read', 'consents:hold', 'referral-keys:read', 'access-log:append', 'access-log:tell-size', 'access-log:sequence', 'access-log:cover', 'log:sign', 'agreements:hold', 'envelope:open'] },
  // Waits for messages for up to 20 s before it opens them. With a cold start of a second within the 29 s after which a
  // gateway gives up. Half the memory of others, since waiting is paid by it (npm run cost).
  { name: 'pull-inbox', module: 'inbox/pull', trigger: { routes: ['POST /v1/inbox/pull'] }, timeoutSeconds: 28, memoryMb: 256,
    why: 'Gives an institution its messages and, where asked, opens them, each after its entry is covered by a signed checkpoint.',
    may: ['directory:read', 'requests:spend', 'requests:wait', 'referrals:change', 'consents:read', 'consents:hold', 'referral-keys:read', 'access-log:append', 'access-log:tell-size', 'access-log:sequence', 'access-log:cover', 'log:sign', 'agreements:hold', 'outbox:order', 'envelope:open', 'guard:mac', 'inbox:receive', 'inbox:settle'] },
  { name: 'ack-inbox', module: 'inbox/ack', trigger: { routes: ['POST /v1/inbox/ack', 'POST /v1/inbox/return'] },
    why: 'Ends a delivery, or gives it back; the sender is told that it has arrived.',
    may: ['directory:read', 'requests:spend', 'referrals:change', 'progress:count', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'outbox:settle', 'guard:mac', 'inbox:send', 'inbox:settle'] },
  { name: 'redrive-inbox', module: 'inbox/redrive', trigger: { routes: ['POST /v1/inbox/redrive'] }, timeoutSeconds: 28,
    why: 'Sends an institution again what its queue has lost or parked. It carries sealed content and can open none.',
    may: ['directory:read', 'requests:spend', 'access-log:append', 'access-log:tell-size', 'outbox:due', 'outbox:redrive', 'referrals:read', 'envelopes:send', 'inbox:send', 'inbox:count'] },
  { name: 'read-access-log', module: 'access-log/read', trigger: { routes: ['GET /v1/access-log/checkpoint', 'GET /v1/access-log/public-key', 'GET /v1/access-log/entries/{index}', 'GET /v1/access-log/entries/{index}/proof', 'GET /v1/access-log/tile/{tile+}', 'GET /v1/access-log/tile/entries/{bundle+}', 'GET /v1/access-log/cosignatures'] },
    why: 'Gives the log itself to auditors. It can verify the log’s signature and make none.',
    may: ['directory:read', 'requests:spend', 'access-log:append', 'access-log:tell-size', 'access-log:read', 'log:public-key'] },
  { name: 'cosign-access-log', module: 'access-log/cosign', trigger: { routes: ['POST /v1/access-log/cosignatures'] },
    why: 'Keeps what institutions countersign. It can verify the log’s signature and make none.',
    may: ['directory:read', 'requests:spend', 'requests:answer', 'access-log:append', 'access-log:tell-size', 'access-log:prove', 'access-log:cosign', 'log:public-key'] },
  { name: 'get-keys', module: 'institution/get-keys', trigger: { routes: ['GET /v1/institutions', 'GET /v1/institutions/{institution}/keys'] },
    why: 'Shows institutions and their public keys.',
    may: ['directory:read', 'requests:spend', 'access-log:append', 'access-log:tell-size'] },
  { name: 'get-me', module: 'institution/get-me', trigger: { routes: ['GET /v1/me'] },
    why: 'Tells a caller who they are to the hub, and the log’s key.',
    may: ['directory:read', 'requests:spend', 'access-log:append', 'access-log:tell-size', 'log:public-key'] },
  { name: 'change-key', module: 'institution/change-key', trigger: { routes: ['POST /v1/institutions/{institution}/keys', 'POST /v1/institutions/{institution}/keys/{keyid}/confirmation', 'POST /v1/institutions/{institution}/keys/{keyid}/revocation'] },
    why: 'The only one that writes keys. Needs neither KMS nor a queue: a revocation must work when they do not.',
    may: ['directory:read', 'directory:change', 'requests:spend', 'requests:answer', 'access-log:append', 'access-log:tell-size'] },
  { name: 'get-agreement', module: 'agreement/get', trigger: { routes: ['GET /v1/agreements', 'GET /v1/agreements/{agreementId}'] },
    why: 'Shows the parties their agreements: terms, state, notices and deadlines.',
    may: ['directory:read', 'agreements:read', 'requests:spend', 'access-log:append', 'access-log:tell-size'] },
  { name: 'post-notice', module: 'agreement/notice', trigger: { routes: ['POST /v1/agreements/{agreementId}/notices'] },
    why: 'Takes a signatory’s notice, and changes the agreement by it. Needs neither KMS nor a queue: a breach must freeze when they do not answer.',
    may: ['directory:read', 'agreements:read', 'agreements:notice', 'referrals:walk-anew', 'requests:spend', 'requests:answer', 'access-log:append', 'access-log:tell-size'] },
  { name: 'get-receipt', module: 'referral/receipt', trigger: { routes: ['GET /v1/referrals/{referralId}/receipt'] },
    why: 'Gives the sender a proof that a referral is in the log.',
    may: ['directory:read', 'requests:spend', 'referrals:read', 'access-log:append', 'access-log:tell-size', 'access-log:of-referral', 'access-log:entries', 'access-log:prove'] },
  { name: 'get-consent', module: 'consent/get', trigger: { routes: ['GET /v1/consents/{consentId}', 'GET /v1/consents/{consentId}/certificate'] },
    why: 'Shows a consent’s ledger, and the certificate of its end, whose entries it places and signs first.',
    may: ['directory:read', 'requests:spend', 'referrals:read', 'consents:read', 'access-log:append', 'access-log:tell-size', 'access-log:of-referral', 'access-log:entries', 'access-log:sequence', 'log:sign'] },
  { name: 'withdraw-consent', module: 'consent/withdraw', trigger: { routes: ['POST /v1/consents/{consentId}/withdrawal'] },
    why: 'Ends a consent, and destroys what was shared under it. Destroys without KMS: a withdrawal must work when KMS does not.',
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:change', 'referrals:release-guards', 'progress:count-and-forget', 'envelopes:destroy', 'consents:read', 'consents:append', 'referral-keys:destroy', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'inbox:send'] },
  { name: 'confirm-deletion', module: 'consent/confirm-deletion', trigger: { routes: ['POST /v1/consents/{consentId}/deletion-confirmation'] },
    why: 'Takes the recipient’s word that its copy is deleted.',
    may: ['directory:read', 'requests:spend', 'requests:answer', 'referrals:change', 'consents:read', 'consents:append', 'access-log:append', 'access-log:tell-size', 'outbox:send', 'inbox:send'] },
  { name: 'get-access-log', module: 'access-log/get', trigger: { routes: ['GET /v1/access-log', 'GET /v1/access-log/summary'] },
    why: 'Answers compliance officers. Places and signs what is pending before it answers, so that every entry shown has its index.',
    may: ['directory:read', 'requests:spend', 'access-log:append', 'access-log:tell-size', 'access-log:about', 'access-log:pick', 'access-log:sequence', 'access-log:index', 'access-log:counted', 'log:sign'] },
  { name: 'get-progress', module: 'reports/progress', trigger: { routes: ['GET /v1/reports/progress'] },
    why: 'Shows both parties how far the persons of an agreement have come. It reads counters: no referral, and nobody’s row.',
    may: ['directory:read', 'requests:spend', 'progress:report', 'access-log:append', 'access-log:tell-size'] },
  { name: 'get-health', module: 'hub/get-health', trigger: { routes: ['GET /v1/health', 'HEAD /v1/health'] },
    why: 'Says whether tables, keys and queues answer. It reads nothing of anybody.',
    may: ['directory:read', 'requests:probe', 'envelope:describe', 'inbox:probe'] },
  { name: 'get-openapi', module: 'hub/get-openapi', trigger: { routes: ['GET /v1/openapi.json', 'HEAD /v1/openapi.json', '$default'] }, saysWhere: true,
    why: 'Serves the contract. Also answers 404 to every path that is no route, and 405 to another method on one that is.',
    may: [] },
  { name: 'get-console', module: 'console/get', trigger: { routes: ['GET /', 'HEAD /', 'GET /console', 'HEAD /console', 'GET /console/{file+}', 'HEAD /console/{file+}'] }, saysWhere: true,
    why: 'Serves the console’s files, which have nothing of anybody in them: whoever uses the console signs, as systems do.',
    may: [] },
  { name: 'relay-outbox', module: 'inbox/relay-outbox', trigger: { everyMinutes: 1 },
    why: 'Sends again what an inbox is owed and has not acknowledged. It carries sealed content and can open none.',
    may: ['directory:list', 'outbox:due', 'outbox:sweep', 'envelopes:send', 'inbox:send'] },
  { name: 'run-due-work', module: 'hub/run-due-work', trigger: { everyMinutes: 1 },
    why: 'Does what time alone brings about: tells of silence and of ends, ends what has expired, and destroys what is past its retention, without KMS. Has the log say when another console is served.',
    may: ['directory:read', 'referrals:due', 'referrals:walk', 'referrals:change', 'referrals:release-guards', 'progress:count-and-forget', 'envelopes:destroy', 'consents:read', 'consents:append', 'referral-keys:destroy', 'access-log:append', 'access-log:tell-console', 'outbox:send', 'inbox:send'] },
  { name: 'sequence-access-log', module: 'access-log/sequence', trigger: { everyMinutes: 1 },
    why: 'Places, signs, indexes and counts what is pending in the log, each minute.',
    may: ['access-log:sequence', 'access-log:index', 'access-log:count', 'log:sign'] },
]
