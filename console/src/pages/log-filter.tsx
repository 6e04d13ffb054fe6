// What to look for in the log. Whatever is typed becomes ids and codes before it stands in the address: a name that
// somebody tries is refused on the page, and gets no further.
import { useState } from 'preact/hooks'
import { typedReferral } from '../find-referral.ts'
import {
  actionLabels,
  categoryLabels,
  outcomeLabels,
  purposeLabels,
} from '../../../texts/labels.ts'
import { useDoing, useReading, valuesOf } from '../doing.ts'
import { addressOf, type LogQuery } from '../log-query.ts'
import { type Choice, ErrorSummary, Field, type Wrong, choicesOf } from '../fields.tsx'
import { Button, Link, Problem } from '../parts.tsx'
import { Fold } from '../fold.tsx'
import { useFolios } from '../folios.ts'
import { asTyped } from '../pasted.ts'
import { go } from '../route.ts'
import { actor } from '../say.ts'
import { Select } from '../select.tsx'
import type { Session } from '../session.ts'
import { isId } from '../typed.ts'
import { say } from './officer-words.ts'

const { all: _, ...categories } = categoryLabels

type Labels = Parameters<typeof choicesOf>[0]
/** What is filtered by one of a list of codes. */
type CodeFilter = 'accion' | 'resultado' | 'finalidad' | 'categoria'
/** Codes as words, in the order of the words; first: whichever. */
const anyOf = (labels: Labels): Choice[] => [
  { value: '', label: say('log.any') },
  ...choicesOf(labels).toSorted((one, other) => one.label.localeCompare(other.label)),
]

/** Asked for once in a session: it changes seldom, and each asking is an entry too. */
const listed = new WeakMap<Session, Promise<Choice[]>>()
/** By name, with its letters, as entries call it; last the hub itself, which acts by its clock. */
const institutionsOf = (of: Session): Promise<Choice[]> => {
  const known = listed.get(of)
  if (known) return known
  const asked = of.client
    .listInstitutions({ limit: 200 })
    .then(({ body }) => [
      ...body.items
        .map(({ institution, name }) => ({ value: institution, label: `${name} (${institution})` }))
        .toSorted((one, other) => one.label.localeCompare(other.label)),
      { value: 'HUB', label: actor('HUB') },
    ])
  listed.set(of, asked)
  asked.catch(() => listed.delete(of))
  return asked
}

const judged = async (
  of: Session,
  asked: LogQuery,
  value: (name: string) => string,
): Promise<{ query: LogQuery; wrongs: Wrong[] }> => {
  const [desde, hasta] = [value('desde'), value('hasta')]
  const typed = value('referencia')
  const consentimiento = asTyped(value('consentimiento')).toLowerCase()
  const referral = typed === '' ? { id: '' } : await typedReferral(of, typed)
  const wrongs: Wrong[] = []
  if (desde !== '' && hasta !== '' && hasta < desde)
    wrongs.push({ id: 'hasta', text: say('log.day-wrong') })
  if (referral.fault) wrongs.push({ id: 'referencia', text: say(`log.referral-${referral.fault}`) })
  if (consentimiento !== '' && !isId(consentimiento))
    wrongs.push({ id: 'consentimiento', text: say('log.consent-wrong') })
  const query = {
    ...(asked.llave !== undefined && { llave: asked.llave }),
    desde,
    hasta,
    institucion: value('institucion'),
    accion: value('accion'),
    resultado: value('resultado'),
    finalidad: value('finalidad'),
    categoria: value('categoria'),
    referencia: referral.id ?? '',
    consentimiento,
  }
  return { query, wrongs }
}

export const LogFilter = ({
  of,
  asked,
  refused,
}: {
  of: Session
  asked: LogQuery
  /** Told whether what was asked for last is refused here. */
  refused: (isSo: boolean) => void
}) => {
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const { busy, error, run } = useDoing()
  const { reading } = useReading(() => institutionsOf(of), [of])
  const folios = useFolios(of, [{ referralId: asked.referencia }])
  const institutions = reading.state === 'there' ? reading.value : []
  const { institucion } = asked
  // One that the address names and the hub does not, or not yet, stays what is asked for.
  const unlisted =
    institucion === undefined || institutions.some(({ value }) => value === institucion)
      ? []
      : [{ value: institucion, label: actor(institucion) }]
  const send = (value: (name: string) => string) =>
    run(async () => {
      // Until it is known to be one.
      refused(true)
      const found = await judged(of, asked, value)
      setWrongs(found.wrongs)
      if (found.wrongs.length > 0) return
      refused(false)
      go(addressOf(found.query))
    })
  const wrong = (id: string) => wrongs.find(one => one.id === id)?.text
  const codes = (id: CodeFilter, text: Parameters<typeof say>[0], labels: Labels) => (
    <Select id={id} label={say(text)} choices={anyOf(labels)} chosen={asked[id]} />
  )
  const isMore = [
    institucion,
    asked.finalidad,
    asked.categoria,
    asked.referencia,
    asked.consentimiento,
  ].some(one => one !== undefined)
  return (
    <form
      role="search"
      autocomplete="off"
      noValidate
      class="rh-no-print"
      onSubmit={event => void send(valuesOf(event))}
    >
      <ErrorSummary wrongs={wrongs} />
      {error !== undefined && <Problem error={error} />}
      <div class="rh-pair">
        <Field id="desde" label={say('log.from')} type="date" defaultValue={asked.desde} />
        <Field
          id="hasta"
          label={say('log.to')}
          type="date"
          wrong={wrong('hasta')}
          defaultValue={asked.hasta}
        />
      </div>
      {codes('accion', 'log.action', actionLabels)}
      {codes('resultado', 'log.outcome', outcomeLabels)}
      <Fold title={say('log.more-filters')} open={isMore || wrongs.length > 0}>
        <Select
          id="institucion"
          label={say('log.institution')}
          choices={[{ value: '', label: say('log.any') }, ...unlisted, ...institutions]}
          chosen={institucion}
        />
        {codes('finalidad', 'log.purpose', purposeLabels)}
        {codes('categoria', 'log.category', categories)}
        <Field
          id="referencia"
          label={say('log.referral')}
          hint={say('log.referral-hint')}
          wrong={wrong('referencia')}
          defaultValue={folios.get(asked.referencia ?? '') ?? asked.referencia}
        />
        <Field
          id="consentimiento"
          label={say('log.consent')}
          hint={say('log.consent-hint')}
          wrong={wrong('consentimiento')}
          defaultValue={asked.consentimiento}
        />
      </Fold>
      {asked.llave !== undefined && (
        <p class="govuk-body rh-id">
          {say('log.key')}: {asked.llave}
        </p>
      )}
      <Button busy={busy}>{say('log.apply')}</Button>
      {Object.keys(asked).length > 0 && (
        <p class="govuk-body">
          <Link to="bitacora">{say('log.clear')}</Link>
        </p>
      )}
    </form>
  )
}
