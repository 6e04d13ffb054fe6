// Every page of the form, in both languages, on every screen: WCAG by axe, title and language; what is wrong, said and
// focused; back; and what is lost with the lock.
import { expect, test, vi } from 'vitest'
import { referTexts } from '../../texts/console-refer.ts'
import { purposeLabels } from '../../texts/labels.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'
import { fillIn, fillings, goOn, leaving, onPage } from './filling.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const referrer = await visit(hub.url)
vi.setConfig({ testTimeout: 400_000 })
const all = fillings({ own: 'EXP-2', name: 'Ana' })
const before = (heading: string) =>
  all.slice(
    0,
    all.findIndex(one => one.heading === heading),
  )
const from = (heading: string) => all.slice(all.findIndex(one => one.heading === heading))

/** The English title of a page. */
const englishOf = (heading: string): string => {
  const purpose = Object.values(purposeLabels).find(({ es }) => heading === `Finalidad: ${es}`)
  const step = Object.values<{ es: string; en: string }>(referTexts).find(
    ({ es }) => es === heading,
  )
  const english = purpose ? `Purpose: ${purpose.en}` : step?.en
  if (english === undefined) throw new Error(`no page is called ${heading}`)
  return english
}

const begun = async () => {
  const page = await opened(referrer, `${start}/referir`)
  leaving(page)
  await enterAs(page, 'igm-refers')
  await page.getByRole('button', { name: 'Empezar' }).click()
  return page
}

test('what is wrong on a page is said in words, and read out; an answer that is right goes on', async () => {
  const page = await begun()
  await onPage(page, 'Número de expediente')
  await goOn(page)
  await page.getByRole('link', { name: 'Escriba el número de expediente' }).click()
  expect(await page.locator(':focus').getAttribute('id')).toBe('own')
  await isForEverybody(page, { es: 'Número de expediente', en: 'File number' })
  await fillIn(page, before('Nombre de la persona'))
  await onPage(page, 'Nombre de la persona')
  await page.locator('#given').fill('A'.repeat(4000))
  await page.locator('#family').fill('<b>\u202EPrueba')
  await goOn(page)
  await page.getByRole('link', { name: 'Nombres: es demasiado largo' }).waitFor()
  await page.getByRole('link', { name: 'Apellidos: tiene un carácter que cambia' }).waitFor()
  await expect.poll(() => page.locator(':focus').innerText()).toContain('Hay algo que corregir')
  await isForEverybody(page, { es: 'Nombre de la persona', en: 'Name of the person' })
  // What was typed is still there, and nothing of it went on.
  expect(await page.locator('#given').inputValue()).toHaveLength(4000)
  await page.goBack()
  await onPage(page, 'Prioridad')
  expect(await page.getByLabel('urgente').isChecked()).toBe(true)
  await page.goForward()
  await onPage(page, 'Nombre de la persona')
  expect(await page.locator('#given').inputValue()).toBe('')
  await page.close()
})

test('an address leads to no page before its turn, and reloading loses what was not sent, and says so', async () => {
  const page = await begun()
  await fillIn(page, before('Prioridad'))
  await onPage(page, 'Prioridad')
  await page.evaluate(() => {
    history.pushState(null, '', '/console/referir/revisar')
    dispatchEvent(new PopStateEvent('popstate'))
  })
  await onPage(page, 'Prioridad')
  expect(page.url()).toBe(`${start}/referir/prioridad`)
  await page.getByRole('button', { name: 'Cerrar con llave' }).click()
  await page.getByText('Lo que no envió no se guardó.').waitFor()
  await enterAs(page, 'igm-refers')
  await page
    .getByText('No hay ninguna referencia empezada: lo que no se envió no se guardó.')
    .waitFor()
  await page.getByRole('button', { name: 'Empezar' }).click()
  await onPage(page, 'Número de expediente')
  expect(await page.locator('#own').inputValue()).toBe('')
  await page.reload()
  await page.getByRole('heading', { name: 'Entrar' }).waitFor()
  await page.close()
})

test('every page is for everybody', async () => {
  const page = await begun()
  for (const { heading, fill } of all) {
    await onPage(page, heading)
    // An answer is an act: nothing is chosen before its reader does.
    expect([heading, await page.locator('main input:checked').count()]).toEqual([heading, 0])
    await fill(page)
    await isForEverybody(page, { es: heading, en: englishOf(heading) })
    await goOn(page)
  }
  await onPage(page, 'Revise antes de enviar')
  await page.close()
})

test('a purpose is permitted with the data that the person names, or not at all', async () => {
  const page = await begun()
  await fillIn(page, before('Finalidad: referencia a formación'))
  const heading = 'Finalidad: referencia a formación'
  await onPage(page, heading)
  await page.getByText('Para esto se suelen usar: identidad, contacto,').waitFor()
  await goOn(page)
  await page.getByRole('link', { name: 'Elija una opción' }).waitFor()
  await page.getByLabel('Sí', { exact: true }).check()
  await goOn(page)
  await page.getByRole('link', { name: 'Para la formación hacen falta la identidad' }).click()
  expect(await page.locator(':focus').getAttribute('id')).toBe('categories-training-referral')
  await isForEverybody(page, { es: heading, en: englishOf(heading) })
  await page.getByLabel('identidad', { exact: true }).check()
  await page.getByLabel('situación migratoria', { exact: true }).check()
  await goOn(page)
  await onPage(page, 'Finalidad: manejo de protección')
  await page.getByLabel('Sí', { exact: true }).check()
  await goOn(page)
  await page.getByRole('link', { name: 'Elija al menos una opción' }).waitFor()
  await page.close()
})

test('a minor needs a guardian and their own assent, and both are asked for', async () => {
  const page = await begun()
  await fillIn(page, before('Fecha de nacimiento'))
  await onPage(page, 'Fecha de nacimiento')
  await page.getByLabel('Año').fill('2012')
  await page.getByLabel('La fecha es aproximada').check()
  await goOn(page)
  await onPage(page, 'Persona responsable')
  await page.locator('#guardian-given').fill('Rosa')
  await page.locator('#guardian-relationship').selectOption('madre')
  await isForEverybody(page, { es: 'Persona responsable', en: 'Guardian' })
  await goOn(page)
  const until = from('Sexo').slice(
    0,
    from('Sexo').findIndex(one => one.heading === 'Quién autoriza'),
  )
  await fillIn(page, until)
  await onPage(page, 'Quién autoriza')
  expect(await page.getByRole('radio').count()).toBe(1)
  await page.getByRole('radio').check()
  await goOn(page)
  await onPage(page, 'Parentesco')
  await page.getByLabel('madre').check()
  await isForEverybody(page, { es: 'Parentesco', en: 'Relationship' })
  await goOn(page)
  await onPage(page, 'Asentimiento')
  await page.getByLabel('No', { exact: true }).check()
  await goOn(page)
  await page.getByRole('link', { name: 'Sin su asentimiento no se puede referir' }).waitFor()
  await isForEverybody(page, { es: 'Asentimiento', en: 'Assent' })
  await page.getByLabel('Sí', { exact: true }).check()
  await goOn(page)
  await fillIn(page, from('Cómo autorizó'))
  await onPage(page, 'Revise antes de enviar')
  await page.getByRole('button', { name: 'Enviar la referencia' }).click()
  await onPage(page, 'Comprobante de la referencia')
  await page.close()
})

test('what the hub refuses is said at its question', async () => {
  const page = await begun()
  // Another person under the number of the one above.
  await fillIn(page, fillings({ own: 'EXP-2', name: 'Otra' }))
  await onPage(page, 'Revise antes de enviar')
  await page.getByRole('button', { name: 'Enviar la referencia' }).click()
  await page.getByRole('link', { name: 'Ese número de expediente ya se usó' }).click()
  expect(await page.locator(':focus').textContent()).toContain('Cambiar')
  await isForEverybody(page, { es: 'Revise antes de enviar', en: 'Check before you send' })
  await page.getByRole('link', { name: 'Cambiar Número de expediente' }).click()
  await page.locator('#own').fill('EXP-4')
  await goOn(page)
  await onPage(page, 'Revise antes de enviar')
  await page.getByRole('button', { name: 'Enviar la referencia' }).click()
  // The same document as before: that is told, and is about no question.
  await page.getByText('La persona ya tiene una referencia abierta en este convenio').waitFor()
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(referrer.heard.wrong).toEqual([])
})
