#!/usr/bin/env node
// The command line of the hub. Exit codes: 0 done · 1 refused by the hub · 2 wrong usage · 3 unreachable · 130 interrupted.
import { CommanderError } from 'commander'
import { HubError, HubUnreachable } from '../client/refusal.ts'
import { Declined } from './confirm.ts'
import { hubProgram } from './program.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage.ts'

const { program, terminal } = hubProgram(
  { input: process.stdin, out: process.stdout, error: process.stderr },
  process.argv,
)
const { say } = terminal

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
  if (error instanceof Declined) {
    note(say(error.key))
    return 130
  }
  if (error instanceof HubError) {
    const { code, title, errors, instance, retryAfter } = error
    if (terminal.json) terminal.record({ ok: false, status: error.status, code, errors, instance })
    note(say('refused', { code, title }))
    for (const { pointer, code: wrong } of errors)
      note(say('refused.error', { pointer, code: wrong }))
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
