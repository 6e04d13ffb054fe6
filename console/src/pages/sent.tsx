// What an institution has sent, and what became of it: silence is seen as such. Nothing personal.
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { deliveryLabels, milestoneLabels } from '../../../texts/referral.ts'
import { statusLabels } from '../../../texts/labels.ts'
import { Link } from '../parts.tsx'
import { label, moment } from '../say.ts'
import type { Session } from '../session.ts'
import type { Row } from '../table.tsx'
import { headings } from '../table.tsx'
import { kindOf, type News as NewsItem, newsOf, newsSince } from './news.ts'
import { say } from './sent-words.ts'
import { Referrals, respondBy, useReferrals, views } from './views.tsx'

const waiting: readonly string[] = views.esperan.statuses
const dayMs = 86_400_000

/** What is said of a referral that nobody has answered: for how long, and whether anybody has it at all. */
export const silence = (header: ReferralHeader, now: Date): string[] => {
  if (!waiting.includes(header.status)) return []
  const days = Math.floor((now.getTime() - Date.parse(header.submittedAt)) / dayMs)
  return [
    ...(days < 1 ? [] : [days === 1 ? say('sent.day') : say('sent.days', { days })]),
    ...(header.deliveryState === 'undelivered'
      ? [say('sent.uncollected', { recipient: header.recipient })]
      : []),
  ]
}

/** The longest without an answer first. */
const byAge = (one: ReferralHeader, other: ReferralHeader) =>
  Number(other.overdue) - Number(one.overdue) || (one.submittedAt < other.submittedAt ? -1 : 1)

/** Each with when it was said. */
const News = ({ of }: { of: readonly NewsItem[] }) => (
  <>
    {of.map(news => (
      <div key={news.at + kindOf(news)}>
        {moment(news.at)}:{' '}
        {'status' in news
          ? label(statusLabels, news.status)
          : label(milestoneLabels, news.milestone)}
      </div>
    ))}
  </>
)

const Standing = ({ header, now }: { header: ReferralHeader; now: Date }) => (
  <>
    {label(statusLabels, header.status)}
    {header.status === 'requested' && `, ${label(deliveryLabels, header.deliveryState)}`}
    {silence(header, now).map(text => (
      <div key={text}>
        <strong>{text}</strong>
      </div>
    ))}
  </>
)

/** `news`: where these are what is looked for. */
const rowOf = (one: ReferralHeader, now: Date, news: boolean): Row => ({
  key: one.referralId,
  cells: [
    <Link to={`enviadas/${one.referralId}`} class="govuk-link rh-folio">
      {one.folio}
    </Link>,
    <bdi class="rh-code">{one.externalId ?? '–'}</bdi>,
    one.recipient,
    <>
      <Standing header={one} now={now} />
      {news && <News of={newsOf(one, newsSince(now))} />}
    </>,
    respondBy(one),
  ],
})

/** What was said last comes first as it is; of those that wait, the longest. */
const rowsOf = (items: readonly ReferralHeader[], now: Date, news: boolean): Row[] =>
  (news ? items : items.toSorted(byAge)).map(one => rowOf(one, now, news))

export const Sent = ({ of, query }: { of: Session; query: URLSearchParams }) => {
  const found = useReferrals(of, query, 'sent')
  const news = found.view === 'novedades'
  return (
    <Referrals
      page="enviadas"
      title={say('sent.title')}
      found={found}
      columns={headings(say, 'case.folio', 'sent.own', 'sent.to', 'case.status', 'case.respond-by')}
      rowsOf={items => rowsOf(items, of.client.hubTime(), news)}
    />
  )
}
