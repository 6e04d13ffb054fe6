// One referral, for whoever works on it: what it is, opening it for a purpose, answering, steps, withdrawal, a slip.
import { useState } from 'preact/hooks'
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { statusLabels } from '../../../texts/labels.ts'
import {
  contentLabels,
  priorityLabels,
  reasonLabels,
  serviceLabels,
} from '../../../texts/referral.ts'
import { useReading } from '../doing.ts'
import { Button, Facts, Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { label, moment } from '../say.ts'
import { say, type CaseTextKey } from './case-words.ts'
import type { Session } from '../session.ts'
import { Decide } from './decide.tsx'
import { Milestones } from './milestones.tsx'
import { Open } from './open.tsx'
import { Withdraw } from './withdraw.tsx'

const Told = ({ header }: { header: ReferralHeader }) => (
  <>
    <Facts
      rows={[
        [say('case.status'), label(statusLabels, header.status)],
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

export const CasePage = ({ of, referralId }: { of: Session; referralId: string }) => {
  const [said, setSaid] = useState<CaseTextKey>()
  const { reading, again } = useReading(async () => {
    const { body, headers } = await of.client.getReferral(referralId)
    return { header: body, etag: headers.get('etag') ?? '' }
  }, [of, referralId])
  const found = reading.state === 'there' ? reading.value : undefined
  const done = (what: CaseTextKey) => {
    setSaid(what)
    again()
  }
  const one = found && { of, done, ...found }
  return (
    <>
      <Link to="bandeja" class="govuk-back-link">
        {say('inbox.title')}
      </Link>
      <Heading>
        {found ? say('case.title', { folio: found.header.folio }) : say('app.loading')}
      </Heading>
      {said && <Notice kind={said === 'case.changed' ? '' : 'done'}>{say(said)}</Notice>}
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {one && (
        <>
          <Told header={one.header} />
          <div class="rh-no-print">
            <Open {...one} />
            <Decide key={one.etag} {...one} />
            <Milestones {...one} />
            <p class="govuk-body">{say('case.handover')}</p>
            <Withdraw {...one} />
            <Button type="button" kind="secondary" onClick={() => print()}>
              {say('case.print')}
            </Button>
          </div>
        </>
      )}
    </>
  )
}
