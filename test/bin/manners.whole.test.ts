// How the command line behaves towards people who are no programmers, on a real local hub: words for codes, folios for
// ids, and a plain sentence for what is not there.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hubFileOf } from '../journeys/callers.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { hub as run, records } from './cli.ts'

const hub = await emptyHub()
const ask = (args: string[], env: Record<string, string> = {}) =>
  run([...args, '--hub', hub.data], { env: { COLUMNS: '200', ...env } })
const good = async (...args: string[]) => {
  const ran = await ask(args)
  expect(ran, ran.err).toMatchObject({ code: 0 })
  return ran
}
const file = new URL('../data/referrals-250.jsonl', import.meta.url)
const input = (await readFile(file, 'utf8')).split('\n').slice(0, 3).join('\n')
const refer = () => run(['refer', '-', '--json', '--hub', hub.data], { input })
const referred = records((await refer()).out).flatMap(({ referral }) =>
  referral ? [referral as { referralId: string; consentId: string; folio: string }] : [],
)
const [first, second, third] = referred
if (!first || !second || !third) throw new Error('three were to be referred')

test('the same again is counted apart from what was sent', async () => {
  const again = await run(['refer', '-', '--hub', hub.data], { input })
  expect(again.err).toContain('Leídas 3 · enviadas 0 · ya estaban: 3 · no aceptadas 0')
  const english = await run(['refer', '-', '--lang', 'en', '--hub', hub.data], { input })
  expect(english.err).toContain('Read 3 · sent 0 · already there: 3 · refused 0')
}, 60_000)

describe('hub ack and return', () => {
  test('take a folio of what is not taken, and say what to do', async () => {
    for (const name of ['ack', 'return'])
      for (const given of [first.folio, first.referralId]) {
        const { out, err, code } = await ask([name, given])
        expect(err).toContain('no hay ninguna entrega vigente de esa referencia')
        expect(err).toContain('tómela con hub pull')
        expect([out, code]).toEqual(['', 2])
      }
  }, 60_000)

  test('take the folio of what was pulled with this key, in any spelling, and its id', async () => {
    const pulled = await good('pull', '--wait', '5')
    // In one piece, so that it can be copied.
    const handles = pulled.out.split('\n').filter(line => /^[A-Za-z0-9_-]{60,}$/.test(line))
    expect(handles).toHaveLength(3)
    const narrow = await ask(['return', third.folio.toLowerCase().replaceAll('-', '')])
    expect([narrow.code, narrow.err]).toEqual([0, expect.stringContaining('Hecho: 1 de 1')])
    const acked = await ask(['ack', first.folio, second.referralId])
    expect(acked.err).toContain(`${first.folio}: Referencia`)
    expect([acked.code, acked.err]).toEqual([0, expect.stringContaining('Hecho: 2 de 2')])
    expect((await good('show', first.folio, '--as', 'ala-system')).out).toContain('Recibida')
    // What is acknowledged is leased no more.
    expect((await ask(['ack', first.folio])).code).toBe(2)
    const again = await good('pull', '--wait', '5', '--json')
    expect(records(again.out)).toHaveLength(1)
    // By an id nobody is asked first: the hub's clock, days behind this machine's, says nothing of the lease.
    expect((await ask(['ack', third.referralId])).code).toBe(0)
  }, 90_000)

  test('--all lists what it acknowledges, and says of a request to delete that this is not it', async () => {
    const self = ['--requested-by', 'self', '--method', 'in-person', '--yes']
    await good('withdraw', '--referral', third.folio, ...self)
    const { out } = await good('pull', '--wait', '5', '--json')
    for (const [lang, changed, what, warning] of [
      ['es', 'Cambio de estado', 'Retiro del consentimiento', 'El acuse no lo confirma'],
      ['en', 'Status changed', 'Consent withdrawn', 'Acknowledging does not confirm that'],
    ] as const) {
      const args = ['ack', '--all', '--lang', lang, '--hub', hub.data]
      const { err } = await run(args, { input: out })
      for (const told of [changed, what]) expect(err).toContain(`${third.referralId}: ${told}`)
      expect(err).toContain(warning)
      expect(err).toContain(`hub confirm-deletion --referral ${third.referralId}`)
      expect(err.indexOf(warning)).toBeLessThan(err.search(/Hecho|Done/))
    }
  }, 60_000)
})

test('a status goes by its word in either language, whatever its case and accents', async () => {
  expect((await good('status', first.folio, 'ACEPTADA')).out).toContain('Aceptada')
  expect((await good('status', first.folio, 'in progress')).out).toContain('En proceso')
  const held = await good('status', first.folio, 'En espera', '--reason', 'Sin cupo')
  expect(held.out).toContain('sin cupo')
  expect((await good('list', '--status', 'en espera', '--direction', 'recibidas')).out).toContain(
    first.folio,
  )
  // The word of before is understood, and the new one is said.
  for (const word of ['rechazada', 'No aceptada', 'not accepted'])
    expect((await good('list', '--status', word, '--direction', 'recibidas')).out).not.toContain(
      first.folio,
    )
}, 60_000)

test('hub list with a key that no hub.json knows shows what that key receives', async () => {
  const { file: keyFile } = hubFileOf(hub).keys.find(({ name }) => name === 'ala-system') ?? {}
  const args = ['list', '--key', join(hub.data, 'keys', String(keyFile).split('/').at(-1) ?? '')]
  const { out, code } = await run([...args, '--hub', hub.url])
  expect(code).toBe(0)
  expect(out).toContain(first.folio)
  // What is to be done is the recipient's, not the sender's.
  expect(out).toContain('retomarla o cerrarla')
}, 60_000)

describe('the log', () => {
  test('names referrals by folio where the officer has it, and the key by --by', async () => {
    const { out } = await good('log', '--referral', first.folio, '--by', 'igm-system')
    expect(out).toContain(first.folio)
    expect(out).not.toContain(first.referralId)
    expect(out).toContain('enviar referencia')
    // Names that it had before.
    for (const name of ['--keyid', '--key'])
      expect((await good('log', '--referral', first.folio, name, 'igm-system')).out).toBe(out)
    // What machines read stays as it is.
    expect((await good('log', '--referral', first.folio, '--json')).out).toContain(first.referralId)
  }, 60_000)

  test('says plainly of a number that it has no such entry', async () => {
    const { out, err, code } = await ask(['log', 'prove', '99999'])
    expect(err).toMatch(
      /La bitácora no tiene ninguna entrada 99999: hay (\d+) firmadas, de la 0 a la/,
    )
    expect([out, code]).toEqual(['', 1])
  }, 60_000)

  test('reports no month that has not begun, and says of one that is not over', async () => {
    const future = await ask(['log', 'report', '--month', '2027-01', '--json'])
    expect(future.err).toContain('ese mes todavía no empieza: hoy es 2026-11-21')
    expect(future.code).toBe(2)
    const running = await good('log', 'report', '--month', '2026-11', '--json')
    expect(running.err).toContain('El mes no ha terminado')
    const over = await good('log', 'report', '--month', '2026-10', '--json')
    expect(over.err).not.toContain('El mes no ha terminado')
  }, 60_000)
})
