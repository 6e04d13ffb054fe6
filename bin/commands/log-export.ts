// hub log export, hub log verify: the signed log in a folder, and whether it is what was signed.
import type { Command } from 'commander'
import { connect, type ConnectOptions } from '../connect.ts'
import { exportLog } from '../export-log.ts'
import type { Terminal } from '../terminal.ts'
import { wholeNumber } from '../usage.ts'
import { verifyFolder } from '../verify-log.ts'
import { Failed } from '../verify/verdict.ts'
import { verdictLines } from '../verify/words.ts'
import { logSpeaker } from './log-texts.ts'

type VerifyFlags = { since?: string; maxAge?: number; authority?: string[] }

/** @param log `hub log`, whose subcommands these become */
export function addLogExport(program: Command, log: Command, terminal: Terminal) {
  const say = logSpeaker(terminal.language)
  log
    .command('export')
    .description(say('export.about'))
    .argument('<folder>', say('folder'))
    .action(async (folder: string) => {
      const options = program.opts<ConnectOptions>()
      const { client, authority } = await connect(options, 'igm-compliance', terminal)
      try {
        const { size } = await exportLog(client, folder, {
          hub: authority,
          progress: (done, total) => terminal.note(say('progress', { done, total })),
        })
        if (terminal.json) terminal.record({ ok: true, size, folder })
        terminal.note(say('exported', { size, folder }))
      } catch (error) {
        if (!(error instanceof Failed)) throw error
        const { code } = error
        if (terminal.json) terminal.record({ ok: false, code })
        terminal.note(`${say(code.startsWith('policy') ? 'other-log' : 'unusable')} (${code})`)
        process.exitCode = 1
      }
    })

  log
    .command('verify')
    .description(say('verify.about'))
    .argument('<folder>', say('folder'))
    .option('--since <file>', say('since'))
    .option('--max-age <hours>', say('max-age'), wholeNumber(1, 999_999))
    .option('--authority <name...>', say('authority'))
    .action((folder: string, { since, maxAge, authority: authorities = [] }: VerifyFlags) => {
      const verdict = verifyFolder(folder, {
        now: new Date(),
        authorities,
        ...(since === undefined ? {} : { since }),
        ...(maxAge === undefined ? {} : { maxAgeMs: maxAge * 3_600_000 }),
      })
      if (terminal.json) terminal.record(verdict)
      else for (const line of verdictLines(verdict, terminal.language)) terminal.line(line)
      if (!verdict.ok) process.exitCode = 1
    })
}
