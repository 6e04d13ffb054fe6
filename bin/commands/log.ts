// hub log: the access log as a table, for the compliance officer.
import type { Command } from 'commander'
import { Action, Outcome, type AccessLogEntry } from '../../schemas/access-log.ts'
import { Purpose } from '../../schemas/consent.ts'
import { ConsentId, InstitutionCode, Keyid } from '../../schemas/ids.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { actionLabels, outcomeLabels, purposeLabels } from '../labels.ts'
import { table } from '../layout.ts'
import { wallClock, type Terminal } from '../terminal.ts'
import { addLogCosign } from './log-cosign.ts'
import { addLogExport } from './log-export.ts'
import { instant, matching, oneOf, matchingReferral, wholeNumber } from '../usage.ts'

type LogOptions = Partial<
  Record<
    | 'from'
    | 'to'
    | 'institution'
    | 'keyid'
    | 'action'
    | 'outcome'
    | 'referral'
    | 'consent'
    | 'purpose',
    string
  >
> & { limit: number; all?: boolean }

export function addLog(program: Command, terminal: Terminal) {
  const { say } = terminal
  const log = program
    .command('log')
    .description(say('log.about'))
    .option('--from <time>', say('log.from'), instant('start'))
    .option('--to <time>', say('log.to'), instant('end'))
    .option('--institution <code>', say('log.institution'), matching(InstitutionCode))
    .option('--keyid <keyid>', say('log.keyid'), matching(Keyid))
    .option('--action <action>', say('log.action'), oneOf(Action.options))
    .option('--outcome <outcome>', say('log.outcome'), oneOf(Outcome.options))
    .option('--referral <id>', say('log.referral'), matchingReferral)
    .option('--consent <consent>', say('log.consent'), matching(ConsentId))
    .option('--purpose <purpose>', say('log.purpose'), oneOf(Purpose.options))
    .option('--limit <n>', say('list.limit'), wholeNumber(1, 200), 50)
    .option('--all', say('list.all'))
    .action(async ({ referral, consent, all, ...rest }: LogOptions) => {
      const options = program.opts<ConnectOptions>()
      const { client, names } = await connect(options, 'igm-compliance', terminal)
      const filters = { ...rest, referralId: referral, consentId: consent }
      const entries: AccessLogEntry[] = []
      let more = false
      if (all) for await (const entry of client.everyEntry(filters)) entries.push(entry)
      else {
        const { body } = await client.accessLog(filters)
        entries.push(...body.items)
        more = body.next !== undefined
      }
      if (terminal.json) for (const entry of entries) terminal.record(entry)
      else
        for (const line of logTable(entries, names, terminal, {
          time: wallClock,
          referral: id => id,
        }))
          terminal.line(line)
      terminal.note(say(more ? 'list.more' : 'log.count', { count: entries.length }))
    })
  addLogExport(program, log, terminal)
  addLogCosign(program, log, terminal)
}

/**
 * Who did what: one row per entry, in the order given. Keys are named where hub.json knows them.
 * @param cell how an instant and a referral are written
 */
export function logTable(
  entries: readonly AccessLogEntry[],
  names: ReadonlyMap<string, string>,
  { say, language, columns }: Pick<Terminal, 'say' | 'language' | 'columns'>,
  cell: { time: (instant: string) => string; referral: (id: string) => string },
): string[] {
  if (entries.length === 0) return []
  const headings = [
    'index',
    'time',
    'who',
    'key',
    'action',
    'outcome',
    'referral',
    'purpose',
  ] as const
  return table(
    [...headings.map(name => say(`fact.${name}`)), say('fact.code')],
    entries.map(({ index, time, actor, action, outcome, referralId, purpose, code }) => [
      index === undefined ? '…' : String(index),
      cell.time(time),
      actor.institution,
      // No key: the hub itself, by its clock or as it was deployed.
      actor.keyid === undefined
        ? say(action === 'key.enrol' ? 'log.by-deployment' : 'log.by-clock')
        : (names.get(actor.keyid) ?? actor.keyid),
      actionLabels[action][language],
      outcomeLabels[outcome][language],
      referralId === undefined ? '' : cell.referral(referralId),
      purpose ? purposeLabels[purpose][language] : '',
      code ?? '',
    ]),
    columns,
  )
}
