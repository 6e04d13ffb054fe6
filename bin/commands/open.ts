// hub open: opens a referral for one purpose, the first time or again. What was opened is named by category; its
// content only appears with --reveal.
import type { Command } from 'commander'
import type { Released } from '../../client/hub-client.ts'
import { Purpose } from '../../schemas/consent.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { categoryLabels, purposeLabels } from '../../texts/labels.ts'
import { sureOf } from '../confirm.ts'
import { reference, referralIdOf } from '../reference.ts'
import { printableRelease } from '../reveal.ts'
import type { Terminal } from '../terminal.ts'
import { oneOf, UsageError } from '../usage.ts'

export function addOpen(program: Command, terminal: Terminal) {
  const { say, language } = terminal
  const noPurpose = () =>
    new UsageError('usage.purpose', {
      purposes: Purpose.options
        .map(code => `${code} (${purposeLabels[code][language]})`)
        .join(', '),
    })
  // Its name before it could open the first time.
  for (const [name, hidden] of [
    ['open', false],
    ['release', true],
  ] as const)
    program
      .command(name, { hidden })
      .description(say('open.about'))
      .argument('<id>', say('id'), reference('exact'))
      .option(
        '--purpose <code>',
        say('open.purpose'),
        oneOf(Purpose.options, purposeLabels, language),
      )
      .option('--unseen', say('open.unseen'))
      .action(async (named: string, options: { purpose?: Purpose; unseen?: true }) => {
        const { purpose } = options
        if (purpose === undefined) throw noPurpose()
        if (!terminal.reveal && !options.unseen) await sureToOpenUnseen(terminal)
        const { client } = await connect(program.opts<ConnectOptions>(), 'ala-system', terminal)
        const { body } = await client.release(await referralIdOf(client, named), purpose)
        if (terminal.json) terminal.record(printableRelease(body, terminal.reveal))
        else show(body, purpose, terminal)
        const { folio } = body.referral
        if (!terminal.reveal) terminal.note(say('open.hidden', { folio, purpose }))
      })
}

/**
 * An opening is an entry of the log whether its content is shown or not, and nobody spends one without having been
 * told: a person is asked, a script reads it on stderr. Where a terminal takes part and nobody can be asked there, it
 * is refused. Test: test/bin/open.test.ts.
 */
async function sureToOpenUnseen(terminal: Terminal): Promise<void> {
  if (terminal.person === undefined && terminal.watched) throw new UsageError('usage.open-unseen')
  terminal.note(terminal.say('open.nothing-shown'))
  if (terminal.person !== undefined)
    await sureOf({ question: 'open.question', left: 'open.left' }, terminal)
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
