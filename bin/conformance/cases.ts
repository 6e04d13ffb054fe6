// The cases: what a partner's client must be able to do, and what the hub must refuse whoever asks for it. In order:
// later cases use what earlier ones made (`kit.state`).
import { dayOf } from '../../schemas/guatemala.ts'
import { randomToken } from '../../signatures/keys.ts'
import { type Case, ala, always, igm, list, made, mine, post, submit } from './case.ts'
import type { Answer, Changes, Kit, Request } from './kit.ts'
import { malformedCases } from './malformed-cases.ts'

const golden = (status: number, ...needs: string[]) => made('golden', status, undefined, needs)

const itemsOf = ({ body }: Answer) => (body as { items?: Record<string, unknown>[] }).items ?? [{}]

const goldenCases: Case[] = [
  golden(200)('el intercambio está sano', 'the hub is healthy', kit =>
    kit.send({ method: 'GET', target: '/v1/health', headers: new Headers() }),
  ),
  golden(200)('el contrato se lee sin firma', 'the contract is read unsigned', kit =>
    kit.send({ method: 'GET', target: '/v1/openapi.json', headers: new Headers() }),
  ),
  golden(201, igm)('se envía una referencia', 'a referral is submitted', async kit => {
    const request = submit(kit)
    const answer = await kit.call(igm, request)
    const { referralId, consentId, folio } = answer.body as Record<string, string>
    kit.state.set('folio', folio ?? '')
    kit.state.set('referralId', referralId ?? '')
    kit.state.set('consentId', consentId ?? '')
    kit.state.set('submitted', JSON.stringify(request))
    return answer
  }),
  golden(201, igm)(
    'el reintento con la misma Idempotency-Key da la misma respuesta',
    'a retry under the same Idempotency-Key gives the same answer',
    async kit => {
      const request = JSON.parse(kit.state.get('submitted') ?? '') as Request
      const answer = await kit.call(igm, request)
      const same =
        (answer.body as Record<string, string>).referralId === kit.state.get('referralId')
      const replayed = answer.headers.get('idempotency-replayed') === 'true'
      return same && replayed ? answer : { ...answer, status: 0 }
    },
  ),
  golden(200, igm)('se lee la referencia', 'the referral is read', kit =>
    kit.call(igm, { target: mine(kit) }),
  ),
  golden(200, igm)(
    'se busca por el folio, como se dicta por teléfono',
    'it is found by its folio, as said by telephone',
    async kit => {
      const spoken = (kit.state.get('folio') ?? '').toLowerCase().replaceAll('-', '')
      const answer = await kit.call(igm, { target: `/v1/referrals?direction=sent&folio=${spoken}` })
      const found = itemsOf(answer).map(({ referralId }) => referralId)
      return found.join() === kit.state.get('referralId') ? answer : { ...answer, status: 0 }
    },
  ),
  golden(200, igm)(
    'se listan las que esperan respuesta fuera de plazo, y solo ellas',
    'those that are overdue are listed, and only they',
    async kit => {
      const answer = await kit.call(igm, { target: '/v1/referrals?direction=sent&overdue=true' })
      const items = itemsOf(answer)
      const fresh = items.some(({ referralId }) => referralId === kit.state.get('referralId'))
      const only = items.every(({ overdue }) => overdue === true)
      return only && !fresh ? answer : { ...answer, status: 0 }
    },
  ),
  golden(200, igm)(
    'el intercambio dice por quién tiene a quien firma',
    'the hub says whom it takes the signer for',
    async kit => {
      const answer = await kit.call(igm, { target: '/v1/me' })
      const { keyid, institution, roles } = answer.body as Record<string, unknown>
      const same = keyid === kit.keyid(igm) && institution === 'IGM' && Array.isArray(roles)
      return same ? answer : { ...answer, status: 0 }
    },
  ),
  golden(200, igm)('se listan las enviadas', 'sent ones are listed', kit => kit.call(igm, list)),
  golden(200, igm)('su identificador, en mayúsculas', 'its id, in upper case', kit =>
    kit.call(igm, { target: mine(kit).replace(/[^/]+$/, id => id.toUpperCase()) }),
  ),
  golden(200, igm)('se lee el consentimiento', 'the consent is read', kit =>
    kit.call(igm, { target: `/v1/consents/${kit.state.get('consentId')}` }),
  ),
  golden(200, igm)('más componentes de los pedidos', 'more components than asked for', kit =>
    kit.call(
      igm,
      { ...list, headers: { 'accept-language': 'en' } },
      { components: [...always, 'accept-language'] },
    ),
  ),
  golden(200, ala)('se toma la bandeja de entrada', 'the inbox is pulled', kit =>
    kit.call(ala, post('/v1/inbox/pull', { max: 1, waitSeconds: 0, visibilitySeconds: 30 }, false)),
  ),
  golden(200, 'igm-compliance')('se consulta la bitácora', 'the access log is queried', kit =>
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
    'el cuerpo cambió después de firmar',
    'the body changed after it was signed',
    altered({
      tamper: signed => void (signed.body = signed.body?.replace('routine', 'urgent') ?? ''),
    }),
  ),
  tampered('cambió la ruta', 'the path changed', kit =>
    kit.call(igm, list, { tamper: signed => void (signed.target = '/v1/access-log?limit=1') }),
  ),
  tampered('cambió la consulta', 'the query changed', kit =>
    kit.call(igm, list, {
      tamper: signed => void (signed.target = signed.target.replace('limit=1', 'limit=2')),
    }),
  ),
  tampered('cambió el método', 'the method changed', kit =>
    kit.call(igm, { ...list, method: 'POST' }, { tamper: signed => void (signed.method = 'GET') }),
  ),
  tampered(
    'cambió la Idempotency-Key',
    'the Idempotency-Key changed',
    altered({ tamper: ({ headers }) => headers.set('idempotency-key', randomToken(16)) }),
  ),
  tampered('firmó otra llave', 'another key signed', kit => kit.call(igm, list, { signedBy: ala })),
  tampered('otra etiqueta de uso (tag)', 'another tag', kit =>
    kit.call(igm, list, { parameters: { tag: 'web' } }),
  ),
  tampered('nonce corto', 'a short nonce', kit =>
    kit.call(igm, list, { parameters: { nonce: 'AAAA' } }),
  ),
  ...[...always, 'content-type', 'content-digest', 'idempotency-key'].map(name =>
    incomplete(`falta ${name} en la firma`, `${name} is not covered`, without(name)),
  ),
  incomplete('falta el nonce', 'no nonce', kit =>
    kit.call(igm, list, { parameters: { nonce: undefined } }),
  ),
  made('tampered', 401, 'signature-missing', [igm])('sin firma', 'no signature', kit =>
    kit.call(igm, list, { tamper: ({ headers }) => headers.delete('signature') }),
  ),
  made('tampered', 401, 'signature-missing', [igm])('con otra marca', 'another label', kit =>
    kit.call(igm, list, { label: 'sig1' }),
  ),
  made('tampered', 401, 'key-unknown', [igm])('llave desconocida', 'an unknown key', kit =>
    kit.call(igm, list, { parameters: { keyid: randomToken(32) } }),
  ),
]

const replayedCases: Case[] = [
  made('replayed', 401, 'nonce-reused', [igm])(
    'la misma solicitud por segunda vez',
    'the very same request twice',
    async kit => {
      const signed = await kit.sign(igm, list)
      await kit.send(signed)
      return kit.send(signed)
    },
  ),
  made('replayed', 422, 'idempotency-key-reused', [igm])(
    'otra solicitud bajo la misma Idempotency-Key',
    'another request under the same Idempotency-Key',
    kit => {
      const before = JSON.parse(kit.state.get('submitted') ?? '') as Request
      return kit.call(igm, { ...submit(kit), headers: before.headers ?? {} })
    },
  ),
]

const expired = made('expired', 401, 'signature-expired', [igm])
const expiredCases: Case[] = [
  expired('firmada hace diez minutos', 'signed ten minutes ago', kit =>
    kit.call(igm, list, { createdIn: -600 }),
  ),
  expired('firmada en el futuro', 'signed in the future', kit =>
    kit.call(igm, list, { createdIn: 90 }),
  ),
  expired('vive más de 300 s', 'lives for more than 300 s', kit => {
    const created = Math.floor(kit.now().getTime() / 1000)
    return kit.call(igm, list, { parameters: { created, expires: created + 301 } })
  }),
]

const forbidden = (...needs: string[]) => made('wrong-role', 403, 'forbidden', needs)
const wrongRoleCases: Case[] = [
  forbidden(igm, ala)('quien recibe no envía', 'a recipient does not submit', kit =>
    kit.call(ala, submit(kit)),
  ),
  forbidden(igm)('quien refiere no registra avances', 'a referrer records no milestone', kit =>
    kit.call(
      igm,
      post(`${mine(kit)}/milestones`, {
        milestone: 'profiled',
        on: dayOf(kit.now().toISOString()),
      }),
    ),
  ),
  forbidden(igm)('un sistema no lee la bitácora', 'a system does not read the access log', kit =>
    kit.call(igm, { target: '/v1/access-log' }),
  ),
  forbidden(igm, 'oim-system')('quien no es parte no lee', 'who is no party does not read', kit =>
    kit.call('oim-system', { target: mine(kit) }),
  ),
  forbidden(igm)(
    'lo que no existe se responde igual',
    'what does not exist is answered alike',
    kit => kit.call(igm, { target: mine(kit).replace(/.{12}$/, '0123456789ab') }),
  ),
]

export const cases: readonly Case[] = [
  ...goldenCases,
  ...tamperedCases,
  ...replayedCases,
  ...expiredCases,
  ...wrongRoleCases,
  ...malformedCases,
]
