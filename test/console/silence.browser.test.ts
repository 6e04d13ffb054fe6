// Silence is seen by whoever sent a referral: for how many days nobody has answered, and that nobody has collected it;
// in the list and on its page, in both languages. What was answered has no such sentence.
import { expect, test } from 'vitest'
import { hubOnDays, runDueWork } from '../journeys/hub-on-days.ts'
import { stagesOf } from '../journeys/stages.ts'
import { unlimited } from '../unlimited.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const [noon, hour] = [Date.parse('2026-11-21T12:00:00.000Z'), 3_600_000]
const startAt = hubOnDays({ rate: unlimited })
// The oldest was collected and not answered; the next was not collected; one was accepted.
const first = await stagesOf(await startAt(noon))
const held = await first.acknowledged(1)
const accepted = await first.acknowledged(2)
await first.moved(accepted.referralId, 'accepted')
const uncollected = await first.submitted(3, { priority: 'routine' })
// Four days later one more, which is a day old, and one that is new, on the fifth.
const young = await (await stagesOf(await startAt(noon + 96 * hour))).submitted(4)
const place = await startAt(noon + 121 * hour)
const fresh = await (await stagesOf(place)).submitted(5)
await runDueWork(place)
const person = await visit(place.url)
const start = `${place.url}/console`

test('the list says for how long nobody has answered, and what nobody has collected', async () => {
  const page = await opened(person, `${start}/enviadas`)
  await enterAs(page, 'igm-refers')
  const said = (folio: string) => page.getByRole('row', { name: folio }).locator('strong')
  await page.getByRole('row', { name: held.folio }).waitFor()
  expect(await said(held.folio).allTextContents()).toEqual(['5 días sin respuesta'])
  expect(await said(uncollected.folio).allTextContents()).toEqual([
    '5 días sin respuesta',
    'Nadie la ha recogido. Llame a ALA.',
  ])
  expect((await said(young.folio).allTextContents())[0]).toBe('1 día sin respuesta')
  expect(await said(fresh.folio).allTextContents()).toEqual([])
  await isForEverybody(page, { es: 'Enviadas', en: 'Sent' })
  await page.getByRole('button', { name: 'English' }).click()
  await expect
    .poll(() => said(uncollected.folio).allTextContents())
    .toEqual(['5 days without an answer', 'Nobody has collected it. Call ALA.'])
  await page.getByRole('button', { name: 'Español' }).click()
  await page.getByRole('link', { name: 'En curso' }).click()
  await page.getByRole('row', { name: accepted.folio }).waitFor()
  expect(await said(accepted.folio).count()).toBe(0)
  await page.close()
})

test('its own page says the same, above all else; what was answered says nothing of it', async () => {
  const page = await opened(person, `${start}/enviadas/${uncollected.referralId}`)
  await enterAs(page, 'igm-refers')
  const notice = page.locator('main [role=status]', { hasText: 'sin respuesta' })
  await notice.waitFor()
  expect(await notice.locator('p').allTextContents()).toEqual([
    '5 días sin respuesta',
    'Nadie la ha recogido. Llame a ALA.',
  ])
  await isForEverybody(page, { es: 'Referencia', en: 'Referral' })
  await page.goto(`${start}/enviadas/${accepted.referralId}`)
  await enterAs(page, 'igm-refers')
  await page.getByText('Todavía no hay avances.').waitFor()
  expect(await page.getByText('sin respuesta').count()).toBe(0)
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(person.heard.wrong).toEqual([])
})
