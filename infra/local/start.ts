// `npm start`: the local hub as a program. One line on stdout when it serves, one line on stderr when it cannot.
import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import * as z from 'zod'
import { defaultRate } from '../../events/rate.ts'
import { localPeople } from './console-keys.ts'
import { StartError } from './data-folder.ts'
import { startHub } from './hub.ts'

const Options = z.object({
  port: z.number(),
  data: z.string(),
  ephemeral: z.boolean().default(false),
  now: z.date().optional(),
  rate: z.number(),
  burst: z.number(),
  agreements: z.string().optional(),
  enrol: z.string().optional(),
  faults: z.number().optional(),
  verbose: z.boolean().default(false),
})

const portOf = (value: string): number => {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN
  if (!(port <= 65_535)) throw new InvalidArgumentError('It must be a number from 0 to 65535.')
  return port
}

const instantOf = (value: string): Date => {
  const parsed = z.iso.datetime({ offset: true }).safeParse(value)
  if (!parsed.success)
    throw new InvalidArgumentError('It must be an RFC 3339 time, e.g. 2026-03-01T15:00:00Z.')
  return new Date(parsed.data)
}

const countOf = (value: string): number => {
  const count = /^\d{1,6}$/.test(value) ? Number(value) : 0
  if (count < 1) throw new InvalidArgumentError('It must be a whole number from 1.')
  return count
}

const seedOf = (value: string): number => {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError('It must be a whole number from 0.')
  return Number(value)
}

const folderOf = (value: string): string => {
  if (value === '') throw new InvalidArgumentError('It must name a folder.')
  return value
}

const program = new Command('npm start --')
  .description('Serves the hub on 127.0.0.1 until it is stopped (Ctrl-C, SIGTERM).')
  .option('--port <number>', 'port to serve on; 0 takes any free one', portOf, 8787)
  .option('--data <folder>', 'where data and keys are kept across restarts', folderOf, '.hub')
  .option('--ephemeral', 'keep nothing: what this run writes is gone when it stops')
  .option('--now <time>', 'start the hub’s clock at this RFC 3339 time', instantOf)
  .option(
    '--rate <number>',
    'requests a second that each key may make',
    countOf,
    defaultRate.perSecond,
  )
  .option('--burst <number>', 'requests at once that each key may make', countOf, defaultRate.burst)
  .option(
    '--agreements <folder>',
    'institutions and agreements, files as in infra/agreements (which is the default)',
    folderOf,
  )
  .option(
    '--enrol <file>',
    'first keys besides those of hub.json: a JSON list as for `hub admin enrol`',
  )
  .option(
    '--faults <seed>',
    'meet what AWS has and one machine has not, by this number: conflicts, throttles, lost answers, cold starts, ' +
      'late indexes, schedules that fire twice',
    seedOf,
  )
  .option('--verbose', 'operational log on stderr instead of <data>/hub.log')
  .allowExcessArguments(false)
  .showSuggestionAfterError(false)
  .exitOverride()

const unusable = (error: unknown): never => {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`error: ${message.split('\n')[0]}\n`)
  process.exit(error instanceof StartError ? 2 : 1)
}

const optionsOf = () => {
  try {
    return Options.parse(program.parse().opts())
  } catch (error) {
    // commander has said what is wrong, or printed the help.
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
    return unusable(error)
  }
}

/** The shell that started this process, and the npm that started the shell (from procfs, where there is one). */
const launchersOf = (shell: number): number[] => {
  try {
    const [, fields = ''] = readFileSync(`/proc/${shell}/stat`, 'utf8').split(') ')
    return [shell, Number(fields.split(' ')[1])].filter(pid => pid > 1)
  } catch {
    return [shell]
  }
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const tryAs = localPeople.map(({ name }) => name).join(', ')

const { port, data, ephemeral, now, rate, burst, agreements, enrol, faults, verbose } = optionsOf()
const starting = startHub({
  port,
  data,
  ephemeral,
  ...(now && { now }),
  rate: { perSecond: rate, burst },
  ...(agreements !== undefined && { declared: agreements }),
  ...(enrol !== undefined && { enrol }),
  ...(faults !== undefined && { faults }),
  warn: line => void process.stderr.write(`note: ${line}\n`),
  ...(verbose && { log: (line: string) => void process.stderr.write(`${line}\n`) }),
})

// npm runs this under a shell that does not pass signals on: when npm or the shell is gone, so is whoever wanted the
// hub.
const launchers = process.env['npm_lifecycle_event'] === undefined ? [] : launchersOf(process.ppid)
setInterval(() => {
  if (launchers.some(pid => !isRunning(pid))) process.kill(process.pid, 'SIGTERM')
}, 200).unref()

// Once each: the second signal ends the process there and then, which loses nothing acknowledged either.
const stop = async () => {
  const hub = await starting
  await hub.stop()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    stop().catch(unusable)
  })

try {
  const { url } = await starting
  process.stdout.write(`ready ${url}\n`)
  // On stderr: what reads the address of the hub reads one line.
  process.stderr.write(`console ${url}/console (to try it, enter there as ${tryAs})\n`)
} catch (error) {
  unusable(error)
}
