// Every command of the hub's command line, on the streams it is given: hub.ts runs it, tests walk it.
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { addAdmin } from './commands/admin.ts'
import { addCertificate } from './commands/certificate.ts'
import { addClock } from './commands/clock.ts'
import { addConsents } from './commands/consents.ts'
import { addConsole } from './commands/console.ts'
import { addInbox } from './commands/inbox.ts'
import { addKeys } from './commands/keys.ts'
import { addLog } from './commands/log.ts'
import { addMe } from './commands/me.ts'
import { addAgreement } from './commands/agreement.ts'
import { addFsck } from './commands/fsck.ts'
import { addHandover } from './commands/handover.ts'
import { addMilestone } from './commands/milestone.ts'
import { addOpen } from './commands/open.ts'
import { addProgress } from './commands/progress.ts'
import { addRefer } from './commands/refer.ts'
import { addReferrals } from './commands/referrals.ts'
import { addRedrive } from './commands/redrive.ts'
import { addSettle } from './commands/settle.ts'
import { addSignCheck } from './commands/sign-check.ts'
import { addTemplate } from './commands/template.ts'
import { helpIn } from './help.ts'
import { folded } from './layout.ts'
import type { Language } from '../texts/labels.ts'
import { terminalOn, type Streams, type Terminal } from './terminal.ts'
import { oneOf } from './usage.ts'

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string }

/**
 * The program and the terminal it writes to.
 * @param argv the whole line as `process.argv` has it: help is written before the line is parsed, so its language is
 * looked up first
 * @param around environment variables, and how the command ends
 * @throws CommanderError, UsageError, Declined, HubError, HubUnreachable from `program.parseAsync`
 */
export function hubProgram(
  streams: Streams,
  argv: readonly string[],
  { env, ending }: Pick<Terminal, 'env' | 'ending'>,
): { program: Command; terminal: Terminal } {
  const program = new Command('hub')
  const language = languageIn(argv)
  const options = () => program.opts()
  const terminal = terminalOn(streams, { language, options, env, ending })
  const { say } = terminal
  program
    .description(say('about'))
    .option('--as <name>', say('option.as'))
    .option('--hub <dir|url>', say('option.hub'), '.hub')
    .option('--key <file>', say('option.key'))
    .option('--authority <host>', say('option.authority'))
    .option('--json', say('option.json'))
    .option('--lang <lang>', say('option.lang'), oneOf(['es', 'en']), 'es')
    .option('--reveal', say('option.reveal'))
    .version(version, '-V, --version', say('help.version'))
    .addHelpText('after', ['', ...folded(say('exit'), terminal.columns)].join('\n'))
  const commands = [
    addRefer,
    addInbox,
    addSettle,
    addRedrive,
    addOpen,
    addReferrals,
    addMilestone,
    addHandover,
    addConsents,
    addCertificate,
    addAgreement,
  ]
  for (const add of [
    ...commands,
    addTemplate,
    addLog,
    addProgress,
    addConsole,
    addMe,
    addKeys,
    addClock,
    addSignCheck,
    addAdmin,
    addFsck,
  ])
    add(program, terminal)
  for (const command of everyCommand(program)) {
    helpIn(command, terminal)
    command.configureOutput({
      writeOut: text => void streams.out.write(text),
      writeErr: text => void streams.error.write(text),
      outputError: () => {},
      getOutHelpWidth: () => terminal.columns,
    })
  }
  return { program, terminal }
}

/** A command and all below it. */
export const everyCommand = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
]

const languageIn = (argv: readonly string[]): Language =>
  argv.includes('--lang=en') || argv[argv.indexOf('--lang') + 1] === 'en' ? 'en' : 'es'
