// Whoever refers sees which answers came, and gets to them: each with when it was said, and by whom.
import { expect, test } from 'vitest'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const person = await visit(hub.url)
const { acknowledged, moved, ala, submitted } = await stagesOf(hub)

const waiting = await submitted(1)
const accepted = await acknowledged(2)
await moved(accepted.referralId, 'accepted')
await ala.recordMilestone(accepted.referralId, { milestone: 'contact-made', on: '2026-11-21' })
const refused = await acknowledged(3)
const { headers } = await ala.getReferral(refused.referralId)
await ala.changeStatus(
  refused.referralId,
  { status: 'rejected', reason: 'no-capacity' },
  headers.get('etag') ?? '',
)

test('which answers came in a week is counted, and each is there to be seen; what only waits is not', async () => {
  const page = await opened(person, start)
  await enterAs(page, 'igm-refers')
  await page.getByRole('heading', { name: 'Respuestas a lo que envió' }).waitFor()
  expect(await page.locator('main .govuk-list--bullet li').allTextContents()).toEqual([
    'Aceptadas: 1',
    'No aceptadas: 1',
    'Con avances nuevos: 1',
  ])
  await page.getByText('por eso la suma puede ser mayor').waitFor()
  await isForEverybody(page, { es: 'Inicio', en: 'Home' })
  const count = 'Referencias con novedades en los últimos 7 días: 2'
  await page.getByRole('link', { name: count }).click()
  await page.getByRole('table', { name: 'Novedades de 7 días' }).waitFor()
  expect(page.url()).toBe(`${start}/enviadas?ver=novedades`)
  const folios = await page.getByRole('rowheader').allTextContents()
  expect(folios.toSorted()).toEqual([accepted.folio, refused.folio].toSorted())
  const row = page.getByRole('row', { name: accepted.folio })
  await row.getByText(/^21 nov 2026, \d\d:\d\d: primer contacto$/).waitFor()
  await row.getByText(/^21 nov 2026, \d\d:\d\d: Aceptada$/).waitFor()
  await isForEverybody(page, { es: 'Enviadas', en: 'Sent' })
  await page.getByRole('link', { name: 'Esperan respuesta' }).click()
  await expect.poll(() => page.getByRole('rowheader').allTextContents()).toEqual([waiting.folio])
  await page.goBack()
  await page.getByRole('link', { name: refused.folio }).click()
  await page.getByText(/: No aceptada \(ALA\), sin cupo$/).waitFor()
  await page.getByText(/: Recibida \(acuse de recibo de ALA\)$/).waitFor()
  await page.close()
})

test('the inbox has no such view: what came to one’s own institution is no news of what it sent', async () => {
  const page = await opened(person, `${start}/bandeja?ver=novedades`)
  await enterAs(page, 'ala-intake')
  await page.getByRole('table', { name: 'Esperan respuesta' }).waitFor()
  expect(await page.getByRole('link', { name: 'Novedades de 7 días' }).count()).toBe(0)
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(person.heard.wrong).toEqual([])
})
