// What is refused for its form or its content, whoever asks.
import { randomToken } from '../../signatures/keys.ts'
import { type Case, igm, made, mine, post } from './case.ts'
import { submission } from './person.ts'

export const malformedCases: Case[] = [
  made('malformed', 422, 'invalid-request', [igm])('unknown-member', kit =>
    kit.call(igm, post('/v1/referrals', { ...submission(kit.now()), more: true })),
  ),
  made('malformed', 400, 'idempotency-key-missing', [igm])('no-idempotency-key', kit =>
    kit.call(igm, post('/v1/referrals', submission(kit.now()), false)),
  ),
  made('malformed', 400, 'idempotency-key-malformed', [igm])('quoted-idempotency-key', kit => {
    const request = post('/v1/referrals', submission(kit.now()))
    return kit.call(igm, { ...request, headers: { 'idempotency-key': `"${randomToken(16)}"` } })
  }),
  made('malformed', 405, 'method-not-allowed', [igm])('unknown-method', kit =>
    kit.call(igm, { method: 'DELETE', target: '/v1/referrals' }),
  ),
  made('malformed', 422, 'invalid-request', [igm])('empty-filter', kit =>
    kit.call(igm, { target: '/v1/referrals?direction=sent&status=' }),
  ),
  made('malformed', 400, 'malformed-request', [igm])('unquoted-if-match', kit => {
    const request = post(`${mine(kit)}/status`, { status: 'cancelled', reason: 'duplicate' })
    return kit.call(igm, { ...request, headers: { ...request.headers, 'if-match': '1' } })
  }),
  made('malformed', 400, 'malformed-request', [igm])('not-json', kit =>
    kit.call(igm, post('/v1/referrals', '{')),
  ),
  made('malformed', 428, 'precondition-required', [igm])('no-if-match', kit =>
    kit.call(igm, post(`${mine(kit)}/status`, { status: 'cancelled', reason: 'duplicate' })),
  ),
  made('malformed', 422, 'consent-expired', [igm])('expired-consent', kit =>
    kit.call(
      igm,
      post('/v1/referrals', submission(new Date(kit.now().getTime() - 120 * 86_400_000))),
    ),
  ),
]
