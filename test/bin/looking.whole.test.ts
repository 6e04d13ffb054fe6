// Whoever only looks loses nothing unawares: what hub pull, list, show and open say, on a real local hub, and by which
// names a referral goes.
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { callerOf } from '../journeys/callers.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { hub as run, records } from './cli.ts'

const hub = await emptyHub()
const officer = await callerOf(hub, 'igm-compliance')
const ask = async (...args: string[]) => run([...args, '--hub', hub.data])
const good = async (...args: string[]) => {
  const ran = await ask(...args)
  expect(ran, ran.err).toMatchObject({ code: 0 })
  return ran
}
const file = new URL('../data/referrals-250.jsonl', import.meta.url)
const lines = (await readFile(file, 'utf8')).split('\n').slice(0, 3)
const [third = ''] = lines.splice(2)
const refer = (input: string) => run(['refer', '-', '--json', '--hub', hub.data], { input })
const referred = await refer(lines.join('\n'))
const [first, second] = records(referred.out).flatMap(({ referral }) =>
  referral ? [referral as { referralId: string; consentId: string; folio: string }] : [],
)
if (!first || !second) throw new Error('nothing was referred')

const actionsOf = async (referralId: string) => {
  const actions: string[] = []
  for await (const { action } of officer.everyEntry({ referralId }))
    if (action !== 'access-log.query') actions.push(action)
  return actions.toReversed()
}

test('listing spends nothing: no delivery, no opening', async () => {
  for (const args of [
    ['list', '--as', 'ala-system'],
    ['list', '--direction', 'received'],
    ['list'],
  ])
    expect((await good(...args)).out).toContain(first.folio)
  expect(await actionsOf(first.referralId)).toEqual(['referral.submit'])
}, 60_000)

test('a referral goes by its folio in every spelling, and by its id, wherever one is taken', async () => {
  const bare = first.folio.replaceAll('-', '').slice(3)
  for (const name of [
    first.folio,
    first.folio.toLowerCase(),
    first.folio.slice(0, -2),
    bare,
    bare.slice(0, -1).toLowerCase(),
    first.referralId,
    first.referralId.toUpperCase(),
  ]) {
    expect((await good('show', name)).out).toContain(first.referralId)
    expect((await good('consent', '--referral', name)).out).toContain(first.consentId)
  }
  expect((await good('consent', first.folio)).out).toContain(first.consentId)
  expect((await good('log', '--referral', first.folio, '--json')).out).toContain(first.referralId)
  const unknown = await ask('show', 'REF-0000-0000-0')
  expect(unknown.err).toContain(
    'su institución no tiene ninguna referencia con el folio REF-0000-0000-0',
  )
  expect([unknown.out, unknown.code]).toEqual(['', 2])
}, 90_000)

test('hub pull takes without opening, says until when and that it counts; the next one says what is out', async () => {
  const words = ['pull', '--wait', '2', '--visibility', '30', '--hub', hub.data]
  const pulled = await run(words)
  expect(pulled.out).toContain('entrega 1 de 5')
  expect(pulled.out).toContain(`hub open ${first.folio}`)
  expect(pulled.err).toMatch(/al menos hasta el 21 de noviembre de 2026, 06:\d\d:\d\d/)
  expect(pulled.err).toContain('tomarlo cuenta como entrega')
  const handles = [...pulled.out.matchAll(/^ *manejador\n(\S+)$/gm)].map(
    ([, handle = '']) => handle,
  )
  const again = await good('pull', '--lang', 'en')
  expect(again.err).toMatch(
    /Taken before and not acknowledged: 2\. .*on 21 November 2026, 06:\d\d:\d\d, the last on 21 November 2026, 06/,
  )
  expect((await good('show', first.folio, '--as', 'ala-system')).out).toMatch(/tomada hasta 2026/)
  expect(await actionsOf(first.referralId)).not.toContain('referral.release')
  await good('return', ...handles)
}, 60_000)

test('the last deliveries say that they are', async () => {
  // Given back by the last test.
  const messages: Record<string, unknown>[] = []
  for (let tries = 0; messages.length < 2 && tries < 5; tries++)
    messages.push(...records((await good('pull', '--wait', '5', '--json')).out))
  const named = (referralId: string) =>
    String(
      messages.find(({ event }) => (event as { subject: string }).subject === referralId)?.[
        'handle'
      ],
    )
  await good('ack', named(second.referralId))
  await good('return', named(first.referralId))
  let pulled = await good('pull', '--wait', '5', '--max', '1', '--json')
  for (let delivery = 3; delivery < 5; delivery++) {
    const [message] = records(pulled.out)
    expect(message).toMatchObject({ receiveCount: delivery })
    await good('return', String(message?.['handle']))
    pulled = await good('pull', '--wait', '5', '--max', '1', '--json')
    if (delivery === 3) expect(pulled.err).toMatch(/Atención, REF-.*: entrega 4 de 5\..*una más/)
  }
  expect(pulled.err).toMatch(/Atención, REF-.*: entrega 5 de 5, la última\..*se aparta/)
  const [message] = records(pulled.out)
  await good('ack', String(message?.['handle']))
}, 120_000)

test('hub open asks for a purpose in words, opens for it, and says how to see what it opened', async () => {
  const unsaid = await ask('open', second.folio)
  expect(unsaid.err).toContain('protection-handling (manejo de protección)')
  expect([unsaid.out, unsaid.code]).toEqual(['', 2])
  expect(await actionsOf(second.referralId)).not.toContain('referral.release')
  const opened = await good('open', second.folio, '--purpose', 'training-referral')
  expect(opened.out).toMatch(/abierto +identidad/)
  expect(opened.err).toContain(`hub open ${second.folio} --purpose training-referral --reveal`)
  expect(
    (await actionsOf(second.referralId)).filter(action => action === 'referral.release'),
  ).toHaveLength(1)
}, 60_000)

test('what was delivered five times and set aside is not passed over in silence', async () => {
  expect((await refer(third)).code).toBe(0)
  const ala = await callerOf(hub, 'ala-system')
  for (let round = 1; round <= 12; round++) {
    const { messages } = (await ala.pull({ max: 10, waitSeconds: 2 })).body
    if (messages.length === 0) break
    await ala.returnMessages(messages.map(({ handle }) => handle))
  }
  const { out, err } = await good('pull')
  expect(out).toBe('')
  expect(err).toMatch(/Sin acuse y sin llegar en esta vuelta: \d/)
  expect(err).toContain('se apartaron')
}, 60_000)
