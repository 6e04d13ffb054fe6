// One referral's way by the command line alone, on a real local hub: refer, pull, acknowledge, answer, read the log.
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { hub, records } from './cli.ts'
import { lineHub } from './line-hub.ts'

const { folder, running } = await lineHub()

const ask = (...args: string[]) => hub([...args, '--hub', folder])
const people = async (count: number) => {
  const file = new URL('../data/referrals-250.jsonl', import.meta.url)
  return (await readFile(file, 'utf8')).split('\n').slice(0, count)
}
/** Every name, phone and document number in these submissions. */
const personal = (lines: string[]) =>
  lines.flatMap(line =>
    [...line.matchAll(/"(?:number|phone|caseNumber)":"([^"]+)"/g)]
      .map(match => match[1] ?? '')
      .concat(JSON.parse(line).payload.identity.givenNames as string[]),
  )

test('a referral travels from IGM to ALA and its answer back, and no terminal shows who it is', async () => {
  const lines = await people(3)
  const printed: string[] = []
  const good = async (input: string | undefined, ...args: string[]) => {
    const ran = await hub([...args, '--hub', folder], input === undefined ? {} : { input })
    printed.push(ran.out, ran.err)
    expect(ran, ran.err).toMatchObject({ code: 0 })
    return ran
  }

  const referred = await good(lines.join('\n'), 'refer', '-', '--json')
  const sent = records(referred.out)
  expect(sent).toHaveLength(4)
  expect(sent[3]).toEqual({
    summary: { read: 3, accepted: 3, repeated: 0, refused: 0, unsent: 0 },
  })
  const [first] = sent.map(({ referral }) => referral as { referralId: string; folio: string })
  if (!first) throw new Error('nothing was referred')

  const pulled = await good(undefined, 'pull', '--max', '10', '--wait', '2', '--json')
  const messages = records(pulled.out)
  expect(messages).toHaveLength(3)
  for (const message of messages) {
    expect(message).toMatchObject({ content: 'sealed', receiveCount: 1 })
    expect(message).not.toHaveProperty('payload')
  }
  const opened = await good(undefined, 'open', first.folio, '--purpose', 'training-referral')
  expect(opened.out).toMatch(/abierto +identidad, contacto, situación migratoria/)
  const acked = await good(pulled.out, 'ack', '--all')
  expect(acked.err).toContain('Hecho: 3 de 3')

  expect((await good(undefined, 'show', first.folio)).out).toContain('Recibida')
  const { out } = await good(undefined, 'status', first.referralId, 'accepted')
  expect(out).toContain(`${first.folio}  Aceptada`)
  expect((await good(undefined, 'list', '--status', 'accepted')).out).toContain(first.folio)

  const back = await good(undefined, 'pull', '--as', 'igm-system', '--json')
  const events = records(back.out).map(({ event }) => event as { type: string; subject: string })
  expect(events.length).toBeGreaterThan(0)
  for (const { type } of events) expect(type).toBe('referral.status-changed.v1')

  const log = await good(undefined, 'log', '--referral', first.referralId)
  for (const action of [
    'enviar referencia',
    'abrir contenido',
    'confirmar recibo',
    'cambiar estado',
  ])
    expect(log.out).toContain(action)
  expect(log.out).toContain('ala-system')

  // The sender’s own number is the sender’s, and comes with its referral.
  const all = printed.join('\n').replaceAll(/"externalId":"[^"]+"/g, '')
  for (const text of personal(lines)) expect(all).not.toContain(text)
}, 60_000)

test('with --reveal the recipient reads the content on the terminal', async () => {
  const [line = ''] = (await people(20)).slice(-1)
  const { identity } = JSON.parse(line).payload as { identity: { givenNames: string[] } }
  const sent = await hub(['refer', '-', '--json', '--hub', folder], { input: line })
  const referral = records(sent.out)[0]?.['referral'] as { folio: string } | undefined
  const { out } = await ask(
    'open',
    referral?.folio ?? '',
    '--purpose',
    'training-referral',
    '--reveal',
  )
  for (const name of identity.givenNames) expect(out).toContain(name)
  const { out: input } = await ask('pull', '--wait', '2', '--json')
  expect((await hub(['ack', '--all', '--hub', folder], { input })).code).toBe(0)
}, 30_000)

test('a message given back comes again', async () => {
  const [line = ''] = (await people(30)).slice(-1)
  expect((await hub(['refer', '-', '--hub', folder], { input: line })).code).toBe(0)
  const [message] = records((await ask('pull', '--wait', '2', '--json')).out)
  expect(message).toMatchObject({ receiveCount: 1 })
  expect((await ask('return', String(message?.['handle']))).code).toBe(0)
  const again = records((await ask('pull', '--wait', '5', '--json')).out)
  expect(again[0]).toMatchObject({ receiveCount: 2, event: message?.['event'] })
}, 30_000)

test('refusals of a real hub are exit 1, in the language asked for', async () => {
  const [line = ''] = await people(1)
  const changed = JSON.stringify({ ...JSON.parse(line), priority: 'stat' })
  const again = await hub(['refer', '-', '--hub', folder, '--lang', 'en'], { input: changed })
  expect(again.err).toContain('external-id-exists')
  expect(again.err).toContain('Your external id was used by another referral')
  expect(again.code).toBe(1)

  const somebody = '019a0000-0000-7000-8000-000000000000'
  const { code, err } = await ask('show', somebody)
  expect(err).toContain('(forbidden). No tiene permiso para esto, o no existe')
  expect(code).toBe(1)

  const narrative = { ...JSON.parse(line), externalId: 'otro', historia: 'Dariela cuenta' }
  const refused = await hub(['refer', '-', '--hub', folder], { input: JSON.stringify(narrative) })
  expect(refused.err).toContain('invalid-request')
  expect(refused.err + refused.out).not.toMatch(/Dariela|otro/)
  expect(refused.code).toBe(1)
}, 30_000)

test('a status change on an old version is refused', async () => {
  const [header] = records((await ask('list', '--limit', '1', '--json')).out)
  const { referralId } = header as { referralId: string }
  const { code, err } = await ask(
    'status',
    referralId,
    'cancelled',
    '--reason',
    'other',
    '--if-match',
    '"99"',
  )
  expect(err).toContain('version-mismatch')
  expect(code).toBe(1)
}, 30_000)

test('a key file and a URL do instead of hub.json', async () => {
  const key = running.keys.find(({ name }) => name === 'igm-system')
  if (!key) throw new Error('no key')
  const url = ['--hub', running.url, '--authority', running.authority, '--key', key.file]
  const { code, out } = await hub(['list', ...url])
  expect(out).toContain('REF-')
  expect(code).toBe(0)
  const other = ['--hub', running.url, '--authority', 'other.example', '--key', key.file]
  expect((await hub(['list', ...other])).err).toContain('signature-')
}, 30_000)
