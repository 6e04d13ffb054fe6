// hub fsck: whether what a local hub keeps contradicts itself.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { type ViolationKind, violationTexts } from '../../texts/fsck.ts'
import { folded } from '../layout.ts'
import type { Terminal } from '../terminal.ts'

/** Of one kind so many are shown; `--json` has all. */
const most = 10

type Found = { kind: ViolationKind; record: string; detail?: string }

export function addFsck(program: Command, terminal: Terminal) {
  const { say, language } = terminal
  command(program, 'fsck', say('fsck.about'))
    .argument('<folder>', say('fsck.folder'))
    .addHelpText('after', ['', ...folded(say('fsck.exits'), terminal.columns)].join('\n'))
    .action(async (folder: string) => {
      // The AWS SDK, which reads rows, is loaded for whoever asks for this.
      const { fsck, NoDataFolder } = await import('../../fsck/data-folder.ts')
      try {
        const report = await fsck(folder)
        const { ok, violations, ...counts } = report
        if (terminal.json) {
          terminal.record({
            ...report,
            violations: violations.map(one => ({
              ...one,
              meaning: violationTexts[one.kind].what[language],
              todo: violationTexts[one.kind].todo[language],
            })),
          })
        } else {
          tell(violations)
          if (ok) terminal.line(say('fsck.holds', counts))
          if (counts.pending > 0) terminal.note(say('fsck.pending', counts))
        }
        terminal.ending.exitWith(ok ? 0 : 1)
      } catch (error) {
        if (!(error instanceof NoDataFolder)) throw error
        if (terminal.json) terminal.record({ ok: false, code: 'not-a-data-folder' })
        terminal.note(`${folder} ${say('fsck.no-folder', { file: error.file })}`)
        terminal.ending.exitWith(2)
      }
    })

  const tell = (violations: readonly Found[]): void => {
    if (violations.length === 0) return
    terminal.line(terminal.bold(say('fsck.found', { count: violations.length })))
    for (const [kind, found] of Map.groupBy(violations, one => one.kind)) {
      const { what, todo } = violationTexts[kind]
      terminal.line('')
      terminal.line(`${what[language]} (${kind})`)
      for (const { record, detail } of found.slice(0, most))
        terminal.line(`  ${record}${detail === undefined ? '' : ` · ${detail}`}`)
      if (found.length > most)
        terminal.line(`  ${say('fsck.more', { count: found.length - most })}`)
      for (const line of folded(`→ ${todo[language]}`, terminal.columns)) terminal.line(line)
    }
  }
}
