// What is left to do once a consent was withdrawn: whoever received the content deletes what they copied, and says so.
import { useState } from 'preact/hooks'
import type { ConsentView } from '../../../schemas/consent.ts'
import { randomToken } from '../../../signatures/keys.ts'
import { useReading } from '../doing.ts'
import { HintAndError, Group, type Wrong, described } from '../fields.tsx'
import { Form } from '../form.tsx'
import { untilAnswered } from '../hub.ts'
import { Button, Loading, Problem } from '../parts.tsx'
import { moment } from '../say.ts'
import { session } from '../session.ts'
import { say } from './case-words.ts'
import { type Case, useCaseDoing } from './read-case.tsx'

const Tick = ({ label, wrong }: { label: string; wrong: string | undefined }) => {
  const field = { id: 'deleted', label, wrong }
  return (
    <Group wrong={wrong}>
      <HintAndError {...field} />
      <div class="govuk-checkboxes">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            type="checkbox"
            value="yes"
            {...described(field)}
          />
          <label class="govuk-label govuk-checkboxes__label" for={field.id}>
            {label}
          </label>
        </div>
      </div>
    </Group>
  )
}

const Confirm = (one: Case & { institution: string; then: () => void }) => {
  const { of, header, institution, begin, done, then } = one
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const { busy, error, run } = useCaseDoing(one)
  const send = (value: (name: string) => string) => {
    const ticked = value('deleted') === 'yes'
    begin()
    setWrongs(ticked ? [] : [{ id: 'deleted', text: say('deletion.missing') }])
    if (!ticked) return
    const [at, key] = [of.client.hubTime().toISOString(), randomToken(16)]
    void run(async () => {
      await untilAnswered(
        () => of.client.confirmDeletion(header.consentId, { at }, key),
        () => session.get() === of,
      )
      done('deletion.done')
      then()
    })
  }
  return (
    <div class="rh-no-print">
      <Form send={send} wrongs={wrongs} error={error}>
        <p class="govuk-body">{say('deletion.what', { institution })}</p>
        <p class="govuk-body">
          {say('deletion.signed', { institution, referrer: header.referrer })}
        </p>
        <Tick label={say('deletion.tick')} wrong={wrongs[0]?.text} />
        <Button kind="warning" busy={busy}>
          {say('deletion.send')}
        </Button>
      </Form>
    </div>
  )
}

/** Nobody else's word is this institution's: of several recipients each gives its own. */
const ownWord = ({ events }: ConsentView, institution: string) =>
  events.find(({ event, by }) => event === 'deletion-confirmed' && by === institution)

/** Asked of whoever received the referral, until they have said it; nothing where it was not asked for. */
export const Deletion = (one: Case) => {
  const { of, header } = one
  const { reading, again } = useReading(
    async () => (await of.client.getConsent(header.consentId)).body,
    [of, header.consentId],
  )
  const institution = of.me?.institution
  if (institution !== header.recipient) return null
  if (reading.state === 'loading') return <Loading />
  if (reading.state === 'failed') return <Problem error={reading.error} again={again} />
  const { events } = reading.value
  if (!events.some(({ event }) => event === 'deletion-requested')) return null
  const confirmed = ownWord(reading.value, institution)
  return (
    <section>
      <h2 class="govuk-heading-m">{say('deletion.title')}</h2>
      {confirmed ? (
        <p class="govuk-body">
          {say('deletion.confirmed', { institution, at: moment(confirmed.at) })}
        </p>
      ) : (
        <Confirm {...one} institution={institution} then={again} />
      )}
    </section>
  )
}
