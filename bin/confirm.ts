// A question before what cannot be undone. Every command that destroys, or that signs what cannot be taken back, goes through `irreversible`.
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import type { Terminal } from './terminal.ts'
import type { TextKey } from '../texts/hub.ts'
import { UsageError } from './usage.ts'

/** Where a person sits: answers are read from `input`, questions written to `output`. */
export type Person = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream }

/** The person said no, or left: nothing was done. `key` is the sentence that says so. Exit 130. */
export class Declined extends Error {
  override readonly name = 'Declined'
  readonly key: TextKey

  constructor(key: TextKey) {
    super(key)
    this.key = key
  }
}

/** What is about to happen: its effect, naming what it happens to; the question; and what is said when it does not happen. */
export type Irreversible = { effect: string; question: TextKey; left: TextKey }

/**
 * Makes a command one that cannot be undone. It takes `--yes`; without it, and without a person at a terminal (standard input and
 * standard error both), it is refused before its action begins. So a script that forgot, a pipe that says "yes", a closed input and
 * a redirected stderr destroy nothing. Test: test/bin/irreversible.test.ts, which also lists every command there is.
 * @returns what the command's action awaits before it acts; it throws Declined for a no
 */
export function irreversible(
  command: Command,
  terminal: Terminal,
): (what: Irreversible | Promise<Irreversible>) => Promise<void> {
  const said = () => command.opts<{ yes?: true }>().yes === true
  command.option('--yes', terminal.say('confirm.yes')).hook('preAction', () => {
    if (!said() && terminal.person === undefined) throw new UsageError('usage.needs-yes')
  })
  return async what => {
    if (said()) return
    const { effect, question, left } = await what
    terminal.note(effect)
    const { person } = terminal
    if (
      person === undefined ||
      !(await confirmed(terminal.say(question), { ...person, stop: terminal.ending.stop }))
    )
      throw new Declined(left)
  }
}

/** Asks, and resolves to whether the answer was yes. The end of the input and an interrupt are a no. */
export async function confirmed(
  question: string,
  { stop, ...person }: Person & { stop?: AbortSignal },
): Promise<boolean> {
  const lines = createInterface(person)
  try {
    const ended = new Promise<undefined>(resolve => lines.once('close', () => resolve(undefined)))
    const answer = await Promise.race([
      lines.question(question, stop ? { signal: stop } : {}).catch(interrupted),
      ended,
    ])
    if (answer === undefined) person.output.write('\n')
    return /^(s|si|sí|y|yes)$/i.test((answer ?? '').trim())
  } finally {
    lines.close()
  }
}

function interrupted(error: unknown): undefined {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}
