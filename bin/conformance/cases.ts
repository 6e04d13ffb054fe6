// The cases: what a partner's client must be able to do, and what the hub must refuse whoever asks for it. In order:
// later cases use what earlier ones made (`kit.state`).
import { dayOf } from '../../schemas/guatemala.ts'
import { randomToken } from '../../signatures/keys.ts'
import { agreementCases } from './agreement-cases.ts'
import { type Case, ala, always, checked, igm, list, made, mine, post, submit } from './case.ts'
import type { Answer, Changes, Kit, Request } from './kit.ts'
import { malformedCases } from './malformed-cases.ts'
import { programmeCases } from './programme-cases.ts'

const golden = (status: number, ...needs: string[]) => made('golden', status, undefined, needs)

const itemsOf = ({ body }: Answer) => (body as { items?: Record<string, unknown>[] }).items ?? [{}]

const goldenCases: Case[] = [
  golden(200)('hub-healthy', kit =>
    kit.send({ method: 'GET', target: '/v1/health', headers: new Headers() }),
  ),
  golden(200)('contract-read-unsigned', kit =>
    kit.send({ method: 'GET', target: '/v1/openapi.json', headers: new Headers() }),
  ),
  golden(201, igm)('referral-submitted', async kit => {
    const request = submit(kit)
    const answer = await kit.call(igm, request)
    const { referralId, consentId, folio } = answer.body as Record<string, string>
    kit.state.set('folio', folio ?? '')
    kit.state.set('referralId', referralId ?? '')
    kit.state.set('consentId', consentId ?? '')
    kit.state.set('submitted', JSON.stringify(request))
    return answer
  }),
  golden(201, igm)('same-answer-to-a-retry', async kit => {
    const request = JSON.parse(kit.state.get('submitted') ?? '') as Request
    const answer = await kit.call(igm, request)
    const same = (answer.body as Record<string, string>).referralId === kit.state.get('referralId')
    const replayed = answer.headers.get('idempotency-replayed') === 'true'
    return checked(answer, same && replayed)
  }),
  golden(200, igm)('referral-read', kit => kit.call(igm, { target: mine(kit) })),
  golden(200, igm)('found-by-folio', async kit => {
    const spoken = (kit.state.get('folio') ?? '').toLowerCase().replaceAll('-', '')
    const answer = await kit.call(igm, { target: `/v1/referrals?direction=sent&folio=${spoken}` })
    const found = itemsOf(answer).map(({ referralId }) => referralId)
    return checked(answer, found.join() === kit.state.get('referralId'))
  }),
  golden(200, igm)('overdue-listed', async kit => {
    const answer = await kit.call(igm, { target: '/v1/referrals?direction=sent&overdue=true' })
    const items = itemsOf(answer)
    const fresh = items.some(({ referralId }) => referralId === kit.state.get('referralId'))
    const only = items.every(({ overdue }) => overdue === true)
    return checked(answer, only && !fresh)
  }),
  golden(200, igm)('who-signs', async kit => {
    const answer = await kit.call(igm, { target: '/v1/me' })
    const { keyid, institution, roles } = answer.body as Record<string, unknown>
    const same = keyid === kit.keyid(igm) && institution === 'IGM' && Array.isArray(roles)
    return checked(answer, same)
  }),
  golden(200, igm)('sent-listed', kit => kit.call(igm, list)),
  golden(200, igm)('id-in-upper-case', kit =>
    kit.call(igm, { target: mine(kit).replace(/[^/]+$/, id => id.toUpperCase()) }),
  ),
  golden(200, igm)('consent-read', kit =>
    kit.call(igm, { target: `/v1/consents/${kit.state.get('consentId')}` }),
  ),
  golden(200, igm)('more-components', kit =>
    kit.call(
      igm,
      { ...list, headers: { 'accept-language': 'en' } },
      { components: [...always, 'accept-language'] },
    ),
  ),
  golden(200, ala)('inbox-pulled', kit =>
    kit.call(ala, post('/v1/inbox/pull', { max: 1, waitSeconds: 0, visibilitySeconds: 30 }, false)),
  ),
  golden(200, 'igm-compliance')('log-queried', kit =>
    kit.call('igm-compliance', { target: '/v1/access-log?limit=1' }),
  ),
]

const tampered = made('tampered', 401, 'signature-invalid', [igm])
const incomplete = made('tampered', 401, 'signature-incomplete', [igm])
const altered = (changes: Changes) => (kit: Kit) => kit.call(igm, submit(kit), changes)
const without = (name: string) => (kit: Kit) =>
  kit.call(igm, submit(kit), {
    components: [...always, 'content-type', 'content-digest', 'idempotency-key'].filter(
      each => each !== name,
    ),
  })

const tamperedCases: Case[] = [
  made('tampered', 401, 'digest-mismatch', [igm])(
    'body-changed',
    altered({
      tamper: signed => void (signed.body = signed.body?.replace('routine', 'urgent') ?? ''),
    }),
  ),
  tampered('path-changed', kit =>
    kit.call(igm, list, { tamper: signed => void (signed.target = '/v1/access-log?limit=1') }),
  ),
  tampered('query-changed', kit =>
    kit.call(igm, list, {
      tamper: signed => void (signed.target = signed.target.replace('limit=1', 'limit=2')),
    }),
  ),
  tampered('method-changed', kit =>
    kit.call(igm, { ...list, method: 'POST' }, { tamper: signed => void (signed.method = 'GET') }),
  ),
  tampered(
    'idempotency-key-changed',
    altered({ tamper: ({ headers }) => headers.set('idempotency-key', randomToken(16)) }),
  ),
  tampered('another-key-signed', kit => kit.call(igm, list, { signedBy: ala })),
  tampered('another-tag', kit => kit.call(igm, list, { parameters: { tag: 'web' } })),
  tampered('short-nonce', kit => kit.call(igm, list, { parameters: { nonce: 'AAAA' } })),
  ...[...always, 'content-type', 'content-digest', 'idempotency-key'].map(name =>
    incomplete('not-covered', without(name), { name }),
  ),
  incomplete('no-nonce', kit => kit.call(igm, list, { parameters: { nonce: undefined } })),
  made('tampered', 401, 'signature-missing', [igm])('no-signature', kit =>
    kit.call(igm, list, { tamper: ({ headers }) => headers.delete('signature') }),
  ),
  made('tampered', 401, 'signature-missing', [igm])('another-label', kit =>
    kit.call(igm, list, { label: 'sig1' }),
  ),
  made('tampered', 401, 'key-unknown', [igm])('unknown-key', kit =>
    kit.call(igm, list, { parameters: { keyid: randomToken(32) } }),
  ),
]

const replayedCases: Case[] = [
  made('replayed', 401, 'nonce-reused', [igm])('request-twice', async kit => {
    const signed = await kit.sign(igm, list)
    await kit.send(signed)
    return kit.send(signed)
  }),
  made('replayed', 422, 'idempotency-key-reused', [igm])('key-of-another-request', kit => {
    const before = JSON.parse(kit.state.get('submitted') ?? '') as Request
    return kit.call(igm, { ...submit(kit), headers: before.headers ?? {} })
  }),
]

const expired = made('expired', 401, 'signature-expired', [igm])
const expiredCases: Case[] = [
  expired('signed-long-ago', kit => kit.call(igm, list, { createdIn: -600 })),
  expired('signed-in-the-future', kit => kit.call(igm, list, { createdIn: 90 })),
  expired('lives-too-long', kit => {
    const created = Math.floor(kit.now().getTime() / 1000)
    return kit.call(igm, list, { parameters: { created, expires: created + 301 } })
  }),
]

const forbidden = (...needs: string[]) => made('wrong-role', 403, 'forbidden', needs)
const wrongRoleCases: Case[] = [
  forbidden(igm, ala)('recipient-submits', kit => kit.call(ala, submit(kit))),
  forbidden(igm)('referrer-records-milestone', kit =>
    kit.call(
      igm,
      post(`${mine(kit)}/milestones`, {
        milestone: 'profiled',
        on: dayOf(kit.now().toISOString()),
      }),
    ),
  ),
  forbidden(igm)('system-reads-log', kit => kit.call(igm, { target: '/v1/access-log' })),
  forbidden(igm, 'oim-system')('stranger-reads', kit =>
    kit.call('oim-system', { target: mine(kit) }),
  ),
  forbidden(igm)('not-there', kit =>
    kit.call(igm, { target: mine(kit).replace(/.{12}$/, '0123456789ab') }),
  ),
]

export const cases: readonly Case[] = [
  ...goldenCases,
  ...tamperedCases,
  ...replayedCases,
  ...expiredCases,
  ...wrongRoleCases,
  ...malformedCases,
  ...programmeCases,
  ...agreementCases,
]
