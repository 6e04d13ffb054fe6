// What a person does to get a key, as the tests do it too.
import type { Page } from 'playwright-core'
import { type Visit, opened } from './browser.ts'

export type Asked = { institution: string; does: string; post?: string }

/** Asks for access with a phrase. The page then shows the letters, and what to send. */
export const ask = async (page: Page, { institution, does, post }: Asked): Promise<string> => {
  await page.getByRole('link', { name: 'olicitar acceso' }).click()
  await page.getByLabel('Siglas').fill(institution)
  await page.getByLabel(does).check()
  if (post !== undefined) await page.getByLabel('Puesto').fill(post)
  const phraseInstead = page.getByLabel('Con una frase de cinco palabras')
  if ((await phraseInstead.count()) > 0) await phraseInstead.check()
  await page.getByRole('button', { name: 'Crear mi llave' }).click()
  const phrase = (await page.locator('.rh-phrase').textContent()) ?? ''
  await page.getByLabel('Escriba aquí las cinco palabras').fill(phrase)
  await page.getByRole('button', { name: 'Ya la guardé' }).click()
  await page.getByRole('heading', { name: 'Mi llave', exact: true }).waitFor()
  return phrase
}

export const lettersOn = async (page: Page): Promise<string> =>
  (await page.locator('.rh-letters').textContent()) ?? ''

export const unlock = async (page: Page, phrase: string): Promise<void> => {
  await page.getByLabel('Su frase de cinco palabras').fill(phrase)
  await page.getByRole('button', { name: 'Entrar', exact: true }).click()
}

/** The two persons who let a key in, each at a computer of their own: what they are sent, and what they hear. */
export const letIn = async (
  { url, first, second }: { url: string; first: Visit; second: Visit },
  { proposal, letters, post }: { proposal: string; letters: string; post: string },
): Promise<void> => {
  const one = await opened(first, `${url}/console/llaves/proponer`)
  await one.getByRole('button', { name: 'Entrar como igm-liaison', exact: true }).click()
  await one.getByLabel('Solicitud').fill(proposal)
  await one.getByRole('button', { name: 'Revisar' }).click()
  await one.getByRole('button', { name: 'Proponer', exact: true }).click()
  await one.getByText('Propuesta. Todavía no sirve').waitFor()
  const other = await opened(second, `${url}/console/llaves`)
  await other.getByRole('button', { name: 'Entrar como igm-liaison-2', exact: true }).click()
  await other.getByRole('row', { name: post }).getByRole('link').click()
  await other.getByLabel('Las 16 letras que oye').fill(letters)
  await other.getByRole('button', { name: 'Confirmar la llave' }).click()
  await other.getByText('Confirmada.').waitFor()
  await one.close()
  await other.close()
}
