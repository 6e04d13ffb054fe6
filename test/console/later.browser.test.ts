// A role's pages are a file of their own: fetched once somebody with the role has entered, and again where that failed.
import { expect, test } from 'vitest'
import { ownHub } from '../journeys/own-hub.ts'
import { enterAs, isForEverybody, visit } from './browser.ts'

const hub = await ownHub()
const person = await visit(hub.url)

test('nobody’s pages are fetched before somebody enters, and then only those of their roles', async () => {
  const page = await person.context.newPage()
  const asked: string[] = []
  page.on('request', request => asked.push(new URL(request.url()).pathname))
  await page.goto(`${hub.url}/console`)
  await page.getByRole('button', { name: 'Entrar como ala-intake' }).waitFor()
  // Fetched, and then imported from the browser's cache.
  const roles = () => [
    ...new Set(asked.filter(path => /\/(recipient|liaison)-\w+\.js$/.test(path))),
  ]
  expect(roles()).toEqual([])
  await enterAs(page, 'ala-intake')
  await page.getByRole('link', { name: 'Bandeja' }).first().click()
  await page.getByText('No hay ninguna referencia aquí.').waitFor()
  expect(roles()).toEqual([expect.stringMatching(/recipient-/)])
  await page.close()
})

test('a file that did not come is said to be missing, and comes when it is asked for again', async () => {
  const page = await person.context.newPage()
  await page.route('**/recipient-*.js', route => route.abort('internetdisconnected'))
  await page.goto(`${hub.url}/console`)
  await enterAs(page, 'ala-intake')
  await page.getByRole('link', { name: 'Bandeja' }).first().click()
  await page.getByText('No hubo respuesta.').waitFor()
  await isForEverybody(page, { es: 'La página no llegó', en: 'The page did not arrive' })
  await page.unroute('**/recipient-*.js')
  await page.getByRole('button', { name: 'Intentar de nuevo' }).click()
  await page.getByText('No hay ninguna referencia aquí.').waitFor()
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Bandeja')
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(person.heard.wrong).toEqual([])
})
