// What there is to choose from in the form: an answer that is no choice any longer is asked for again, and nothing is
// called by its code.
import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { ownHub } from '../journeys/own-hub.ts'
import { enterAs, opened, visit } from './browser.ts'
import { fillIn, fillings, goOn, leaving, onPage } from './filling.ts'

const hub = await ownHub()
const referrer = await visit(hub.url)
vi.setConfig({ testTimeout: 120_000 })
const all = fillings({ own: 'EXP-9', name: 'Ana' })
const at = (heading: string) => all.findIndex(one => one.heading === heading)

const begun = async () => {
  const page = await opened(referrer, `${hub.url}/console/referir`)
  leaving(page)
  await enterAs(page, 'igm-refers')
  await page.getByRole('button', { name: 'Empezar' }).click()
  return page
}

/** Everything that is shown as an answer. */
const answersOn = (page: Page): Promise<string[]> =>
  page.locator('.govuk-summary-list__value').allInnerTexts()

test('who permitted it is asked again once the person may be a minor, and no code is shown', async () => {
  const page = await begun()
  await fillIn(page, all)
  await onPage(page, 'Revise antes de enviar')
  expect(await answersOn(page)).toContain('la propia persona')
  await page.getByRole('link', { name: 'Cambiar Fecha de nacimiento' }).first().click()
  await onPage(page, 'Fecha de nacimiento')
  await page.getByLabel('Año').fill('2012')
  await goOn(page)
  await onPage(page, 'Persona responsable')
  // Not by its address either.
  await page.evaluate(() => {
    history.pushState(null, '', '/console/referir/revisar')
    dispatchEvent(new PopStateEvent('popstate'))
  })
  await onPage(page, 'Persona responsable')
  await page.locator('#guardian-given').fill('Rosa')
  await page.locator('#guardian-relationship').selectOption('madre')
  await goOn(page)
  await onPage(page, 'Quién autoriza')
  expect(await page.locator('main input:checked').count()).toBe(0)
  await page.getByRole('radio').check()
  await goOn(page)
  await onPage(page, 'Parentesco')
  await page.getByLabel('madre').check()
  await goOn(page)
  await onPage(page, 'Asentimiento')
  await page.getByLabel('Sí', { exact: true }).check()
  await goOn(page)
  await onPage(page, 'Revise antes de enviar')
  expect(await answersOn(page)).not.toContain('self')
  expect(await answersOn(page)).toContain('quien ejerce la tutela')
  await page.close()
})

test('no language and no country of a list is called by its code, in the browser’s own words', async () => {
  const page = await begun()
  const codesShown = () =>
    page.locator('main option, main .govuk-checkboxes__item').evaluateAll(places =>
      places
        .map(place => ({
          code:
            place instanceof HTMLOptionElement ? place.value : place.querySelector('input')?.value,
          name: place.textContent?.trim(),
        }))
        // The Mam call their language Mam.
        .filter(({ code, name }) => code === name && code !== '' && code !== 'mam'),
    )
  const inBoth = async () => {
    expect(await codesShown()).toEqual([])
    await page.getByRole('button', { name: 'English' }).click()
    expect(await codesShown()).toEqual([])
    await page.getByRole('button', { name: 'Español' }).click()
  }
  await fillIn(page, all.slice(0, at('Nacionalidad')))
  await onPage(page, 'Nacionalidad')
  await inBoth()
  await fillIn(page, all.slice(at('Nacionalidad'), at('Idiomas')))
  await onPage(page, 'Idiomas')
  expect(await page.locator('main option').count()).toBeGreaterThan(60)
  await inBoth()
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(referrer.heard.wrong).toEqual([])
})
