// The compliance officer's log: finding an opening by filters that stand in the address, and never anybody's name.
import { beforeAll, expect, test } from 'vitest'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const officer = await visit(hub.url)
const stages = await stagesOf(hub)
const referral = await stages.pulled(1)

beforeAll(async () => {
  for (let n = 0; n < 26; n++) await stages.ala.getReferral(referral.referralId)
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
})

const titles = { es: 'Bitácora', en: 'Access log' }

test('an opening is found by filters, each in the address; the page keeps its place when it is loaded anew', async () => {
  const page = await opened(officer, start)
  await enterAs(page, 'igm-compliance')
  await page.getByRole('link', { name: 'Bitácora' }).first().click()
  await page.locator('.rh-entries li').first().waitFor()
  await isForEverybody(page, titles)
  await page.getByLabel('Acción').selectOption({ label: 'abrir contenido' })
  await page.getByText('Más filtros').click()
  expect(
    await page.getByLabel('Institución que actuó').locator('option').allTextContents(),
  ).toEqual([
    'Cualquiera',
    'Asociación La Alianza (ALA)',
    'Institución de prueba, sin convenio (XXX)',
    'Instituto Guatemalteco de Migración (IGM)',
    'Organización Internacional para las Migraciones (OIM)',
    'el intercambio',
  ])
  await page.getByLabel('Institución que actuó').selectOption('ALA')
  await page.getByLabel('Datos que se abrieron').selectOption({ label: 'identidad' })
  await page.getByLabel('Referencia').fill(referral.folio.toLowerCase())
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Entradas')
  const query = `institucion=ALA&accion=referral.release&referencia=${referral.referralId}&categoria=identity`
  expect(page.url()).toBe(`${start}/bitacora?${query}`)
  const said = page.locator('.rh-entries li')
  await expect.poll(() => said.count()).toBe(1)
  await said.getByRole('link', { name: referral.folio }).waitFor()
  expect(await said.textContent()).toMatch(
    /^El .* \(hora de Guatemala\), una llave de ALA pidió: abrir contenido\. Resultado: permitido\. Se abrió: .*identidad.*\. Finalidad: .*\.Entrada n\.º \d+ · REF-\S{4}-\S{4}-\S$/,
  )
  await isForEverybody(page, titles)
  await page.reload()
  await enterAs(page, 'igm-compliance')
  await expect.poll(() => said.count()).toBe(1)
  await expect.poll(() => page.getByLabel('Referencia').inputValue()).toBe(referral.folio)
  await page.getByRole('link', { name: 'Quitar los filtros' }).click()
  await expect.poll(() => said.count()).toBe(25)
  expect(page.url()).toBe(`${start}/bitacora`)
  await page.goBack()
  await expect.poll(() => said.count()).toBe(1)
  await page.close()
})

test('a name is refused on the page, and is in no address; days are whole and in order', async () => {
  const page = await opened(officer, `${start}/bitacora`)
  await enterAs(page, 'igm-compliance')
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.getByText('Más filtros').click()
  await page.getByLabel('Referencia').fill('Canarioprueba')
  await page.getByLabel('Consentimiento').fill('Canarioprueba')
  await page.getByLabel('Desde el día').fill('2026-11-20')
  await page.getByLabel('Hasta el día').fill('2026-11-19')
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').getByRole('link').allTextContents()).toEqual([
    'El último día está antes del primero',
    'Eso no es un folio ni un identificador',
    'Eso no es un identificador',
  ])
  await isForEverybody(page, titles)
  expect([page.url(), ...asked].filter(url => url.includes('Canario'))).toEqual([])
  await page.getByLabel('Referencia').fill('REF-0000-0000-1')
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await page.getByRole('link', { name: 'El último signo no corresponde a ese folio' }).waitFor()
  await page.getByLabel('Referencia').fill('REF-0000-0000')
  await page.getByLabel('Consentimiento').fill('')
  await page.getByLabel('Hasta el día').fill('2026-11-20')
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await page.getByRole('link', { name: 'no tiene una referencia con ese folio' }).waitFor()
  await page.getByLabel('Referencia').fill('')
  await page.getByLabel('Desde el día').fill('2020-01-01')
  await page.getByLabel('Hasta el día').fill('2020-01-02')
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await page
    .getByText(
      'Ningún registro coincide con su consulta. Revise las fechas o quite un filtro. Su consulta también quedó registrada.',
    )
    .waitFor()
  await isForEverybody(page, titles)
  // What was found before is no answer to a query that is refused.
  const none = page.getByText('Ningún registro coincide')
  await page.getByLabel('Hasta el día').fill('2019-12-31')
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await page.locator('.govuk-error-summary').waitFor()
  expect(await none.count()).toBe(0)
  await page.getByLabel('Hasta el día').fill('2020-01-02')
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await none.waitFor()
  // What is none of the filters' is not taken from an address either.
  await page.goto(`${start}/bitacora?institucion=Canarioprueba&accion=nada&resultado=denied`)
  await enterAs(page, 'igm-compliance')
  expect(await page.getByLabel('Resultado').inputValue()).toBe('denied')
  await page.getByRole('link', { name: 'Quitar los filtros' }).waitFor()
  expect(await page.getByText('Canarioprueba').count()).toBe(0)
  await page.close()
})

test('older and newer lead there and back', async () => {
  const page = await opened(officer, `${start}/bitacora?institucion=ALA`)
  await enterAs(page, 'igm-compliance')
  const first = page.locator('.rh-entries li').first()
  // Its folio comes after it.
  await first.getByRole('link', { name: referral.folio }).waitFor()
  const newest = await first.textContent()
  await page.getByRole('link', { name: 'Más antiguas' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => first.textContent()).not.toBe(newest)
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Entradas')
  expect(page.url()).toContain('institucion=ALA&pagina=')
  await isForEverybody(page, titles)
  await page.getByRole('link', { name: 'Más recientes' }).click()
  await expect.poll(() => first.textContent()).toBe(newest)
  expect(page.url()).toBe(`${start}/bitacora?institucion=ALA`)
  // Asked once more, the log is read once more: the reading before is an entry by now.
  const asked = page.waitForResponse(answer => answer.url().includes('/v1/access-log?'))
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  expect((await asked).status()).toBe(200)
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(officer.heard.wrong).toEqual([])
})
