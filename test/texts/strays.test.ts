// Words that people read stand in texts/. Spanish shows where they do not: no string of another folder is Spanish, but
// for those that are excused here, one by one.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { guatemalaCity } from '../../events/calendar-guatemala.ts'
import { fieldCodes } from '../../schemas/field-codes.ts'
import { problems } from '../../schemas/problem.ts'
import { sentenceTables } from '../../texts/catalogue.ts'
import { straysIn } from './strays.ts'

const root = new URL('../../', import.meta.url)
const folders = 'schemas events log signatures functions client verify bin infra'.split(' ')
const files = folders.flatMap(folder =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .map(name => `${folder}/${name}`)
    .filter(name => /\.m?[jt]s$/.test(name) && !/\/(node_modules|dist)\//.test(name)),
)
const sourceOf = (file: string) => readFileSync(new URL(file, root), 'utf8')

const { holidays } = guatemalaCity
const labourCode = 'Código de Trabajo (Decreto 1441), art. 127'
// `Decreto 42-2010, art. 2` is taken for no Spanish.
const sourcesOfLaw = holidays
  .map(({ source }) => source.replace(labourCode, '${labourCode}'))
  .filter(source => / de /.test(source))
const spanishOf = (table: Readonly<Record<string, { es: string }>>) =>
  Object.values(table).map(({ es }) => es)

/** Why a file has Spanish strings, and all that it has. */
const excused: Readonly<Record<string, { why: string; texts: readonly string[] }>> = {
  'schemas/problem.ts': {
    why: 'a refusal’s title stands with its code and status; texts/catalogue.ts has the table',
    texts: spanishOf(sentenceTables.refusals),
  },
  'schemas/field-codes.ts': {
    why: 'what is wrong with a field stands with its code; texts/catalogue.ts has the table',
    texts: spanishOf(sentenceTables.fields),
  },
  'schemas/openapi/examples.ts': {
    why: 'what the contract’s examples answer',
    texts: [
      'La llave del contenido',
      'El estado y sus fechas',
      'Rendición de cuentas',
      'Nadie puede abrirlo aquí.',
      'Instituto Guatemalteco de Migración',
    ],
  },
  'events/calendar-guatemala.ts': {
    why: 'a version of the calendar holds what days are called, and by which law',
    texts: [labourCode, ...sourcesOfLaw, ...holidays.map(({ name }) => name.es)],
  },
  'bin/input.ts': {
    why: 'letters that are looked for in a file, and shown to nobody',
    texts: [String.raw`ÁÉÍÑÓÚÜáéíñóúü¿¡«»ºª\u0091\u0092\u0093\u0094\u0096\u0097`],
  },
  'bin/csv/cells.ts': { why: 'what a cell of the sheet may hold', texts: ['sí'] },
  'bin/csv/columns.ts': { why: 'cells of the sheet’s example', texts: ['María|Elena', 'sí'] },
  'bin/commands/template.ts': { why: 'cells of the sheet’s example', texts: ['José', 'sí'] },
  'bin/demo/people.ts': { why: 'the name of an invented person', texts: ['Fátima'] },
}

/** Strays of a file that nothing excuses: `path:line text`. */
const unexcused = (file: string, source: string): string[] =>
  straysIn(source)
    .filter(({ text }) => !excused[file]?.texts.includes(text))
    .map(({ line, text }) => `${file}:${line} ${text}`)

test('no string outside of texts/ is Spanish, but for those that are excused', () => {
  expect(files.length).toBeGreaterThan(250)
  expect(files.flatMap(file => unexcused(file, sourceOf(file)))).toEqual([])
})

test('nothing is excused that is not there', () => {
  for (const [file, { texts }] of Object.entries(excused)) {
    const found = new Set(straysIn(sourceOf(file)).map(({ text }) => text))
    expect([file, texts.filter(text => !found.has(text))]).toEqual([file, []])
  }
  expect(sentenceTables.refusals).toBe(problems)
  expect(sentenceTables.fields).toBe(fieldCodes)
})

const planted = [
  ['a sentence with its accents', `say('La bandeja está vacía')`],
  ['a sentence without accents', `say("No queda nada en la bandeja")`],
  ['one that begins with its only word', `say('Falta firma')`],
  ['one in a template', 'say(`Referencia ${folio} enviada por ${institution}`)'],
  ['one over two lines of a template', 'say(`one\ncon otra marca`)'],
  ['a letter that is escaped', String.raw`say('Acci\u00f3n')`],
  ['a word of a pair of languages', `const label = { es: 'Folio', en: 'Folio' }`],
  ['the same on a line of its own', `const label = {\n  es:\n    'Folio',\n  en: 'Folio',\n}`],
] as const

describe.each(planted)('%s', (_, code) => {
  test('is found in every folder, and beside what is excused', () => {
    const some = folders.map(folder => files.find(file => file.startsWith(`${folder}/`)) ?? folder)
    for (const file of [...some, ...Object.keys(excused)])
      expect([file, unexcused(file, `${sourceOf(file)}\n${code}\n`).length]).toEqual([file, 1])
  })
})

test.each([
  ['a comment', `// La bandeja está vacía\n/* y la llave también */\nconst empty = []`],
  ['English', `say('What it does is no use to anyone', "it's a referral")`],
  ['codes', `const codes = ['de', 'es-419', 'consent.read', 'la|los']`],
  ['a pattern', String.raw`const word = /['"]está[\/]/.test(text)`],
  ['what stands between two strings', `pick('a', está, 'b')`],
])('%s is no stray', (_, code) => {
  expect(straysIn(code)).toEqual([])
})
