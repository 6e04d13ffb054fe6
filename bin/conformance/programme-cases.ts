// The programme from the first message to the end of the consent: milestones, a handover, the redrive, progress. Later
// cases use what earlier ones made (`kit.state`).
import { dayOf } from '../../schemas/guatemala.ts'
import { type Case, ala, checked, igm, made, post } from './case.ts'
import type { Answer, Kit, Request } from './kit.ts'
import { forHandover, submission } from './person.ts'

const oim = 'oim-system'
const both = [igm, ala]
const programme = (status: number, code: string | undefined, ...needs: string[]) =>
  made('programme', status, code, needs.length > 0 ? needs : both)
const works = (status: number, ...needs: string[]) => programme(status, undefined, ...needs)

type Header = {
  referralId?: string
  consentId?: string
  status?: string
  contentState?: string
  partOf?: string
  services?: string[]
  feedback?: string
  milestones?: { n?: number; milestone?: string; voidedAt?: string }[]
}
const headerOf = ({ body }: Answer): Header => body as Header
const at = (kit: Kit, name: string) => `/v1/referrals/${kit.state.get(name)}`
const today = (kit: Kit) => dayOf(kit.now().toISOString())
const tomorrow = (kit: Kit) => dayOf(new Date(kit.now().getTime() + 86_400_000).toISOString())
const milestone = (kit: Kit, of: string, name: string, on = today(kit)) =>
  kit.call(ala, post(`${at(kit, of)}/milestones`, { milestone: name, on }))

/** So many pulls of ten until a message is there: others' may lie before it. */
const mostPulls = 30

/** Looks for the request about a referral, opening nothing. What else comes is leased for half a minute. */
const found = async (kit: Kit, who: string, referralId: string) => {
  for (let n = 0; n < mostPulls && !kit.state.has(`handle ${referralId}`); n++) {
    const pull = { max: 10, waitSeconds: 0, visibilitySeconds: 30, content: 'none' }
    const { body } = await kit.call(who, post('/v1/inbox/pull', pull, false))
    const { messages = [] } = body as {
      messages?: { handle: string; event: { type: string; subject: string } }[]
    }
    for (const { handle, event } of messages)
      if (event.type === 'referral.requested.v1') kit.state.set(`handle ${event.subject}`, handle)
    if (messages.length === 0) break
  }
  return kit.state.get(`handle ${referralId}`)
}
const acknowledged = async (kit: Kit, who: string, of: string) => {
  const handle = await found(kit, who, kit.state.get(of) ?? '')
  return kit.call(who, post('/v1/inbox/ack', { handles: [handle ?? 'none'] }, false))
}
const isOk = ({ body }: Answer) =>
  (body as { results?: { ok: boolean }[] }).results?.every(({ ok }) => ok) === true

/** A status change under the version that the one who makes it has just read. */
const moved = async (kit: Kit, of: string, body: object) => {
  const { headers } = await kit.call(ala, { target: at(kit, of) })
  const request = post(`${at(kit, of)}/status`, body)
  const ifMatch = { 'if-match': headers.get('etag') ?? '' }
  return kit.call(ala, { ...request, headers: { ...request.headers, ...ifMatch } })
}

const submitted = async (kit: Kit, name: string, request: Request) => {
  const answer = await kit.call(igm, request)
  const { referralId, consentId } = headerOf(answer)
  kit.state.set(name, referralId ?? '')
  kit.state.set(`${name} consent`, consentId ?? '')
  return answer
}

const milestoneCases: Case[] = [
  works(201)('sent-without-feedback', kit =>
    submitted(kit, 'quiet', post('/v1/referrals', submission(kit.now()))),
  ),
  works(201)('sent-with-feedback', kit =>
    submitted(kit, 'told', post('/v1/referrals', submission(kit.now(), forHandover))),
  ),
  programme(409, 'transition-not-allowed')('milestone-too-soon', kit =>
    milestone(kit, 'told', 'contact-made'),
  ),
  works(200)('request-acknowledged', async kit => {
    const quiet = await acknowledged(kit, ala, 'quiet')
    const told = await acknowledged(kit, ala, 'told')
    return checked(told, isOk(quiet) && isOk(told))
  }),
  works(200)('request-accepted', async kit => {
    await moved(kit, 'quiet', { status: 'accepted' })
    const answer = await moved(kit, 'told', { status: 'accepted' })
    return checked(answer, headerOf(answer).status === 'accepted')
  }),
  works(201)('milestone-recorded', async kit => {
    const answer = await milestone(kit, 'told', 'profiled')
    const [first] = headerOf(answer).milestones ?? []
    return checked(answer, first?.n === 1 && first.milestone === 'profiled')
  }),
  programme(409, 'milestone-exists')('milestone-twice', kit => milestone(kit, 'told', 'profiled')),
  programme(422, 'invalid-request')('milestone-of-tomorrow', kit =>
    milestone(kit, 'told', 'enrolled', tomorrow(kit)),
  ),
  works(200)('milestone-voided', async kit => {
    const reason = { reason: 'entered-in-error' }
    const answer = await kit.call(ala, post(`${at(kit, 'told')}/milestones/1/void`, reason))
    return checked(answer, headerOf(answer).milestones?.[0]?.voidedAt !== undefined)
  }),
  works(201)('milestone-again', kit => milestone(kit, 'told', 'profiled')),
  works(200)('milestones-told', async kit => {
    const answer = await kit.call(igm, { target: at(kit, 'told') })
    const { feedback, milestones } = headerOf(answer)
    return checked(answer, feedback === 'milestones' && milestones?.length === 2)
  }),
  works(200)('milestones-withheld', async kit => {
    await milestone(kit, 'quiet', 'contact-made')
    const answer = await kit.call(igm, { target: at(kit, 'quiet') })
    const { feedback, milestones } = headerOf(answer)
    return checked(answer, feedback === 'status-only' && milestones?.length === 0)
  }),
  programme(403, 'consent-missing-purpose')('milestone-without-purpose', kit =>
    milestone(kit, 'quiet', 'placed'),
  ),
]

const handover = (kit: Kit, of: string, recipient = 'OIM') =>
  kit.call(ala, post(`${at(kit, of)}/handover`, { recipient }))

const handoverCases: Case[] = [
  programme(403, 'consent-missing-purpose')('handover-without-purpose', kit =>
    handover(kit, 'quiet'),
  ),
  programme(422, 'recipient-not-party')('handover-to-a-stranger', kit =>
    handover(kit, 'told', 'XXX'),
  ),
  works(201)('handed-over', async kit => {
    const answer = await handover(kit, 'told')
    const { referralId, partOf, consentId, services } = headerOf(answer)
    kit.state.set('child', referralId ?? '')
    const isPart = partOf === kit.state.get('told') && partOf !== referralId
    const isSame = consentId === kit.state.get('told consent')
    return checked(answer, isPart && isSame && services?.join() === 'job-placement-handover')
  }),
  programme(409, 'handover-exists')('handed-over-twice', kit => handover(kit, 'told')),
  works(200)('parts-listed', async kit => {
    const target = `/v1/referrals?direction=sent&partOf=${kit.state.get('told')}`
    const answer = await kit.call(ala, { target })
    const { items = [] } = answer.body as { items?: Header[] }
    return checked(answer, items.map(one => one.referralId).join() === kit.state.get('child'))
  }),
  programme(403, 'forbidden')('handover-unseen', kit =>
    kit.call(igm, { target: at(kit, 'child') }),
  ),
  works(
    200,
    ...both,
    oim,
  )('handover-acknowledged', async kit => {
    const answer = await acknowledged(kit, oim, 'child')
    return checked(answer, isOk(answer))
  }),
  works(
    200,
    ...both,
    oim,
  )('handover-opened', async kit => {
    const purpose = { purpose: 'job-placement-handover' }
    const answer = await kit.call(oim, post(`${at(kit, 'child')}/release`, purpose, false))
    const { payload = {} } = answer.body as { payload?: object }
    return checked(answer, Object.keys(payload).join() === 'identity')
  }),
]

const endCases: Case[] = [
  works(200, ala)('redriven', async kit => {
    const answer = await kit.call(ala, post('/v1/inbox/redrive', {}, false))
    return checked(answer, Number.isInteger((answer.body as { redriven?: number }).redriven))
  }),
  works(200)('progress-read', async kit => {
    const answer = await kit.call(igm, { target: '/v1/reports/progress?agreementId=igm-ala-2026' })
    const {
      target,
      persons = {},
      quarters,
    } = answer.body as {
      target?: number
      persons?: Record<string, unknown>
      quarters?: unknown[]
    }
    const { referred } = persons
    const isShown = referred === '<5' || (typeof referred === 'number' && referred >= 5)
    return checked(answer, isShown && Array.isArray(quarters) && typeof target === 'number')
  }),
  works(200)('withdrawal-ends-all', async kit => {
    const body = { requestedBy: 'self', method: 'in-person', at: kit.now().toISOString() }
    const target = `/v1/consents/${kit.state.get('told consent')}/withdrawal`
    const answer = await kit.call(igm, post(target, body))
    const ended = await Promise.all(
      ['told', 'child'].map(async of => headerOf(await kit.call(ala, { target: at(kit, of) }))),
    )
    return checked(
      answer,
      ended.every(one => one.status === 'cancelled' && one.contentState === 'shredded'),
    )
  }),
  programme(410, 'content-shredded')('opened-after-withdrawal', kit =>
    kit.call(ala, post(`${at(kit, 'told')}/release`, { purpose: 'training-referral' }, false)),
  ),
]

export const programmeCases: readonly Case[] = [...milestoneCases, ...handoverCases, ...endCases]
