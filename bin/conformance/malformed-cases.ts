// What is refused for its form or its content, whoever asks.
import { randomToken } from '../../signatures/keys.ts'
import { type Case, igm, made, mine, post } from './case.ts'
import { submission } from './person.ts'

export const malformedCases: Case[] = [
  made('malformed', 422, 'invalid-request', [igm])(
    'un miembro que el contrato no tiene',
    'a member that the contract has not',
    kit => kit.call(igm, post('/v1/referrals', { ...submission(kit.now()), more: true })),
  ),
  made('malformed', 400, 'idempotency-key-missing', [igm])(
    'sin Idempotency-Key',
    'no Idempotency-Key',
    kit => kit.call(igm, post('/v1/referrals', submission(kit.now()), false)),
  ),
  made('malformed', 400, 'idempotency-key-malformed', [igm])(
    'una Idempotency-Key entre comillas',
    'an Idempotency-Key in quotes',
    kit => {
      const request = post('/v1/referrals', submission(kit.now()))
      return kit.call(igm, { ...request, headers: { 'idempotency-key': `"${randomToken(16)}"` } })
    },
  ),
  made('malformed', 405, 'method-not-allowed', [igm])(
    'un método que la ruta no tiene',
    'a method that the route has not',
    kit => kit.call(igm, { method: 'DELETE', target: '/v1/referrals' }),
  ),
  made('malformed', 422, 'invalid-request', [igm])('un filtro vacío', 'an empty filter', kit =>
    kit.call(igm, { target: '/v1/referrals?direction=sent&status=' }),
  ),
  made('malformed', 400, 'malformed-request', [igm])(
    'If-Match sin comillas',
    'an If-Match without quotes',
    kit => {
      const request = post(`${mine(kit)}/status`, { status: 'cancelled', reason: 'duplicate' })
      return kit.call(igm, { ...request, headers: { ...request.headers, 'if-match': '1' } })
    },
  ),
  made('malformed', 400, 'malformed-request', [igm])('no es JSON', 'not JSON', kit =>
    kit.call(igm, post('/v1/referrals', '{')),
  ),
  made('malformed', 428, 'precondition-required', [igm])(
    'cambiar de estado sin If-Match',
    'a status change without If-Match',
    kit => kit.call(igm, post(`${mine(kit)}/status`, { status: 'cancelled', reason: 'duplicate' })),
  ),
  made('malformed', 422, 'consent-expired', [igm])(
    'un consentimiento vencido',
    'a consent that has run out',
    kit =>
      kit.call(
        igm,
        post('/v1/referrals', submission(new Date(kit.now().getTime() - 120 * 86_400_000))),
      ),
  ),
]
