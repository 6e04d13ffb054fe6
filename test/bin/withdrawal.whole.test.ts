// A person withdraws, by the command line alone, on a real local hub: once before the referral is opened, once after.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { hub, records, type Ran } from './cli.ts'
import { lineHub } from './line-hub.ts'

const { folder } = await lineHub()
let sent: { referralId: string; consentId: string; folio: string }[]
const printed: string[] = []
let lines: string[]

const ask = async (...args: string[]) => {
  // Wide enough that no cell is folded.
  const ran = await hub([...args, '--hub', folder], { env: { COLUMNS: '200' } })
  printed.push(ran.out, ran.err)
  return ran
}
const good = async (...args: string[]) => {
  const ran = await ask(...args)
  expect(ran, ran.err).toMatchObject({ code: 0 })
  return ran
}
const nth = (index: number) => {
  const found = sent[index]
  if (!found) throw new Error('not referred')
  return found
}
/** A value in the column of facts. */
const fact = ({ out }: Ran, title: string) =>
  out
    .split('\n')
    .find(line => line.trim().startsWith(title))
    ?.trim()
    .slice(title.length)
    .trim()

beforeAll(async () => {
  const file = new URL('../data/referrals-250.jsonl', import.meta.url)
  lines = (await readFile(file, 'utf8')).split('\n').slice(40, 43)
  const input = lines.join('\n')
  const { out } = await hub(['refer', '-', '--json', '--hub', folder], { input })
  sent = records(out).flatMap(({ referral }) =>
    referral ? [referral as (typeof sent)[number]] : [],
  )
}, 60_000)

const self = ['--requested-by', 'self', '--method', 'in-person', '--yes']

test('a consent shows what it permits; a referral’s id in its place is told apart', async () => {
  const { referralId, consentId } = nth(0)
  const shown = await good('consent', consentId)
  expect(shown.out).toContain('Consentimiento vigente')
  expect(shown.out).toMatch(/referencia a formación +ALA +identidad, contacto, situación/)
  expect(shown.out).toMatch(/otorgado +IGM/)
  expect((await good('consent', '--referral', referralId)).out).toBe(shown.out)
  expect((await good('show', referralId)).out).toContain(consentId)

  for (const command of [
    ['consent', referralId],
    ['certificate', referralId],
    ['confirm-deletion', referralId, '--yes'],
    ['withdraw', referralId, ...self],
  ]) {
    const { code, err, out } = await ask(...command)
    expect(err).toContain('es de una referencia, no de un consentimiento; úselo con --referral')
    expect([out, code]).toEqual(['', 2])
  }
  const nobody = '019a0000-0000-7000-8000-000000000000'
  const unknown = await ask('consent', nobody)
  expect(unknown.err).toContain('(forbidden)')
  expect(unknown.code).toBe(1)
}, 60_000)

test('nothing is certified, confirmed or withdrawn before its time', async () => {
  const { consentId } = nth(0)
  for (const [command, code] of [
    [['certificate', consentId], 'nothing-destroyed'],
    [['confirm-deletion', consentId, '--yes'], 'transition-not-allowed'],
    [['withdraw', consentId, ...self, '--at', '2026-12-25'], 'invalid-request'],
  ] as const) {
    const ran = await ask(...command)
    expect(ran.err).toContain(`(${code})`)
    expect([ran.out, ran.code]).toEqual(['', 1])
  }
}, 60_000)

test('withdrawn before it was opened, a referral arrives without its content', async () => {
  const { referralId, consentId } = nth(0)
  const done = await good('withdraw', '--referral', referralId, ...self)
  expect(done.out).toContain('Consentimiento retirado')
  expect(fact(done, 'aperturas en curso')).toBe('ninguna')
  expect(fact(done, 'constancia')).toBe(`hub certificate ${consentId}`)
  expect(done.err).toContain('nadie puede abrir el contenido')
  const again = await good('withdraw', consentId, ...self, '--json')
  expect(records(again.out)[0]).toMatchObject({ state: 'withdrawn', deletion: 'requested' })
  expect(again.err).toContain('Ya estaba retirado')

  const pulled = records((await good('pull', '--wait', '2', '--json')).out)
  const [message] = pulled.filter(
    ({ event }) => (event as { subject: string }).subject === referralId,
  )
  expect(message).toMatchObject({ withheld: ['all'] })
  expect(message).not.toHaveProperty('payload')
}, 60_000)

test('withdrawn after it was opened, it opens no more, and the recipient confirms that it deleted', async () => {
  const { referralId, consentId, folio } = nth(1)
  const opened = await good('open', folio, '--purpose', 'training-referral')
  expect(fact(opened, 'abierto')).toContain('identidad')
  const denied = await ask('open', folio, '--purpose', 'psychosocial-support')
  expect(denied.err).toContain('(consent-missing-purpose)')

  const asked = ['--requested-by', 'guardian', '--method', 'written-note', '--yes']
  const done = await good('withdraw', consentId, ...asked, '--as', 'ala-system', '--lang', 'en')
  expect(done.out).toContain('Consent withdrawn')
  expect(fact(done, 'releases in flight')).toMatch(/^[12]: logged seconds before/)
  const refused = await ask('open', folio, '--purpose', 'training-referral')
  expect(refused.err).toContain('(content-shredded)')
  expect([refused.out, refused.code]).toEqual(['', 1])

  const confirmed = await good('confirm-deletion', consentId, '--yes')
  expect(fact(confirmed, 'eliminación')).toContain('confirmada')
  const { out: story } = await good('consent', consentId)
  expect(story).toMatch(
    /retirado +ALA +quien ejerce la tutela · written-note · dicho el 2026-11-30/,
  )
  expect(story).toMatch(/eliminación confirmada +ALA +eliminado el 2026-11-30/)

  const told = await good('pull', '--as', 'igm-system')
  expect(told.out).toContain('Retiro del consentimiento')
  expect(told.out).toContain(`hub confirm-deletion ${consentId}`)
  const certificate = await good('certificate', consentId)
  expect(certificate.out).toContain(`Constancia de destrucción criptográfica  ${folio}`)
  expect(fact(certificate, 'a solicitud de')).toBe('quien ejerce la tutela, por medio de ALA')
  expect(fact(certificate, 'motivo')).toBe('retiro del consentimiento')
  expect(certificate.out).toMatch(/SHA-256 [0-9a-f]{64}/)
  expect(certificate.out).toContain('no afirma nada de copias fuera del intercambio')

  const log = await good('log', '--referral', referralId)
  for (const action of ['retirar consentimiento', 'confirmar eliminación', 'pedir constancia'])
    expect(log.out).toContain(action)
}, 60_000)

test('a certificate is written to a new file, as JSON or as a page', async () => {
  const { consentId, folio } = nth(1)
  const [json, html] = [join(folder, 'certificate.json'), join(folder, 'certificate.html')]
  await good('certificate', consentId, '--out', json)
  expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ folio, cause: 'withdrawal' })
  await good('certificate', consentId, '--html', '--out', html, '--lang', 'en')
  expect(await readFile(html, 'utf8')).toContain(
    `Certificate of cryptographic destruction ${folio}`,
  )
  expect((await good('certificate', consentId, '--html')).out).toMatch(/^<!doctype html>/)
  expect(records((await good('certificate', consentId, '--json')).out)[0]).toMatchObject({ folio })

  const { code, err } = await ask('certificate', consentId, '--out', json)
  expect(err).toContain('ya existe')
  expect(code).toBe(2)
}, 60_000)

test('none of it showed who the persons are', () => {
  const personal = lines.flatMap(line => [
    ...[...line.matchAll(/"(?:number|phone|caseNumber|externalId)":"([^"]+)"/g)].map(
      match => match[1] ?? '',
    ),
    ...(JSON.parse(line) as { payload: { identity: { givenNames: string[] } } }).payload.identity
      .givenNames,
  ])
  expect(personal.length).toBeGreaterThan(6)
  for (const text of personal) expect(printed.join('\n')).not.toContain(text)
})
