// Sheets as `hub refer` sends them: checked whole before the first row goes, and what is refused said by row.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hub, records, within } from './cli.ts'
import { invalidRequest, standIn, type Seen } from './stand-in.ts'
import { letterFor, person, sheet } from './sheets.ts'

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
          ? invalidRequest('x', {
              pointer: '/payload/identity/documents/0/number',
              code: 'cui',
            })
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
