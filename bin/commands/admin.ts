// hub admin enrol: the first institutions, agreements and keys of a deployed hub, written with AWS credentials into its
// Directory table.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { FirstKeysError, firstKeys } from '../../infra/first-keys.ts'
import type { Instant } from '../../schemas/ids.ts'
import { readText } from '../input.ts'
import { jsonValue } from '../json-records.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage.ts'

export function addAdmin(program: Command, terminal: Terminal) {
  const { say } = terminal
  const admin = command(program, 'admin', say('admin.about'))
  command(admin, 'enrol', say('admin.enrol'))
    .requiredOption('--table <name>', say('admin.table'))
    .requiredOption('--log-table <name>', say('admin.log-table'))
    .option('--keys <file>', say('admin.keys'))
    .option('--dry-run', say('admin.dry-run'))
    .action(async (options: { table: string; logTable: string; keys?: string; dryRun?: true }) => {
      const at = new Date().toISOString() as Instant
      const keys =
        options.keys === undefined
          ? []
          : await firstKeysOf(await readText(options.keys, terminal.reading), at)
      // The AWS SDK is loaded for whoever deploys only: no other command needs it.
      const { enrolDeployed } = await import('../../infra/enrol.ts')
      const { table, logTable, dryRun = false } = options
      const done = await enrolDeployed(keys, { table, logTable, at, dryRun }).catch(
        (error: unknown) => {
          throw new UsageError('usage.aws', { name: error instanceof Error ? error.name : '' })
        },
      )
      const words = dryRun
        ? ({ added: 'would-add', entered: 'would-enter', kept: 'kept' } as const)
        : ({ added: 'added', entered: 'entered', kept: 'kept' } as const)
      for (const one of done) {
        const became = words[one.done]
        if (terminal.json) terminal.record({ ...one, done: became })
        else terminal.line(`${one.what.padEnd(12)} ${one.id}  ${say(`admin.${became}`)}`)
      }
    })
}

async function firstKeysOf(text: string, at: Instant) {
  // First, for the line that is no JSON, and for members named twice.
  jsonValue(text)
  try {
    return await firstKeys(text, at)
  } catch (error) {
    if (!(error instanceof FirstKeysError)) throw error
    throw new UsageError('usage.key-list', { where: error.message })
  }
}
