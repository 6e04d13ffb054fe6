// What was sent to an institution: what waits for an answer, what is under way, what is closed. Nothing personal.
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { priorityLabels } from '../../../texts/referral.ts'
import { statusLabels } from '../../../texts/labels.ts'
import { useState } from 'preact/hooks'
import { useDoing, useReading } from '../doing.ts'
import { Button, Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { label, moment } from '../say.ts'
import { say } from './case-words.ts'
import { FindFolio, folioIn, Views, viewIn, views } from './views.tsx'
import type { Session } from '../session.ts'

const urgency = ['stat', 'urgent', 'routine']
/** The most urgent first, and of these the one that has waited longest. */
const byUrgency = (one: ReferralHeader, other: ReferralHeader) =>
  urgency.indexOf(one.priority) - urgency.indexOf(other.priority) ||
  (one.submittedAt < other.submittedAt ? -1 : 1)

const Rows = ({ items, caption }: { items: readonly ReferralHeader[]; caption: string }) => (
  <table class="govuk-table rh-table">
    <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        {(['case.folio', 'case.priority', 'case.status', 'case.respond-by'] as const).map(name => (
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
            <Link to={`casos/${one.referralId}`}>{one.folio}</Link>
          </th>
          <td class="govuk-table__cell" data-label={say('case.priority')}>
            {label(priorityLabels, one.priority)}
          </td>
          <td class="govuk-table__cell" data-label={say('case.status')}>
            {label(statusLabels, one.status)}
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

/** How often at most ten notices are taken at a press: nobody waits here for ever. */
const rounds = 30

/** Takes and acknowledges all that waits, without opening any of it. Returns how much that was. */
const takeAll = async ({ client }: Session): Promise<number> => {
  let taken = 0
  for (let round = 0; round < rounds; round++) {
    const { messages } = (await client.pull({ max: 10, content: 'none' })).body
    if (messages.length === 0) break
    const { results } = (await client.ack(messages.map(({ handle }) => handle))).body
    taken += results.filter(({ ok }) => ok).length
  }
  return taken
}

const Take = ({ of, then }: { of: Session; then: () => void }) => {
  const { busy, error, run } = useDoing()
  const [taken, setTaken] = useState<number>()
  const take = () =>
    run(async () => {
      setTaken(await takeAll(of))
      then()
    })
  return (
    <>
      {error !== undefined && <Problem error={error} />}
      {taken !== undefined && <Notice kind="done">{say('inbox.taken', { count: taken })}</Notice>}
      <p class="govuk-body">{say('inbox.take-what')}</p>
      <Button type="button" kind="secondary" busy={busy} onClick={() => void take()}>
        {say('inbox.take')}
      </Button>
    </>
  )
}

export const Inbox = ({ of, query }: { of: Session; query: URLSearchParams }) => {
  const view = viewIn(query)
  const folio = folioIn(query)
  const filters = folio === null ? { status: views[view].statuses } : { folio }
  const { reading, again } = useReading(
    async () =>
      (await of.client.listReferrals({ direction: 'received', limit: 200, ...filters })).body,
    [of, view, folio],
  )
  const caption = folio ?? say(views[view].text)
  return (
    <>
      <Heading>{say('inbox.title')}</Heading>
      <Views page="bandeja" view={folio === null ? view : undefined} />
      <FindFolio page="bandeja" />
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' &&
        (reading.value.items.length === 0 ? (
          <p class="govuk-body">{say('inbox.none')}</p>
        ) : (
          <Rows items={reading.value.items.toSorted(byUrgency)} caption={caption} />
        ))}
      {reading.state === 'there' && reading.value.next !== undefined && (
        <Notice>{say('inbox.more')}</Notice>
      )}
      <Take of={of} then={again} />
    </>
  )
}
