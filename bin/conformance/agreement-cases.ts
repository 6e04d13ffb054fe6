// The agreement as policy: what its parties read of it, and what its signatories state. Nothing of it ends the
// agreement: a version more with the terms that it has, and a freeze that both lift.
import { type Case, ala, checked, igm, made, post, submit } from './case.ts'
import type { Answer, Kit } from './kit.ts'

const [igmSigns, alaSigns] = ['igm-signatory', 'ala-signatory']
const path = '/v1/agreements/igm-ala-2026'
const signed = [igm, ala, igmSigns, alaSigns] as const
const refused = (status: number, code: string, ...needs: string[]) =>
  made('agreement', status, code, needs)
const works = (status: number, ...needs: string[]) => made('agreement', status, undefined, needs)

type View = {
  agreementId?: string
  version?: number
  state?: string
  targetPersons?: number
  awaiting?: { kind: string; digest: string; from: string[] }[]
  notices?: { number: string; digest: string }[]
  versions?: { version: number }[]
}
const viewOf = ({ body }: Answer): View => body as View
const read = (kit: Kit, who: string = igm) => kit.call(who, { target: path })
const notice = (kit: Kit, who: string, stated: object) =>
  kit.call(who, post(`${path}/notices`, stated))
type Notice = { number?: string; state?: string; digest?: string }
const noticeOf = ({ body }: Answer): Notice => body as Notice

/** The target as it is: a version more changes nothing. */
const sameTarget = async (kit: Kit) => {
  const { targetPersons, version } = viewOf(await read(kit))
  kit.state.set('version', String(version))
  return { kind: 'amendment', change: { targetPersons } }
}

const noticeCases: Case[] = [
  works(200, igm)('agreements-listed', async kit => {
    const answer = await kit.call(igm, { target: '/v1/agreements' })
    const { items = [] } = answer.body as { items?: View[] }
    return checked(
      answer,
      items.some(({ agreementId }) => agreementId === 'igm-ala-2026'),
    )
  }),
  works(200, igm)('agreement-read', async kit => {
    const answer = await read(kit)
    const members = ['version', 'state', 'endsAt', 'policy', 'notices', 'awaiting', 'versions']
    return checked(
      answer,
      members.every(member => member in (answer.body as object)),
    )
  }),
  refused(
    403,
    'forbidden',
    igm,
  )('system-gives-notice', kit => notice(kit, igm, { kind: 'breach' })),
  refused(
    422,
    'invalid-request',
    igmSigns,
  )('renewal-of-yesterday', kit =>
    notice(kit, igmSigns, { kind: 'renewal', until: '2026-03-01T05:59:59.999Z' }),
  ),
  refused(
    422,
    'invalid-request',
    igmSigns,
  )('termination-without-cause', kit => notice(kit, igmSigns, { kind: 'termination' })),
  refused(
    409,
    'transition-not-allowed',
    igmSigns,
  )('lift-of-nothing', kit => notice(kit, igmSigns, { kind: 'lift' })),
  works(201, ...signed)('amendment-by-one', async kit => {
    const answer = await notice(kit, igmSigns, await sameTarget(kit))
    const { number = '', state, digest } = noticeOf(answer)
    const { awaiting = [] } = viewOf(await read(kit, ala))
    const awaited = awaiting.some(one => one.digest === digest && one.from.join() === 'ALA')
    return checked(answer, /^AV-\d{4}-\d{4}$/.test(number) && state === 'awaiting' && awaited)
  }),
  works(201, ...signed)('amendment-by-both', async kit => {
    const before = await sameTarget(kit)
    const answer = await notice(kit, alaSigns, before)
    const { version, versions = [] } = viewOf(await read(kit))
    const next = Number(kit.state.get('version')) + 1
    const isNext = version === next && versions.at(-1)?.version === next
    return checked(answer, noticeOf(answer).state === 'in-effect' && isNext)
  }),
]

const status = async (kit: Kit) => {
  const target = `/v1/referrals/${kit.state.get('referralId')}`
  const { headers } = await kit.call(igm, { target })
  const request = post(`${target}/status`, { status: 'cancelled', reason: 'other' })
  const ifMatch = { 'if-match': headers.get('etag') ?? '' }
  return kit.call(igm, { ...request, headers: { ...request.headers, ...ifMatch } })
}

const frozenCases: Case[] = [
  works(201, ...signed)('breach', async kit => {
    const answer = await notice(kit, alaSigns, { kind: 'breach' })
    return checked(answer, viewOf(await read(kit)).state === 'frozen')
  }),
  refused(423, 'agreement-frozen', ...signed)('submit-frozen', kit => kit.call(igm, submit(kit))),
  refused(
    423,
    'agreement-frozen',
    ...signed,
  )('release-frozen', kit => {
    const target = `/v1/referrals/${kit.state.get('quiet')}/release`
    return kit.call(ala, post(target, { purpose: 'training-referral' }, false))
  }),
  refused(
    423,
    'agreement-frozen',
    ...signed,
  )('handover-frozen', kit =>
    kit.call(ala, post(`/v1/referrals/${kit.state.get('quiet')}/handover`, { recipient: 'OIM' })),
  ),
  works(200, ...signed)('status-frozen', status),
  works(201, ...signed)('lift-by-one', async kit => {
    const answer = await notice(kit, igmSigns, { kind: 'lift' })
    return checked(answer, viewOf(await read(kit)).state === 'frozen')
  }),
  works(201, ...signed)('lift-by-both', async kit => {
    const answer = await notice(kit, alaSigns, { kind: 'lift' })
    return checked(answer, viewOf(await read(kit)).state !== 'frozen')
  }),
  works(201, ...signed)('submit-lifted', kit => kit.call(igm, submit(kit))),
]

export const agreementCases: readonly Case[] = [...noticeCases, ...frozenCases]
