// The client's half about agreements: what our institution agreed to, and the notices that its signatories give.
import type { AgreementView, NoticeCommand, NoticeView } from '../schemas/notice.ts'
import { randomToken } from '../signatures/keys.ts'
import type { Request } from './request.ts'

export const agreementMethods = (request: Request) => ({
  /** A page of the agreements that our institution is party to, in the order of their ids. */
  listAgreements: (query: { limit?: number; cursor?: string } = {}) =>
    request<{ items: AgreementView[]; next?: string }>('GET', '/v1/agreements', { query }),

  /** An agreement as it stands now, with all its notices. */
  getAgreement: (agreementId: string) =>
    request<AgreementView>('GET', `/v1/agreements/${agreementId}`),

  /**
   * Gives notice (a signatory's key). Renewals, amendments and lifts take effect once each party has stated the same,
   * which `digest` shows; the others at once.
   */
  giveNotice: (agreementId: string, notice: NoticeCommand, idempotencyKey = randomToken(16)) =>
    request<NoticeView>('POST', `/v1/agreements/${agreementId}/notices`, {
      body: notice,
      idempotencyKey,
    }),
})
