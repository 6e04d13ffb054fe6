// Handing a case over to an institution beyond the agreement, by the person's consent: with its reason where that is
// not possible now.
import { useState } from 'preact/hooks'
import type { ConsentView } from '../../../schemas/consent.ts'
import type { AgreementView } from '../../../schemas/notice.ts'
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { randomToken } from '../../../signatures/keys.ts'
import { agreementStateLabels, statusLabels } from '../../../texts/labels.ts'
import { useReading } from '../doing.ts'
import { untilAnswered } from '../hub.ts'
import { Button, Loading, Problem } from '../parts.tsx'
import { label } from '../say.ts'
import { session } from '../session.ts'
import { say } from './case-words.ts'
import { type Case, useCaseDoing } from './read-case.tsx'

const notYet: readonly string[] = ['requested', 'received']
const underWay: readonly string[] = ['accepted', 'in-progress', 'on-hold']
const shut: readonly string[] = ['frozen', 'pending', 'ended']

/** What decides whether it is possible, as it was read. */
type Around = {
  agreement: Pick<AgreementView, 'state' | 'onwardRecipients'>
  consent: Pick<ConsentView, 'state' | 'purposes'>
  /** What was handed over of this referral before. */
  handovers: readonly ReferralHeader[]
}

/** Why a case cannot be handed over to `recipient` now; undefined where it can. The hub decides in the end. */
const whyNot = (
  recipient: string,
  { status }: ReferralHeader,
  { agreement, consent, handovers }: Around,
): string | undefined => {
  if (shut.includes(agreement.state))
    return say('handover.shut', { state: label(agreementStateLabels, agreement.state) })
  const there = handovers.find(
    one => one.recipient === recipient && [...notYet, ...underWay].includes(one.status),
  )
  if (there)
    return say('handover.there', {
      recipient,
      folio: there.folio,
      status: label(statusLabels, there.status),
    })
  if (notYet.includes(status)) return say('handover.not-accepted')
  if (!underWay.includes(status)) return say('handover.closed')
  const permitted = consent.purposes.some(
    line => line.purpose === 'job-placement-handover' && line.recipient === recipient,
  )
  if (!permitted) return say('handover.not-permitted', { recipient })
  return consent.state === 'granted' ? undefined : say('handover.over')
}

const To = ({
  recipient,
  around,
  then,
  ...one
}: Case & { recipient: string; around: Around; then: () => void }) => {
  const { of, header, done } = one
  const [idempotencyKey] = useState(() => randomToken(16))
  const { busy, error, run } = useCaseDoing(one)
  const why = whyNot(recipient, header, around)
  const send = () =>
    run(async () => {
      await untilAnswered(
        () => of.client.handOver(header.referralId, { recipient }, idempotencyKey),
        () => session.get() === of,
      )
      done('handover.done')
      then()
    })
  const reasonId = `handover-${recipient}`
  return (
    <>
      {error !== undefined && <Problem error={error} />}
      <p class="govuk-body" id={reasonId}>
        {why ?? say('handover.what', { recipient })}
      </p>
      <Button
        type="button"
        kind="secondary"
        busy={busy}
        off={why !== undefined}
        describedBy={reasonId}
        onClick={() => void send()}
      >
        {say('handover.do', { recipient })}
      </Button>
    </>
  )
}

export const Handover = (one: Case) => {
  const { of, header } = one
  const { referralId, agreementId, consentId, recipient, partOf } = header
  const { reading, again } = useReading(async (): Promise<Around> => {
    const [agreement, consent, handovers] = await Promise.all([
      of.client.getAgreement(agreementId),
      of.client.getConsent(consentId),
      of.client.listReferrals({ direction: 'sent', partOf: referralId }),
    ])
    return { agreement: agreement.body, consent: consent.body, handovers: handovers.body.items }
  }, [of, referralId])
  // What was handed over is not handed on.
  if (partOf !== undefined) return null
  if (reading.state === 'loading') return <Loading />
  if (reading.state === 'failed') return <Problem error={reading.error} again={again} />
  const onward = reading.value.agreement.onwardRecipients.filter(to => to !== recipient)
  if (onward.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{say('handover.title')}</h2>
      {onward.map(to => (
        <To key={to} {...one} recipient={to} around={reading.value} then={again} />
      ))}
    </section>
  )
}
