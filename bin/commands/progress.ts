// hub progress: how far the persons of an agreement have come, as a table with bars, for a spreadsheet, or as JSON.
import type { Command } from 'commander'
import { answerFigures } from '../../texts/answer-figures.ts'
import { command } from '../command.ts'
import { AgreementId } from '../../schemas/ids.ts'
import { type Cell, type ProgressReport, Stage } from '../../schemas/report.ts'
import { cellOf, progressRows } from '../../texts/progress-rows.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { csvOf } from '../../texts/spreadsheet.ts'
import { type Terminal, wallClock } from '../terminal.ts'
import { UsageError, matching } from '../usage.ts'

type ProgressOptions = { agreement?: string; csv?: true }

export function addProgress(program: Command, terminal: Terminal) {
  const { say } = terminal
  command(program, 'progress', say('progress.about'))
    .option('--agreement <id>', say('progress.agreement'), matching(AgreementId, 'igm-ala-2026'))
    .option('--csv', say('progress.csv'))
    .action(async ({ agreement, csv }: ProgressOptions) => {
      const { client } = await connect(program.opts<ConnectOptions>(), 'igm-liaison', terminal)
      const { body: report } = await client.progress(agreement ?? (await onlyOne(client)))
      if (terminal.json) return terminal.record(report)
      if (csv) return terminal.document(csvOf(progressRows(report, terminal.language)))
      show(report, terminal)
    })
}

const onlyOne = async (client: {
  me: () => Promise<{ body: { agreements: string[] } }>
}): Promise<string> => {
  const { agreements } = (await client.me()).body
  const [one, ...others] = agreements
  if (one === undefined || others.length > 0)
    throw new UsageError('usage.which-agreement', { agreements: agreements.join(', ') })
  return one
}

const barLength = 24
const bar = (cell: Cell, target: number): string => {
  const filled = cell === '<5' ? 0 : Math.min(barLength, Math.round((cell / target) * barLength))
  return '█'.repeat(filled) + '·'.repeat(barLength - filled)
}

/** As many of the last quarters as are seldom folded on a line of eighty columns. */
const mostQuarters = 3

const show = (report: ProgressReport, terminal: Terminal): void => {
  const { say } = terminal
  const { agreementId, asOf, target, persons, answers } = report
  const quarters = report.quarters.slice(-mostQuarters)
  terminal.line(terminal.bold(`${agreementId} · ${wallClock(asOf)}`))
  terminal.line(say('progress.target', { target }))
  terminal.line('')
  const [heading = [], ...rows] = progressRows({ persons, quarters }, terminal.language)
  terminal.table(
    [heading[0], heading[1], '', ...heading.slice(2)].map(String),
    rows.map(([name, all, ...each], i) => [
      String(name),
      String(all),
      bar(cellOf(persons, Stage.options[i] as Stage), target),
      ...each.map(String),
    ]),
  )
  terminal.line('')
  const { median, p90 } = answers.hours
  const hours = say('progress.half-most', {
    median: String(median ?? '–'),
    p90: String(p90 ?? '–'),
  })
  terminal.facts([
    ...answerFigures(report).map(([name, figure]) => [say(`progress.${name}`), figure] as const),
    [say('progress.hours'), hours],
  ])
  terminal.line('')
  terminal.line(say('progress.note'))
}
