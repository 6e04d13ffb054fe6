// Sheets as spreadsheets save them: what they stand for, and everything that is wrong with them before anything is
// sent.
import { describe, expect, test } from 'vitest'
import { columns, templateColumns } from '../../bin/csv/columns.ts'
import { isSheet, sheetRecords } from '../../bin/csv/records.ts'
import { csvText } from '../../bin/refer/errors-file.ts'
import { UsageError } from '../../bin/usage.ts'
import { header, letterFor, person, problems, sheet } from './sheets.ts'

describe('a sheet stands for submissions', () => {
  test('the template is in order, whatever its delimiter, line ends and names', () => {
    const [first] = sheetRecords(sheet([person()]))
    expect(first).toMatchObject({ record: 1, line: 2, problems: [] })
    expect(first?.value).toMatchObject({
      externalId: 'PROPIO-1',
      services: ['vocational-profiling', 'enrolment-guidance'],
      consent: {
        grantedAt: '2026-11-20T06:00:00.000Z',
        validUntil: '2027-11-01T05:59:59.999Z',
        interpreterUsed: false,
        purposes: [
          { purpose: 'training-referral', recipient: 'ALA' },
          { purpose: 'status-feedback', recipient: 'IGM', dataCategories: ['trainingProfile'] },
          { purpose: 'job-placement-handover', recipient: 'OIM' },
        ],
      },
      payload: {
        identity: {
          givenNames: ['María', 'Elena'],
          documents: [{ type: 'passport', number: 'PRUEBA00001', issuingCountry: 'HND' }],
        },
        contact: { phone: '+50200000001', safeToCall: true },
        trainingProfile: { interestDeclared: true },
      },
    })
    const paths = templateColumns.map(({ path }) => path)
    const pointers = paths.map(path => `/${path.replaceAll('.', '/')}`)
    const loud = header.map(name => ` ${name.toUpperCase().replaceAll('_', ' ')} `)
    for (const [text, what] of [
      [sheet([person()], ';'), 'semicolons'],
      [sheet([person()], '\t'), 'tabs'],
      [`sep=;\r\n${sheet([person()], ';')}`, 'Excel’s first line'],
      [sheet([person()]).replaceAll('\r\n', '\n'), 'line feeds'],
      [sheet([person()], ',', paths), 'paths'],
      [sheet([person()], ',', pointers), 'pointers'],
      [sheet([person()], ',', loud), 'capitals and blanks'],
      [`${sheet([person()]).replaceAll('\r\n', ',,\r\n')},,`, 'empty columns'],
    ] as const) {
      expect([what, isSheet(text)]).toEqual([what, true])
      expect([what, sheetRecords(text)[0]?.value]).toEqual([what, first?.value])
    }
  })

  test('cells with quotes, delimiters and line feeds; blank rows do not count, but have their number', () => {
    const quoted = { apellidos: '"de la O, ""Nena""\nPrueba"', numero_propio: 'A-1' }
    const blank = header.map(() => '')
    const read = sheetRecords(sheet([blank, person(quoted), [''], person()]))
    expect(read.map(({ record, line }) => [record, line])).toEqual([
      [1, 3],
      [2, 5],
    ])
    expect(read[0]?.value).toMatchObject({
      payload: { identity: { familyNames: ['de la O, "Nena"\nPrueba'] } },
    })
  })

  test('every column of the table is read to where its path says', () => {
    expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
    expect(new Set(columns.map(({ path }) => path)).size).toBe(columns.length)
  })

  test.each([
    ['14/5/1994', 'dmy', '1994-05-14'],
    ['5/14/1994', 'mdy', '1994-05-14'],
    ['1994', 'dmy', '1994'],
  ] as const)('a date %s, read as %s, is %s', (written, order, date) => {
    const [one] = sheetRecords(sheet([person({ fecha_nacimiento: written })]), order)
    expect(one?.value).toMatchObject({ payload: { identity: { birthDate: date } } })
    expect(one?.problems).toEqual([])
  })

  test.each([
    ['sí', true],
    ['SI', true],
    ['VERDADERO', true],
    ['no', false],
    ['FALSO', false],
  ])('%s is %s', (written, expected) => {
    const [one] = sheetRecords(sheet([person({ puede_llamarse: written })]))
    expect(one?.value).toMatchObject({ payload: { contact: { safeToCall: expected } } })
  })
})

describe('what is wrong is said by row, column, letter and what is allowed', () => {
  test.each([
    ['a code that is none', { prioridad: 'ya' }, 'prioridad', 'not-allowed'],
    ['a missing value', { recibe: '' }, 'recibe', 'required'],
    ['a service that is none', { servicios: 'x' }, 'servicios', 'not-allowed'],
    [
      'a date that the calendar has not',
      { fecha_nacimiento: '1994-02-31' },
      'fecha_nacimiento',
      'calendar',
    ],
    [
      'a date whose order nobody knows',
      { fecha_nacimiento: '3/4/1994' },
      'fecha_nacimiento',
      'date-order',
    ],
    ['a year of two digits', { fecha_nacimiento: '14/05/94' }, 'fecha_nacimiento', 'date-order'],
    ['a day that is none', { otorgado: 'ayer' }, 'otorgado', 'not-a-day'],
    [
      'a day that the calendar has not',
      { valido_hasta: '2027-02-30' },
      'valido_hasta',
      'not-a-day',
    ],
    ['an answer that is none', { puede_llamarse: 'quizás' }, 'puede_llamarse', 'yes-or-no'],
    [
      'a number that a spreadsheet shortened',
      { numero_propio: '2.54E+12' },
      'numero_propio',
      'excel-number',
    ],
    [
      'the same in Spanish',
      { documento1_numero: '"2,54E+12"' },
      'documento1_numero',
      'excel-number',
    ],
    ['an error of a spreadsheet', { expediente: '#N/A' }, 'expediente', 'excel-error'],
    ['a telephone without its plus', { telefono: '50200000001' }, 'telefono', 'wrong-format'],
    ['a municipality without its zero', { municipio: '115' }, 'municipio', 'municipality'],
    ['a category that is none', { para_formacion: 'salud' }, 'para_formacion', 'unknown-category'],
    ['a purpose of nobody', { para_derivacion: 'identidad' }, 'para_derivacion', 'who-may-see-it'],
    ['a category twice', { para_formacion: 'identidad|identity' }, 'para_formacion', 'repeated'],
    ['a document’s country', { documento1_pais: 'Honduras' }, 'documento1_pais', 'not-allowed'],
    [
      'the second document',
      { documento2_tipo: 'x', documento2_numero: 'PRUEBA2' },
      'documento2_tipo',
      'not-allowed',
    ],
  ])('%s', (_, changes, name, code) => {
    const found = problems([person(), person({ numero_propio: 'B', ...changes })])
    expect(found[0]).toMatchObject({ line: 3, code, name, letter: letterFor(name) })
    expect(found.every(one => one.name === name)).toBe(true)
  })

  test('what is allowed, where it is few', () => {
    expect(problems([person({ puede_llamarse: 'x' })])[0]?.allowed).toEqual(['sí', 'no'])
  })

  test('a second document alone has its own columns', () => {
    const found = problems([
      person({
        documento1_tipo: '',
        documento1_numero: '',
        documento1_pais: '',
        documento1_vence: '',
        documento2_tipo: 'x',
      }),
    ])
    expect(found[0]).toMatchObject({
      name: 'documento2_tipo',
      letter: letterFor('documento2_tipo'),
    })
  })

  test('an own number that comes twice in the file, and a row of other length', () => {
    expect(problems([person(), person()])).toMatchObject([
      { line: 3, code: 'number-comes-twice', name: 'numero_propio', letter: 'A' },
    ])
    expect(problems([person(), person().slice(0, 10)])[0]).toMatchObject({
      line: 3,
      code: 'cell-count',
    })
    expect(problems([[...person(), 'x']])[0]).toMatchObject({ code: 'cell-count' })
  })

  test('the rules of the agreement are tried too', () => {
    expect(problems([person({ nacionalidades: 'GTM' })])).toMatchObject([
      { code: 'eligibility-population' },
    ])
    expect(problems([person({ interes_declarado: 'no' })])).toMatchObject([
      { code: 'interest-not-declared' },
    ])
  })

  test.each([
    [
      'a header that is not known',
      'numero_propio,dolencia\r\nx,y',
      'usage.csv-unknown-column',
      'B',
    ],
    ['a header twice', 'numero_propio,convenio,externalId\r\nx,y,z', 'usage.csv-column-twice', 'C'],
    [
      'a quotation mark that stays open',
      'numero_propio,convenio\r\n"x,y\r\n',
      'usage.csv-broken',
      undefined,
    ],
    ['a header alone', 'numero_propio,convenio\r\n\r\n', 'usage.empty-list', undefined],
  ])('%s', (_, text, key, letters) => {
    try {
      sheetRecords(text)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError)
      expect(error).toMatchObject({ key, ...(letters ? { values: { letters } } : {}) })
    }
  })
})

test('what a spreadsheet could take for a formula is guarded in what is written', () => {
  expect(csvText([['=1+1', '+5', '-5', '@x', 'a,b', '"', 'x\ny', 'ñ']])).toBe(
    '\uFEFF\'=1+1,\'+5,\'-5,\'@x,"a,b","""","x\ny",ñ\r\n',
  )
})

/** In the folder of the hub. */
