// How a command that failed says so: a sentence on stderr, the same as one object on stdout with --json, and the exit
// code.
import { CommanderError } from 'commander'
import { HubError, HubUnreachable, isUnanswered } from '../client/refusal.ts'
import { fieldErrorLines } from './field-errors.ts'
import { Declined } from './confirm.ts'
import { Stopped } from './ending.ts'
import { NotAHub } from './connect.ts'
import { connectTexts } from '../texts/connect.ts'
import { placeName, withPlaces } from './help.ts'
import type { Say } from '../texts/hub.ts'
import { UsageError } from './usage.ts'

/**
 * A failure as it is told. `record` has one shape for all of them: `{ok: false, exit, code, title}`, of the hub's
 * refusals also `status`, `errors`, `instance` and `retryAfter`. Nothing in it was typed, read or sent.
 */
export type Failure = { exit: number; notes: string[]; record: Record<string, unknown> }

/** A refusal whose command knows better than its code what it is about. */
export class Explained extends Error {
  override readonly name = 'Explained'
  readonly refusal: HubError
  readonly hint: Hint

  constructor(refusal: HubError, hint: Hint) {
    super(refusal.code, { cause: refusal })
    this.refusal = refusal
    this.hint = hint
  }
}

type Hint = Extract<keyof typeof connectTexts, `hint.${string}`>

/** What to do about a refusal, where there is more to say than its title does. */
const hints = (Object.keys(connectTexts) as (keyof typeof connectTexts)[]).filter(key =>
  key.startsWith('hint.'),
)

/**
 * @returns nothing for what is no failure: help that was asked for, and a stop that was asked for and told of already
 */
export function failureOf(error: unknown, say: Say): Failure | undefined {
  if (error instanceof CommanderError) {
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version')
      return undefined
    // The help is already there.
    if (error.code === 'commander.help') return failed(2, 'usage', say('usage.other'), [])
    return wrongUsage(wrongLine(error, say), say)
  }
  if (error instanceof UsageError) return wrongUsage(say(error.key, error.values), say)
  if (error instanceof Declined)
    return failed(error.answer === 'no' ? 1 : 130, 'declined', say(error.key))
  if (error instanceof Stopped) return failed(130, 'stopped', say('stopped'), [])
  if (error instanceof HubError) return refused(error, say)
  if (error instanceof Explained) return refused(error.refusal, say, error.hint)
  if (error instanceof HubUnreachable && error.cause instanceof NotAHub)
    return failed(3, 'not-a-hub', say('not-a-hub'))
  if (error instanceof HubUnreachable) return failed(3, 'unreachable', say('unreachable'))
  // Its message could repeat what was read; its name cannot.
  const name = error instanceof Error ? error.name : typeof error
  return failed(70, 'internal', say('internal', { name }))
}

const failed = (exit: number, code: string, title: string, notes = [title]): Failure => ({
  exit,
  notes,
  record: { ok: false, exit, code, title },
})

const wrongUsage = (what: string, say: Say) =>
  failed(2, 'usage', what, [say('usage.wrong', { what })])

/** What is not the hub's own answer has a title for programs. */
const titleOf = (refusal: HubError, say: Say): string => {
  if (refusal.code !== 'unknown') return refusal.title
  return say(isUnanswered(refusal) ? 'refused.no-hub' : 'refused.before-hub')
}

function refused(refusal: HubError, say: Say, better?: Hint) {
  const { status, code, errors, instance, retryAfter } = refusal
  const title = titleOf(refusal, say)
  const { record } = failed(1, code, title)
  const hint = better ?? hints.find(key => key === `hint.${code}`)
  return {
    exit: 1,
    notes: [
      say('refused', { code, title }),
      ...fieldErrorLines(errors, say),
      ...(hint === undefined ? [] : [say(hint)]),
      ...(instance === undefined ? [] : [say('refused.instance', { instance })]),
      ...(retryAfter === undefined ? [] : [say('refused.retry', { seconds: retryAfter })]),
    ],
    record: { ...record, status, errors, instance, retryAfter },
  }
}

/**
 * commander says it in English and quotes what was typed; only the names of our own options and arguments are taken
 * over.
 */
function wrongLine({ code, message }: CommanderError, say: Say): string {
  const name = (/for argument '(\w+)'/.exec(message) ?? /'([^'=]*)/.exec(message))?.[1] ?? ''
  // As the help names it: `--key <archivo>`, `referencia`.
  const place = placeName(withPlaces(name, { say }), { say })
  switch (code) {
    case 'commander.unknownOption':
      return say('usage.unknown-option', { name })
    case 'commander.unknownCommand':
      return say('usage.unknown-command', { name })
    case 'commander.missingArgument':
    case 'commander.optionMissingArgument':
    case 'commander.missingMandatoryOptionValue':
      return say('usage.missing', { name: place })
    case 'commander.invalidArgument': {
      const hint = / is invalid(?: for argument '\w+')?\. (.+)$/s.exec(message)?.[1]
      return say('usage.invalid', { name: place, hint: hint === undefined ? '' : ` (${hint})` })
    }
    case 'commander.excessArguments':
      return say('usage.excess')
    default:
      return say('usage.other')
  }
}
