// What waits for somebody, in words, each with the page where it is done.
import type { Me } from '../../../schemas/institution.ts'
import type { AgreementState, AgreementView } from '../../../schemas/notice.ts'
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { agreementStateLabels, deadlineLabels } from '../../../texts/labels.ts'
import { endingSoon, waits } from '../key-ends.ts'
import { day, label } from '../say.ts'
import { say } from './home-words.ts'
import type { Listed, Standing } from './standing.ts'

export type Waiting = { to: string; text: string; late?: string | undefined }

const dayMs = 86_400_000
/** An agreement's end is told from this many days before on, as its parties hear of it (api.md, `agreement.ending`). */
const soonDays = 90

const all = ({ items, more }: Listed) =>
  more ? say('home.or-more', { count: items.length }) : items.length

/** Of those that were looked at; undefined where that were all, and none is so. */
const some = ({ items, more }: Listed, which: (one: ReferralHeader) => boolean) => {
  const count = items.filter(which).length
  if (more) return say('home.among', { count, of: items.length })
  return count === 0 ? undefined : String(count)
}

const answersIn = (
  listed: Listed | undefined,
  to: 'bandeja' | 'enviadas',
  key: 'home.to-answer' | 'home.unanswered',
): Waiting[] => {
  if (!listed || listed.items.length === 0) return []
  const late = some(listed, ({ overdue }) => overdue)
  return [
    {
      to,
      text: say(key, { count: all(listed) }),
      late: late === undefined ? undefined : say('home.late', { count: late }),
    },
  ]
}

const uncollected = (listed: Listed | undefined, key: 'home.lost-ours' | 'home.lost-theirs') => {
  const count = listed && some(listed, ({ deliveryState }) => deliveryState === 'undelivered')
  return count === undefined ? [] : [{ to: 'sin-recoger', text: say(key, { count }) }]
}

const uneasy: readonly AgreementState[] = ['in-notice', 'frozen', 'completing']

const aboutAgreement = (view: AgreementView, me: Me, now: Date): Waiting[] => {
  const { agreementId, title, state } = view
  const to = `convenio/${agreementId}`
  const awaited = view.awaiting.filter(({ from }) => from.includes(me.institution))
  const ends = view.deadlines.filter(({ at }) => {
    const left = Date.parse(at) - now.getTime()
    return left > 0 && left <= soonDays * dayMs
  })
  return [
    ...(uneasy.includes(state)
      ? [{ to, text: `${title}: ${label(agreementStateLabels, state)}` }]
      : []),
    ...ends.map(({ kind, at }) => ({
      to,
      text: say('home.deadline', { title, what: label(deadlineLabels, kind), on: day(at) }),
    })),
    ...awaited.flatMap(({ kind, digest }) => {
      const first = view.notices.find(one => one.kind === kind && one.digest === digest)
      if (!first) return []
      const { number } = first
      const page = me.roles.includes('signatory') ? `${to}/${number}` : to
      return [{ to: page, text: say('home.awaits', { number, institution: me.institution }) }]
    }),
  ]
}

const aboutKeys = ({ keys }: Standing, now: Date): Waiting[] => {
  const counts = [
    ['home.keys-wait', keys.filter(waits).length],
    ['home.keys-end', endingSoon(keys, now).length],
  ] as const
  return counts.flatMap(([key, count]) =>
    count === 0 ? [] : [{ to: 'llaves', text: say(key, { count }) }],
  )
}

export const waitingIn = (found: Standing, me: Me, now: Date): Waiting[] => {
  const { received, sent } = found
  return [
    ...(me.roles.includes('recipient') ? answersIn(received, 'bandeja', 'home.to-answer') : []),
    ...(me.roles.includes('referrer') ? answersIn(sent, 'enviadas', 'home.unanswered') : []),
    ...(me.roles.includes('liaison')
      ? [...uncollected(received, 'home.lost-ours'), ...uncollected(sent, 'home.lost-theirs')]
      : []),
    ...found.agreements.flatMap(view => aboutAgreement(view, me, now)),
    ...aboutKeys(found, now),
  ]
}
