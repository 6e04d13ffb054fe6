// The command line of the hub. Exit codes: 0 done · 1 refused by the hub · 2 wrong usage · 3 unreachable, or output that could not be
// written · 129, 130, 143 stopped by a signal.
import { exitCodeWith, outliveOutput } from './ending.ts'
import { failureOf } from './failure.ts'
import { hubProgram } from './program.ts'

const { stdin: input, stdout: out, stderr: error } = process
const { program, terminal } = hubProgram({ input, out, error }, process.argv)
const { say, note } = terminal

/** The commands that change nothing, at the hub or on this machine. */
const looks = [
  'list',
  'show',
  'consent',
  'log',
  'log verify',
  'keys list',
  'sign-check',
  'template columns',
  'me',
]
let looking = true
program.hook('preAction', (_, action) => {
  const parent = action.parent === program ? '' : `${action.parent?.name() ?? ''} `
  looking = looks.includes(parent + action.name())
})
outliveOutput({ out, error }, () => looking)

process.exitCode = await exitCodeWith(await run(), {
  streams: [out, error],
  told: code => note(say('output-lost', { code })),
})

/** Runs the command, tells how it failed, and resolves to its own exit code. */
async function run(): Promise<number> {
  try {
    await program.parseAsync()
    return Number(process.exitCode ?? 0)
  } catch (fault) {
    const failure = failureOf(fault, say)
    if (!failure) return 0
    // The line may be what could not be parsed.
    if (terminal.json || process.argv.includes('--json')) terminal.record(failure.record)
    for (const text of failure.notes) note(text)
    return failure.exit
  }
}
