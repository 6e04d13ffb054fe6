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
import { changer, label, moment } from '../say.ts'
import { oddSign } from '../typed.ts'
import { say } from './case-words.ts'

/** On the screen and on the slip: whoever copies the folio copies all of it. */
export const FolioSign = ({ folio }: Pick<ReferralHeader, 'folio'>) => {
  const sign = oddSign(folio)
  return sign === undefined ? null : <p class="govuk-body-s">{say('case.folio-sign', { sign })}</p>
}

/** `more`: facts that only one of the sides has, after the state. */
export const Told = ({
  header,
  more = [],
}: {
  header: ReferralHeader
  more?: readonly (readonly [string, string])[]
}) => (
  <>
    <FolioSign folio={header.folio} />
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
          {moment(at)}: {label(statusLabels, status)} ({changer({ status, by }, header.recipient)})
          {reason !== undefined && `, ${label(reasonLabels, reason)}`}
        </li>
      ))}
    </ul>
  </>
)
