// hub log cosign: a liaison countersigns the log, after verifying for itself that it continues what it countersigned
// before.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { InstitutionCode } from '../../schemas/ids.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { cosignLog, keepFinding, NotCosigned } from '../cosign-log.ts'
import type { Terminal } from '../terminal.ts'
import { matching } from '../usage.ts'
import { Failed } from '../../verify/verdict.ts'
import { verdictLines } from '../../verify/words.ts'
import { logSpeaker } from '../../texts/log.ts'

/** @param log `hub log`, whose subcommand this becomes */
export function addLogCosign(program: Command, log: Command, terminal: Terminal) {
  const say = logSpeaker(terminal.language)
  command(log, 'cosign', say('cosign.about'))
    .option('--state <file>', say('cosign.state-file'))
    .option('--cosigner <code>', say('cosign.cosigner'), matching(InstitutionCode))
    .action(async ({ state, cosigner }: { state?: string; cosigner?: string }) => {
      const connection = await connect(program.opts<ConnectOptions>(), 'igm-liaison', terminal)
      const { client, key, keyFile, institution = cosigner } = connection
      const file = state ?? `${keyFile}.cosigned.json`
      const refuse = (code: string, exitCode: 1 | 2, lines: readonly string[], more = {}) => {
        if (terminal.json) terminal.record({ ok: false, code, ...more })
        for (const line of lines) terminal.note(line)
        terminal.ending.exitWith(exitCode)
      }
      if (institution === undefined)
        return refuse('cosign.unnamed', 2, [say('cosign.unnamed', { file })])
      try {
        const answer = await cosignLog(client, {
          state: file,
          institution,
          key,
          trusting: vkey => terminal.note(say('cosign.trusting', { vkey, file })),
        })
        const { size, cosignedAt, keyid } = answer
        if (terminal.json) terminal.record({ ok: true, ...answer, state: file })
        else terminal.line(say('cosigned', { institution, size, cosignedAt, keyid }))
        terminal.note(say('cosign.kept', { file }))
      } catch (error) {
        if (error instanceof NotCosigned)
          return refuse(error.code, 2, [say(error.code, { file, lock: `${file}.lock` })])
        if (!(error instanceof Failed)) throw error
        const { code, detail } = error
        const evidence = keepFinding(error, file)
        const found = evidence === undefined ? {} : { evidence }
        const lines =
          code === 'policy-key'
            ? [say('cosign.other-key', { file })]
            : verdictLines({ ok: false, code, detail, ...found }, terminal.language)
        refuse(code, 1, [...lines, say('cosign.nothing')], found)
      }
    })
}
