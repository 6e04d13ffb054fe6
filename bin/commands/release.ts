// hub release: opens a received referral again, for one purpose. What was opened is named by category; its content only appears with --reveal.
import type { Command } from 'commander'
import { Purpose } from '../../schemas/consent.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { categoryLabels, purposeLabels } from '../labels.ts'
import { printableRelease } from '../reveal.ts'
import type { Terminal } from '../terminal.ts'
import { matchingReferral, oneOf } from '../usage.ts'

export function addRelease(program: Command, terminal: Terminal) {
  const { say, language } = terminal
  program
    .command('release')
    .description(say('release.about'))
    .argument('<id>', say('id'), matchingReferral)
    .requiredOption('--purpose <code>', say('release.purpose'), oneOf(Purpose.options))
    .action(async (id: string, { purpose }: { purpose: Purpose }) => {
      const { client } = await connect(program.opts<ConnectOptions>(), 'ala-system', terminal)
      const { body } = await client.release(id, purpose)
      if (terminal.json) return terminal.record(printableRelease(body, terminal.reveal))
      const categories = (names: readonly string[]) =>
        Object.entries(categoryLabels)
          .flatMap(([name, label]) => (names.includes(name) ? [label[language]] : []))
          .join(', ') || '–'
      const known: [string, string][] = []
      const fact = (title: string, value: string) => known.push([title, value])
      fact(say('fact.referral'), body.referral.referralId)
      fact(say('fact.purpose'), purposeLabels[purpose][language])
      fact(say('fact.opened'), categories(Object.keys(body.payload)))
      fact(say('fact.withheld'), categories(body.withheld))
      const index = /^index (\d+)$/m.exec(body.proof ?? '')?.[1]
      if (index !== undefined) fact(say('fact.proof'), say('pull.proof', { index }))
      terminal.line(terminal.bold(body.referral.folio))
      terminal.facts(known)
      if (terminal.reveal) terminal.pretty(body.payload)
      else terminal.line(`  ${say('pull.hidden')}`)
    })
}
