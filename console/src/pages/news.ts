// What the other side has said lately of what was sent: an answer, a hold, an end, a step. Out of the headers: nothing
// personal, and nothing that the hub would have to remember of who has read what. Pure.
import type { Milestone } from '../../../schemas/milestone.ts'
import type { ReferralHeader, Status } from '../../../schemas/referral.ts'

export const newsDays = 7

/** The statuses that are news to whoever sent a referral. That it arrived is none: it says nothing of the answer. */
const told = [
  'accepted',
  'rejected',
  'on-hold',
  'completed',
  'failed',
  'cancelled',
] as const satisfies readonly Status[]

/** A step is news too, whichever it is. */
export const newsKinds = [...told, 'milestone'] as const
export type NewsKind = (typeof newsKinds)[number]

export type News = { at: string } & ({ status: (typeof told)[number] } | { milestone: Milestone })

/** From when on something is news. */
export const newsSince = (now: Date): string =>
  new Date(now.getTime() - newsDays * 86_400_000).toISOString()

/** What was said of a referral since an instant, newest first. What its sender did themselves is no news to them. */
export const newsOf = (
  { referrer, history, milestones }: ReferralHeader,
  since: string,
): readonly News[] =>
  [
    ...history.flatMap(({ status, at, by }): News[] => {
      const found = told.find(one => one === status)
      return found === undefined || by === referrer ? [] : [{ at, status: found }]
    }),
    ...milestones.flatMap(({ milestone, recordedAt, voidedAt }): News[] =>
      voidedAt === undefined ? [{ at: recordedAt, milestone }] : [],
    ),
  ]
    .filter(({ at }) => at >= since)
    .toSorted((one, other) => (one.at < other.at ? 1 : -1))

export const kindOf = (news: News): NewsKind => ('status' in news ? news.status : 'milestone')
