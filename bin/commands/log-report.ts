// hub log report: a month of the log in numbers, for spreadsheets and to print.
import { InvalidArgumentError, type Command } from 'commander'
import { command } from '../command.ts'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { dayOf } from '../../schemas/guatemala.ts'
import { endOfDay, startOfDay } from '../../schemas/instants.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { foliosOf } from '../../client/folios.ts'
import { filesOf, refuseExisting, writeNew } from '../log-sheet/files.ts'
import { reportCsv, reportPage } from '../log-sheet/report-words.ts'
import { type LogReport, daysOfMonth } from '../log-sheet/report.ts'
import { sheetSpeaker } from '../../texts/log-sheet.ts'
import { inert } from '../../texts/inert.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage.ts'

const formats = ['csv', 'html', 'json']

const readMonth = (text: string): string => {
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('YYYY-MM')
  return text
}

/** @param log `hub log`, whose subcommand this becomes */
export function addLogReport(program: Command, log: Command, terminal: Terminal) {
  const { language } = terminal
  const say = sheetSpeaker(language)
  command(log, 'report', say('report.about'))
    .requiredOption('--month <month>', say('report.month'), readMonth)
    .option('-o, --out <file>', say('out.about', { formats: '.csv, .html, .json' }))
    .action(async ({ month, out }: { month: string; out?: string }) => {
      const usual = language === 'es' ? `bitacora-${month}` : `log-${month}`
      const files =
        out !== undefined
          ? filesOf(out, formats)
          : terminal.json
            ? []
            : filesOf(usual, ['csv', 'html'])
      await refuseExisting(files)
      const options = program.opts<ConnectOptions>()
      const connection = await connect(options, 'igm-compliance', terminal)
      const { client, names, authority, institution } = connection
      const span = daysOfMonth(month)
      const { body: summary } = await client.logSummary(span)
      const today = dayOf(client.hubTime().toISOString())
      if (today < span.from) throw new UsageError('usage.month-to-come', { today })
      const running = today <= span.to
      const withdrawals = await withdrawalsIn(connection, span)
      const report: LogReport = {
        month,
        ...span,
        running,
        hub: authority,
        ...(institution === undefined ? {} : { institution }),
        summary,
        withdrawals,
        checkpoint: (await client.logCheckpoint()).body,
        vkey: (await client.logKey()).body.trim(),
      }
      const folios = await foliosOf(
        client,
        withdrawals.map(({ referralId }) => referralId),
      )
      const known = { names, folios, language }
      const written = await writeNew(files, {
        csv: () => reportCsv(report, known),
        html: () => reportPage(report, known),
        json: () => `${inert(JSON.stringify(report, null, 2))}\n`,
      })
      if (terminal.json) terminal.record(report)
      if (running) terminal.note(say('report.running'))
      if (written.length > 0) terminal.note(say('written', { files: written.join(', ') }))
    })
}

/**
 * Withdrawals of these days that took effect: one that changed nothing of its referral is in no chain
 * (schemas/access-log.ts).
 */
async function withdrawalsIn(
  { client }: Awaited<ReturnType<typeof connect>>,
  { from, to }: { from: string; to: string },
): Promise<AccessLogEntry[]> {
  const found: AccessLogEntry[] = []
  const of = {
    from: startOfDay(from),
    to: endOfDay(to),
    action: 'consent.withdraw',
    outcome: 'allowed',
    limit: 200,
  }
  for await (const entry of client.everyEntry(of))
    if (entry.chain !== undefined) found.unshift(entry)
  return found
}
