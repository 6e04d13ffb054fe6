// After a withdrawal: whoever received the content deletes what they copied and confirms it, once, and nobody else is
// asked to. And of a case: what was done is said until something else is, and a page of before says what became of it.
import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { contentLabels } from '../../texts/referral.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf, withdraw } from '../journeys/stages.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const [worker, referrer] = [await visit(hub.url), await visit(hub.url)]
const { igm, acknowledged } = await stagesOf(hub)
const [live, ended] = [await acknowledged(1), await acknowledged(2)]
vi.setConfig({ testTimeout: 120_000 })

const caseOf = async (referralId: string): Promise<Page> => {
  const page = await opened(worker, `${start}/casos/${referralId}`)
  await enterAs(page, 'ala-intake')
  await page.getByRole('heading', { name: 'Qué ha pasado' }).waitFor()
  return page
}

const confirmed = async () =>
  (await igm.getConsent(ended.consentId)).body.events.filter(
    ({ event }) => event === 'deletion-confirmed',
  )

test('what was done is said until something else is begun, and is on no paper', async () => {
  const page = await caseOf(live.referralId)
  const said = page.getByText('Registrado.', { exact: true })
  await page.getByLabel('Aceptar la referencia', { exact: true }).check()
  await page.getByRole('button', { name: 'Registrar', exact: true }).click()
  await said.waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await said.isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  // Refused here.
  await page.getByRole('button', { name: 'Registrar avance' }).click()
  await page.getByRole('link', { name: 'Elija un avance' }).waitFor()
  expect(await said.count()).toBe(0)
  const record = async (step: string, day: string) => {
    await page.getByRole('radio', { name: step }).check()
    await page.getByLabel('¿Qué día fue?').fill(day)
    await page.getByRole('button', { name: 'Registrar avance' }).click()
  }
  await record('perfil hecho', '2026-11-21')
  await said.waitFor()
  // Refused by the hub.
  await record('primer contacto', '2026-11-22')
  await page.getByRole('link', { name: '¿Qué día fue? Todavía no ha llegado' }).waitFor()
  expect(await said.count()).toBe(0)
  // It is there already.
  await record('perfil hecho', '2026-11-21')
  await page.getByText('Ese avance ya está registrado').waitFor()
  expect(await said.count()).toBe(0)
  // Nothing is asked of whoever has a consent that lives.
  expect(await page.getByText('Borrar lo que se copió').count()).toBe(0)
  await page.close()
})

test('a page of before says that the content was destroyed, and no longer offers what there is none of', async () => {
  const page = await caseOf(ended.referralId)
  await page.getByLabel('referencia a formación').check()
  await withdraw(hub, igm, ended.consentId)
  await page.getByRole('button', { name: 'Registrar y abrir' }).click()
  await page.getByText('El contenido fue destruido y nadie puede abrirlo. Vea').waitFor()
  await page.getByRole('button', { name: 'Registrar y abrir' }).waitFor({ state: 'detached' })
  await page.getByText(contentLabels.shredded.es, { exact: true }).waitFor()
  for (const name of ['Destruir el contenido', 'Registrar'])
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
  await page.getByRole('heading', { name: 'Borrar lo que se copió' }).waitFor()
  await page.close()
})

test('the deletion is confirmed in words, once, with its mark in the case; nobody else is asked', async () => {
  const [page, before] = [await caseOf(ended.referralId), await caseOf(ended.referralId)]
  const confirm = page.getByRole('button', { name: 'Confirmar que se borró' })
  await confirm.waitFor()
  await isForEverybody(page, { es: 'Caso', en: 'Case' })
  await confirm.click()
  await page.getByRole('link', { name: 'Marque la casilla' }).click()
  expect(await page.locator(':focus').getAttribute('id')).toBe('deleted')
  await isForEverybody(page, { es: 'Caso', en: 'Case' })
  expect(await confirmed()).toEqual([])
  await page.getByLabel('Borramos todo lo que copiamos').check()
  await confirm.click()
  await page.getByText('Confirmado: se borró.').waitFor()
  await page
    .getByText(/^ALA confirmó con su firma que borró lo que había copiado: 21 nov/)
    .waitFor()
  expect(await confirm.count()).toBe(0)
  await isForEverybody(page, { es: 'Caso', en: 'Case' })
  expect(await confirmed()).toMatchObject([{ by: 'ALA' }])
  // From a page of before: it was said already.
  await before.getByLabel('Borramos todo lo que copiamos').check()
  await before.getByRole('button', { name: 'Confirmar que se borró' }).click()
  await before.getByText(/^ALA confirmó con su firma/).waitFor()
  expect(await confirmed()).toHaveLength(1)
  await page.reload()
  await enterAs(page, 'ala-intake')
  await page.getByText(/^ALA confirmó con su firma/).waitFor()
  expect(await confirm.count()).toBe(0)
  for (const one of [page, before]) await one.close()

  const sent = await opened(referrer, `${start}/enviadas/${ended.referralId}`)
  await enterAs(sent, 'igm-refers')
  await sent.getByText(/^Confirmada con firma el 21 nov/).waitFor()
  expect(await sent.getByText('Borrar lo que se copió').count()).toBe(0)
  await isForEverybody(sent, { es: 'Referencia', en: 'Referral' })
  await sent.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect([worker.heard.wrong, referrer.heard.wrong]).toEqual([[], []])
})
