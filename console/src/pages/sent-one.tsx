// One referral, for whoever sent it: what became of it, the answer, the steps as far as the person permits, the
// certificate where its content was destroyed; taking it back, and passing a withdrawal on.
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { deliveryLabels, milestoneLabels } from '../../../texts/referral.ts'
import { Link, Notice } from '../parts.tsx'
import { day, label } from '../say.ts'
import type { Session } from '../session.ts'
import { CertificatePart } from './certificate.tsx'
import { Decide } from './decide.tsx'
import { CaseFrame, useCase } from './read-case.tsx'
import { silence } from './sent.tsx'
import { say } from './sent-words.ts'
import { Told } from './told.tsx'
import { Withdraw } from './withdraw.tsx'

const Progress = ({ header }: { header: ReferralHeader }) => (
  <section>
    <h2 class="govuk-heading-m">{say('milestone.title')}</h2>
    {header.feedback === 'status-only' ? (
      <p class="govuk-body">{say('sent.status-only')}</p>
    ) : header.milestones.length === 0 ? (
      <p class="govuk-body">{say('sent.no-progress')}</p>
    ) : (
      <ul class="govuk-list">
        {header.milestones.map(({ n, milestone, on, voidedAt }) => (
          <li key={n}>
            {day(on)}: {label(milestoneLabels, milestone)}
            {voidedAt !== undefined && ` (${say('milestone.voided')})`}
          </li>
        ))}
      </ul>
    )}
  </section>
)

const Silence = ({ header, now }: { header: ReferralHeader; now: Date }) => {
  const said = silence(header, now)
  if (said.length === 0) return null
  return (
    <Notice>
      {said.map(text => (
        <p class="govuk-body" key={text}>
          <strong>{text}</strong>
        </p>
      ))}
    </Notice>
  )
}

export const SentOne = ({ of, referralId }: { of: Session; referralId: string }) => {
  const read = useCase(of, referralId)
  return (
    <CaseFrame
      read={read}
      back={{ to: 'enviadas', text: say('sent.title') }}
      title={folio => say('sent.case', { folio })}
      untitled={say('sent.untitled')}
    >
      {one => (
        <>
          <Silence header={one.header} now={of.client.hubTime()} />
          <Told
            header={one.header}
            more={[
              [say('sent.own'), one.header.externalId ?? '–'],
              [say('sent.to'), one.header.recipient],
              [say('sent.delivery'), label(deliveryLabels, one.header.deliveryState)],
            ]}
          />
          <p class="govuk-body">
            <Link to={`enviadas/${referralId}/comprobante`}>{say('sent.receipt')}</Link>
          </p>
          <Progress header={one.header} />
          {one.header.contentState === 'shredded' && <CertificatePart {...one} />}
          <div class="rh-no-print">
            <Decide key={one.etag} {...one} />
            <Withdraw {...one} />
          </div>
        </>
      )}
    </CaseFrame>
  )
}
