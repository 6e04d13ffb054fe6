// The receipt of a referral, to print: for the file, and for the person. It has nobody's name: who may see what for
// what, the folio to ask by, and where in the log it stands.
import { useEffect, useState } from 'preact/hooks'
import type { ConsentView } from '../../../schemas/consent.ts'
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { categoryLabels, purposeLabels } from '../../../texts/labels.ts'
import { priorityLabels, serviceLabels } from '../../../texts/referral.ts'
import { useReading } from '../doing.ts'
import { Button, Facts, Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { day, label, moment } from '../say.ts'
import type { Session } from '../session.ts'
import { Table, headings } from '../table.tsx'
import { say } from './sent-words.ts'
import { FolioSign } from './told.tsx'

const leastSeconds = 10

/** Until it is there the hub says so: as a refusal, the browser would tell its user of an error that is none. */
const receiptOf = ({ client }: Session, referralId: string) =>
  client.request<string>('GET', `/v1/referrals/${referralId}/receipt`, {
    headers: { prefer: 'respond-async' },
  })

/** The place of the submission in the log, once it has one: within a minute (C2SP tlog-proof: `index 88`). */
const useLogIndex = (of: Session, referralId: string): string | undefined => {
  const [index, setIndex] = useState<string>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    const ask = async () => {
      try {
        const { status, headers, body } = await receiptOf(of, referralId)
        if (gone) return
        const seconds = Number(headers.get('retry-after') ?? leastSeconds)
        if (status === 202) timer = setTimeout(() => void ask(), seconds * 1000)
        else setIndex(/^index (\d+)$/m.exec(body)?.[1])
      } catch {
        // The receipt is one without it.
      }
    }
    void ask()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [of, referralId])
  return index
}

const Permitted = ({ consent }: { consent: ConsentView }) => (
  <Table
    caption={say('receipt.permitted')}
    columns={headings(say, 'receipt.purpose', 'receipt.who', 'receipt.what')}
    rows={consent.purposes.map(({ purpose, recipient, dataCategories }) => ({
      key: purpose + recipient,
      cells: [
        label(purposeLabels, purpose),
        recipient,
        dataCategories.map(one => label(categoryLabels, one)).join(', '),
      ],
    }))}
  />
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
      <FolioSign folio={header.folio} />
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
