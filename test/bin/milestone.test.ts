// hub milestone, on a real local hub: what is recorded, voided and shown, and what is wrong usage.
import { expect, test } from 'vitest'
import { sharedHub } from '../journeys/shared-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { hub as run, records } from './cli.ts'

const hub = await sharedHub()
const { igm, acknowledged, moved } = await stagesOf(hub)
const { folio, referralId } = await acknowledged(1)
await moved(referralId, 'accepted')

const milestone = (...args: string[]) => run(['milestone', ...args, '--hub', hub.data])
const recorded = async () => (await igm.getReferral(referralId)).body.milestones

test('a milestone is recorded in words or by its code, today or on its day, and shown with its number', async () => {
  const today = await milestone(folio, 'perfil hecho')
  expect(today, today.err).toMatchObject({ code: 0 })
  expect(today.out).toMatch(/2026-11-21 +perfil hecho · n\.º 1\n/)
  expect(today.out).toMatch(/contrarreferencia +estados y avances\n/)
  const english = await milestone(folio, 'enrolled', '--on', '2026-11-21', '--lang', 'en')
  expect(english.out).toMatch(/2026-11-21 +enrolled · no\. 2\n/)
  expect((await recorded()).map(({ milestone: code, on }) => [code, on])).toEqual([
    ['profiled', '2026-11-21'],
    ['enrolled', '2026-11-21'],
  ])
})

test('one is voided by its number, and stays to be seen', async () => {
  const voided = await milestone(folio, '--void', '2')
  expect(voided, voided.err).toMatchObject({ code: 0 })
  expect(voided.out).toMatch(/inscripción hecha · n\.º 2 · anulado 2026-11-21 \d\d:\d\d:\d\d\n/)
  const json = records((await run(['show', folio, '--json', '--hub', hub.data])).out)
  expect(json).toMatchObject([{ milestones: [{ n: 1 }, { n: 2, voidedAt: expect.any(String) }] }])
})

test('both come to the other side’s inbox, and say so', async () => {
  const { out: all } = await run(['pull', '--wait', '5', '--as', 'igm-system', '--hub', hub.data])
  // Received, accepted, two milestones and a void.
  expect(all.match(/manejador/g)).toHaveLength(5)
  expect(all).toMatch(/Avance registrado/)
  expect(all).toMatch(/perfil hecho · 2026-11-21 · n\.º 1/)
  expect(all).toMatch(/Avance anulado/)
  expect(all).toMatch(/avance +n\.º 2/)
})

test('what the hub refuses is told with its place and what to do: exit 1, and nothing changed', async () => {
  const before = await recorded()
  const future = await milestone(folio, 'attending', '--on', '2026-11-22')
  expect(future).toMatchObject({ code: 1, out: '' })
  expect(future.err).toContain('/on  in-the-future · todavía no ha llegado')
  const again = await milestone(folio, 'profiled')
  expect(again.err).toContain('(milestone-exists)')
  expect(await recorded()).toEqual(before)
})

test.each([
  [[], 'dé un avance'],
  [['profiled', '--void', '1'], 'o bien --void con su número'],
  [['--void', '1', '--on', '2026-11-21'], 'o bien --void con su número'],
  [['--on', '2026-11-21'], 'dé un avance'],
  [['curada'], 'valor no válido para avance (contact-made (primer contacto)'],
  [['profiled', '--on', '2026-02-30'], 'valor no válido para --on <día> (YYYY-MM-DD)'],
  [['profiled', '--on', 'ayer'], 'valor no válido para --on <día> (YYYY-MM-DD)'],
  [['--void', '0'], 'valor no válido para --void <número> (1–500)'],
])('%j is wrong usage: exit 2', async (args, said) => {
  const before = await recorded()
  const ran = await milestone(folio, ...args)
  expect(ran).toMatchObject({ code: 2, out: '' })
  expect(ran.err.replaceAll(/\s+/g, ' ')).toContain(said)
  expect(await recorded()).toEqual(before)
})
