// What forms are made of: fields with their labels, hints and errors, and the summary of what is to be corrected.
import type { ComponentChildren, InputHTMLAttributes, TextareaHTMLAttributes } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { label as labelIn, say } from './say.ts'
import { useFault } from './title.ts'

export type Wrong = { id: string; text: string }

/** What a field is called and told by: its label, a hint, what is wrong with it. */
export type FieldOf = {
  id: string
  label: string
  hint?: string | undefined
  wrong?: string | undefined
}

const describedBy = ({ id, hint, wrong }: FieldOf) =>
  [hint && `${id}-hint`, wrong && `${id}-error`].filter(Boolean).join(' ') || undefined

/** What the element that is filled in has of its field. */
export const described = (field: FieldOf) => ({
  id: field.id,
  name: field.id,
  'aria-describedby': describedBy(field),
  'aria-invalid': field.wrong === undefined ? undefined : (true as const),
})

export const HintAndError = ({ id, hint, wrong }: FieldOf) => (
  <>
    {hint !== undefined && (
      <div id={`${id}-hint`} class="govuk-hint">
        {hint}
      </div>
    )}
    {wrong !== undefined && (
      <p id={`${id}-error`} class="govuk-error-message">
        <span class="govuk-visually-hidden">{say('app.error')}</span>
        {wrong}
      </p>
    )}
  </>
)

type Around = { children: ComponentChildren }

export const Group = ({ wrong, children }: Pick<FieldOf, 'wrong'> & Around) => (
  <div class={`govuk-form-group${wrong === undefined ? '' : ' govuk-form-group--error'}`}>
    {children}
  </div>
)

/** One element to fill in, under its label. */
export const Labelled = ({ children, ...field }: FieldOf & Around) => (
  <Group wrong={field.wrong}>
    <label class="govuk-label govuk-label--s" for={field.id}>
      {field.label}
    </label>
    <HintAndError {...field} />
    {children}
  </Group>
)

/** Several elements that are one answer. */
export const Fieldset = ({ children, ...field }: FieldOf & Around) => (
  <Group wrong={field.wrong}>
    <fieldset class="govuk-fieldset" aria-describedby={describedBy(field)}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{field.label}</legend>
      <HintAndError {...field} />
      {children}
    </fieldset>
  </Group>
)

/** An element of the browser's under its label. `look`: its classes. */
const Input = ({
  id,
  label,
  hint,
  wrong,
  look,
  ...input
}: FieldOf & InputHTMLAttributes & { look: string }) => (
  <Labelled id={id} label={label} hint={hint} wrong={wrong}>
    <input {...input} {...described({ id, label, hint, wrong })} class={look} />
  </Labelled>
)

export const Field = ({
  look = '',
  ...field
}: FieldOf & InputHTMLAttributes & { look?: string }) => (
  <Input
    autocomplete="off"
    spellcheck={false}
    {...field}
    look={`govuk-input ${look} ${field.wrong === undefined ? '' : 'govuk-input--error'}`}
  />
)

/** A day of the calendar. */
export const Day = (
  field: FieldOf & { min?: string; max?: string; defaultValue?: string | undefined },
) => <Field {...field} type="date" look="govuk-input--width-10" />

/** A file that is chosen, or dropped onto it. What is done with it is said by its hint. */
export const FileField = ({
  look = '',
  ...field
}: FieldOf & {
  look?: string
  accept?: string
  multiple?: boolean
  /** A whole folder: of every browser, and of no list of attributes yet. */
  webkitdirectory?: boolean
}) => <Input {...field} type="file" look={`govuk-file-upload ${look}`} />

export const Area = ({ id, label, hint, wrong, ...area }: FieldOf & TextareaHTMLAttributes) => (
  <Labelled id={id} label={label} hint={hint} wrong={wrong}>
    <textarea
      autocomplete="off"
      spellcheck={false}
      rows={5}
      {...area}
      {...described({ id, label, hint, wrong })}
      class={`govuk-textarea ${wrong === undefined ? '' : 'govuk-textarea--error'}`}
    />
  </Labelled>
)

export type Choice = { value: string; label: string; hint?: string | undefined }

/** The codes of a table of words, or some of them, to choose from. */
export const choicesOf = (
  labels: Parameters<typeof labelIn>[0],
  codes: readonly string[] = Object.keys(labels),
): Choice[] => codes.map(value => ({ value, label: labelIn(labels, value) }))

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
  <Fieldset id={id} label={label} hint={hint} wrong={wrong}>
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
  </Fieldset>
)

/** Focuses something, out of whatever it is folded in. */
const reveal = (place: HTMLElement | null): void => {
  let fold = place?.closest('details')
  for (; fold; fold = fold.parentElement?.closest('details')) fold.open = true
  place?.focus()
}

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
                    reveal(document.getElementById(id))
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
