// What either side may know of a referral: its header, and what has happened to it. Nothing personal.
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { statusLabels } from '../../../texts/labels.ts'
import {
  contentLabels,
  priorityLabels,
  reasonLabels,
  serviceLabels,
} from '../../../texts/referral.ts'
import { Facts } from '../parts.tsx'
import { label, moment } from '../say.ts'
import { say } from './case-words.ts'

/** `more`: facts that only one of the sides has, after the state. */
export const Told = ({
  header,
  more = [],
}: {
  header: ReferralHeader
  more?: readonly (readonly [string, string])[]
}) => (
  <>
    <Facts
      rows={[
        [say('case.status'), label(statusLabels, header.status)],
        ...more,
        [say('case.priority'), label(priorityLabels, header.priority)],
        [say('case.services'), header.services.map(one => label(serviceLabels, one)).join(', ')],
        [say('case.from'), header.referrer],
        [say('case.submitted'), moment(header.submittedAt)],
        [
          say('case.respond-by'),
          `${moment(header.respondBy)}${header.overdue ? ` (${say('inbox.overdue')})` : ''}`,
        ],
        [say('case.content'), label(contentLabels, header.contentState)],
      ]}
    />
    <h2 class="govuk-heading-m">{say('case.history')}</h2>
    <ul class="govuk-list">
      {header.history.map(({ status, at, by, reason }) => (
        <li key={status + at}>
          {moment(at)}: {label(statusLabels, status)} ({by})
          {reason !== undefined && `, ${label(reasonLabels, reason)}`}
        </li>
      ))}
    </ul>
  </>
)
