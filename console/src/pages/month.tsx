// A month at a glance: how often content was opened on which day, for what, and which requests were denied; each
// number leads to its entries.
import type { AccessLogSummary } from '../../../schemas/access-log.ts'
import type { Me } from '../../../schemas/institution.ts'
import { dayOf } from '../../../schemas/guatemala.ts'
import { actionLabels, purposeLabels } from '../../../texts/labels.ts'
import { useReading } from '../doing.ts'
import { addressOf, type LogQuery } from '../log-query.ts'
import { Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { day, label } from '../say.ts'
import type { Session } from '../session.ts'
import { Table, headings } from '../table.tsx'
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

type Counts = AccessLogSummary['days'][number]['counts']
const sumOf = (counts: Counts, fits: (one: Counts[number]) => boolean): number =>
  counts.filter(fits).reduce((sum, { n }) => sum + n, 0)

const isOpening = ({ action, outcome }: Counts[number]) =>
  action === 'referral.release' && outcome === 'allowed'
const isDenied = ({ outcome }: Counts[number]) => outcome === 'denied'

/** The same in the log's filters. */
const openings = { accion: 'referral.release', resultado: 'allowed' } as const
const denials = { resultado: 'denied' } as const

type DayCount = { day: string; opened: number; denied: number; all: number }

const countedDays = (month: string, { days }: AccessLogSummary): DayCount[] =>
  daysOf(month).map(on => {
    const counts = days.find(one => one.day === on)?.counts ?? []
    return {
      day: on,
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
    .map(one => `${day(one.day)}: ${one.opened}`)
    .join('; ')
  return (
    <figure class="rh-figure">
      <figcaption class="govuk-body govuk-!-font-weight-bold">{say('month.openings')}</figcaption>
      <svg
        class="rh-chart"
        role="img"
        viewBox={`0 0 ${days.length * 10} 100`}
        aria-label={say('month.chart', { figures: figures === '' ? say('month.none') : figures })}
      >
        {days.map(({ day: on, opened }, place) => (
          <rect
            key={on}
            class="rh-bar"
            x={place * 10 + 1}
            y={98 - (opened / most) * 96}
            width={8}
            height={(opened / most) * 96}
          />
        ))}
        <line class="rh-axis" x1={0} x2={days.length * 10} y1={99} y2={99} />
      </svg>
    </figure>
  )
}

/** A number, which leads to the entries that it counts; none does not. */
const Found = ({ n, of, what }: { n: number; of: LogQuery; what: readonly string[] }) =>
  n === 0 ? (
    <>0</>
  ) : (
    <Link to={addressOf(of)}>
      {String(n)}
      <span class="govuk-visually-hidden"> {what.join(', ')}</span>
    </Link>
  )

/** The month's entries by a code of theirs, where there are any. `among`: the entries that have it. */
const CountsBy = (of: {
  caption: string
  columns: readonly [code: string, entries: string]
  counts: readonly (readonly [code: string, n: number])[]
  labels: Parameters<typeof label>[0]
  among: (code: string) => LogQuery
}) =>
  of.counts.length > 0 && (
    <Table
      caption={of.caption}
      columns={of.columns}
      rows={of.counts.map(([code, n]) => ({
        key: code,
        cells: [
          label(of.labels, code),
          <Found n={n} of={of.among(code)} what={[of.columns[1], label(of.labels, code)]} />,
        ],
      }))}
    />
  )

const Numbers = ({ month, summary }: { month: string; summary: AccessLogSummary }) => {
  const days = countedDays(month, summary)
  const counted = days.filter(({ all }) => all > 0)
  const purposes = summed(summary.releases.map(({ purpose = '–', n }) => [purpose, n] as const))
  const denied = summed(
    summary.days.flatMap(({ counts }) =>
      counts.filter(isDenied).map(({ action, n }) => [action, n] as const),
    ),
  )
  const [desde = '', hasta = ''] = [days[0]?.day, days.at(-1)?.day]
  if (counted.length === 0) return <p class="govuk-body">{say('month.none')}</p>
  return (
    <>
      <Chart days={days} />
      <p class="govuk-body">{say('month.what')}</p>
      <Table
        caption={say('month.by-day')}
        columns={headings(say, 'month.day', 'month.opened', 'month.denied', 'month.all')}
        rows={counted.map(({ day: on, opened, denied: no, all }) => {
          const [here, told] = [{ desde: on, hasta: on }, day(on)]
          return {
            key: on,
            cells: [
              told,
              <Found n={opened} of={{ ...here, ...openings }} what={[say('month.opened'), told]} />,
              <Found n={no} of={{ ...here, ...denials }} what={[say('month.denied'), told]} />,
              <Found n={all} of={here} what={[say('month.all'), told]} />,
            ],
          }
        })}
      />
      <CountsBy
        caption={say('month.by-purpose')}
        columns={[say('month.purpose'), say('month.opened')]}
        counts={purposes}
        labels={purposeLabels}
        among={finalidad => ({ desde, hasta, ...openings, finalidad })}
      />
      <CountsBy
        caption={say('month.by-denied')}
        columns={[say('month.asked'), say('month.denied')]}
        counts={denied}
        labels={actionLabels}
        among={accion => ({ desde, hasta, ...denials, accion })}
      />
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
      <Heading>{say('month.of', { month: day(month) })}</Heading>
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
