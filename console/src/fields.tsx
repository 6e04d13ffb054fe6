// What forms are made of: fields with their labels, hints and errors, and the summary of what is to be corrected.
import type { InputHTMLAttributes, TextareaHTMLAttributes } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { say } from './say.ts'
import { useFault } from './title.ts'

export type Wrong = { id: string; text: string }

const describedBy = (id: string, hint?: string, wrong?: string) =>
  [hint && `${id}-hint`, wrong && `${id}-error`].filter(Boolean).join(' ') || undefined

const Hint = ({ id, text }: { id: string; text: string | undefined }) =>
  text === undefined ? null : (
    <div id={`${id}-hint`} class="govuk-hint">
      {text}
    </div>
  )

const ErrorText = ({ id, text }: { id: string; text: string | undefined }) =>
  text === undefined ? null : (
    <p id={`${id}-error`} class="govuk-error-message">
      <span class="govuk-visually-hidden">{say('app.error')}</span>
      {text}
    </p>
  )

const group = (wrong: string | undefined) =>
  `govuk-form-group${wrong === undefined ? '' : ' govuk-form-group--error'}`

type FieldOf = {
  id: string
  label: string
  hint?: string | undefined
  wrong?: string | undefined
}

export const Field = ({
  id,
  label,
  hint,
  wrong,
  look = '',
  ...input
}: FieldOf & InputHTMLAttributes & { look?: string }) => (
  <div class={group(wrong)}>
    <label class="govuk-label govuk-label--s" for={id}>
      {label}
    </label>
    <Hint id={id} text={hint} />
    <ErrorText id={id} text={wrong} />
    <input
      autocomplete="off"
      spellcheck={false}
      {...input}
      id={id}
      name={id}
      class={`govuk-input ${look} ${wrong === undefined ? '' : 'govuk-input--error'}`}
      aria-describedby={describedBy(id, hint, wrong)}
      aria-invalid={wrong === undefined ? undefined : true}
    />
  </div>
)

export const Area = ({ id, label, hint, wrong, ...area }: FieldOf & TextareaHTMLAttributes) => (
  <div class={group(wrong)}>
    <label class="govuk-label govuk-label--s" for={id}>
      {label}
    </label>
    <Hint id={id} text={hint} />
    <ErrorText id={id} text={wrong} />
    <textarea
      autocomplete="off"
      spellcheck={false}
      rows={5}
      {...area}
      id={id}
      name={id}
      class={`govuk-textarea ${wrong === undefined ? '' : 'govuk-textarea--error'}`}
      aria-describedby={describedBy(id, hint, wrong)}
      aria-invalid={wrong === undefined ? undefined : true}
    />
  </div>
)

export type Choice = { value: string; label: string; hint?: string | undefined }

/** One of a few. The first has the group's id, so that an error leads to it. */
export const Radios = ({
  id,
  label,
  hint,
  wrong,
  choices,
  chosen,
  onChoose,
}: FieldOf & {
  choices: readonly Choice[]
  chosen?: string
  onChoose?: (value: string) => void
}) => (
  <div class={group(wrong)}>
    <fieldset class="govuk-fieldset" aria-describedby={describedBy(id, hint, wrong)}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{label}</legend>
      <Hint id={id} text={hint} />
      <ErrorText id={id} text={wrong} />
      <div class="govuk-radios">
        {choices.map((choice, place) => (
          <div class="govuk-radios__item" key={choice.value}>
            <input
              class="govuk-radios__input"
              type="radio"
              id={place === 0 ? id : `${id}-${choice.value}`}
              name={id}
              value={choice.value}
              defaultChecked={choice.value === chosen}
              onChange={() => onChoose?.(choice.value)}
              aria-describedby={choice.hint && `${id}-${choice.value}-hint`}
            />
            <label
              class="govuk-label govuk-radios__label"
              for={place === 0 ? id : `${id}-${choice.value}`}
            >
              {choice.label}
            </label>
            {choice.hint && (
              <div id={`${id}-${choice.value}-hint`} class="govuk-hint govuk-radios__hint">
                {choice.hint}
              </div>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  </div>
)

/** What is to be corrected, each a link to its place. Takes the focus, so that it is read out. */
export const ErrorSummary = ({
  wrongs,
  of = wrongs,
}: {
  wrongs: readonly Wrong[]
  of?: object
}) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (wrongs.length > 0) box.current?.focus()
  }, [of])
  useFault(wrongs.length > 0)
  if (wrongs.length === 0) return null
  return (
    <div ref={box} class="govuk-error-summary" tabIndex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{say('app.errors')}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {wrongs.map(({ id, text }) => (
              <li key={id}>
                <a
                  href={`#${id}`}
                  onClick={event => {
                    event.preventDefault()
                    document.getElementById(id)?.focus()
                  }}
                >
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}
