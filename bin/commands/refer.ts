// hub refer: sends submissions one after the other, goes on after a refused one, and sums up.
import { basename, dirname, join } from 'node:path'
import type { Command } from 'commander'
import { connect, type ConnectOptions } from '../connect.ts'
import { readText } from '../input.ts'
import { jsonRecords } from '../json-records.ts'
import { prepare, secretIn } from '../refer/repeat.ts'
import { report } from '../refer/report.ts'
import { sendAll } from '../refer/run.ts'
import { sentBook } from '../refer/sent.ts'
import type { Terminal } from '../terminal.ts'

type ReferOptions = { state?: string }

export function addRefer(program: Command, terminal: Terminal) {
  const { say, note } = terminal
  program
    .command('refer')
    .description(say('refer.about'))
    .argument('<file>', say('refer.file'))
    .option('--state <folder>', say('refer.state'))
    .action(async (file: string, { state }: ReferOptions) => {
      const text = await readText(file, { typed: () => note(say('input.typed')) })
      const records = jsonRecords(text)
      const { client, keyFile } = await connect(
        program.opts<ConnectOptions>(),
        'igm-system',
        terminal,
      )
      const beside = join(state ?? dirname(keyFile), basename(keyFile))
      const secret = await secretIn(`${beside}.refer-secret`)
      const book = await sentBook(`${beside}.refer-sent`)
      const entries = records.map(({ record, line, value }) => ({
        record,
        line,
        ...prepare(value, secret),
      }))
      const { outcome, waiting, summary } = report(terminal)
      const { tally, failure } = await sendAll(entries, { client, book, told: outcome, waiting })
      await book.close()
      summary(tally)
      if (failure !== undefined) throw failure
      if (tally.refused > 0) process.exitCode = 1
    })
}
