// One line of the command line, from its words to its exit code: 0 done · 1 refused by the hub, or by the person asked
// · 2 wrong usage · 3 unreachable, or output that could not be written · 129, 130, 143 stopped by a signal.
import { endingOn, type Host } from './ending.ts'
import { failureOf } from './failure.ts'
import { hubProgram } from './program.ts'
import type { Streams } from './terminal.ts'

/** What runs it: `process`, or what stands for one. */
export type Around = Host & {
  /** As `process.argv` has it: the words begin at the third. */
  argv: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  stdin: Streams['input']
  stdout: Streams['out']
  stderr: Streams['error']
}

/** The commands that change nothing, at the hub or on this machine. */
const looks = [
  'list',
  'show',
  'consent',
  'log',
  'log verify',
  'log key',
  'log check-proof',
  'keys list',
  'sign-check',
  'clock',
  'template columns',
  'me',
]

/** Runs what `argv` says, tells how it failed, and resolves to the exit code. */
export async function commandLine(around: Around): Promise<number> {
  const { argv, env, stdin: input, stdout: out, stderr: error } = around
  const ending = endingOn(around)
  const { program, terminal } = hubProgram({ input, out, error }, argv, { env, ending })
  const { say, note } = terminal
  let looking = true
  program.hook('preAction', (_, action) => {
    const parent = action.parent === program ? '' : `${action.parent?.name() ?? ''} `
    looking = looks.includes(parent + action.name())
  })
  ending.outliveOutput({ out, error }, () => looking)

  /** Resolves to the command's own exit code. */
  const run = async (): Promise<number> => {
    try {
      await program.parseAsync(argv)
      return ending.own
    } catch (fault) {
      const failure = failureOf(fault, say)
      if (!failure) return 0
      // The line may be what could not be parsed.
      if (terminal.json || argv.includes('--json')) terminal.record(failure.record)
      for (const text of failure.notes) note(text)
      return failure.exit
    }
  }
  return ending.exitCodeWith(await run(), {
    streams: [out, error],
    told: code => note(say('output-lost', { code })),
  })
}
