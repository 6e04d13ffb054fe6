// One entry of the log: what it says, and whether it is in the signed log, found out in the browser; what a forged
// answer comes to; and the sheet to hand over.
import { generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { base64, utf8 } from '../../log/bytes.ts'
import { parseNote, signedNote } from '../../log/checkpoint.ts'
import type { ProvenEntry } from '../../schemas/access-log.ts'
import { hub as command } from '../bin/cli.ts'
import { callerOf } from '../journeys/callers.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const officer = await visit(hub.url)
const { pulled } = await stagesOf(hub)
const referral = await pulled(1)
let index: number
let another: number

beforeAll(async () => {
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const compliance = await callerOf(hub, 'igm-compliance')
  const { items } = (await compliance.accessLog({ action: 'referral.release' })).body
  index = items[0]?.index as number
  another = (await compliance.accessLog({ action: 'referral.submit' })).body.items[0]
    ?.index as number
})

const titles = () => ({ es: `Entrada n.º ${index}`, en: `Entry no. ${index}` })
const fails =
  'No se pudo comprobar. Lo que recibió no coincide con la bitácora firmada. No lo use como prueba. Guarde esta página y avise hoy mismo a su enlace institucional.'

const check = async (page: Page) => {
  await page.goto(`${start}/bitacora/${index}`)
  await enterAs(page, 'igm-compliance')
  await page.getByRole('button', { name: 'Comprobar' }).click()
}

test('what it says is there in words, with its evidence; checking it says since when the key is known', async () => {
  const page = await opened(officer, start)
  await check(page)
  const today = 'desde el 21 nov 2026'
  const holds = `Comprobado. La entrada n.º ${index} está en la bitácora firmada y no ha sido alterada. Se comprobó en su equipo, con la llave que este navegador conoce ${today}.`
  await page.getByText(holds).waitFor()
  expect(await page.locator(':focus').textContent()).toContain(holds)
  await page.getByText(referral.folio, { exact: true }).waitFor()
  await isForEverybody(page, titles())
  // Words first: what a program needs is there for whoever asks for it.
  const technical = ['Firma de quien la pidió', 'Prueba y constancia firmada', 'Solicitud firmada']
  for (const name of technical)
    expect([name, await page.getByText(name, { exact: true }).first().isVisible()]).toEqual([
      name,
      false,
    ])
  expect(await page.getByText('hub log check-proof').isVisible()).toBe(false)
  await page.getByText('Detalle técnico', { exact: true }).click()
  await page.getByText('Comprobarla sin confiar en esta página').click()
  for (const name of technical) await page.getByText(name, { exact: true }).first().waitFor()
  await isForEverybody(page, titles())
  // The key is the one that was known, whatever the hub says of itself later.
  const known = await page.evaluate(() => localStorage.getItem('log-key'))
  const vkey = (await (await callerOf(hub, 'igm-compliance')).logKey()).body.trim()
  expect(JSON.parse(known ?? '')).toEqual({
    vkey,
    since: expect.stringMatching(/^2026-11-21T/) as unknown,
  })
  await page.close()
})

test('the sheet is one that the command beside it takes as it is', async () => {
  const page = await opened(officer, start)
  await check(page)
  await page.getByText(referral.folio, { exact: true }).waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Guardar la hoja' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe(`entrada-${index}.json`)
  const file = await saved.path()
  const line = (await page.locator('pre', { hasText: 'check-proof' }).textContent()) ?? ''
  const [, vkey = ''] = /^hub log check-proof entrada-\d+\.json --vkey (\S+)$/.exec(line) ?? []
  const ran = await command(['--lang', 'es', 'log', 'check-proof', file, '--vkey', vkey])
  expect(ran).toMatchObject({ code: 0 })
  expect(ran.out).toContain(`La entrada ${index} está en la bitácora`)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ folio: referral.folio })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByText('Comprobarla sin confiar en esta página').click()
  await page.getByRole('button', { name: 'Copiar' }).click()
  await page.getByText('Copiado.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(line)
  // On paper: the finding, the facts, the proof in full; no buttons.
  await page.getByText('Comprobarla sin confiar en esta página').click()
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByText('hub log check-proof').isVisible()).toBe(true)
  expect(await page.getByText('Comprobado.').isVisible()).toBe(true)
  expect(await page.getByText('c2sp.org/tlog-proof@v1').last().isVisible()).toBe(true)
  expect(await page.getByRole('button', { name: 'Comprobar' }).isVisible()).toBe(false)
  await page.close()
})

const stranger = generateKeyPairSync('ed25519')
const strangersKey = Buffer.from(stranger.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')

/** The proof with another note behind it. */
const withNote = (told: ProvenEntry, change: (text: string, name: string) => string): object => {
  const end = told.proof.indexOf('\n\n') + 2
  const { text = '', lines = [] } = parseNote(told.proof.slice(end)) ?? {}
  return { ...told, proof: told.proof.slice(0, end) + change(text, lines[0]?.name ?? '') }
}

const leafOf = (told: ProvenEntry) => Buffer.from(told.leaf, 'base64').toString()
const forgeries: [string, (told: ProvenEntry) => object][] = [
  [
    'one word of the entry',
    told => ({ ...told, entry: { ...told.entry, purpose: 'psychosocial-support' } }),
  ],
  [
    'one word of its bytes, and of the entry too',
    told => ({
      ...told,
      entry: { ...told.entry, purpose: 'psychosocial-support' },
      leaf: base64(utf8(leafOf(told).replace('training-referral', 'psychosocial-support'))),
    }),
  ],
  [
    'another root',
    told => ({
      ...told,
      proof: told.proof.replace(
        /\n(\d+)\n[A-Za-z0-9+/=]{44}\n\n/,
        `\n$1\n${base64(new Uint8Array(32))}\n\n`,
      ),
    }),
  ],
  [
    'a checkpoint that a stranger signed in the log’s name',
    told =>
      withNote(told, (text, name) =>
        signedNote(text, name, strangersKey, sign(null, Buffer.from(text), stranger.privateKey)),
      ),
  ],
]

test.each(forgeries)('%s is said not to be what was signed', async (_, forge) => {
  const page = await opened(officer, start)
  await page.route(`**/v1/access-log/entries/${index}`, async route => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: forge((await answer.json()) as ProvenEntry) })
  })
  await check(page)
  await page.getByText(fails).waitFor()
  expect(await page.getByText('Qué no coincide:').isVisible()).toBe(false)
  await page.getByText('Detalle técnico', { exact: true }).first().click()
  await page.getByText('Qué no coincide:').waitFor()
  expect(await page.getByText('Comprobado.').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Imprimir el comprobante' }).count()).toBe(0)
  await page.close()
})

test('an entry of another place is not the one that was asked for, however well it is proven', async () => {
  const page = await opened(officer, start)
  const other = await (await callerOf(hub, 'igm-compliance')).logEntry(another)
  await page.route(`**/v1/access-log/entries/${index}`, async route =>
    route.fulfill({ response: await route.fetch(), json: other.body }),
  )
  await check(page)
  await page.getByText(fails).waitFor()
  await isForEverybody(page, titles())
  await page.close()
})

test('a hub that has another key than the known one is not believed; on a trial hub alone it can be forgotten', async () => {
  const page = await opened(officer, start)
  await page.evaluate(() => {
    const { since } = JSON.parse(localStorage.getItem('log-key') ?? '{}') as { since: string }
    const vkey = '127.0.0.1/access-log+00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    localStorage.setItem('log-key', JSON.stringify({ vkey, since }))
  })
  await check(page)
  await page.getByText(fails).waitFor()
  await page.getByRole('button', { name: 'Olvidar la llave conocida' }).click()
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Comprobar')
  await page.keyboard.press('Enter')
  await page.getByText('Comprobado.').waitFor()
  await page.close()
})

test('a number that no signed entry has is said to be none, and so is what is no number', async () => {
  const page = await opened(officer, `${start}/bitacora/999999`)
  await enterAs(page, 'igm-compliance')
  await page.getByRole('alert').waitFor()
  await page.goto(`${start}/bitacora/x1`)
  await enterAs(page, 'igm-compliance')
  await page.getByRole('heading', { name: 'Esa página no existe' }).waitFor()
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(officer.heard.wrong).toEqual([])
})
