// A run that cannot go on says how far it came, and a failure is an object for who asks for JSON.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hub, records } from './cli.ts'
import { header, id, twelveToRefer } from './twelve.ts'

const { place, serving } = twelveToRefer()

describe('a hub that goes away in the middle', () => {
  test('stops the run, sums up and is exit 3', async () => {
    let count = 0
    await serving(() => ({ status: ++count > 3 ? 503 : 201, body: header }))
    const { code, out, err } = await hub(['refer', place.twelve, '--json', '--hub', place.folder])
    expect(err).toContain('enviadas 3 · ya estaban: 0 · no aceptadas 0 · sin enviar 9')
    expect(records(out).slice(-2)).toMatchObject([
      { summary: { read: 12, accepted: 3, refused: 0, unsent: 9 } },
      { ok: false, exit: 3, code: 'unreachable' },
    ])
    expect(code).toBe(3)
  })

  test('a key that is not known any more ends the run: every other record would be refused too', async () => {
    const seen = await serving(() => ({ status: 401, body: { code: 'key-revoked', title: 'x' } }))
    const { code, err } = await hub(['refer', place.twelve, '--hub', place.folder])
    expect(seen).toHaveLength(1)
    expect(err).toContain('sin enviar 12')
    expect(err).toContain('key-revoked')
    expect(code).toBe(1)
  })

  test('a rate is waited for, however often it is met', async () => {
    let count = 0
    const seen = await serving(() =>
      ++count > 5
        ? { status: 201, body: header }
        : {
            status: 429,
            body: { code: 'rate-limited', title: 'x' },
            headers: { 'retry-after': '0' },
          },
    )
    const { code, err } = await hub(['refer', place.twelve, '--hub', place.folder])
    expect(seen).toHaveLength(17)
    expect(err).toContain('se espera 1 s')
    expect(err).toContain('enviadas 12')
    expect(code).toBe(0)
  })
})

describe('with --json a failure is an object too, of one shape', () => {
  test.each([
    ['an unknown option', ['list', '--todo', '--json'], 2, 'usage'],
    ['an unknown command', ['--json', 'referir'], 2, 'usage'],
    ['no command', ['--json'], 2, 'usage'],
    ['a file that is not there', ['refer', 'none', '--json'], 2, 'usage'],
    ['a folder without a hub', ['list', '--json', '--hub', '/nonexistent'], 2, 'usage'],
    ['a hub that is not there', ['show', id, '--json', '--hub', 'FOLDER'], 3, 'unreachable'],
  ])('%s', async (_, args, exit, failed) => {
    await serving(() => ({ status: 200, body: {} }))
    place.close()
    const words = args.map(word => (word === 'FOLDER' ? place.folder : word))
    const { code, out } = await hub(words)
    expect(records(out)).toEqual([{ ok: false, exit, code: failed, title: expect.any(String) }])
    expect(code).toBe(exit)
  })

  test('a refusal of the hub', async () => {
    const body = { status: 403, code: 'forbidden', title: 'No tiene permiso', instance: id }
    await serving(() => ({ status: 403, body }))
    const { code, out } = await hub(['show', id, '--json', '--hub', place.folder])
    expect(records(out)).toEqual([{ ok: false, exit: 1, ...body, errors: [] }])
    expect(code).toBe(1)
  })

  test('refer: place, code and the sender’s own number, beside every refusal and every referral', async () => {
    await serving(({ body }) =>
      body.includes('PRUEBA-1"')
        ? { status: 422, body: { status: 422, code: 'invalid-request', title: 'x', errors: [] } }
        : { status: 201, body: header },
    )
    const { out } = await hub(['refer', place.twelve, '--json', '--hub', place.folder])
    expect(records(out).slice(0, 2)).toEqual([
      { record: 1, line: 1, ok: true, repeated: false, externalId: 'PRUEBA-0', referral: header },
      {
        record: 2,
        line: 2,
        ok: false,
        exit: 1,
        code: 'invalid-request',
        title: 'x',
        status: 422,
        errors: [],
        externalId: 'PRUEBA-1',
      },
    ])
    expect(await readFile(join(place.folder, 'igm-system.json.refer-sent'), 'utf8')).not.toMatch(
      /PRUEBA/,
    )
  })
})
