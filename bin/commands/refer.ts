// hub refer: sends submissions one after the other, goes on after a refused one, and sums up.
import { basename, dirname, join } from 'node:path'
import type { Command } from 'commander'
import { command } from '../command.ts'
import { Instant } from '../../schemas/ids.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import type { DateOrder } from '../csv/cells.ts'
import { isSheet, sheetRecords } from '../csv/records.ts'
import { readText } from '../input.ts'
import { jsonRecords } from '../json-records.ts'
import { problemsOf, type Problem, type ReadRecord } from '../refer/check.ts'
import { errorsFile, type ErrorsFile } from '../refer/errors-file.ts'
import { prepare, secretIn } from '../refer/repeat.ts'
import { report } from '../refer/report.ts'
import { sendAll } from '../refer/run.ts'
import { sentBook } from '../refer/sent.ts'
import type { Terminal } from '../terminal.ts'
import { instant, oneOf, UsageError } from '../usage.ts'

type ReferOptions = {
  state?: string
  errors?: string
  dates?: DateOrder
  dryRun?: true
  at?: string
}

export function addRefer(program: Command, terminal: Terminal) {
  const { say, ending } = terminal
  command(program, 'refer', say('refer.about'))
    .argument('<file>', say('refer.file'))
    .option('--dry-run', say('refer.dry-run'))
    .option('--errors <file>', say('refer.errors'))
    .option('--dates <code>', say('refer.dates'), oneOf<DateOrder>(['dmy', 'mdy']))
    .option('--at <time>', say('refer.at'), instant('start'))
    .option('--state <folder>', say('refer.state'))
    .action(async (file: string, options: ReferOptions) => {
      const text = await readText(file, terminal.reading)
      const { sheet, records } = recordsIn(text, file, options)
      const errors =
        options.errors === undefined
          ? undefined
          : await errorsFile(options.errors, say('errors.heading').split(','), ending)
      const to = report(terminal, errors)
      try {
        if (options.dryRun || sheet) {
          const at = options.at ?? new Date().toISOString()
          const now = options.dryRun ? { now: Instant.parse(at) } : {}
          const problems = problemsOf(records, now)
          to.problems(problems)
          if (options.dryRun) to.checked(records.length, problems)
          if (problems.length > 0) throw foundWrong(problems)
          if (options.dryRun) return
        }
        await sendRecords(records, { to, options, program, terminal })
      } finally {
        await closed(errors, options, terminal)
      }
    })
}

const foundWrong = (problems: Problem[]) =>
  new UsageError('usage.sheet-problems', {
    count: problems.length,
    rows: new Set(problems.map(({ record }) => record)).size,
  })

function recordsIn(
  text: string,
  file: string,
  { dates }: ReferOptions,
): { sheet: boolean; records: ReadRecord[] } {
  const json = /^\s*[[{]/.test(text)
  if (!json && isSheet(text)) return { sheet: true, records: sheetRecords(text, dates) }
  if (!json && /\.csv$/i.test(file)) throw new UsageError('usage.csv-no-header')
  return { sheet: false, records: jsonRecords(text) }
}

async function sendRecords(
  records: readonly ReadRecord[],
  {
    to,
    options,
    program,
    terminal,
  }: {
    to: ReturnType<typeof report>
    options: ReferOptions
    program: Command
    terminal: Terminal
  },
) {
  const connection = await connect(program.opts<ConnectOptions>(), 'igm-system', terminal)
  const { client, keyFile } = connection
  const beside = join(options.state ?? dirname(keyFile), basename(keyFile))
  const secret = await secretIn(`${beside}.refer-secret`)
  const book = await sentBook(`${beside}.refer-sent`, terminal.ending)
  const entries = records.map(({ record, line, value, placeOf }) => ({
    record,
    line,
    ...(placeOf ? { placeOf } : {}),
    ...prepare(value, secret),
  }))
  const { outcome: told, waiting, summary } = to
  const { stop, exitWith } = terminal.ending
  const { tally, failure } = await sendAll(entries, { client, book, told, waiting, stop })
  await book.close()
  summary(tally)
  if (failure !== undefined) throw failure
  if (tally.refused > 0) exitWith(1)
}

/** The file of errors is written however the run ended. */
async function closed(errors: ErrorsFile | undefined, options: ReferOptions, terminal: Terminal) {
  const count = await errors?.close()
  if (count !== undefined && count > 0)
    terminal.note(terminal.say('errors.written', { count, file: options.errors ?? '' }))
}
