// The client's half about consents: reading one, withdrawing it, confirming deletion, the certificate of what was
// destroyed.
import type { Certificate } from '../schemas/certificate.ts'
import type { ConsentView, WithdrawalCommand } from '../schemas/consent.ts'
import { randomToken } from '../signatures/keys.ts'
import type { Request } from './request.ts'
import type { HubAnswer } from './send.ts'

/** As its caller writes it: the hub checks that `at` is RFC 3339, UTC, with milliseconds. */
type Withdrawal = Omit<WithdrawalCommand, 'at'> & { at: string }

export function consentMethods(request: Request) {
  function certificate(consentId: string, as: { html: true }): Promise<HubAnswer<string>>
  function certificate(consentId: string, as?: { html?: false }): Promise<HubAnswer<Certificate>>
  function certificate(consentId: string, { html = false } = {}) {
    const headers = { accept: html ? 'text/html' : 'application/json' }
    return request('GET', `/v1/consents/${consentId}/certificate`, { headers })
  }

  return {
    /** What a consent permits and what happened to it; nobody's name. */
    getConsent: (consentId: string) => request<ConsentView>('GET', `/v1/consents/${consentId}`),

    /**
     * Withdraws a consent for its person: the hub destroys the content at once and for good. `at` is when the person
     * said so. Doing it again does no harm.
     */
    withdrawConsent: (consentId: string, command: Withdrawal, idempotencyKey = randomToken(16)) =>
      request<ConsentView>('POST', `/v1/consents/${consentId}/withdrawal`, {
        body: command,
        idempotencyKey,
      }),

    /** The recipient's word that it deleted what it held. `at` is when it had. Doing it again does no harm. */
    confirmDeletion: (
      consentId: string,
      command: { at: string },
      idempotencyKey = randomToken(16),
    ) =>
      request<ConsentView>('POST', `/v1/consents/${consentId}/deletion-confirmation`, {
        body: command,
        idempotencyKey,
      }),

    /** What was destroyed, what remains and why; with `html` a page to print, in the client's language. */
    certificate,
  }
}
