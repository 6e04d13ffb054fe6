// Handing a case over, by a person in a browser: possible where the person permits it and the case is under way; where
// it is not, the page says why. And a person's codes are words.
import { expect, test } from 'vitest'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const { acknowledged, moved } = await stagesOf(hub)
const worker = await visit(hub.url)

const button = { name: 'Derivar a OIM' }

test('a case is handed over once it is accepted, with a folio of its own', async () => {
  // The second of the invented people permits job placement.
  const { referralId } = await acknowledged(2)
  const page = await opened(worker, `${start}/casos/${referralId}`)
  await enterAs(page, 'ala-intake')
  await page.getByText('Se puede derivar después de aceptar la referencia.').waitFor()
  const off = page.getByRole('button', { ...button, disabled: true })
  expect(await off.getAttribute('aria-describedby')).toBe('handover-OIM')
  await off.click({ force: true })
  await isForEverybody(page, { es: 'Caso', en: 'Case' })
  await page.getByLabel('Aceptar la referencia', { exact: true }).check()
  await page.getByRole('button', { name: 'Registrar', exact: true }).click()
  await page.getByText('con un folio y un plazo propios').waitFor()
  await isForEverybody(page, { es: 'Caso', en: 'Case' })
  await page.getByRole('button', { ...button, disabled: false }).click()
  await page.getByText('Se derivó.').waitFor()
  await page.getByText(/Ya se derivó a OIM, con el folio REF-\S+: Enviada\./).waitFor()
  await page.getByText('derivación a OIM', { exact: false }).first().waitFor()
  await page.getByRole('button', { ...button, disabled: true }).waitFor()
  await isForEverybody(page, { es: 'Caso', en: 'Case' })
  await page.close()
})

test('not without the person’s permission, nor once the case is closed', async () => {
  const refused = await acknowledged(1)
  await moved(refused.referralId, 'accepted')
  const page = await opened(worker, `${start}/casos/${refused.referralId}`)
  await enterAs(page, 'ala-intake')
  await page.getByText('La persona no autorizó que sus datos pasen a OIM.').waitFor()
  await page.getByRole('button', { ...button, disabled: true }).waitFor()
  await moved(refused.referralId, 'completed')
  await page.reload()
  await enterAs(page, 'ala-intake')
  await page.getByText('El caso está cerrado: ya no se puede derivar.').waitFor()
  await page.close()
})

test('what is opened has words for its codes: countries, languages, documents, trades, times', async () => {
  const { referralId } = await acknowledged(1)
  const page = await opened(worker, `${start}/casos/${referralId}`)
  await enterAs(page, 'ala-intake')
  await page.getByLabel('referencia a formación').check()
  await page.getByRole('button', { name: 'Registrar y abrir' }).click()
  await page.locator('.rh-content').waitFor()
  const shown = await page.locator('.rh-content').innerText()
  const words =
    'El Salvador|Guatemala|español|permanencia provisional|femenino|solicitante de refugio|panadería|belleza|primaria|fin de semana|por la mañana|accesibilidad|transporte'
  for (const word of words.split('|')) expect(shown).toContain(word)
  for (const code of ['SLV', 'GTM', 'provisional-stay', 'bakery', 'weekend', 'primary'])
    expect(shown).not.toContain(code)
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(worker.heard.wrong).toEqual([])
})
