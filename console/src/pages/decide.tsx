// Answering a referral, and how it goes on: what its state allows, with a reason where the other side is to know why.
import { useState } from 'preact/hooks'
import type { Reason, ReferralHeader, Status } from '../../../schemas/referral.ts'
import { randomToken } from '../../../signatures/keys.ts'
import { reasonLabels } from '../../../texts/referral.ts'
import { Form } from '../form.tsx'
import { untilAnswered } from '../hub.ts'
import { Radios, type Wrong } from '../fields.tsx'
import { Button } from '../parts.tsx'
import { label } from '../say.ts'
import { say } from './case-words.ts'
import { session, type Session } from '../session.ts'
import { type Case, useCaseDoing } from './read-case.tsx'

const withReason: readonly Status[] = ['rejected', 'failed', 'cancelled', 'on-hold']
/** Given by the hub alone, when it closes a case. */
const notByHand: readonly string[] = [
  'consent-withdrawn',
  'consent-expired',
  'agreement-ended',
  'not-answered',
  'not-collected',
]
const reasons = Object.keys(reasonLabels).filter(reason => !notByHand.includes(reason))

/** Who is told why. */
const otherSide = ({ me }: Session, { referrer, recipient }: ReferralHeader): string =>
  me?.institution === referrer ? recipient : referrer

export const Decide = (one: Case) => {
  const { of, header, etag, begin, done } = one
  const [chosen, setChosen] = useState('')
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const [idempotencyKey] = useState(() => randomToken(16))
  const { busy, error, run } = useCaseDoing(one)
  const next = header.availableTransitions.filter(status => status !== 'received')
  if (next.length === 0) return null
  const rejects = chosen === 'rejected'
  const needsReason = withReason.some(status => status === chosen)
  const send = (value: (name: string) => string) => {
    const status = next.find(code => code === value('status'))
    begin()
    const reason = needsReason ? value('reason') : undefined
    const found: Wrong[] = [
      ...(status ? [] : [{ id: 'status', text: say('decide.missing') }]),
      ...(reason === '' ? [{ id: 'reason', text: say('decide.reason-missing') }] : []),
    ]
    setWrongs(found)
    if (found.length > 0 || !status) return
    void run(async () => {
      const change = { status, ...(reason !== undefined && { reason: reason as Reason }) }
      await untilAnswered(
        () => of.client.changeStatus(header.referralId, change, etag, idempotencyKey),
        () => session.get() === of,
      )
      done('case.done')
    })
  }
  const wrong = (id: string) => wrongs.find(found => found.id === id)?.text
  return (
    <Form send={send} wrongs={wrongs} error={error}>
      <h2 class="govuk-heading-m">{say('decide.title')}</h2>
      <Radios
        id="status"
        label={say('decide.what')}
        wrong={wrong('status')}
        onChoose={setChosen}
        choices={next.map(value => ({ value, label: say(`to.${value}`) }))}
      />
      {needsReason && (
        <Radios
          id="reason"
          label={say(rejects ? 'decide.why-not' : 'decide.reason', {
            institution: otherSide(of, header),
          })}
          wrong={wrong('reason')}
          choices={reasons.map(value => ({ value, label: label(reasonLabels, value) }))}
        />
      )}
      <Button busy={busy}>{say(rejects ? 'to.rejected' : 'decide.send')}</Button>
    </Form>
  )
}
