// The access log: who did what, when and with what outcome, newest first. What is asked for stands in the address.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { AccessLogEntry } from '../../../schemas/access-log.ts'
import { entryCodeLabel } from '../../../texts/codes.ts'
import { useReading } from '../doing.ts'
import { addressOf, filtersOf, readQuery } from '../log-query.ts'
import { useFolios } from '../folios.ts'
import { Heading, Link, Loading, Problem } from '../parts.tsx'
import { language } from '../say.ts'
import { place } from '../route.ts'
import type { Session } from '../session.ts'
import { LogFilter } from './log-filter.tsx'
import { say, sentencesOf } from './officer-words.ts'

/** What is on one page. */
const many = 25

/** The referral by its folio, where this institution may read it: that leads to its history. */
const OfReferral = ({
  referralId,
  folios,
}: {
  referralId?: string | undefined
  folios: ReadonlyMap<string, string>
}) => {
  const folio = referralId && folios.get(referralId)
  if (!folio) return null
  return (
    <>
      {' · '}
      <Link to={`historia/${referralId}`} class="govuk-link rh-folio">
        {folio}
      </Link>
    </>
  )
}

export const Entries = ({ of, items }: { of: Session; items: readonly AccessLogEntry[] }) => {
  const folios = useFolios(of, items)
  return (
    <ol class="rh-entries govuk-body">
      {items.map(entry => (
        <li key={entry.id} class={entry.outcome === 'allowed' ? '' : 'rh-denied'}>
          <p>{sentencesOf(entry)}</p>
          {entry.code !== undefined && (
            <p class="govuk-body-s">
              {say('log.denied-why', { why: entryCodeLabel(entry.code, language.get()) })}
            </p>
          )}
          <p class="govuk-body-s">
            {entry.index === undefined ? (
              say('log.unnumbered')
            ) : (
              <Link to={`bitacora/${entry.index}`}>{say('log.entry', { index: entry.index })}</Link>
            )}
            <OfReferral {...entry} folios={folios} />
            {entry.actor.post !== undefined && ` · ${entry.actor.post}`}
          </p>
        </li>
      ))}
    </ol>
  )
}

/** Where the page before begins, for each cursor that was followed: the hub's lead one way only. */
const before = new Map<string, string>()

/** Whoever has asked for something else is taken to what was found: what they pressed is no longer there. */
const Found = ({ of }: { of: object }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  const first = useRef(true)
  useEffect(() => {
    if (!first.current) heading.current?.focus()
    first.current = false
  }, [of])
  return (
    <h2 ref={heading} tabIndex={-1} class="govuk-heading-m rh-heading">
      {say('log.found')}
    </h2>
  )
}

export const LogPage = ({ of, query }: { of: Session; query: URLSearchParams }) => {
  const asked = readQuery(query)
  const visit = place.use()
  // Where one was when a filter was refused: what was found there before is no answer to that.
  const [refusedAt, setRefusedAt] = useState<typeof visit>()
  const cursor = query.get('pagina') ?? undefined
  const here = addressOf(asked, cursor)
  const { reading, again } = useReading(async () => {
    const { body } = await of.client.accessLog({ ...filtersOf(asked), limit: many }, cursor)
    const older = body.next === undefined ? undefined : addressOf(asked, body.next)
    if (older !== undefined) before.set(older, here)
    return { ...body, here, older }
  }, [of, here])
  // What was found for the place before is not this one's.
  const page = reading.state === 'there' && reading.value.here === here ? reading.value : undefined
  const older = page?.older
  const newer = cursor === undefined ? undefined : (before.get(here) ?? addressOf(asked))
  return (
    <>
      <Heading>{say('log.title')}</Heading>
      <LogFilter
        key={addressOf(asked)}
        of={of}
        asked={asked}
        refused={isSo => setRefusedAt(isSo ? visit : undefined)}
      />
      <Found of={visit} />
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      <p class="govuk-body" role="status">
        {page?.items.length === 0 && refusedAt !== visit && say('log.none')}
      </p>
      {page && page.items.length > 0 && (
        <>
          <p class="govuk-body rh-no-print">
            <Link to={addressOf(asked, undefined, 'exportar')}>{say('export.these')}</Link>
          </p>
          <Entries of={of} items={page.items} />
        </>
      )}
      {(older !== undefined || newer !== undefined) && (
        <nav aria-label={say('log.pages')} class="rh-nav rh-no-print">
          <ul class="govuk-body">
            {newer !== undefined && (
              <li>
                <Link to={newer}>{say('log.newer')}</Link>
              </li>
            )}
            {older !== undefined && (
              <li>
                <Link to={older}>{say('log.older')}</Link>
              </li>
            )}
          </ul>
        </nav>
      )}
    </>
  )
}
