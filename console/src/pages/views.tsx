// The views of a list of referrals, whichever way they go: what waits, what is under way, what is closed; one by folio.
import { useState } from 'preact/hooks'
import type { Status } from '../../../schemas/referral.ts'
import { valuesOf } from '../doing.ts'
import { ErrorSummary, Field, type Wrong } from '../fields.tsx'
import { Button, Link } from '../parts.tsx'
import { go } from '../route.ts'
import { looksLikeFolio } from '../typed.ts'
import { say } from './case-words.ts'

export const views = {
  esperan: { text: 'inbox.waiting', statuses: ['requested', 'received'] },
  curso: { text: 'inbox.running', statuses: ['accepted', 'in-progress', 'on-hold'] },
  cerradas: {
    text: 'inbox.closed',
    statuses: ['completed', 'rejected', 'failed', 'cancelled', 'entered-in-error'],
  },
} as const satisfies Record<string, { text: string; statuses: readonly Status[] }>
export type View = keyof typeof views

const isView = (name: string | null): name is View => name !== null && Object.hasOwn(views, name)

/** The view that an address asks for. */
export const viewIn = (query: URLSearchParams): View => {
  const asked = query.get('ver')
  return isView(asked) ? asked : 'esperan'
}

type Page = 'bandeja' | 'enviadas'

export const Views = ({ page, view }: { page: Page; view: View | undefined }) => (
  <nav aria-label={say('inbox.views')} class="rh-nav">
    <ul class="govuk-body">
      {(Object.keys(views) as View[]).map(name => (
        <li key={name}>
          <Link
            to={`${page}?ver=${name}`}
            {...(name === view && { 'aria-current': 'page' as const })}
          >
            {say(views[name].text)}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
)

/** By its folio, which stands in the address. What is none goes no further: it may be a name. */
export const FindFolio = ({ page }: { page: Page }) => {
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const find = (typed: string) => {
    const ok = typed === '' || looksLikeFolio(typed)
    setWrongs(ok ? [] : [{ id: 'folio', text: say('inbox.folio-wrong') }])
    if (ok) go(typed === '' ? page : `${page}?${new URLSearchParams({ folio: typed })}`)
  }
  return (
    <form
      role="search"
      autocomplete="off"
      noValidate
      onSubmit={event => find(valuesOf(event)('folio'))}
    >
      <ErrorSummary wrongs={wrongs} />
      <Field
        id="folio"
        label={say('inbox.folio')}
        hint={say('inbox.folio-hint')}
        wrong={wrongs[0]?.text}
        look="govuk-input--width-20"
      />
      <Button kind="secondary">{say('inbox.find')}</Button>
    </form>
  )
}

/** The folio that an address asks for, if it is one. */
export const folioIn = (query: URLSearchParams): string | null => {
  const asked = query.get('folio')
  return asked !== null && looksLikeFolio(asked) ? asked : null
}
