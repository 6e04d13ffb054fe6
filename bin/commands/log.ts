// hub log: the access log as a table, for the compliance officer.
import { Option, type Command } from 'commander'
import { command } from '../command.ts'
import type { AccessLogEntry, Action } from '../../schemas/access-log.ts'
import type { DataCategory, Purpose } from '../../schemas/consent.ts'
import { ConsentId, InstitutionCode } from '../../schemas/ids.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { actorInWords } from '../../texts/actors.ts'
import { actionLabels, categoryLabels, outcomeLabels, purposeLabels } from '../../texts/labels.ts'
import { entryCodeLabel } from '../../texts/codes.ts'
import { foliosOf } from '../../client/folios.ts'
import { table } from '../layout.ts'
import { wallClock, type Terminal } from '../terminal.ts'
import { addLogCosign } from './log-cosign.ts'
import { addLogExport } from './log-export.ts'
import { codeOrWord, keysMeant, newestFirst, signingKey } from './log-filters.ts'
import { addLogProve } from './log-prove.ts'
import { addLogReport } from './log-report.ts'
import { logSpeaker } from '../../texts/log.ts'
import { reference, referralIdOf } from '../reference.ts'
import { instant, matching, UsageError, wholeNumber } from '../usage.ts'

type LogOptions = Partial<
  Record<
    'from' | 'to' | 'institution' | 'action' | 'outcome' | 'consent' | 'purpose' | 'category',
    string
  >
> & { by?: string; keyid?: string; referral?: string; limit: number; all?: boolean }

const { all: _, ...openable } = categoryLabels

export function addLog(program: Command, terminal: Terminal) {
  const { say, language } = terminal
  const sayLog = logSpeaker(language)
  const log = command(program, 'log', say('log.about'))
    .option('--from <time>', say('log.from'), instant('start'))
    .option('--to <time>', say('log.to'), instant('end'))
    .option('--institution <code>', say('log.institution'), matching(InstitutionCode))
    .option('--by <keyid>', sayLog('log.by'))
    // Its name before.
    .addOption(new Option('--keyid <keyid>').hideHelp())
    .option('--action <action>', say('log.action'), codeOrWord<Action>(actionLabels, language))
    .option('--outcome <outcome>', say('log.outcome'), codeOrWord(outcomeLabels, language))
    .option('--referral <reference>', say('id'), reference('found'))
    .option('--consent <consent>', say('log.consent'), matching(ConsentId))
    .option('--purpose <purpose>', say('log.purpose'), codeOrWord<Purpose>(purposeLabels, language))
    .option(
      '--category <category>',
      sayLog('log.category'),
      codeOrWord<DataCategory>(openable, language),
    )
    .option('--limit <n>', say('list.limit'), wholeNumber(1, 200), 50)
    .option('--all', say('list.all'))
    .action(async ({ referral, consent, all, by, keyid, ...rest }: LogOptions) => {
      const { from = '', to } = rest
      if (to !== undefined && to < from)
        throw new UsageError('usage.from-after-to', { first: '--from', last: '--to' })
      const { connecting, named } = await signingKey(program.opts<ConnectOptions>(), by ?? keyid)
      const { client, names } = await connect(connecting, 'igm-compliance', terminal)
      const filters = {
        ...rest,
        referralId: referral && (await referralIdOf(client, referral)),
        consentId: consent,
      }
      const keys = named === undefined ? [undefined] : await keysMeant(client, names, named)
      const found: AccessLogEntry[] = []
      let more = false
      for (const key of keys) {
        const of = { ...filters, keyid: key }
        if (all) for await (const entry of client.everyEntry(of)) found.push(entry)
        else {
          const { body } = await client.accessLog(of)
          found.push(...body.items)
          more ||= body.next !== undefined
        }
      }
      more ||= !all && found.length > rest.limit
      const entries = newestFirst(found).slice(0, all ? undefined : rest.limit)
      if (terminal.json) for (const entry of entries) terminal.record(entry)
      else {
        const folios = await foliosOf(
          client,
          entries.map(({ referralId }) => referralId),
        )
        const cell = { time: wallClock, referral: (id: string) => folios.get(id) ?? id }
        for (const line of logTable(entries, names, terminal, cell)) terminal.line(line)
      }
      terminal.note(say(more ? 'list.more' : 'log.count', { count: entries.length }))
    })
  addLogExport(program, log, terminal)
  addLogCosign(program, log, terminal)
  addLogProve(program, log, terminal)
  addLogReport(program, log, terminal)
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
      actorInWords(actor.institution, language),
      // No key: the hub itself, by its clock or as it was deployed.
      actor.keyid === undefined
        ? say(action === 'key.enrol' ? 'log.by-deployment' : 'log.by-clock')
        : (names.get(actor.keyid) ?? actor.keyid),
      actionLabels[action][language],
      outcomeLabels[outcome][language],
      referralId === undefined ? '' : cell.referral(referralId),
      purpose ? purposeLabels[purpose][language] : '',
      code === undefined ? '' : entryCodeLabel(code, language),
    ]),
    columns,
  )
}
