// How the command line fails: exit code, language, and not a word of what it was given.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant } from '../../bin/usage.ts'
import { hubKey, newKey, parsePrivateJwk } from '../../signatures/keys.ts'
import { hub, records, within } from './cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-cli-'))
  const { jwk, keyid } = await newKey()
  await writeFile(join(folder, 'key.json'), JSON.stringify(jwk))
  const key = { name: 'igm-system', institution: 'IGM', keyid, file: 'key.json' }
  // Port 1 is reserved (tcpmux) and nobody listens there.
  const about = { url: 'http://127.0.0.1:1', authority: '127.0.0.1:1', keys: [key] }
  await writeFile(join(folder, 'hub.json'), JSON.stringify(about))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
within(() => folder)

const id = '019a0000-0000-7000-8000-000000000000'
const by = ['--requested-by', 'self']
const how = ['--method', 'in-person']

const wrongCheck = 'el último carácter no corresponde a ese folio: revise el folio'
const noCheck = 'al folio le falta su último carácter'

/** A keyid may begin with a dash. */
const dashed = ['--keyid', `-${'k'.repeat(42)}`]

describe('wrong usage ends with exit 2, says what in Spanish, and prints nothing on stdout', () => {
  test.each([
    ['no command', [], 'Uso: hub'],
    ['an unknown command', ['referir'], 'comando desconocido referir'],
    ['an unknown option', ['list', '--todo'], 'opción desconocida --todo'],
    ['an option without its value', ['list', '--limit'], 'falta --limit'],
    [
      'a number out of range',
      ['pull', '--max', '11'],
      'valor no válido para --max <número> (1–10)',
    ],
    ['a missing argument', ['show'], 'falta referencia'],
    ['an id that is none', ['show', '../x'], 'valor no válido para referencia'],
    ['a folio that was copied wrongly', ['show', 'REF-0000-0000-1'], wrongCheck],
    ['the same, of a consent', ['withdraw', 'REF-0000-0000-1', ...by, ...how], wrongCheck],
    ['the same, to acknowledge', ['ack', 'REF-0000-0000-1'], wrongCheck],
    ['the same, to search the log', ['log', '--referral', 'ref00000000-1'], wrongCheck],
    ['a folio cut short, to open', ['open', 'REF-0000-0000'], 'falta su último carácter'],
    [
      'a folio cut short, to withdraw',
      ['withdraw', '00000000', ...by, ...how],
      'falta su último carácter',
    ],
    [
      'a folio cut short, of --referral',
      ['withdraw', '--referral', 'REF-0000-0000', ...by, ...how],
      noCheck,
    ],
    ['a folio cut short, to answer', ['status', 'REF-0000-0000', 'accepted'], noCheck],
    ['a folio cut short, to confirm', ['confirm-deletion', 'REF-0000-0000'], noCheck],
    ['a folio cut short, to give back', ['return', 'REF-0000-0000'], noCheck],
    ['what is neither folio nor id', ['show', 'REF-0000'], 'para referencia'],
    [
      'a status that is none',
      ['status', id, 'admitida'],
      'accepted (Aceptada), in-progress (En proceso)',
    ],
    ['a time that is none', ['log', '--from', '21/11/2026'], 'valor no válido para --from'],
    ['a language that is none', ['list', '--lang', 'fr'], 'valor no válido para --lang'],
    ['a consent id that is none', ['consent', '../x'], 'valor no válido para consentimiento'],
    ['no consent', ['consent'], 'dé el identificador del consentimiento, o --referral'],
    ['a consent and a referral', ['certificate', id, '--referral', id], 'o --referral con el de'],
    ['a withdrawal without its method', ['withdraw', id, ...by], 'falta --method'],
    ['a withdrawal by nobody', ['withdraw', id, ...how], 'falta --requested-by'],
    [
      'a withdrawal by the police',
      ['withdraw', id, '--requested-by', 'police'],
      'self (la propia persona), guardian',
    ],
    ['a story as a method', ['withdraw', id, ...by, '--method', 'she told me'], 'para --method'],
    ['a confirmation at no time', ['confirm-deletion', id, '--at', 'ayer'], 'para --at'],
    ['an opening without a purpose', ['open', id], 'training-referral (referencia a formación)'],
    ['an opening for no purpose there is', ['open', id, '--purpose', 'x'], 'para --purpose'],
    ['keys of no institution', ['keys', 'list', 'igm'], 'valor no válido para institución'],
    ['a confirmation that says nothing', ['keys', 'confirm', 'IGM', ...dashed], 'falta --roles'],
    ['a revocation of no key', ['keys', 'revoke', 'IGM', '--keyid', 'k'], 'para --keyid'],
    ['a revocation without a reason', ['keys', 'revoke', 'IGM', ...dashed], 'falta --reason'],
    [
      'a role there is not',
      ['keys', 'propose', 'IGM', 'f', '--roles', 'referrer,x'],
      'referrer (quien refiere), recipient',
    ],
    ['an enrolment nowhere', ['admin', 'enrol'], 'falta --table'],
    ['handles and --all', ['ack', 'h', '--all'], 'dé folios o manejadores, o --all'],
    ['neither handles nor --all', ['ack'], 'dé folios o manejadores, o --all'],
    ['a file that is not there', ['refer', 'no-such-file'], 'no se puede leer el archivo'],
    ['a folder without hub.json', ['list', '--hub', '/nonexistent'], 'no se puede leer hub.json'],
    ['a URL without a key', ['list', '--hub', 'http://127.0.0.1:1'], 'hace falta --key'],
  ])('%s', async (_, args, expected) => {
    const { code, out, err } = await hub(args)
    expect(err).toContain(expected)
    expect(out).toBe('')
    expect(code).toBe(2)
  })

  test('a key that hub.json does not list: its names are told', async () => {
    const { code, err } = await hub(['list', '--hub', folder, '--as', 'nobody'])
    expect(err).toContain('tiene igm-system')
    expect(code).toBe(2)
  })

  test('a key file that holds no private key', async () => {
    const file = join(folder, 'public.json')
    await writeFile(file, '{"kty":"OKP","crv":"Ed25519","x":"secreto"}')
    const { code, err } = await hub(['list', '--hub', folder, '--key', file])
    expect(err).toContain('la llave privada')
    expect(err).not.toContain('secreto')
    expect(code).toBe(2)
  })
})

test('--lang en answers in English', async () => {
  expect((await hub(['list', '--todo', '--lang', 'en'])).err).toContain('unknown option --todo')
})

test('--help is no failure', async () => {
  const { code, out } = await hub(['--help'])
  expect(out).toContain('Códigos de salida')
  expect(code).toBe(0)
})

describe('input that is not JSON is refused before anything is sent, by line, without quoting it', () => {
  const good = '{"externalId":"Dariela-1"}'
  test.each([
    [
      'the third line of NDJSON',
      `${good}\n\n{"externalId":"Dariela\n${good}\n`,
      'la línea 3 no es JSON',
    ],
    ['the first line of NDJSON', `Dariela,Argueta\n${good}\n`, 'la línea 1 no es JSON'],
    ['a line that is no object', `${good}\n"Dariela"\n`, 'n.º 2 no es un objeto'],
    ['an element of an array', `[${good}, 7]`, 'n.º 2 no es un objeto'],
    ['a broken array', `[\n${good},\n${good}\n{"a":"Dariela"}]`, 'la línea 4 no es JSON'],
    ['no JSON at all', 'Dariela Argueta', 'no es JSON'],
    ['nothing', '  \n', 'no hay nada que leer'],
  ])('%s', async (_, input, expected) => {
    const { code, out, err } = await hub(['refer', '-', '--hub', folder], { input })
    expect(err).toContain(expected)
    expect(err + out).not.toMatch(/Dariela|Argueta/)
    expect(code).toBe(2)
  })
})

test('bytes that are not UTF-8 are refused', async () => {
  const file = join(folder, 'latin1.ndjson')
  await writeFile(file, Buffer.from('{"externalId":"Núñez"}', 'latin1'))
  const { code, err } = await hub(['refer', file, '--hub', folder])
  expect(err).toContain('no es UTF-8')
  expect(code).toBe(2)
})

test('a hub that does not answer is exit 3, with a summary of what was not sent', async () => {
  const input = '{"externalId":"a"}\n{"externalId":"b"}\n'
  const { code, err } = await hub(['refer', '-', '--hub', folder], { input })
  expect(err).toContain('No hay conexión')
  expect(err).toContain('sin enviar 2')
  expect(code).toBe(3)
})

describe('hub keys new', () => {
  test('writes the private key for its owner alone, and prints the public half', async () => {
    const file = join(folder, 'new-key.json')
    const { code, out } = await hub(['keys', 'new', '--out', file, '--json'])
    expect(code).toBe(0)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const written = await hubKey(parsePrivateJwk(JSON.parse(await readFile(file, 'utf8'))))
    const [printed] = records(out)
    expect(printed).toMatchObject({ keyid: written.keyid, alg: 'ed25519' })
    expect(printed?.['jwk']).toEqual({ kty: 'OKP', crv: 'Ed25519', x: expect.any(String) })
    expect(written.jwk.d).toHaveLength(43)
    expect(out).not.toContain(written.jwk.d)
  })

  test('never overwrites a file', async () => {
    const file = join(folder, 'kept.json')
    await writeFile(file, 'kept')
    const { code, err } = await hub(['keys', 'new', '--out', file])
    expect(err).toContain('ya existe')
    expect(code).toBe(2)
    expect(await readFile(file, 'utf8')).toBe('kept')
  })
})

test.each([
  ['start', '2026-11-21', '2026-11-21T06:00:00.000Z'],
  ['end', '2026-11-21', '2026-11-22T05:59:59.999Z'],
  ['end', '9999-12-31', '9999-12-31T23:59:59.999Z'],
] as const)('the %s of %s is an instant that compares as text: %s', (edge, day, at) => {
  expect(instant(edge)(day)).toBe(at)
})
