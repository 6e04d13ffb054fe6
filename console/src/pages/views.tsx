// The views of a list of referrals, whichever way they go: what waits, what is under way, what is closed; one by folio.
import { useState } from 'preact/hooks'
import type { ReferralHeader, Status } from '../../../schemas/referral.ts'
import { useReading, valuesOf } from '../doing.ts'
import { ErrorSummary, Field, type Wrong } from '../fields.tsx'
import { Button, Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { go, place } from '../route.ts'
import { moment } from '../say.ts'
import type { Session } from '../session.ts'
import { type Row, Table } from '../table.tsx'
import { folioIn, isMiscopied } from '../typed.ts'
import { say } from './case-words.ts'
import { newsOf, newsSince } from './news.ts'

export const views = {
  esperan: { text: 'inbox.waiting', statuses: ['requested', 'received'] },
  curso: { text: 'inbox.running', statuses: ['accepted', 'in-progress', 'on-hold'] },
  cerradas: {
    text: 'inbox.closed',
    statuses: ['completed', 'rejected', 'failed', 'cancelled', 'entered-in-error'],
  },
} as const satisfies Record<string, { text: string; statuses: readonly Status[] }>
type Page = 'bandeja' | 'enviadas'
/** `novedades`: what the other side has said lately, whatever became of it since. */
type View = keyof typeof views | 'novedades'

const byStatus = Object.keys(views) as (keyof typeof views)[]
const viewsOn: Record<Page, readonly View[]> = {
  bandeja: byStatus,
  enviadas: ['novedades', ...byStatus],
}
const nameOf = (view: View) => say(view === 'novedades' ? 'inbox.news' : views[view].text)

/** The view that an address asks for. */
const viewIn = (query: URLSearchParams, page: Page): View =>
  viewsOn[page].find(view => view === query.get('ver')) ?? 'esperan'

const Views = ({ page, view }: { page: Page; view: View | undefined }) => (
  <nav aria-label={say('inbox.views')} class="rh-nav">
    <ul class="govuk-body">
      {viewsOn[page].map(name => (
        <li key={name}>
          <Link
            to={`${page}?ver=${name}`}
            {...(name === view && { 'aria-current': 'page' as const })}
          >
            {nameOf(name)}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
)

/** By its folio, which stands in the address. What is none goes no further: it may be a name. */
const FindFolio = ({ page, refused }: { page: Page; refused: (isSo: boolean) => void }) => {
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const find = (typed: string) => {
    const folio = folioIn(typed)
    const wrong =
      typed === ''
        ? undefined
        : folio === undefined
          ? say('inbox.folio-wrong')
          : isMiscopied(folio)
            ? say('inbox.folio-miscopied')
            : undefined
    setWrongs(wrong === undefined ? [] : [{ id: 'folio', text: wrong }])
    refused(wrong !== undefined)
    if (wrong === undefined)
      go(folio === undefined ? page : `${page}?${new URLSearchParams({ folio })}`)
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
const folioAsked = (query: URLSearchParams): string | undefined => folioIn(query.get('folio') ?? '')

/** Until when a referral is to be answered, and whether that is over. */
export const respondBy = ({
  respondBy: until,
  overdue,
}: Pick<ReferralHeader, 'respondBy' | 'overdue'>) =>
  overdue ? `${moment(until)} (${say('inbox.overdue')})` : moment(until)

/** The referrals that an address asks for: a view of those sent or received, or the one of a folio. */
export const useReferrals = (
  of: Session,
  query: URLSearchParams,
  direction: 'sent' | 'received',
) => {
  const view = viewIn(query, direction === 'sent' ? 'enviadas' : 'bandeja')
  const folio = folioAsked(query)
  const read = async () => {
    const since = newsSince(of.client.hubTime())
    const filters =
      folio !== undefined
        ? { folio }
        : view === 'novedades'
          ? { updatedSince: since }
          : { status: views[view].statuses }
    const { body } = await of.client.listReferrals({ direction, limit: 200, ...filters })
    if (folio !== undefined || view !== 'novedades') return body
    return { ...body, items: body.items.filter(one => newsOf(one, since).length > 0) }
  }
  return {
    ...useReading(read, [of, view, folio]),
    view: folio === undefined ? view : undefined,
    caption: folio ?? nameOf(view),
  }
}

/** A list of referrals with its views. */
export const Referrals = ({
  page,
  title,
  found: { reading, again, view, caption },
  columns,
  rowsOf,
}: {
  page: Page
  title: string
  found: ReturnType<typeof useReferrals>
  columns: readonly string[]
  rowsOf: (items: readonly ReferralHeader[]) => readonly Row[]
}) => {
  const visit = place.use()
  // Where one was when a folio was refused: that nothing was found there before is no answer to it.
  const [refusedAt, setRefusedAt] = useState<typeof visit>()
  return (
    <>
      <Heading>{title}</Heading>
      <Views page={page} view={view} />
      <FindFolio page={page} refused={isSo => setRefusedAt(isSo ? visit : undefined)} />
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' &&
        (reading.value.items.length === 0 ? (
          <p class="govuk-body">{refusedAt !== visit && say('inbox.none')}</p>
        ) : (
          <Table caption={caption} columns={columns} rows={rowsOf(reading.value.items)} />
        ))}
      {reading.state === 'there' && reading.value.next !== undefined && (
        <Notice>{say('inbox.more')}</Notice>
      )}
    </>
  )
}
