// A month at a glance: how often content was opened on which day, for what, and what was denied.
import type { AccessLogSummary } from '../../../schemas/access-log.ts'
import type { Me } from '../../../schemas/institution.ts'
import { dayOf } from '../../../schemas/guatemala.ts'
import { actionLabels, purposeLabels } from '../../../texts/labels.ts'
import { useReading } from '../doing.ts'
import { addressOf } from '../log-query.ts'
import { Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { label, language } from '../say.ts'
import type { Session } from '../session.ts'
import { say } from './officer-words.ts'

/** `2026-11` and so many months more. */
const monthAfter = (month: string, months: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}

const daysOf = (month: string): string[] => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return Array.from({ length: last }, (_, n) => `${month}-${String(n + 1).padStart(2, '0')}`)
}

const written = (month: string): string =>
  new Intl.DateTimeFormat(language.get() === 'es' ? 'es-GT' : 'en-GB', {
    timeZone: 'UTC',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${month}-01T00:00:00Z`))

type Counts = AccessLogSummary['days'][number]['counts']
const sumOf = (counts: Counts, fits: (one: Counts[number]) => boolean): number =>
  counts.filter(fits).reduce((sum, { n }) => sum + n, 0)

const isOpening = ({ action, outcome }: Counts[number]) =>
  action === 'referral.release' && outcome === 'allowed'
const isDenied = ({ outcome }: Counts[number]) => outcome === 'denied'

type DayCount = { day: string; opened: number; denied: number; all: number }

const countedDays = (month: string, { days }: AccessLogSummary): DayCount[] =>
  daysOf(month).map(day => {
    const counts = days.find(one => one.day === day)?.counts ?? []
    return {
      day,
      opened: sumOf(counts, isOpening),
      denied: sumOf(counts, isDenied),
      all: sumOf(counts, () => true),
    }
  })

/** Sums by code, the largest first. */
const summed = (counts: readonly (readonly [string, number])[]): [string, number][] => {
  const sums = new Map<string, number>()
  for (const [code, n] of counts) sums.set(code, (sums.get(code) ?? 0) + n)
  return [...sums].toSorted(([, one], [, other]) => other - one)
}

/** Bars for the eye; the same figures as its label, and in the table under it. */
const Chart = ({ days }: { days: readonly DayCount[] }) => {
  const most = Math.max(1, ...days.map(({ opened }) => opened))
  const figures = days
    .filter(({ opened }) => opened > 0)
    .map(({ day, opened }) => `${day}: ${opened}`)
    .join('; ')
  return (
    <svg
      class="rh-chart"
      role="img"
      viewBox={`0 0 ${days.length * 10} 100`}
      aria-label={say('month.chart', { figures: figures === '' ? say('month.none') : figures })}
    >
      {days.map(({ day, opened }, place) => (
        <rect
          key={day}
          class="rh-bar"
          x={place * 10 + 1}
          y={98 - (opened / most) * 96}
          width={8}
          height={(opened / most) * 96}
        />
      ))}
      <line class="rh-axis" x1={0} x2={days.length * 10} y1={99} y2={99} />
    </svg>
  )
}

const Counted = ({
  caption,
  titles,
  rows,
}: {
  caption: string
  titles: readonly string[]
  rows: readonly (readonly [string, ...number[]])[]
}) => (
  <table class="govuk-table rh-table">
    <caption class="govuk-table__caption govuk-table__caption--m">{caption}</caption>
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        {titles.map(title => (
          <th key={title} scope="col" class="govuk-table__header">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody class="govuk-table__body">
      {rows.map(([name, ...numbers]) => (
        <tr class="govuk-table__row" key={name}>
          <th scope="row" class="govuk-table__header">
            {name}
          </th>
          {numbers.map((n, place) => (
            <td key={titles[place + 1]} class="govuk-table__cell" data-label={titles[place + 1]}>
              {n}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

const Numbers = ({ month, summary }: { month: string; summary: AccessLogSummary }) => {
  const days = countedDays(month, summary)
  const counted = days.filter(({ all }) => all > 0)
  const purposes = summed(
    summary.releases.map(({ purpose = '–', n }) => [label(purposeLabels, purpose), n] as const),
  )
  const denied = summed(
    summary.days.flatMap(({ counts }) =>
      counts.filter(isDenied).map(({ action, n }) => [label(actionLabels, action), n] as const),
    ),
  )
  if (counted.length === 0) return <p class="govuk-body">{say('month.none')}</p>
  return (
    <>
      <Chart days={days} />
      <Counted
        caption={say('month.openings')}
        titles={[say('month.day'), say('month.opened'), say('month.denied'), say('month.all')]}
        rows={counted.map(({ day, opened, denied: no, all }) => [day, opened, no, all])}
      />
      {purposes.length > 0 && (
        <Counted
          caption={say('month.by-purpose')}
          titles={[say('month.purpose'), say('month.opened')]}
          rows={purposes}
        />
      )}
      {denied.length > 0 && (
        <Counted
          caption={say('month.by-denied')}
          titles={[say('log.action'), say('month.denied')]}
          rows={denied}
        />
      )}
    </>
  )
}

export const MonthPage = ({ of, me, query }: { of: Session; me: Me; query: URLSearchParams }) => {
  const now = dayOf(of.client.hubTime().toISOString()).slice(0, 7)
  const asked = query.get('mes') ?? ''
  const month = /^20\d\d-(0[1-9]|1[0-2])$/.test(asked) && asked <= now ? asked : now
  const days = daysOf(month)
  const [desde = '', hasta = ''] = [days[0], days.at(-1)]
  const { reading, again } = useReading(
    async () => (await of.client.logSummary({ from: desde, to: hasta })).body,
    [of, month, me],
  )
  return (
    <>
      <Heading>{say('month.of', { month: written(month) })}</Heading>
      {month === now && <Notice>{say('month.running')}</Notice>}
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' && <Numbers month={month} summary={reading.value} />}
      <p class="govuk-body rh-no-print">
        <Link to={addressOf({ desde, hasta })}>{say('month.see')}</Link>
      </p>
      <nav aria-label={say('month.months')} class="rh-nav rh-no-print">
        <ul class="govuk-body">
          <li>
            <Link to={`mes?mes=${monthAfter(month, -1)}`}>{say('month.before')}</Link>
          </li>
          {month < now && (
            <li>
              <Link to={`mes?mes=${monthAfter(month, 1)}`}>{say('month.after')}</Link>
            </li>
          )}
        </ul>
      </nav>
    </>
  )
}
