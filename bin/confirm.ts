// A question before what cannot be undone. Every command that destroys, or that signs what cannot be taken back, goes
// through `irreversible`.
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import type { Person, Terminal } from './terminal.ts'
import type { TextKey } from '../texts/hub.ts'
import { UsageError } from './usage.ts'

/** What came of a question. The end of the input is a no; Ctrl-C, or a signal, is an interrupt. */
export type Answer = 'yes' | 'no' | 'interrupted'

/**
 * The person said no, or left: nothing was done. `key` is the sentence that says so. A no is an answer, exit 1; an
 * interrupt is a signal, exit 130.
 */
export class Declined extends Error {
  override readonly name = 'Declined'
  readonly key: TextKey
  readonly answer: Exclude<Answer, 'yes'>

  constructor(key: TextKey, answer: Exclude<Answer, 'yes'>) {
    super(key)
    this.key = key
    this.answer = answer
  }
}

/**
 * What is about to happen: its effect, naming what it happens to; the question; and what is said when it does not
 * happen.
 */
export type Irreversible = { effect: string; question: TextKey; left: TextKey }

/**
 * Makes a command one that cannot be undone. It takes `--yes`; without it, and without a person at a terminal (standard
 * input and standard error both), it is refused before its action begins. So a script that forgot, a pipe that says
 * "yes", a closed input and a redirected stderr destroy nothing. Test: test/bin/irreversible.whole.test.ts, which also
 * lists every command there is.
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
    await sureOf({ question, left }, terminal)
  }
}

/** Asks the person at the terminal. @throws Declined for anything but a yes, and where there is nobody */
export async function sureOf(
  { question, left }: Pick<Irreversible, 'question' | 'left'>,
  { person, say, ending }: Pick<Terminal, 'person' | 'say' | 'ending'>,
): Promise<void> {
  const answer =
    person === undefined ? 'no' : await answerTo(say(question), { ...person, stop: ending.stop })
  if (answer !== 'yes') throw new Declined(left, answer)
}

/** Asks, and resolves to what came of it. */
export async function answerTo(
  question: string,
  { stop, ...person }: Person & { stop?: AbortSignal },
): Promise<Answer> {
  const lines = createInterface(person)
  try {
    const ended = new Promise<Answer>(resolve => {
      // On a terminal Ctrl-C is a key that readline reads, and no signal yet.
      lines.once('SIGINT', () => resolve('interrupted'))
      lines.once('close', () => resolve('no'))
    })
    let typed = false
    const answered = lines.question(question, stop ? { signal: stop } : {}).then(text => {
      typed = true
      return judged(text)
    }, interrupted)
    const answer = await Promise.race([answered, ended])
    // Whoever typed has ended the line already.
    if (!typed) person.output.write('\n')
    return answer
  } finally {
    lines.close()
  }
}

const judged = (typed: string): Answer => (/^(s|si|sí|y|yes)$/i.test(typed.trim()) ? 'yes' : 'no')

function interrupted(error: unknown): Answer {
  if (error instanceof Error && error.name === 'AbortError') return 'interrupted'
  throw error
}
