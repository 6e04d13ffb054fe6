// The hub's HTTP contract as functions: signs, sends, retries where it is safe, reads problems. fetch and Web Crypto
// only. Answers carry the types that the contract promises; they are not checked here.
import { logMethods } from './access-log.ts'
import { agreementMethods } from './agreements.ts'
import { consentMethods } from './consents.ts'
import { handoverMethods } from './handover.ts'
import { inboxMethods } from './inbox.ts'
import { institutionMethods } from './institutions.ts'
import { milestoneMethods } from './milestones.ts'
import { referralMethods } from './referrals.ts'
import { reportMethods } from './reports.ts'
import { type HubClientOptions, requestBy, senderOf } from './request.ts'
import { hubTime } from './send.ts'

export type { LogFilters } from './access-log.ts'
export type { PullOptions } from './inbox.ts'
export type { Page } from './pages.ts'
export type { ListFilters, Released } from './referrals.ts'
export type { HubClientOptions, RequestOptions } from './request.ts'

export type HubClient = ReturnType<typeof hubClient>

/**
 * A client for one key. Every method resolves to `{ status, headers, body }`.
 * @throws HubError (code, status, title, errors, instance, retryAfter) when the hub refuses · HubUnreachable when no
 * answer came · the reason of `stop` once that is aborted
 */
export function hubClient(options: HubClientOptions) {
  const sender = senderOf(options)
  const request = requestBy(sender, options)
  return {
    request,
    /**
     * The hub's time as far as it is known: ours, or what was taken over from a hub whose clock is set (`followClock`).
     */
    hubTime: () => hubTime(sender),
    ...referralMethods(request),
    ...inboxMethods(request),
    ...consentMethods(request),
    ...institutionMethods(request),
    ...agreementMethods(request),
    ...milestoneMethods(request),
    ...handoverMethods(request),
    ...reportMethods(request),
    ...logMethods(request),
    /** 200 only when table, queue and key really answer; a HubError otherwise. */
    health: () => request('GET', '/v1/health', { signed: false }),
    /** The contract as OpenAPI 3.1. */
    openapi: () => request<Record<string, unknown>>('GET', '/v1/openapi.json', { signed: false }),
  }
}
