// A month's report as a page to print and as a table for spreadsheets.
import { base64 } from '../../log/bytes.ts'
import { parseCheckpointText } from '../../log/checkpoint.ts'
import { actorInWords } from '../../texts/actors.ts'
import { dateInWords, momentInWords } from '../../texts/dates.ts'
import { actionLabels, categoryLabels, purposeLabels, type Language } from '../../texts/labels.ts'
import { wallClock } from '../terminal.ts'
import { csvOf } from '../../texts/spreadsheet.ts'
import { countTable, exact, facts, heading, page, paragraph } from './page.ts'
import { type LogReport, countsOf, openingsBy } from './report.ts'
import { sheetSpeaker } from '../../texts/log-sheet.ts'
import type { Names } from './words.ts'

/** What the checkpoint says of the log: its size and root. */
const headOf = (checkpoint: string) =>
  parseCheckpointText(checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1))

const keyName = (keyid: string, names: Names): string => names.get(keyid) ?? ''
const keyText = (keyid: string, names: Names): string => `${keyName(keyid, names)} ${keyid}`.trim()

/** Names of keys by keyid, folios of referrals by id: as far as they are known. */
type Known = { names: Names; folios: ReadonlyMap<string, string>; language: Language }

export const reportPage = (report: LogReport, { names, folios, language }: Known): string => {
  const say = sheetSpeaker(language)
  const { summary, from, to, running, withdrawals, month, institution = '' } = report
  const by = openingsBy(summary)
  const section = (title: string, titles: string[], rows: (string | number)[][]) =>
    heading(title) + (rows.length === 0 ? paragraph(say('report.none')) : countTable(titles, rows))
  const n = say('column.n')
  const body = [
    paragraph(
      say('report.span', { first: dateInWords(from, language), last: dateInWords(to, language) }),
    ),
    ...(running ? [paragraph(say('report.running'))] : []),
    section(
      say('report.by-purpose'),
      [say('column.purpose'), n],
      by.purpose.map(one => [purposeLabels[one.code][language], one.n]),
    ),
    section(
      say('report.by-category'),
      [say('column.categories'), n],
      by.category.map(one => [categoryLabels[one.code][language], one.n]),
    ),
    section(
      say('report.by-key'),
      [say('column.key'), n],
      by.key.map(one => [keyText(one.code, names), one.n]),
    ),
    section(
      say('report.denials'),
      [say('column.action'), n],
      countsOf(summary, 'denied').map(one => [actionLabels[one.code][language], one.n]),
    ),
    section(
      say('report.failures'),
      [say('column.action'), n],
      countsOf(summary, 'failed')
        .filter(({ code }) => code === 'referral.release')
        .map(one => [actionLabels[one.code][language], one.n]),
    ),
    section(
      say('report.withdrawals'),
      [say('column.time'), say('column.institution'), say('column.referral')],
      withdrawals.map(({ time, actor, referralId = '' }) => [
        momentInWords(time, language),
        actorInWords(actor.institution, language),
        folios.get(referralId) ?? referralId,
      ]),
    ),
    heading(say('report.checkpoint')),
    facts([
      [say('fact.hub'), report.hub],
      [say('fact.vkey'), report.vkey],
    ]),
    exact('checkpoint', report.checkpoint),
  ].join('')
  return page(
    language,
    say('report.title', { month: dateInWords(month, language), institution }),
    body,
  )
}

/**
 * One table: a row for each combination that was opened, each action denied or failed, each withdrawal; last the
 * checkpoint.
 */
export const reportCsv = (report: LogReport, { names, folios, language }: Known): string => {
  const say = sheetSpeaker(language)
  const { summary, withdrawals, checkpoint, vkey } = report
  type Member =
    | 'section'
    | 'purpose'
    | 'categories'
    | 'key-name'
    | 'key'
    | 'action'
    | 'time'
    | 'institution'
    | 'referral'
    | 'value'
    | 'n'
  const columns: readonly Member[] = [
    ...(['section', 'purpose', 'categories', 'key-name', 'key', 'action'] as const),
    ...(['time', 'institution', 'referral', 'value', 'n'] as const),
  ]
  const row = (of: Partial<Record<Member, string | number>>) =>
    columns.map(column => of[column] ?? '')
  const acts = (section: string, outcome: 'denied' | 'failed') =>
    countsOf(summary, outcome).map(({ code, n }) =>
      row({ section, action: actionLabels[code][language], value: code, n }),
    )
  const head = headOf(checkpoint)
  return csvOf([
    columns.map(column => say(`column.${column}`)),
    ...summary.releases.map(({ purpose, categories, keyid, n }) =>
      row({
        section: say('report.openings'),
        purpose: purpose ? purposeLabels[purpose][language] : '',
        categories: categories.map(one => categoryLabels[one][language]).join('; '),
        'key-name': keyName(keyid, names),
        key: keyid,
        n,
      }),
    ),
    ...openingsBy(summary).category.map(({ code, n }) =>
      row({
        section: say('report.by-category'),
        categories: categoryLabels[code][language],
        value: code,
        n,
      }),
    ),
    ...acts(say('report.denials'), 'denied'),
    ...acts(say('report.failures'), 'failed').filter(cells => cells[9] === 'referral.release'),
    ...withdrawals.map(({ time, actor, referralId = '' }) =>
      row({
        section: say('report.withdrawals'),
        time: wallClock(time),
        institution: actor.institution,
        key: actor.keyid ?? '',
        'key-name': actor.keyid ? keyName(actor.keyid, names) : '',
        referral: referralId,
        value: folios.get(referralId) ?? '',
        n: 1,
      }),
    ),
    row({ section: say('report.checkpoint'), value: vkey }),
    row({
      section: say('report.checkpoint'),
      value: head ? base64(head.root) : '',
      n: head?.size ?? 0,
    }),
  ])
}
