// The one reader of every command: what it takes, and what it says of what it does not take, without a word of what was
// read.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newKey } from '../../signatures/keys.ts'
import { textOf } from '../../bin/input.ts'
import { jsonRecords, jsonValue } from '../../bin/json-records.ts'
import { UsageError } from '../../bin/usage.ts'
import { hub, within } from './cli.ts'

const a = '{"externalId":"Dariela-1"}'
const b = '{"externalId":"Dariela-2"}'
const bom = '\uFEFF'

const said = (read: () => unknown) => {
  try {
    read()
  } catch (error) {
    if (error instanceof UsageError) return { key: error.key, ...error.values }
    throw error
  }
  return 'read'
}
const ids = (text: string) =>
  jsonRecords(text).map(({ record, line, value }) => [record, line, Object.values(value)[0]])

const two = (first: number, second: number) => [
  [1, first, 'Dariela-1'],
  [2, second, 'Dariela-2'],
]
const time = (count: number) => {
  const text = `${a}\n`.repeat(count)
  const start = performance.now()
  expect(jsonRecords(text)).toHaveLength(count)
  return performance.now() - start
}

describe('what a text is, the whole of it decides', () => {
  test.each([
    ['one object', a, [[1, 1, 'Dariela-1']]],
    ['one object over several lines', '{\n "externalId":\n "Dariela-1"}\n', [[1, 1, 'Dariela-1']]],
    ['an array', `[${a},\n${b}]`, two(1, 2)],
    ['objects one after the other', `${a}${b}`, two(1, 1)],
    [
      'pretty objects one after the other',
      `{\n"externalId":"Dariela-1"\n}\n{\n"e":"Dariela-2"}`,
      two(1, 4),
    ],
    ['arrays one after the other', `[${a}]\n[${b}]`, two(1, 2)],
    ['one object per line', `${a}\n${b}\n`, two(1, 2)],
    ['lines that end as on Windows', `${a}\r\n\r\n${b}\r\n`, two(1, 3)],
    ['files with byte order marks, one after the other', `${a}\n${bom}${b}\n`, two(1, 2)],
  ])('%s', (_, text, expected) => {
    expect(ids(text)).toEqual(expected)
  })

  test.each([
    ['nothing', ' \r\n', { key: 'usage.empty-input' }],
    ['an empty list', '[]', { key: 'usage.empty-list' }],
    ['null', 'null', { key: 'usage.null-record', record: 1, line: 1 }],
    ['null among lines', `${a}\n\nnull\n`, { key: 'usage.null-record', record: 2, line: 3 }],
    ['null in an array', `[${a},\nnull]`, { key: 'usage.null-record', record: 2, line: 2 }],
    ['a list in a list', `[[${a}]]`, { key: 'usage.not-an-object', record: 1, line: 1 }],
    ['a broken line', `${a}\n{"x":"Dariela\n${b}`, { key: 'usage.bad-json-line', line: 2 }],
    ['a line without its end', `${a}\n{"x":1\n${b}\n${b}`, { key: 'usage.bad-json-line', line: 2 }],
    [
      'a pretty object with a fault',
      '{\n"a": [\n{"x":1}\n{"x":2}]}',
      { key: 'usage.bad-json-line', line: 4 },
    ],
    ['a comma too many', '[1,\n]', { key: 'usage.bad-json-line', line: 2 }],
    ['a member too many', '{"a":1,\n}', { key: 'usage.bad-json-line', line: 2 }],
    ['single quotes', "{'a':1}", { key: 'usage.bad-json-line', line: 1 }],
    ['an end that is missing', '[{"a":1}', { key: 'usage.bad-json-line', line: 1 }],
    ['a member twice', `${a}\n{"x":1,"x":2}`, { key: 'usage.json-twice', line: 2 }],
    ['a lone surrogate', `${a}\n{"x":"\\ud800"}`, { key: 'usage.bad-json-line', line: 2 }],
  ])('%s is said, with its record and line', (_, text, expected) => {
    expect(said(() => jsonRecords(text))).toEqual(expected)
  })

  test('JSON.parse and the reader agree on what JSON is', () => {
    const texts = [
      '{"a":[1,-0.5e3,"\\u00e9\\n",true,false,null,{}],"b":[]}',
      '"x"',
      '-0',
      '[[],{}]',
      '01',
      '+1',
      '.5',
      '1.',
      '"\t"',
      '{"a"}',
      '{"a":}',
      '[1 2]',
      '{,}',
      '[,]',
      'nul',
      '\\',
      '{"a":1]',
      '"\\x"',
      '1e',
    ]
    for (const text of texts) {
      let parsed: unknown
      try {
        parsed = { value: JSON.parse(text) }
      } catch {
        parsed = 'refused'
      }
      let ours: unknown
      try {
        ours = { value: jsonValue(text) }
      } catch {
        ours = 'refused'
      }
      expect([text, ours]).toEqual([text, parsed])
    }
  })

  test('20,000 lines take time in proportion: ten times as many are not a hundred times as long', () => {
    time(1000)
    // The least of three: what else the machine does at the same time only adds.
    const least = (lines: number) => Math.min(time(lines), time(lines), time(lines))
    expect(least(20_000)).toBeLessThan(least(2000) * 40)
  })
})

describe('octets that are no UTF-8 text', () => {
  const name = 'a\nb Núñez Prueba'
  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`${bom}${name}`), 'read'],
    ['Windows-1252', Buffer.from(name, 'latin1'), { key: 'usage.windows-1252', line: 2 }],
    [
      'Word’s quotation marks',
      Buffer.from([0x61, 0x0a, 0x93]),
      { key: 'usage.windows-1252', line: 2 },
    ],
    [
      'another encoding',
      Buffer.from([0x61, 0x0a, 0x0a, 0xff, 0x80]),
      { key: 'usage.not-utf-8', line: 3 },
    ],
    ['UTF-8 cut off', Buffer.from(name).subarray(0, 6), { key: 'usage.not-utf-8', line: 2 }],
    [
      'UTF-16 with a byte order mark',
      Buffer.from(`${bom}${name}`, 'utf16le'),
      { key: 'usage.utf-16' },
    ],
    ['UTF-16 without', Buffer.from(name, 'utf16le'), { key: 'usage.utf-16' }],
    [
      'UTF-16, big end first',
      Buffer.from(`${bom}${name}`, 'utf16le').swap16(),
      { key: 'usage.utf-16' },
    ],
    ['a workbook', Buffer.from('PK\u0003\u0004x'), { key: 'usage.workbook' }],
  ])('%s', (_, octets, expected) => {
    expect(said(() => textOf(octets))).toEqual(expected)
  })
})

describe('every command reads alike', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-input-'))
    await writeFile(join(folder, 'excel.json'), Buffer.from('{"a":"Núñez"}', 'latin1'))
    await writeFile(join(folder, 'broken.json'), '{\r\n"a":\r\nNuñez}')
    await writeFile(join(folder, 'key.json'), `${bom}${JSON.stringify((await newKey()).jwk)}\r\n`)
    await mkdir(join(folder, 'folder'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  within(() => folder)
  const propose = ['keys', 'propose', 'IGM']
  const terms = ['--roles', 'referrer', '--until', '2027-01-01']
  // Port 1 is reserved (tcpmux) and nobody listens there.
  const nowhere = ['--hub', 'http://127.0.0.1:1', '--key', 'key.json']

  test.each([
    ['refer', ['refer', 'FILE']],
    ['keys propose', [...propose, 'FILE', ...terms, ...nowhere]],
    ['admin enrol', ['admin', 'enrol', '--table', 't', '--log-table', 'l', '--keys', 'FILE']],
  ])('hub %s', async (_, args) => {
    const run = (file: string) => hub(args.map(arg => (arg === 'FILE' ? file : arg)))
    for (const [file, expected] of [
      ['excel.json', 'línea 1 no es UTF-8: parece Windows-1252'],
      ['folder', 'es una carpeta'],
      ['none', 'no existe'],
      ['broken.json', 'la línea 3 no es JSON'],
    ] as const) {
      const { code, out, err } = await run(file)
      expect(err).toContain(expected)
      expect(err + out).not.toMatch(/N.{1,2}ez/)
      expect(code).toBe(2)
    }
  })

  test('hub ack --all takes what hub pull --json wrote, with a byte order mark too, and says which has no handle', async () => {
    const input = `${bom}{"handle":"h"}\r\n{"ok":false}\r\n`
    const { code, err } = await hub(['ack', '--all'], { input })
    expect(err).toContain('el registro n.º 2 (línea 2) no tiene manejador')
    expect(code).toBe(2)
  })
})
