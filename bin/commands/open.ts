// hub open: opens a referral for one purpose, the first time or again. What was opened is named by category; its content only appears with --reveal.
import type { Command } from 'commander'
import type { Released } from '../../client/hub-client.ts'
import { Purpose } from '../../schemas/consent.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { categoryLabels, purposeLabels } from '../../texts/labels.ts'
import { reference, referralIdOf } from '../reference.ts'
import { printableRelease } from '../reveal.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage.ts'

export function addOpen(program: Command, terminal: Terminal) {
  const { say, language } = terminal
  const wrongPurpose = () =>
    new UsageError('usage.purpose', {
      purposes: Purpose.options
        .map(code => `${code} (${purposeLabels[code][language]})`)
        .join(', '),
    })
  const purposeIn = (text: string): Purpose => {
    const purpose = Purpose.safeParse(text)
    if (!purpose.success) throw wrongPurpose()
    return purpose.data
  }
  // Its name before it could open the first time.
  for (const [name, hidden] of [
    ['open', false],
    ['release', true],
  ] as const)
    program
      .command(name, { hidden })
      .description(say('open.about'))
      .argument('<id>', say('id'), reference)
      .option('--purpose <code>', say('open.purpose'), purposeIn)
      .action(async (named: string, { purpose }: { purpose?: Purpose }) => {
        if (purpose === undefined) throw wrongPurpose()
        const { client } = await connect(program.opts<ConnectOptions>(), 'ala-system', terminal)
        const { body } = await client.release(await referralIdOf(client, named), purpose)
        if (terminal.json) terminal.record(printableRelease(body, terminal.reveal))
        else show(body, purpose, terminal)
        const { folio } = body.referral
        if (!terminal.reveal) terminal.note(say('open.hidden', { folio, purpose }))
      })
}

function show(
  { referral, payload, withheld, proof }: Released,
  purpose: Purpose,
  terminal: Terminal,
) {
  const { say, language } = terminal
  const categories = (names: readonly string[]) =>
    Object.entries(categoryLabels)
      .flatMap(([name, label]) => (names.includes(name) ? [label[language]] : []))
      .join(', ') || '–'
  const index = /^index (\d+)$/m.exec(proof ?? '')?.[1]
  terminal.line(terminal.bold(referral.folio))
  terminal.facts([
    [say('fact.referral'), referral.referralId],
    [say('fact.purpose'), purposeLabels[purpose][language]],
    [say('fact.opened'), categories(Object.keys(payload))],
    [say('fact.withheld'), categories(withheld)],
    ...(index === undefined ? [] : [[say('fact.proof'), say('pull.proof', { index })] as const]),
  ])
  if (terminal.reveal) terminal.pretty(payload)
}
