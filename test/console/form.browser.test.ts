// IGM refers somebody without a system of its own: one question a page, to the receipt; ALA finds them, and what became
// of it is seen. Nothing of the person is left anywhere afterwards.
import { expect, test, vi } from 'vitest'
import { ownHub } from '../journeys/own-hub.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'
import { fillIn, fillings, goOn, leaving, onPage } from './filling.ts'
import { leftBy, needlesOf } from './left.ts'

// The log gives a submission its place by the hub's clock.
const hub = await ownHub({ schedules: true })
const start = `${hub.url}/console`
const referrer = await visit(hub.url)
const canary = 'Canarioformulario'
const name = `<img src=x> ${canary} مريم`
vi.setConfig({ testTimeout: 300_000 })

const page = await opened(referrer, `${start}/referir`)
leaving(page)
let folio = ''

test('from the first question to the last, by keyboard or pointer, and all of it shown before it is sent', async () => {
  await enterAs(page, 'igm-refers')
  await page.getByRole('button', { name: 'Empezar' }).click()
  await fillIn(page, fillings({ own: 'EXP-1', name }))
  await onPage(page, 'Revise antes de enviar')
  for (const shown of [name, '5 de agosto de 1994', 'Petén', 'San Benito'])
    await page.getByText(shown, { exact: true }).waitFor()
  // A purpose is one row: whom, and which data.
  await page
    .getByText('Sí (OIM): identidad, contacto, perfil de formación', { exact: true })
    .waitFor()
  // What was left empty is folded, with its way to be changed; a part can be folded too.
  const empty = page.getByRole('link', { name: 'Cambiar Trámite migratorio: Vence el' })
  expect(await empty.isVisible()).toBe(false)
  await page.getByText('Sin dato: ').first().click()
  await empty.waitFor()
  await page.getByText('Respuestas: ').first().click()
  expect(await page.getByRole('link', { name: 'Cambiar Prioridad' }).isVisible()).toBe(false)
  await page.getByText('Respuestas: ').first().click()
  // As text, whatever is in it.
  expect(await page.locator('main img').count()).toBe(0)
  await isForEverybody(page, { es: 'Revise antes de enviar', en: 'Check before you send' })
  // Changed: back to where all is shown.
  await page.getByRole('link', { name: 'Cambiar Prioridad' }).click()
  await page.getByLabel('inmediata').check()
  await goOn(page)
  await onPage(page, 'Revise antes de enviar')
  await page.getByText('inmediata').waitFor()
})

test('sent while the line is gone it is sent once, and then there is a receipt without a name', async () => {
  const sent: string[] = []
  page.on('request', request => {
    const { 'idempotency-key': key } = request.headers()
    if (request.method() === 'POST' && key !== undefined) sent.push(key)
  })
  // The hub takes it, and its answer is lost with the line.
  let lost = false
  await page.route('**/v1/referrals', async route => {
    if (lost) return route.continue()
    lost = true
    await route.fetch()
    await referrer.context.setOffline(true)
    return route.abort('internetdisconnected')
  })
  await page.getByRole('button', { name: 'Enviar la referencia' }).click()
  await page.getByText('No la repita: al volver la conexión').waitFor()
  await isForEverybody(page, { es: 'Revise antes de enviar', en: 'Check before you send' })
  await referrer.context.setOffline(false)
  await onPage(page, 'Comprobante de la referencia')
  expect(sent.length).toBeGreaterThan(1)
  expect(new Set(sent).size).toBe(1)
  await page.getByText('con el n.º').waitFor({ timeout: 120_000 })
  expect(await page.getByText(canary).count()).toBe(0)
  expect(await page.title()).toBe('Comprobante de la referencia – Referencias')
  await isForEverybody(page, {
    es: 'Comprobante de la referencia',
    en: 'Receipt of the referral',
  })
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByText('La persona puede retirar su autorización').isVisible()).toBe(true)
  expect(await page.getByRole('button', { name: 'Imprimir' }).isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  folio = (await page.locator('main').innerText()).match(/REF-[\w*~$=-]+/)?.[0] ?? ''
  expect(folio).not.toBe('')
})

test('what was sent is not there to be sent again, and is among what was sent', async () => {
  await page.goBack()
  await page.getByText('No hay ninguna referencia empezada').waitFor()
  await isForEverybody(page, { es: 'Nueva referencia', en: 'New referral' })
  await page.getByRole('link', { name: 'Enviadas' }).click()
  await page.getByRole('row', { name: folio }).getByText('EXP-1').waitFor()
  await expect.poll(() => page.getByRole('rowheader').allTextContents()).toEqual([folio])
  await isForEverybody(page, { es: 'Enviadas', en: 'Sent' })
})

test('whoever receives finds it, opens it and accepts it; whoever sent it sees that, and what follows', async () => {
  const other = await visit(hub.url)
  const ala = await opened(other, `${start}/bandeja`)
  await enterAs(ala, 'ala-intake')
  await ala.getByRole('button', { name: 'Confirmar lo que llegó' }).click()
  await ala.getByText('Confirmado.').waitFor()
  await ala.getByRole('link', { name: folio }).click()
  await ala.getByLabel('referencia a formación').check()
  await ala.getByRole('button', { name: 'Registrar y abrir' }).click()
  for (const shown of [
    name,
    '+50200000001',
    'Honduras',
    'criollo haitiano',
    'panadería',
    '5 de agosto de 1994',
    'San Benito, Petén',
  ])
    await ala.getByText(shown).first().waitFor()
  await ala.getByLabel('Aceptar la referencia', { exact: true }).check()
  await ala.getByRole('button', { name: 'Registrar', exact: true }).click()
  await ala.getByText('Registrado.').waitFor()
  await ala.close()

  await page.getByRole('link', { name: 'En curso' }).click()
  await page.getByRole('link', { name: folio }).click()
  await onPage(page, `Referencia ${folio}`)
  await page.getByText('Todavía no hay avances.').waitFor()
  await page.getByText('Aceptada').first().waitFor()
  await isForEverybody(page, { es: 'Referencia', en: 'Referral' })
  await page.getByText('Retirar el consentimiento').click()
  await page.locator('#who').check()
  await page.getByRole('button', { name: 'Destruir el contenido' }).click()
  await page.getByText('Constancia de que el contenido se destruyó').waitFor()
  await page.getByRole('button', { name: 'Imprimir la constancia' }).waitFor()
  await isForEverybody(page, { es: 'Referencia', en: 'Referral' })
})

test('nothing of the person is in an address, a title, or a file of the browser', async () => {
  expect(page.url()).not.toMatch(/Canario|Prueba/)
  const needles = needlesOf({
    'the name': canary,
    'the document': 'FORM-EXP-1',
    'the telephone': '+502 0000-0001',
  })
  expect(await leftBy([referrer], needles)).toEqual([])
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(referrer.heard.wrong).toEqual([])
})
