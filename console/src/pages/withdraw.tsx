// Withdrawing a consent for its person: what is shared is destroyed at once.
import { useState } from 'preact/hooks'
import type { WithdrawalCommand } from '../../../schemas/consent.ts'
import { randomToken } from '../../../signatures/keys.ts'
import { capacityLabels, withdrawalMethodLabels } from '../../../texts/labels.ts'
import { Form } from '../form.tsx'
import { untilAnswered } from '../hub.ts'
import { choicesOf, Radios, type Wrong } from '../fields.tsx'
import { Button } from '../parts.tsx'
import { say } from './case-words.ts'
import { session } from '../session.ts'
import { type Case, useCaseDoing } from './read-case.tsx'

export const Withdraw = (one: Case) => {
  const { of, header, begin, done } = one
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const [idempotencyKey] = useState(() => randomToken(16))
  const { busy, error, run } = useCaseDoing(one)
  if (header.contentState === 'shredded') return null
  const send = (value: (name: string) => string) => {
    const requestedBy = value('who')
    begin()
    setWrongs(requestedBy === '' ? [{ id: 'who', text: say('withdraw.who-missing') }] : [])
    if (requestedBy === '') return
    const at = of.client.hubTime().toISOString()
    const command = {
      requestedBy: requestedBy as WithdrawalCommand['requestedBy'],
      method: value('how'),
      at,
    }
    void run(async () => {
      await untilAnswered(
        () => of.client.withdrawConsent(header.consentId, command, idempotencyKey),
        () => session.get() === of,
      )
      done('withdraw.done')
    })
  }
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{say('withdraw.title')}</span>
      </summary>
      <div class="govuk-details__text">
        <Form send={send} wrongs={wrongs} error={error}>
          <p class="govuk-body">{say('withdraw.what')}</p>
          <Radios
            id="who"
            label={say('withdraw.who')}
            wrong={wrongs[0]?.text}
            choices={choicesOf(capacityLabels)}
          />
          <Radios
            id="how"
            label={say('withdraw.how')}
            chosen="in-person"
            choices={choicesOf(withdrawalMethodLabels)}
          />
          <Button kind="warning" busy={busy}>
            {say('withdraw.send')}
          </Button>
        </Form>
      </div>
    </details>
  )
}
