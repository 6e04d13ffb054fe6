// The fields of an addendum: each term as it stands, to be written over, and the signed document.
import type { AgreementChange, AgreementView } from '../../../schemas/notice.ts'
import { priorityLabels } from '../../../texts/referral.ts'
import type { Term } from '../../../texts/terms.ts'
import { termInWords } from '../../../texts/terms-told.ts'
import { Field, FileField, Radios } from '../fields.tsx'
import { label, language } from '../say.ts'
import { kindOf, priorities, terms, titleOf, valueIn } from './amendment.ts'
import { say } from './liaison-words.ts'

type Asked = {
  term: Term
  /** As it is now, and as it was written over before. */
  now: unknown
  value: unknown
  wrong: (id: string) => string | undefined
}

const hintOf = (now: unknown) => say('give.now', { value: termInWords(now, language.get()) })

const Hours = ({ term, now, value, wrong }: Asked) => {
  const ids = priorities.map(priority => `${term}-${priority}`)
  const wrongs = ids.filter(id => wrong(id) !== undefined)
  const described = [`${term}-hint`, ...wrongs.map(id => `${id}-error`)].join(' ')
  return (
    <div class={`govuk-form-group ${wrongs.length > 0 ? 'govuk-form-group--error' : ''}`}>
      <fieldset class="govuk-fieldset" aria-describedby={described}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{titleOf(term)}</legend>
        <div id={`${term}-hint`} class="govuk-hint">
          {hintOf(now)}
        </div>
        <div class="rh-pair">
          {priorities.map((priority, n) => (
            <Field
              key={priority}
              id={ids[n] ?? ''}
              label={label(priorityLabels, priority)}
              inputMode="numeric"
              look="govuk-input--width-5"
              defaultValue={String((value as Record<string, number>)[priority] ?? '')}
              wrong={wrong(ids[n] ?? '')}
            />
          ))}
        </div>
      </fieldset>
    </div>
  )
}

const AskTerm = (asked: Asked) => {
  const { term, now, value, wrong } = asked
  const about = { id: term, label: titleOf(term), hint: hintOf(now), wrong: wrong(term) }
  switch (kindOf[term].kind) {
    case 'hours':
      return <Hours {...asked} />
    case 'yes-no':
      return (
        <Radios
          {...about}
          chosen={value === true ? 'yes' : 'no'}
          choices={[
            { value: 'yes', label: say('give.yes') },
            { value: 'no', label: say('give.no') },
          ]}
        />
      )
    case 'institutions':
      return (
        <Field
          {...about}
          hint={`${about.hint} ${say('give.institutions-hint')}`}
          look="govuk-input--width-20"
          defaultValue={(value as string[]).join(', ')}
        />
      )
    default:
      return (
        <Field
          {...about}
          inputMode="numeric"
          look="govuk-input--width-5"
          defaultValue={String(value)}
        />
      )
  }
}

export const AskAmendment = ({
  view,
  before,
  document,
  wrong,
}: {
  view: AgreementView
  /** What was written before one went back to it. */
  before: AgreementChange
  /** Of the document that was chosen before: its SHA-256. */
  document: string | undefined
  wrong: (id: string) => string | undefined
}) => (
  <>
    <p class="govuk-body">{say('give.amendment-what')}</p>
    {terms.map(term => (
      <AskTerm
        key={term}
        term={term}
        now={valueIn(view, term)}
        value={valueIn(before, term) ?? valueIn(view, term)}
        wrong={wrong}
      />
    ))}
    <FileField
      id="document"
      label={say('give.document')}
      hint={
        document === undefined
          ? say('give.document-hint')
          : say('give.document-kept', { digest: document.slice(0, 16) })
      }
      wrong={wrong('document')}
    />
  </>
)
