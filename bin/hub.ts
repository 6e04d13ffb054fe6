#!/usr/bin/env node
// The command line of the hub. Exit codes: 0 done · 1 refused by the hub · 2 wrong usage · 3 unreachable · 130 interrupted.
import { Command, CommanderError } from 'commander'
import { HubError, HubUnreachable } from '../client/refusal.ts'
import { addAdmin } from './commands/admin.ts'
import { addCertificate } from './commands/certificate.ts'
import { addConsents } from './commands/consents.ts'
import { addInbox } from './commands/inbox.ts'
import { addKeys } from './commands/keys.ts'
import { addLog } from './commands/log.ts'
import { addRefer } from './commands/refer.ts'
import { addReferrals } from './commands/referrals.ts'
import { addRelease } from './commands/release.ts'
import { addSignCheck } from './commands/sign-check.ts'
import type { Language } from './labels.ts'
import { terminalOn, type Terminal } from './terminal.ts'
import { oneOf, UsageError } from './usage.ts'

const program = new Command('hub')
const terminal = terminalOn(
  process.stdout,
  process.stderr,
  languageIn(process.argv),
  () => program.opts(),
  process.env['NO_COLOR'] === undefined,
)
const { say } = terminal

/** Titles of commander's help, which it has in English only. */
const titles: Record<string, string> = {
  'Usage:': say('title.usage'),
  'Arguments:': say('title.arguments'),
  'Options:': say('title.options'),
  'Global Options:': say('title.global-options'),
  'Commands:': say('title.commands'),
}

program
  .description(say('about'))
  .option('--as <name>', say('option.as'))
  .option('--hub <dir|url>', say('option.hub'), '.hub')
  .option('--key <file>', say('option.key'))
  .option('--authority <host>', say('option.authority'))
  .option('--json', say('option.json'))
  .option('--lang <lang>', say('option.lang'), oneOf(['es', 'en']), 'es')
  .option('--reveal', say('option.reveal'))
  .addHelpText('after', `\n${say('exit')}`)
const commands = [addRefer, addInbox, addRelease, addReferrals, addConsents, addCertificate]
for (const add of [...commands, addLog, addKeys, addSignCheck, addAdmin]) add(program, terminal)
everyCommand(program).forEach(command =>
  command
    .helpOption('-h, --help', say('help'))
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ showGlobalOptions: true, styleTitle: title => titles[title] ?? title }),
)

// `hub list | head` closes the pipe early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error, terminal)
}

/** The help is written before the line is parsed, so its language is looked up first. */
function languageIn(argv: readonly string[]): Language {
  return argv.includes('--lang=en') || argv[argv.indexOf('--lang') + 1] === 'en' ? 'en' : 'es'
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}

/** Tells what went wrong, without a word of what was sent, and returns the exit code. */
function exitCodeOf(error: unknown, { note }: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.code === 'commander.helpDisplayed') return 0
    if (error.code !== 'commander.help') note(say('usage.wrong', { what: wrongUsage(error) }))
    return 2
  }
  if (error instanceof UsageError) {
    note(say('usage.wrong', { what: say(error.key, error.values) }))
    return 2
  }
  if (error instanceof HubError) {
    const { code, title, errors, instance, retryAfter } = error
    if (terminal.json) terminal.record({ ok: false, status: error.status, code, errors, instance })
    note(say('refused', { code, title }))
    for (const { pointer, code: wrong } of errors) note(`    ${pointer}  ${wrong}`)
    if (instance !== undefined) note(say('refused.instance', { instance }))
    if (retryAfter !== undefined) note(say('refused.retry', { seconds: retryAfter }))
    return 1
  }
  if (error instanceof HubUnreachable) {
    note(say('unreachable'))
    return 3
  }
  // Its message could repeat what was read; its name cannot.
  note(say('internal', { name: error instanceof Error ? error.name : typeof error }))
  return 70
}

/** commander says it in English and quotes what was typed; only the names of our own options and arguments are taken over. */
function wrongUsage({ code, message }: CommanderError): string {
  const name = (/for argument '(\w+)'/.exec(message) ?? /'([^'=]*)/.exec(message))?.[1] ?? ''
  switch (code) {
    case 'commander.unknownOption':
      return say('usage.unknown-option', { name })
    case 'commander.unknownCommand':
      return say('usage.unknown-command', { name })
    case 'commander.missingArgument':
    case 'commander.optionMissingArgument':
    case 'commander.missingMandatoryOptionValue':
      return say('usage.missing', { name })
    case 'commander.invalidArgument': {
      const hint = / is invalid\. (.+)$/s.exec(message)?.[1]
      return say('usage.invalid', { name, hint: hint === undefined ? '' : ` (${hint})` })
    }
    case 'commander.excessArguments':
      return say('usage.excess')
    default:
      return say('usage.other')
  }
}
