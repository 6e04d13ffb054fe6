// Which notice, and what it says.
import { useState } from 'preact/hooks'
import { dayOf } from '../../../schemas/guatemala.ts'
import { endOfDay } from '../../../schemas/instants.ts'
import { fieldErrors } from '../../../schemas/field-errors.ts'
import type { NoticeKind } from '../../../schemas/agreement.ts'
import type { Sha256 } from '../../../schemas/ids.ts'
import {
  type AgreementView,
  NoticeCommand,
  type TerminationCause,
} from '../../../schemas/notice.ts'
import { noticeKindLabels, terminationCauseLabels } from '../../../texts/labels.ts'
import { useDoing, valuesOf } from '../doing.ts'
import { choicesOf, Day, ErrorSummary, Radios, type Wrong } from '../fields.tsx'
import { Button, Heading, Link, Problem } from '../parts.tsx'
import { sha256Of } from '../sha256.ts'
import { changeIn, wrongsIn } from './amendment.ts'
import { AskAmendment } from './ask-amendment.tsx'
import { say } from './liaison-words.ts'

const isDay = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000Z`))

type Asked = { states: NoticeCommand } | { wrongs: Wrong[] }

const missing = (id: string, text: string): Asked => ({ wrongs: [{ id, text }] })

const askedIn = (
  value: (name: string) => string,
  view: AgreementView,
  documentSha256: Sha256 | undefined,
): Asked => {
  const kind = value('kind') as NoticeKind | ''
  switch (kind) {
    case '':
      return missing('kind', say('give.kind-missing'))
    case 'renewal': {
      const until = value('until')
      return isDay(until)
        ? { states: { kind, until: endOfDay(until) } }
        : missing('until', say('give.until-missing'))
    }
    case 'rescission': {
      const receivedOn = value('receivedOn')
      return isDay(receivedOn)
        ? { states: { kind, receivedOn } }
        : missing('receivedOn', say('give.received-missing'))
    }
    case 'amendment': {
      const found = changeIn(value, view)
      if ('wrongs' in found) return found
      const document = documentSha256 === undefined ? {} : { documentSha256 }
      return { states: { kind, change: found.change, ...document } }
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

/** Of the document that was chosen; of none, what was known before. Nothing else of it leaves this computer. */
const documentIn = async (
  form: HTMLFormElement,
  before: Sha256 | undefined,
): Promise<Sha256 | undefined> => {
  const field = form.elements.namedItem('document')
  const file = field instanceof HTMLInputElement ? field.files?.[0] : undefined
  return file === undefined ? before : ((await sha256Of(await file.arrayBuffer())) as Sha256)
}

/** `before`: what was asked before somebody went back to change it, and what the hub did not take of it. */
export const AskNotice = ({
  view,
  now,
  before,
  refused,
  asked,
}: {
  view: AgreementView
  now: Date
  before: NoticeCommand | undefined
  refused: readonly Wrong[]
  asked: (states: NoticeCommand) => void
}) => {
  const [kind, setKind] = useState<string>(before?.kind ?? '')
  const [wrongs, setWrongs] = useState<readonly Wrong[]>(refused)
  const amended = before?.kind === 'amendment' ? before : undefined
  const wrong = (id: string) => wrongs.find(one => one.id === id)?.text
  const { error, run } = useDoing()
  const look = (form: HTMLFormElement, value: (name: string) => string) =>
    run(async () => {
      const document = await documentIn(form, amended?.documentSha256)
      const found = askedIn(value, view, document)
      if ('wrongs' in found) return setWrongs(found.wrongs)
      const fits = NoticeCommand.safeParse(found.states)
      if (fits.success) asked(found.states)
      else setWrongs(wrongsIn(fieldErrors(fits.error)))
    })
  // A freeze is lifted where there is one, and not made twice.
  const kinds = Object.keys(noticeKindLabels).filter(
    one => one !== (view.state === 'frozen' ? 'breach' : 'lift'),
  )
  return (
    <form
      autocomplete="off"
      noValidate
      onSubmit={event => void look(event.currentTarget, valuesOf(event))}
    >
      <Link to={`convenio/${view.agreementId}`} class="govuk-back-link">
        {view.title}
      </Link>
      <ErrorSummary wrongs={wrongs} />
      {error !== undefined && <Problem error={error} />}
      <Heading>{say('give.title')}</Heading>
      <Radios
        id="kind"
        label={say('give.kind')}
        wrong={wrong('kind')}
        chosen={kind}
        onChoose={setKind}
        choices={choicesOf(noticeKindLabels, kinds)}
      />
      {kind === 'renewal' && (
        <Day
          id="until"
          label={say('give.until')}
          min={dayOf(view.endsAt)}
          wrong={wrong('until')}
          defaultValue={before?.kind === 'renewal' ? dayOf(before.until) : ''}
        />
      )}
      {kind === 'rescission' && (
        <Day
          id="receivedOn"
          label={say('give.received')}
          max={dayOf(now.toISOString())}
          wrong={wrong('receivedOn')}
          defaultValue={before?.kind === 'rescission' ? before.receivedOn : ''}
        />
      )}
      {kind === 'amendment' && (
        <AskAmendment
          view={view}
          before={amended?.change ?? {}}
          document={amended?.documentSha256}
          wrong={wrong}
        />
      )}
      {kind === 'termination' && (
        <Radios
          id="cause"
          label={say('give.cause')}
          wrong={wrong('cause')}
          chosen={before?.kind === 'termination' ? before.cause : ''}
          choices={choicesOf(terminationCauseLabels)}
        />
      )}
      <Button>{say('give.check')}</Button>
    </form>
  )
}
