// The catalogue is whole: each word in both languages, none empty, the same places in both, all closed lists covered,
// and importable where there is no Node.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Role } from '../../schemas/agreement.ts'
import { problems } from '../../schemas/problem.ts'
import { fieldCodes } from '../../schemas/field-codes.ts'
import { Milestone } from '../../schemas/milestone.ts'
import { Reason, Status } from '../../schemas/referral.ts'
import { type Table, labelTables, sentenceTables } from '../../texts/catalogue.ts'
import { filled } from '../../texts/filled.ts'
import { meaningOf } from '../../texts/meanings.ts'
import { failureCodes } from '../../verify/verdict.ts'

const tables: [string, Table][] = Object.entries({ ...labelTables, ...sentenceTables })
const entries = tables.flatMap(([name, table]) =>
  Object.entries(table).map(([key, text]) => ({ at: `${name} ${key}`, text })),
)
const placesIn = (text: string) => [...new Set(text.match(/\{[\w-]+\}/g))].toSorted()
const folder = new URL('../../texts/', import.meta.url)
const files = readdirSync(folder).filter(name => name.endsWith('.ts'))

const isText = (value: unknown): value is { es: string; en: string } =>
  typeof value === 'object' && value !== null && 'es' in value && 'en' in value

describe('the catalogue', () => {
  test('has each text in Spanish and English and in nothing else, and none is empty', () => {
    const wrong = entries.filter(
      ({ text }) =>
        !['es', 'en'].every(one => (text as Record<string, string>)[one]?.trim()) ||
        Object.keys(text).some(one => !['es', 'en', 'status'].includes(one)),
    )
    expect(wrong).toEqual([])
    expect(entries.length).toBeGreaterThan(700)
  })

  test('has the same places to fill in both languages', () => {
    const wrong = entries.filter(
      ({ text: { es, en } }) => placesIn(es).join(' ') !== placesIn(en).join(' '),
    )
    expect(wrong.map(({ at }) => at)).toEqual([])
  })

  test('speaks of nobody as a victim, and says usted', () => {
    const wrong = entries.filter(
      ({ text: { es, en } }) =>
        /v[ií]ctim/i.test(es + en) ||
        /\b(tú|tienes|puedes|vos|tenés|podés|vuestr[ao]s?)\b/i.test(es),
    )
    expect(wrong.map(({ at }) => at)).toEqual([])
  })

  test('calls things as the domain does: an avance, a rol, a derivación, a bitácora, a referencia', () => {
    const other =
      /(?<!\p{L})(?:hitos?|papeles|(?:ese|un) papel|remisi[oó]n(?:es)?|usuari[oa]s?|beneficiari[oa]s?|auditor[ií]a|remitentes?)(?!\p{L})/iu
    const wrong = entries.filter(({ text: { es } }) => other.test(es))
    expect(wrong.map(({ at, text: { es } }) => `${at}: ${es}`)).toEqual([])
  })

  test('has one word for one thing: what is not accepted is not rejected, what is sent is not requested', () => {
    const other = [
      /(?<!\p{L})rechazadas?(?!\p{L})|aceptar(?:la)? o rechazar/iu,
      /\b(?:referral (?:was )?rejected|rejected referrals?|accept or reject)\b/i,
    ]
    const wrong = entries.filter(({ text: { es, en } }) =>
      other.some(word => word.test(es) || word.test(en)),
    )
    expect(wrong.map(({ at }) => at)).toEqual([])
    const { consoleCase, consoleProgress, consoleHome, ask } = sentenceTables
    const status = labelTables.statusLabels
    for (const language of ['es', 'en'] as const) {
      const told = [
        status.rejected,
        consoleCase['to.rejected'],
        consoleProgress['answers.rejected'],
        consoleHome['news.rejected'],
        sentenceTables.commandLine['progress.rejected'],
      ]
      for (const text of told) expect(text[language]).toMatch(/no acept|not accept/i)
      const sent = [status.requested, consoleCase['to.requested'], consoleCase['case.submitted']]
      expect(new Set(sent.map(text => text[language])).size).toBe(1)
      expect(sentenceTables.contentWords.throughLiaisonOnly[language]).toBe(
        ask['ask.through-liaison'][language],
      )
    }
  })

  test('holds every table of texts/: none has words that it does not know', async () => {
    const known = new Set(entries.map(({ text }) => text))
    const left: string[] = []
    for (const file of files) {
      const module = (await import(new URL(file, folder).href)) as Record<string, unknown>
      for (const [name, table] of Object.entries(module))
        if (typeof table === 'object' && table !== null)
          for (const [key, value] of Object.entries(table))
            if (isText(value) && !known.has(value)) left.push(`${file} ${name} ${key}`)
    }
    expect(left).toEqual([])
  })
})

test.each([
  ['refusals', Object.keys(problems), sentenceTables.refusals],
  ['refusals in the log', [...Object.keys(problems), 'replayed'], labelTables.entryCodeLabels],
  ['places of a refusal', Object.keys(fieldCodes), sentenceTables.fields],
  ['failures of a log', failureCodes, sentenceTables.logFailures],
  ['reasons', Reason.options, labelTables.reasonLabels],
  ['statuses', Status.options, labelTables.statusLabels],
  ['milestones', Milestone.options, labelTables.milestoneLabels],
  ['roles', Role.options, labelTables.roleLabels],
] as [string, readonly string[], Table][])(
  '%s have their words, and no others',
  (_, codes, table) => {
    expect(Object.keys(table).toSorted()).toEqual([...codes].toSorted())
  },
)

test('a code is told in words, and one of a later hub as it is', () => {
  for (const code of [...Object.keys(problems), ...Object.keys(fieldCodes)])
    for (const language of ['es', 'en'] as const)
      expect(meaningOf(code, language)).toMatch(/\p{L}{3}/u)
  expect(meaningOf('of-a-later-hub', 'es')).toBe('of-a-later-hub')
})

test('a place without a value stays visible, and a value cannot make a line', () => {
  expect(filled('{one} {two}', { one: 'a\nb' })).toBe('a\\u000ab {two}')
})

test.each(files)('texts/%s can be loaded in a browser', file => {
  const source = readFileSync(new URL(file, folder), 'utf8')
  const imported = [...source.matchAll(/ from '([^']+)'/g)].map(([, from = '']) => from)
  expect(imported.filter(from => !/^(\.\/|\.\.\/schemas\/|zod$)/.test(from))).toEqual([])
  expect(source).not.toMatch(/\b(Buffer|process)\./)
})
