// How far the persons of an agreement have come, and how soon they are answered: bars with a table below, by what the
// address asks for.
import { dayOf } from '../../../schemas/guatemala.ts'
import type { Me } from '../../../schemas/institution.ts'
import type { ProgressReport, Stage } from '../../../schemas/report.ts'
import { quarterInWords } from '../../../texts/dates.ts'
import { cellOf, progressRows } from '../../../texts/progress-rows.ts'
import { milestoneLabels, stageLabels } from '../../../texts/referral.ts'
import { csvOf } from '../../../texts/spreadsheet.ts'
import { Bars } from '../bars.tsx'
import { useReading, valuesOf } from '../doing.ts'
import { save } from '../save.ts'
import { Button, Heading, Link, Loading, Problem } from '../parts.tsx'
import { go } from '../route.ts'
import { label, language, moment } from '../say.ts'
import type { Session } from '../session.ts'
import { Table, headings } from '../table.tsx'
import { Answers } from './answers.tsx'
import { say } from './liaison-words.ts'
import { Select } from '../select.tsx'

const views = { personas: 'reach.persons', respuestas: 'reach.answers' } as const
type View = keyof typeof views

type Filters = { view: View; agreementId: string; quarter: string }

const addressOf = ({ view, agreementId, quarter }: Filters): string => {
  const query = new URLSearchParams({ ver: view, convenio: agreementId })
  if (quarter !== '') query.set('trimestre', quarter)
  return `avance?${query}`
}

const Persons = ({ report, quarter }: { report: ProgressReport; quarter: string }) => {
  const { agreementId, asOf, target, quarters } = report
  const chosen = quarters.filter(one => quarter === '' || one.quarter === quarter)
  const [only] = chosen
  const shown = quarter !== '' && only ? only.persons : report.persons
  const bars = (Object.keys(stageLabels) as Stage[]).map(stage => ({
    name: label(stageLabels, stage),
    value: cellOf(shown, stage),
  }))
  const figures = bars.map(({ name, value }) => `${name} ${value}`).join(', ')
  const rows = progressRows({ persons: report.persons, quarters: chosen }, language.get())
  const [columns = [], ...body] = rows
  return (
    <>
      <h2 class="govuk-heading-m">
        {say('progress.target', { target })}
        {quarter !== '' && ` · ${quarterInWords(quarter, language.get())}`}
      </h2>
      <Bars bars={bars} most={target} label={say('reach.chart', { target, figures })} />
      <Table
        caption={say('reach.caption')}
        columns={columns.map(one => quarterInWords(String(one), language.get()))}
        rows={body.map(([name, ...cells]) => ({
          key: String(name),
          cells: [String(name), ...cells.map(String)],
        }))}
      />
      <p class="govuk-body">{say('progress.note')}</p>
      <Button
        type="button"
        kind="secondary"
        onClick={() => save(`avance-${agreementId}-${dayOf(asOf)}.csv`, [csvOf(rows)], 'text/csv')}
      >
        {say('reach.csv')}
      </Button>
      <Table
        caption={say('reach.steps')}
        columns={headings(say, 'reach.step', 'reach.count')}
        rows={Object.entries(report.milestones).map(([name, count]) => ({
          key: name,
          cells: [label(milestoneLabels, name), String(count)],
        }))}
      />
      <p class="govuk-body">{say('reach.steps-note')}</p>
    </>
  )
}

const Ask = ({
  me,
  filters,
  quarters,
}: {
  me: Me
  filters: Filters
  quarters: readonly string[]
}) => (
  <form
    onSubmit={event => {
      const value = valuesOf(event)
      const agreementId = value('convenio') || filters.agreementId
      go(addressOf({ ...filters, agreementId, quarter: value('trimestre') }))
    }}
  >
    {me.agreements.length > 1 && (
      <Select
        id="convenio"
        label={say('reach.agreement')}
        chosen={filters.agreementId}
        choices={me.agreements.map(id => ({ value: id, label: id }))}
      />
    )}
    {filters.view === 'personas' && (
      <Select
        id="trimestre"
        label={say('reach.quarter')}
        chosen={filters.quarter}
        choices={[
          { value: '', label: say('reach.all') },
          ...quarters.map(value => ({ value, label: quarterInWords(value, language.get()) })),
        ]}
      />
    )}
    <Button kind="secondary">{say('reach.show')}</Button>
  </form>
)

export const ProgressPage = ({
  of,
  me,
  query,
}: {
  of: Session
  me: Me
  query: URLSearchParams
}) => {
  const filters: Filters = {
    view: query.get('ver') === 'respuestas' ? 'respuestas' : 'personas',
    agreementId: query.get('convenio') ?? me.agreements[0] ?? '',
    quarter: query.get('trimestre') ?? '',
  }
  const { agreementId, view } = filters
  const { reading, again } = useReading(
    async () => (agreementId === '' ? undefined : (await of.client.progress(agreementId)).body),
    [of, agreementId],
  )
  const report = reading.state === 'there' ? reading.value : undefined
  const quarters = report?.quarters.map(one => one.quarter) ?? []
  const asks = me.agreements.length > 1 || (view === 'personas' && quarters.length > 0)
  return (
    <>
      <Heading>{say('reach.title')}</Heading>
      <nav aria-label={say('reach.views')} class="rh-nav rh-no-print">
        <ul class="govuk-body">
          {(Object.keys(views) as View[]).map(name => (
            <li key={name}>
              <Link
                to={addressOf({ ...filters, view: name })}
                {...(name === view && { 'aria-current': 'page' as const })}
              >
                {say(views[name])}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {agreementId === '' && <p class="govuk-body">{say('deal.none')}</p>}
      {report && (
        <>
          <p class="govuk-body">
            {say('reach.as-of', { agreement: report.agreementId, at: moment(report.asOf) })}
          </p>
          {asks && <Ask key={addressOf(filters)} me={me} filters={filters} quarters={quarters} />}
          {view === 'personas' ? (
            <Persons report={report} quarter={filters.quarter} />
          ) : (
            <Answers report={report} />
          )}
        </>
      )}
    </>
  )
}
