// The client's half about referrals: referring a person, reading and changing what became of it, opening its content.
import type { DataCategory, Purpose } from '../schemas/consent.ts'
import type { Projection } from '../schemas/payload.ts'
import type { Reason, ReferralHeader, Status } from '../schemas/referral.ts'
import { randomToken } from '../signatures/keys.ts'
import { type Page, everyOf } from './pages.ts'
import type { Request } from './request.ts'

/** Combinable. Several statuses: any of them. `overdue`: no decision by `respondBy`. */
export type ListFilters = {
  /** Where it is left out: what a referrer sent and anybody else received; with a folio, either. */
  direction?: 'sent' | 'received' | undefined
  /** What was handed over of this referral. */
  partOf?: string | undefined
  status?: string | readonly string[] | undefined
  updatedSince?: string | undefined
  /** In either case, with or without hyphens and check symbol. */
  folio?: string | undefined
  overdue?: true | undefined
  limit?: number | undefined
}

/** A referral's content, opened: what the consent permits for one purpose. */
export type Released = {
  referral: ReferralHeader
  payload: Projection
  withheld: DataCategory[]
  proof?: string
}

export function referralMethods(request: Request) {
  /** One page of headers, newest change first. `next` is the cursor of the following page. */
  const listReferrals = (filters: ListFilters, cursor?: string) =>
    request<Page<ReferralHeader>>('GET', '/v1/referrals', {
      query: { ...filters, overdue: filters.overdue && 'true', cursor },
    })

  return {
    /**
     * Refers a person. `submission` is the body of api.md, with its salt. The same idempotency key repeats, never
     * doubles.
     */
    submitReferral: (submission: object, idempotencyKey = randomToken(16)) =>
      request<ReferralHeader>('POST', '/v1/referrals', { body: submission, idempotencyKey }),

    /** The header of a referral; `headers.get('etag')` is what a status change is conditional on. */
    getReferral: (referralId: string) =>
      request<ReferralHeader>('GET', `/v1/referrals/${referralId}`),

    /** Changes the status. `ifMatch` is the ETag of the header it was decided on. */
    changeStatus: (
      referralId: string,
      change: { status: Status; reason?: Reason },
      ifMatch: string,
      idempotencyKey = randomToken(16),
    ) =>
      request<ReferralHeader>('POST', `/v1/referrals/${referralId}/status`, {
        body: change,
        headers: { 'if-match': ifMatch },
        idempotencyKey,
      }),

    /**
     * Opens a referral sent to us, the first time or again, for one purpose of its consent. Never repeated by itself:
     * each answer is its own disclosure.
     */
    release: (referralId: string, purpose: Purpose) =>
      request<Released>('POST', `/v1/referrals/${referralId}/release`, { body: { purpose } }),

    listReferrals,

    /** Every header, page after page. */
    everyReferral: (filters: ListFilters) => everyOf(cursor => listReferrals(filters, cursor)),
  }
}
