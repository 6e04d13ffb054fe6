// How far the agreement has come, on a liaison's screen: bars whose figures can be heard, the table below, what is not
// told; and what nobody collected, sent again.
import { readFileSync } from 'node:fs'
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import type { ReferralHeader } from '../../schemas/referral.ts'
import { unlimited } from '../unlimited.ts'
import { hubOnDays, runDueWork } from '../journeys/hub-on-days.ts'
import { stagesOf } from '../journeys/stages.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const [noon, hour] = [Date.parse('2026-11-21T12:00:00.000Z'), 3_600_000]
const startAt = hubOnDays({ rate: unlimited })
// Six persons, two of whom have an answer; after five days the other four were not collected.
const before = await startAt(noon)
const { submitted, acknowledged, moved } = await stagesOf(before)
for (const n of [1, 2]) await moved((await acknowledged(n)).referralId, 'accepted')
const waiting: ReferralHeader[] = []
for (const n of [3, 4, 5, 6]) waiting.push(await submitted(n, { priority: 'routine' }))
const place = await startAt(noon + 121 * hour)
await runDueWork(place)
const person = await visit(place.url)
const start = `${place.url}/console`

test('bars have their figures as a label and a table below; what is under five stays so', async () => {
  const page = await opened(person, `${start}/avance`)
  await enterAs(page, 'igm-liaison')
  const picture = page.getByRole('img')
  const label = (await picture.getAttribute('aria-label')) ?? ''
  expect(label).toMatch(/^Personas hacia la meta de 250: referidas 6, aceptadas <5, /)
  const widths = await page
    .locator('.rh-bars__bar')
    .evaluateAll(all => all.slice(0, 2).map(one => one.getAttribute('width')))
  expect(widths).toEqual(['2.4%', '0%'])
  const rows = page.getByRole('table', { name: 'Personas por etapa' }).getByRole('row')
  expect(await rows.nth(0).textContent()).toBe('personasen total4.º trimestre de 2026')
  expect(await rows.nth(1).textContent()).toMatch(/^referidas6/)
  expect(await rows.nth(2).textContent()).toMatch(/^aceptadas<5/)
  // Figures that do not add up say why.
  await page.getByText('los trimestres pueden no sumar el total').waitFor()
  await page.getByText('Aquí se cuentan pasos, no personas').waitFor()
  await isForEverybody(page, { es: 'Avance', en: 'Progress' })
  await page.getByLabel('Trimestre en que se refirió').selectOption('2026-Q4')
  await page.getByRole('button', { name: 'Mostrar' }).click()
  await page.getByRole('heading', { name: 'Meta: 250 personas · 4.º trimestre de 2026' }).waitFor()
  expect(new URL(page.url()).search).toBe('?ver=personas&convenio=igm-ala-2026&trimestre=2026-Q4')
  await isForEverybody(page, { es: 'Avance', en: 'Progress' })

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Descargar hoja de cálculo' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^avance-igm-ala-2026-2026-11-26\.csv$/)
  const csv = readFileSync(await file.path(), 'utf8')
  expect(csv.slice(0, 1)).toBe('\uFEFF')
  expect(csv.split('\r\n').slice(1, 3)).toEqual([
    expect.stringMatching(/^referidas,6,/),
    expect.stringMatching(/^aceptadas,<5,/),
  ])
  await page.close()
})

test('answer times are told once there are five of them, and the address keeps what was asked for', async () => {
  const page = await opened(person, `${start}/avance?ver=respuestas`)
  await enterAs(page, 'igm-signatory')
  await page.getByText('todavía no se dice: hay menos de cinco respuestas').first().waitFor()
  expect(await page.getByRole('link', { name: 'Respuestas' }).getAttribute('aria-current')).toBe(
    'page',
  )
  await page.getByText('por eso las líneas no suman el total').waitFor()
  await isForEverybody(page, { es: 'Avance', en: 'Progress' })
  await page.getByRole('link', { name: 'Personas', exact: true }).click()
  await page.getByRole('img').waitFor()
  await page.goBack()
  await page.getByText('La mitad se respondió en').waitFor()
  await page.close()
})

test('what nobody collected is listed on both sides; only the receiving one has it sent again, when it is sure', async () => {
  const folios = waiting.map(({ folio }) => folio).toSorted()
  const sender = await opened(person, `${start}/sin-recoger`)
  await enterAs(sender, 'igm-liaison')
  const sent = sender.getByRole('table', { name: 'Enviadas por su institución' })
  await sent.waitFor()
  expect((await sent.getByRole('rowheader').allTextContents()).toSorted()).toEqual(folios)
  await sender.getByText('Solo la otra institución puede recogerlas.').waitFor()
  await isForEverybody(sender, { es: 'Sin recoger', en: 'Not collected' })
  await sender.close()

  const sqs = new SQSClient(place.hub.aws)
  await sqs.send(new PurgeQueueCommand({ QueueUrl: place.hub.nameOf('InboxALA') }))
  sqs.destroy()
  const page = await opened(person, `${start}/sin-recoger`)
  await enterAs(page, 'ala-liaison')
  await page.getByRole('table', { name: 'Enviadas a su institución' }).waitFor()
  await page.getByRole('button', { name: 'Volver a enviar a nuestra bandeja' }).click()
  expect(await page.locator(':focus').textContent()).toBe('Sí, volver a enviar')
  await page.getByRole('button', { name: 'No enviar nada' }).click()
  expect(await page.locator(':focus').textContent()).toBe('Volver a enviar a nuestra bandeja')
  await page.getByRole('button', { name: 'Volver a enviar a nuestra bandeja' }).click()
  await isForEverybody(page, { es: 'Sin recoger', en: 'Not collected' })
  await page.getByRole('button', { name: 'Sí, volver a enviar' }).click()
  await page.getByText('Enviados de nuevo: 4.').waitFor()
  await isForEverybody(page, { es: 'Sin recoger', en: 'Not collected' })
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(person.heard.wrong).toEqual([])
})
