// What pages are made of: GOV.UK's patterns, in our words.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { HubError, HubUnreachable, isUnanswered } from '../../client/refusal.ts'
import { fieldCodes } from '../../schemas/field-codes.ts'
import type { Me } from '../../schemas/institution.ts'
import { plainFaults, plainProblems } from '../../texts/plain-faults.ts'
import { arrival, go, type Place } from './route.ts'
import { label, language, say } from './say.ts'
import type { Session } from './session.ts'
import { useFault, useTitle } from './title.ts'

/** What the pages of a role are given: who asks, and for what. */
export type PagesOf = { of: Session; me: Me; at: Place }

/** The heading of a page: its title, and where focus goes when one comes from another page. */
export const Heading = ({ children, size = 'l' }: { children: string; size?: 'l' | 'm' }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  const chosen = language.use()
  const spoken = useRef(chosen)
  useTitle(children)
  useEffect(() => {
    // Whoever has chosen the other language stays where they are.
    if (!arrival.first && spoken.current === chosen) heading.current?.focus()
    arrival.first = false
    spoken.current = chosen
  }, [children, chosen])
  return (
    <h1 ref={heading} tabIndex={-1} class={`govuk-heading-${size} rh-heading`}>
      {children}
    </h1>
  )
}

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

/** What is at no address, and the way back from there. */
export const NotFound = () => (
  <>
    <Heading>{say('app.not-found')}</Heading>
    <p class="govuk-body">{say('app.not-found-what')}</p>
    <p class="govuk-body">
      <Link to="">{say('app.to-home')}</Link>
    </p>
  </>
)

/**
 * Whether a region has been there for a moment: readers tell what changes in one, few of them what comes together with
 * it. So it comes empty, and what it tells a moment later.
 */
const useThere = (): boolean => {
  const [there, setThere] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setThere(true), 50)
    return () => clearTimeout(timer)
  }, [])
  return there
}

/** Until something is there: in words, and in more of them when it takes long. */
export const Loading = ({ text = say('app.loading') }: { text?: string }) => {
  const [slow, setSlow] = useState(false)
  const there = useThere()
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 2500)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status">
      {there && <p class="govuk-body">{text}</p>}
      {slow && <p class="govuk-body">{say('app.slow')}</p>}
    </div>
  )
}

/** What is soon done needs no words: they would only flicker. */
const soonMs = 300

const Meanwhile = ({ text }: { text: string }) => {
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), soonMs)
    return () => clearTimeout(timer)
  }, [])
  return long ? <Loading text={text} /> : null
}

/** `meanwhile`: what is said below it while it is busy. */
export const Button = ({
  children,
  kind = '',
  busy = false,
  meanwhile = say('app.doing'),
  off = false,
  describedBy: described,
  ...rest
}: {
  children: ComponentChildren
  kind?: '' | 'secondary' | 'warning'
  busy?: boolean
  meanwhile?: string
  /** Not possible now: why, stands where `describedBy` says. */
  off?: boolean
  describedBy?: string
  type?: 'button' | 'submit'
  id?: string
  onClick?: () => void
}) => (
  <>
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
    {busy && <Meanwhile text={meanwhile} />}
  </>
)

/**
 * What a reader is to hear when it comes up: what was done, or what one should know. `takesFocus` where what was
 * pressed goes away with it, so that the focus is not lost: in any case, or only if it was.
 */
export const Notice = ({
  children,
  kind = '',
  takesFocus = false,
}: {
  children: ComponentChildren
  kind?: '' | 'done'
  takesFocus?: boolean | 'if-lost'
}) => {
  const box = useRef<HTMLDivElement>(null)
  const there = useThere()
  useEffect(() => {
    if (!there) return
    const lost = document.activeElement === document.body
    if (takesFocus === true || (takesFocus === 'if-lost' && lost)) box.current?.focus()
  }, [there])
  return (
    <div
      ref={box}
      tabIndex={takesFocus === false ? undefined : -1}
      class={`rh-notice ${kind === 'done' ? 'rh-notice--done' : ''}`}
      role="status"
    >
      {there && children}
    </div>
  )
}

/** What cannot be otherwise when it is asked for again. */
const final = [400, 403, 404, 422]

/** Whom something went wrong for: in words, with the number to ask the operators about. */
export const Problem = ({ error, again }: { error: unknown; again?: (() => void) | undefined }) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [error])
  useFault(true)
  const refused = error instanceof HubError ? error : undefined
  const plain: Parameters<typeof label>[0] = plainProblems
  const text =
    error instanceof HubUnreachable
      ? say('app.unreachable')
      : isUnanswered(error)
        ? say('app.no-hub')
        : refused?.code === 'unknown'
          ? say('app.not-hub')
          : refused
            ? (plain[refused.code]?.[language.get()] ?? refused.title)
            : say('app.problem')
  return (
    <div ref={box} class="govuk-error-summary" tabIndex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{say('app.problem')}</h2>
        <p class="govuk-body">{text}</p>
        {refused && refused.errors.length > 0 && (
          <ul class="govuk-list govuk-list--bullet">
            {refused.errors.map(({ pointer, code }) => (
              <li key={`${pointer} ${code}`}>{label({ ...fieldCodes, ...plainFaults }, code)}</li>
            ))}
          </ul>
        )}
        {refused?.instance !== undefined && (
          <p class="govuk-body-s rh-id">{say('app.request-id', { id: refused.instance })}</p>
        )}
        {again && !final.includes(refused?.status ?? 0) && (
          <Button type="button" kind="secondary" onClick={again}>
            {say('app.retry')}
          </Button>
        )}
      </div>
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
