// The receipt of a referral, to print: for the file, and for the person. It has nobody's name: who may see what for
// what, the folio to ask by, and where in the log it stands.
import { useEffect, useState } from 'preact/hooks'
import { HubError } from '../../../client/refusal.ts'
import type { ConsentView } from '../../../schemas/consent.ts'
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { categoryLabels, purposeLabels } from '../../../texts/labels.ts'
import { priorityLabels, serviceLabels } from '../../../texts/referral.ts'
import { useReading } from '../doing.ts'
import { Button, Facts, Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { day, label, moment } from '../say.ts'
import type { Session } from '../session.ts'
import { say } from './sent-words.ts'

const againMs = 5000

/** The place of the submission in the log, once it has one: within a minute (C2SP tlog-proof: `index 88`). */
const useLogIndex = ({ client }: Session, referralId: string): string | undefined => {
  const [index, setIndex] = useState<string>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    const ask = async () => {
      try {
        const path = `/v1/referrals/${referralId}/receipt`
        const { body } = await client.request<string>('GET', path)
        if (!gone) setIndex(/^index (\d+)$/m.exec(body)?.[1])
      } catch (error) {
        // Anything else: the receipt is one without it.
        if (!gone && error instanceof HubError && error.code === 'not-yet-sequenced')
          timer = setTimeout(() => void ask(), againMs)
      }
    }
    void ask()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [client, referralId])
  return index
}

const Permitted = ({ consent }: { consent: ConsentView }) => (
  <table class="govuk-table rh-table">
    <caption class="govuk-table__caption govuk-table__caption--m">
      {say('receipt.permitted')}
    </caption>
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        {(['receipt.purpose', 'receipt.who', 'receipt.what'] as const).map(name => (
          <th key={name} scope="col" class="govuk-table__header">
            {say(name)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody class="govuk-table__body">
      {consent.purposes.map(({ purpose, recipient, dataCategories }) => (
        <tr class="govuk-table__row" key={purpose + recipient}>
          <th scope="row" class="govuk-table__header">
            {label(purposeLabels, purpose)}
          </th>
          <td class="govuk-table__cell" data-label={say('receipt.who')}>
            {recipient}
          </td>
          <td class="govuk-table__cell" data-label={say('receipt.what')}>
            {dataCategories.map(one => label(categoryLabels, one)).join(', ')}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Whole = ({
  of,
  header,
  consent,
}: {
  of: Session
  header: ReferralHeader
  consent: ConsentView
}) => {
  const { referrer, recipient } = header
  const index = useLogIndex(of, header.referralId)
  return (
    <>
      <Notice kind="done">{say('receipt.sent', { recipient })}</Notice>
      <Facts
        rows={[
          [say('case.folio'), header.folio],
          [say('sent.own'), header.externalId ?? '–'],
          [say('case.from'), referrer],
          [say('sent.to'), recipient],
          [say('case.submitted'), moment(header.submittedAt)],
          [say('case.priority'), label(priorityLabels, header.priority)],
          [say('case.respond-by'), moment(header.respondBy)],
          [say('case.services'), header.services.map(one => label(serviceLabels, one)).join(', ')],
          [say('receipt.until'), day(consent.validUntil)],
          [
            say('receipt.entry'),
            index === undefined
              ? say('receipt.entry-soon')
              : say('receipt.entry-number', { index }),
          ],
        ]}
      />
      <Permitted consent={consent} />
      <p class="govuk-body">{say('receipt.rights', { referrer, recipient })}</p>
      <div class="rh-no-print">
        <p class="govuk-body">{say('receipt.nameless')}</p>
        <Button type="button" onClick={() => print()}>
          {say('receipt.print')}
        </Button>
        <p class="govuk-body">
          <Link to={`enviadas/${header.referralId}`}>
            {say('sent.case', { folio: header.folio })}
          </Link>
        </p>
        <p class="govuk-body">
          <Link to="referir">{say('receipt.another')}</Link>
        </p>
      </div>
    </>
  )
}

export const Receipt = ({ of, referralId }: { of: Session; referralId: string }) => {
  const { reading, again } = useReading(async () => {
    const { body: header } = await of.client.getReferral(referralId)
    const { body: consent } = await of.client.getConsent(header.consentId)
    return { header, consent }
  }, [of, referralId])
  return (
    <>
      <Link to="enviadas" class="govuk-back-link">
        {say('sent.title')}
      </Link>
      <Heading>{say('receipt.title')}</Heading>
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' && <Whole of={of} {...reading.value} />}
    </>
  )
}
