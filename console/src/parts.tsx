// What pages are made of: GOV.UK's patterns, in our words.
import type { ComponentChildren, InputHTMLAttributes, TextareaHTMLAttributes } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { HubError, HubUnreachable } from '../../client/refusal.ts'
import type { Me } from '../../schemas/institution.ts'
import { arrival, go, type Place } from './route.ts'
import { say } from './say.ts'
import type { Session } from './session.ts'

/** What the pages of a role are given: who asks, and for what. */
export type PagesOf = { of: Session; me: Me; at: Place }

export type Wrong = { id: string; text: string }

/** The heading of a page: its title, and where focus goes when one comes from another page. */
export const Heading = ({ children, size = 'l' }: { children: string; size?: 'l' | 'm' }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${children} – ${say('app.name')}`
    if (!arrival.first) heading.current?.focus()
    arrival.first = false
  }, [children])
  return (
    <h1 ref={heading} tabIndex={-1} class={`govuk-heading-${size} rh-heading`}>
      {children}
    </h1>
  )
}

export const NotFound = () => <Heading>{say('app.not-found')}</Heading>

export const Link = ({
  to,
  children,
  ...rest
}: {
  to: string
  children: ComponentChildren
  id?: string
  class?: string
  'aria-current'?: 'page'
}) => (
  <a
    class="govuk-link"
    {...rest}
    href={`/console${to === '' ? '' : `/${to}`}`}
    onClick={event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
      event.preventDefault()
      go(to)
    }}
  >
    {children}
  </a>
)

export const Button = ({
  children,
  kind = '',
  busy = false,
  off = false,
  describedBy: described,
  ...rest
}: {
  children: ComponentChildren
  kind?: '' | 'secondary' | 'warning'
  busy?: boolean
  /** Not possible now: why, stands where `describedBy` says. */
  off?: boolean
  describedBy?: string
  type?: 'button' | 'submit'
  id?: string
  onClick?: () => void
}) => (
  <button
    type={rest.type ?? 'submit'}
    id={rest.id}
    class={`govuk-button${kind === '' ? '' : ` govuk-button--${kind}`}`}
    aria-disabled={busy || off}
    aria-describedby={described}
    onClick={event => {
      // Not `disabled`: that would lose the focus of whoever has just pressed it.
      if (busy || off) event.preventDefault()
      else rest.onClick?.()
    }}
  >
    {children}
  </button>
)

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
export const ErrorSummary = ({ wrongs }: { wrongs: readonly Wrong[] }) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (wrongs.length > 0) box.current?.focus()
  }, [wrongs])
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

/** What a reader is to hear when it comes up: what was done, or what one should know. */
export const Notice = ({
  children,
  kind = '',
}: {
  children: ComponentChildren
  kind?: '' | 'done'
}) => (
  <div class={`rh-notice ${kind === 'done' ? 'rh-notice--done' : ''}`} role="status">
    {children}
  </div>
)

/** Whom something went wrong for: in words, with the number to ask the operators about. */
export const Problem = ({ error, again }: { error: unknown; again?: (() => void) | undefined }) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [error])
  const refused = error instanceof HubError ? error : undefined
  const text =
    refused?.title ?? say(error instanceof HubUnreachable ? 'app.unreachable' : 'app.problem')
  return (
    <div ref={box} class="govuk-error-summary" tabIndex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{say('app.problem')}</h2>
        <p class="govuk-body">{text}</p>
        {refused?.instance !== undefined && (
          <p class="govuk-body-s rh-id">{say('app.request-id', { id: refused.instance })}</p>
        )}
        {again && (
          <Button type="button" kind="secondary" onClick={again}>
            {say('app.retry')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Until something is there: in words, and in more of them when it takes long. */
export const Loading = ({ text = say('app.loading') }: { text?: string }) => {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 2500)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status">
      <p class="govuk-body">{text}</p>
      {slow && <p class="govuk-body">{say('app.slow')}</p>}
    </div>
  )
}

/** Facts, one a line. */
export const Facts = ({ rows }: { rows: readonly (readonly [string, ComponentChildren])[] }) => (
  <dl class="govuk-summary-list">
    {rows.map(([name, value]) => (
      <div class="govuk-summary-list__row" key={name}>
        <dt class="govuk-summary-list__key">{name}</dt>
        <dd class="govuk-summary-list__value">{value}</dd>
      </div>
    ))}
  </dl>
)
