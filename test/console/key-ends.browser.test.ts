// How keys end, on a liaison's screen: those that expire soon, and one that is revoked, since when it is doubted.
import { expect, test } from 'vitest'
import { lettersOf } from '../../signatures/letters.ts'
import { enrolledHolder } from '../journeys/key-holders.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const hub = await ownHub()
const person = await visit(hub.url)
const soon = await enrolledHolder(hub, 'IGM', ['referrer'], {
  validUntil: '2026-12-01T12:00:00.000Z',
})
const over = await enrolledHolder(hub, 'IGM', ['referrer'], {
  validUntil: '2026-11-01T12:00:00.000Z',
})

test('keys that expire within a month are named, and those that did are marked', async () => {
  const page = await opened(person, `${hub.url}/console/llaves`)
  await enterAs(page, 'igm-liaison')
  await page.getByText(`Llaves que vencen en 30 días o menos: ${lettersOf(soon.keyid)}.`).waitFor()
  const row = (keyid: string) => page.getByRole('row', { name: lettersOf(keyid) })
  expect(await row(soon.keyid).textContent()).toContain('(quedan 10 días)')
  expect(await row(over.keyid).textContent()).toContain('(venció)')
  await isForEverybody(page, { es: 'Llaves de IGM', en: 'Keys of IGM' })
  await page.close()
})

test('a revocation may be from a day before: its reason is kept, and what was signed since is in doubt', async () => {
  const page = await opened(person, `${hub.url}/console/llaves/${soon.keyid}`)
  await enterAs(page, 'igm-liaison')
  await page.getByRole('button', { name: 'Revocar esta llave' }).click()
  await page.getByRole('link', { name: 'Elija por qué la revoca' }).waitFor()
  await page.getByLabel('llave comprometida').check()
  await page.getByLabel('Desde qué día').fill('2026-11-18')
  await isForEverybody(page, { es: 'Llaves', en: 'Keys' })
  await page.getByRole('button', { name: 'Revocar esta llave' }).click()
  await page.getByText('Revocada.', { exact: true }).waitFor()
  const facts = page.locator('.govuk-summary-list')
  await expect.poll(() => facts.textContent()).toContain('Por quéllave comprometida')
  await expect.poll(() => facts.textContent()).toContain('En duda desde18 nov 2026, 00:00')
  expect(await page.getByRole('button', { name: 'Revocar esta llave' }).count()).toBe(0)
  await isForEverybody(page, { es: 'Llaves', en: 'Keys' })
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(person.heard.wrong).toEqual([])
})
