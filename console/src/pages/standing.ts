// How it stands for whoever has entered: whether the hub works, and what waits for them by their roles. Asked for once
// a visit, with as few calls as that takes: most of them are entries of the log.
import { HubError } from '../../../client/refusal.ts'
import type { CosignedCheckpoint } from '../../../schemas/access-log.ts'
import type { DirectoryKey, Role } from '../../../schemas/agreement.ts'
import type { Me } from '../../../schemas/institution.ts'
import type { AgreementView } from '../../../schemas/notice.ts'
import type { ReferralHeader } from '../../../schemas/referral.ts'
import type { Session } from '../session.ts'
import { newsOf, newsSince } from './news.ts'

/** As many as a list of the API has at once. `more`: there are others. */
const most = 200

export type Listed = { items: readonly ReferralHeader[]; more: boolean }

export type Standing = {
  /** The hub's own word that something of it does not answer. */
  ill: HubError | undefined
  received: Listed | undefined
  sent: Listed | undefined
  /** Of those sent, what the other side has said something of lately. `looked`: how many changed, if not all were. */
  news: (Listed & { looked: number }) | undefined
  agreements: readonly AgreementView[]
  keys: readonly DirectoryKey[]
  /** How many entries the log's last checkpoint covers, and what institutions cosigned of it. */
  log: { size: number; cosigned: readonly CosignedCheckpoint[] } | undefined
}

/** Whether the hub says that it works. Nothing signed, and no entry. */
const illness = async ({ client }: Session): Promise<HubError | undefined> => {
  try {
    await client.health()
    return undefined
  } catch (error) {
    if (error instanceof HubError) return error
    throw error
  }
}

/** `answers`: whether an answer is awaited from or by this person; else what nobody collected is enough. */
const unanswered = async (
  { client }: Session,
  direction: 'received' | 'sent',
  answers: boolean,
): Promise<Listed> => {
  const status = answers ? ['requested', 'received'] : ['requested']
  const { items, next } = (await client.listReferrals({ direction, limit: most, status })).body
  return { items, more: next !== undefined }
}

/** Whatever their answers are by now: a list of those that wait has none of them. */
const news = async ({ client }: Session): Promise<Standing['news']> => {
  const updatedSince = newsSince(client.hubTime())
  const { body } = await client.listReferrals({ direction: 'sent', limit: most, updatedSince })
  const items = body.items.filter(one => newsOf(one, updatedSince).length > 0)
  return { items, more: body.next !== undefined, looked: body.items.length }
}

/** A checkpoint has no time of its own (C2SP tlog-checkpoint); a cosignature has (C2SP tlog-cosignature). */
const signedLog = async ({ client }: Session): Promise<Standing['log']> => {
  const { body, headers } = await client.request<{ items: CosignedCheckpoint[] }>(
    'GET',
    '/v1/access-log/cosignatures',
  )
  return { size: Number(headers.get('access-log-size') ?? 0), cosigned: body.items }
}

/** @throws what a call was refused with: then nothing is said of the others either */
export const standing = async (of: Session, me: Me): Promise<Standing> => {
  const is = (...roles: Role[]) => roles.some(role => me.roles.includes(role))
  const none = Promise.resolve(undefined)
  const party = me.agreements.length > 0
  const [ill, received, sent, told, agreements, keys, log] = await Promise.all([
    illness(of),
    is('recipient', 'liaison') ? unanswered(of, 'received', is('recipient')) : none,
    is('referrer', 'liaison') ? unanswered(of, 'sent', is('referrer')) : none,
    is('referrer') ? news(of) : none,
    party && is('liaison', 'signatory') ? of.client.listAgreements({ limit: most }) : none,
    is('liaison') ? of.client.getKeys(me.institution) : none,
    party && is('liaison', 'compliance-officer') ? signedLog(of) : none,
  ])
  return {
    ill,
    received,
    sent,
    news: told,
    agreements: agreements?.body.items ?? [],
    keys: keys?.body.items ?? [],
    log,
  }
}
