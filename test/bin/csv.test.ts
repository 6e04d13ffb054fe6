// Sheets as spreadsheets save them: what they stand for, and everything that is wrong with them before anything is
// sent.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { columns, letterOf, templateColumns } from '../../bin/csv/columns.ts'
import { isSheet, sheetRecords } from '../../bin/csv/records.ts'
import { csvText } from '../../bin/refer/errors-file.ts'
import { problemsOf } from '../../bin/refer/check.ts'
import { UsageError } from '../../bin/usage.ts'
import { Instant } from '../../schemas/ids.ts'
import { hub, records, within } from './cli.ts'
import { standIn, type Seen } from './stand-in.ts'

const now = Instant.parse('2026-11-30T12:00:00.000Z')
const header = templateColumns.map(({ name }) => name)
/** The cells of the template's first person, with changes. */
const person = (changes: Record<string, string> = {}) =>
  templateColumns.map(
    ({ name, example }) => ({ numero_propio: 'PROPIO-1', ...changes })[name] ?? example,
  )
const sheet = (rows: string[][], delimiter = ',', names = header) =>
  [names, ...rows].map(row => row.join(delimiter)).join('\r\n')
const problems = (rows: string[][]) =>
  problemsOf(sheetRecords(sheet(rows)), { now }).map(({ line, code, place, allowed }) => ({
    line,
    code,
    ...place,
    allowed,
  }))
const letterFor = (name: string) => letterOf(header.indexOf(name))

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

  test('10,000 rows are read and checked in seconds', { timeout: 20_000 }, () => {
    const many = Array.from({ length: 10_000 }, (_, n) => person({ numero_propio: `A-${n}` }))
    expect(problemsOf(sheetRecords(sheet(many)), { now })).toEqual([])
  })
})

test('what a spreadsheet could take for a formula is guarded in what is written', () => {
  expect(csvText([['=1+1', '+5', '-5', '@x', 'a,b', '"', 'x\ny', 'ñ']])).toBe(
    '\uFEFF\'=1+1,\'+5,\'-5,\'@x,"a,b","""","x\ny",ñ\r\n',
  )
})

/** In the folder of the hub. */
const run = (...args: string[]) => hub([...args, '--hub', '.'])

describe('hub refer with a sheet', () => {
  let folder: string
  let seen: Seen[]
  let close: () => void
  const at = '2026-11-21T12:00:00.000Z'
  const answer = {
    referralId: '019a0000-0000-7000-8000-000000000000',
    folio: 'REF-0000-0000-0',
    status: 'requested',
    submittedAt: at,
    respondBy: at,
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-csv-'))
    const started = await standIn(folder, ({ method, body }) =>
      method === 'GET'
        ? { status: 200, body: { items: [] } }
        : body.includes('REFUSED')
          ? {
              status: 422,
              body: {
                status: 422,
                code: 'invalid-request',
                title: 'x',
                errors: [{ pointer: '/payload/identity/documents/0/number', code: 'cui' }],
              },
            }
          : { status: 201, body: answer },
    )
    ;({ seen, close } = started)
  })
  afterAll(async () => {
    close()
    await rm(folder, { recursive: true, force: true })
  })
  within(() => folder)
  const write = (name: string, text: string | Buffer) => writeFile(join(folder, name), text)

  test('the template’s two invented persons are refused by row, and nothing is sent', async () => {
    await hub(['template', 'csv', '--out', 'ejemplo.csv'])
    const file = await readFile(join(folder, 'ejemplo.csv'), 'utf8')
    // One that was forgotten below real ones, and spelt as a hand would.
    const real = file.replace('EJEMPLO-1', 'PROPIO-7').replace('EJEMPLO-2', ' ejemplo-2')
    await write('mixta.csv', real)
    for (const [name, ...rows] of [
      ['ejemplo.csv', 2, 3],
      ['mixta.csv', 3],
    ] as const)
      for (const more of [[], ['--dry-run', '--at', '2026-11-30']]) {
        const { code, out, err } = await run('refer', name, ...more)
        for (const row of rows)
          expect(err).toContain(
            `fila ${row}, columna A «numero_propio»: es la fila de ejemplo de la plantilla`,
          )
        expect(err).toContain(`${rows.length} errores en ${rows.length} filas; no se envió nada`)
        expect([code, out]).toEqual([2, ''])
      }
    const english = await run('refer', 'ejemplo.csv', '--lang', 'en')
    expect(english.err).toContain('this is the example row of the template')
    expect(seen).toHaveLength(0)
  }, 60_000)

  test('the template with other numbers passes a dry run, without any hub, and is sent', async () => {
    const made = await hub(['template', 'csv', '--out', 'hoja.csv'])
    expect(made.err).toContain('separados por |')
    expect((await readFile(join(folder, 'hoja.csv'))).subarray(0, 3)).toEqual(Buffer.from('\uFEFF'))
    const template = await readFile(join(folder, 'hoja.csv'), 'utf8')
    await write('hoja.csv', template.replaceAll('EJEMPLO-', 'PROPIO-'))
    const dry = ['refer', 'hoja.csv', '--dry-run', '--at', '2026-11-30', '--hub', '/nonexistent']
    const { code, err } = await hub(dry)
    expect(err).toContain('Leídas 2 · en orden 2 · con errores 0; no se envió nada')
    expect(err).toContain('Sin el intercambio no se puede saber')
    expect(code).toBe(0)
    expect(seen).toHaveLength(0)

    const sent = await run('refer', 'hoja.csv')
    expect(sent.err).toContain('enviadas 2')
    expect(sent.code).toBe(0)
    expect(seen.map(({ body }) => (JSON.parse(body) as { externalId: string }).externalId)).toEqual(
      ['PROPIO-1', 'PROPIO-2'],
    )
    // From standard input it is known by its header row.
    const input = await readFile(join(folder, 'hoja.csv'), 'utf8')
    const typed = await hub(['refer', '-', '--dry-run', '--at', '2026-11-30'], { input })
    expect(typed.err).toContain('en orden 2')
    expect((await hub(['template', 'csv', '--out', 'hoja.csv'])).code).toBe(2)
  }, 60_000)

  test('every row’s errors are listed before anything is sent, and written for a spreadsheet', async () => {
    const wrong = [
      person({ numero_propio: 'Dariela-1', prioridad: 'Dariela' }),
      person({ numero_propio: 'Dariela-2' }),
      person({ numero_propio: 'Dariela-3', puede_llamarse: 'Dariela', telefono: '5' }),
    ]
    await write('wrong.csv', sheet(wrong, ';'))
    const before = seen.length
    const { code, out, err } = await run('refer', 'wrong.csv', '--errors', 'errores.csv')
    expect(err).toMatch(/fila 2, columna D «prioridad»: .*\(not-allowed\)/)
    expect(err).toMatch(/fila 4, columna [A-Z]+ «puede_llamarse»: .* · se admite: sí, no/)
    expect(err).toMatch(/fila 4, columna [A-Z]+ «telefono»/)
    expect(err).toContain('3 errores en 2 filas; no se envió nada')
    expect(err + out).not.toContain('Dariela')
    expect(seen).toHaveLength(before)
    expect(code).toBe(2)

    const file = join(folder, 'errores.csv')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const written = await readFile(file, 'utf8')
    expect(written).not.toContain('Dariela')
    expect(written.split('\r\n').slice(0, 2)).toEqual([
      '\uFEFFfila,columna,letra,código,motivo,se admite',
      expect.stringMatching(/^2,prioridad,D,not-allowed,/),
    ])
    const again = await run('refer', 'wrong.csv', '--errors', 'errores.csv')
    expect(again.err).toContain('ya existe y no se sobrescribe')
    expect(await readFile(file, 'utf8')).toBe(written)

    const json = await run('refer', 'wrong.csv', '--json')
    expect(records(json.out)[0]).toMatchObject({
      record: 1,
      line: 2,
      ok: false,
      exit: 2,
      code: 'not-allowed',
      errors: [{ pointer: '/priority', column: 'prioridad', letter: 'D' }],
    })
    expect(records(json.out).at(-1)).toMatchObject({ ok: false, exit: 2, code: 'usage' })
  }, 60_000)

  test('what the hub refuses is said by row and column too, and written', async () => {
    await write('refused.csv', sheet([person(), person({ numero_propio: 'REFUSED' })]))
    const { code, err } = await run('refer', 'refused.csv', '--errors', 'refused-errors.csv')
    expect(err).toContain('n.º 2 (fila 3): no se aceptó (invalid-request). x')
    expect(err).toContain(`fila 3, columna ${letterFor('documento1_numero')} «documento1_numero»`)
    expect(code).toBe(1)
    expect(await readFile(join(folder, 'refused-errors.csv'), 'utf8')).toMatch(
      /^3,documento1_numero,[A-Z]+,cui,/m,
    )
    // Without errors there is no file.
    await write('good.csv', sheet([person()]))
    expect((await run('refer', 'good.csv', '--errors', 'none.csv')).code).toBe(0)
    await expect(stat(join(folder, 'none.csv'))).rejects.toThrow()
  }, 60_000)

  test.each([
    ['Windows-1252', Buffer.from(sheet([person()]), 'latin1'), 'CSV UTF-8'],
    ['UTF-16', Buffer.from(`\uFEFF${sheet([person()])}`, 'utf16le'), 'UTF-16'],
    ['no header', Buffer.from(sheet([], ',', person())), 'no tiene los nombres de las columnas'],
  ])('%s is refused with what to do', async (_, octets, expected) => {
    await write('other.csv', octets)
    const { code, err, out } = await run('refer', 'other.csv')
    expect(err).toContain(expected)
    expect(err + out).not.toMatch(/Zelaya|PROPIO/)
    expect(code).toBe(2)
  })

  test('a dry run of JSON names fields in words and codes, by record', async () => {
    await write('dry.jsonl', '{"externalId":"Dariela","priority":"x"}\n{"externalId":"Dariela"}\n')
    const { code, err } = await run('refer', 'dry.jsonl', '--dry-run')
    expect(err).toMatch(/n\.º 1 \(línea 1\), prioridad: .*\(not-allowed\)/)
    expect(err).toMatch(/n\.º 2 \(línea 2\), numero_propio: .*\(number-comes-twice\)/)
    expect(err).not.toContain('Dariela')
    expect(code).toBe(2)
  })
})
