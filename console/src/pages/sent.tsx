// What an institution has sent, and what became of it: silence is seen as such. Nothing personal.
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { deliveryLabels } from '../../../texts/referral.ts'
import { statusLabels } from '../../../texts/labels.ts'
import { useReading } from '../doing.ts'
import { Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { label, moment } from '../say.ts'
import type { Session } from '../session.ts'
import { say } from './sent-words.ts'
import { FindFolio, folioIn, Views, viewIn, views } from './views.tsx'

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

const columns = ['case.folio', 'sent.own', 'sent.to', 'case.status', 'case.respond-by'] as const

const Rows = ({
  items,
  caption,
  now,
}: {
  items: readonly ReferralHeader[]
  caption: string
  now: Date
}) => (
  <table class="govuk-table rh-table">
    <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        {columns.map(name => (
          <th key={name} scope="col" class="govuk-table__header">
            {say(name)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody class="govuk-table__body">
      {items.map(one => (
        <tr class="govuk-table__row" key={one.referralId}>
          <th scope="row" class="govuk-table__header">
            <Link to={`enviadas/${one.referralId}`}>{one.folio}</Link>
          </th>
          <td class="govuk-table__cell rh-code" data-label={say('sent.own')}>
            <bdi>{one.externalId ?? '–'}</bdi>
          </td>
          <td class="govuk-table__cell" data-label={say('sent.to')}>
            {one.recipient}
          </td>
          <td class="govuk-table__cell" data-label={say('case.status')}>
            {label(statusLabels, one.status)}
            {one.status === 'requested' && `, ${label(deliveryLabels, one.deliveryState)}`}
            {silence(one, now).map(text => (
              <div key={text}>
                <strong>{text}</strong>
              </div>
            ))}
          </td>
          <td class="govuk-table__cell" data-label={say('case.respond-by')}>
            {moment(one.respondBy)}
            {one.overdue && ` (${say('inbox.overdue')})`}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

export const Sent = ({ of, query }: { of: Session; query: URLSearchParams }) => {
  const view = viewIn(query)
  const folio = folioIn(query)
  const filters = folio === null ? { status: views[view].statuses } : { folio }
  const { reading, again } = useReading(
    async () => (await of.client.listReferrals({ direction: 'sent', limit: 200, ...filters })).body,
    [of, view, folio],
  )
  return (
    <>
      <Heading>{say('sent.title')}</Heading>
      <Views page="enviadas" view={folio === null ? view : undefined} />
      <FindFolio page="enviadas" />
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' &&
        (reading.value.items.length === 0 ? (
          <p class="govuk-body">{say('inbox.none')}</p>
        ) : (
          <Rows
            items={reading.value.items.toSorted(byAge)}
            caption={folio ?? say(views[view].text)}
            now={of.client.hubTime()}
          />
        ))}
      {reading.state === 'there' && reading.value.next !== undefined && (
        <Notice>{say('inbox.more')}</Notice>
      )}
    </>
  )
}
