// Which notice, and what it says.
import { useState } from 'preact/hooks'
import { laterDay } from '../../../events/calendar.ts'
import { dayOf } from '../../../schemas/guatemala.ts'
import type { NoticeKind } from '../../../schemas/agreement.ts'
import type { Instant } from '../../../schemas/ids.ts'
import type { AgreementView, NoticeCommand, TerminationCause } from '../../../schemas/notice.ts'
import { noticeKindLabels, terminationCauseLabels } from '../../../texts/labels.ts'
import { valuesOf } from '../doing.ts'
import { ErrorSummary, Field, Radios, type Wrong } from '../fields.tsx'
import { Button, Heading, Link } from '../parts.tsx'
import { label } from '../say.ts'
import { say } from './liaison-words.ts'

/** The last millisecond of a day of Guatemala, where that day began at six in UTC. */
const lastInstantOf = (day: string): Instant =>
  new Date(Date.parse(`${laterDay(day, 1)}T06:00:00.000Z`) - 1).toISOString() as Instant

const isDay = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000Z`))

type Asked = { states: NoticeCommand } | { wrong: Wrong }

const missing = (id: string, text: string): Asked => ({ wrong: { id, text } })

const askedIn = (value: (name: string) => string): Asked => {
  const kind = value('kind') as NoticeKind | ''
  switch (kind) {
    case '':
      return missing('kind', say('give.kind-missing'))
    case 'renewal': {
      const until = value('until')
      return isDay(until)
        ? { states: { kind, until: lastInstantOf(until) } }
        : missing('until', say('give.until-missing'))
    }
    case 'rescission': {
      const receivedOn = value('received')
      return isDay(receivedOn)
        ? { states: { kind, receivedOn } }
        : missing('received', say('give.received-missing'))
    }
    case 'amendment': {
      const targetPersons = Number(value('target'))
      return Number.isSafeInteger(targetPersons) && targetPersons > 0
        ? { states: { kind, change: { targetPersons } } }
        : missing('target', say('give.target-missing'))
    }
    case 'termination': {
      const cause = value('cause')
      return cause === ''
        ? missing('cause', say('give.cause-missing'))
        : { states: { kind, cause: cause as TerminationCause } }
    }
    default:
      return { states: { kind } }
  }
}

export const AskNotice = ({
  view,
  now,
  asked,
}: {
  view: AgreementView
  now: Date
  asked: (states: NoticeCommand) => void
}) => {
  const [kind, setKind] = useState('')
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const wrong = (id: string) => wrongs.find(one => one.id === id)?.text
  const look = (value: (name: string) => string) => {
    const found = askedIn(value)
    if ('states' in found) asked(found.states)
    else setWrongs([found.wrong])
  }
  // A freeze is lifted where there is one, and not made twice.
  const kinds = Object.keys(noticeKindLabels).filter(
    one => one !== (view.state === 'frozen' ? 'breach' : 'lift'),
  )
  return (
    <form autocomplete="off" noValidate onSubmit={event => look(valuesOf(event))}>
      <Link to={`convenio/${view.agreementId}`} class="govuk-back-link">
        {view.title}
      </Link>
      <ErrorSummary wrongs={wrongs} />
      <Heading>{say('give.title')}</Heading>
      <Radios
        id="kind"
        label={say('give.kind')}
        wrong={wrong('kind')}
        onChoose={setKind}
        choices={kinds.map(value => ({ value, label: label(noticeKindLabels, value) }))}
      />
      {kind === 'renewal' && (
        <Field
          id="until"
          type="date"
          label={say('give.until')}
          min={dayOf(view.endsAt)}
          wrong={wrong('until')}
          look="govuk-input--width-10"
        />
      )}
      {kind === 'rescission' && (
        <Field
          id="received"
          type="date"
          label={say('give.received')}
          max={dayOf(now.toISOString())}
          wrong={wrong('received')}
          look="govuk-input--width-10"
        />
      )}
      {kind === 'amendment' && (
        <Field
          id="target"
          inputMode="numeric"
          label={say('give.target')}
          hint={say('give.rest')}
          wrong={wrong('target')}
          look="govuk-input--width-5"
        />
      )}
      {kind === 'termination' && (
        <Radios
          id="cause"
          label={say('give.cause')}
          wrong={wrong('cause')}
          choices={Object.keys(terminationCauseLabels).map(value => ({
            value,
            label: label(terminationCauseLabels, value),
          }))}
        />
      )}
      <Button>{say('give.check')}</Button>
    </form>
  )
}
