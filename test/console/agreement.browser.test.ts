// What two institutions agreed to, on a liaison's screen, and notices by who signs for each of them.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { callerOf } from '../journeys/callers.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const person = await visit(hub.url)
const other = await visit(hub.url)
const deal = `${start}/convenio/igm-ala-2026`

test('a liaison sees how the agreement stands, what is due by when, and who may give notice', async () => {
  const page = await opened(person, `${start}/convenio`)
  await enterAs(page, 'igm-liaison')
  await page.getByRole('heading', { name: 'Convenio de cooperación IGM – ALA' }).waitFor()
  await page.getByText('vigente', { exact: true }).waitFor()
  const deadlines = page.getByRole('table', { name: 'Plazos' })
  // Its last day is the eve of 5 February; today is Saturday, 21 November 2026.
  await expect
    .poll(() => deadlines.getByRole('row').nth(1).textContent())
    .toMatch(/fin de la vigencia4 de febrero de 2028\d+ días hábiles/)
  // Counted by hand: 23 November to 5 January is 32 weekdays, less Christmas and New Year.
  await expect
    .poll(() => deadlines.getByRole('row').nth(3).textContent())
    .toBe('conciliación, si se pide hoy (cláusula 10)5 de enero de 202730 días hábiles')
  await page.getByText('No se ha dado ningún aviso.').waitFor()
  await page.getByText('solo puede hacerlo quien firma por IGM').waitFor()
  expect(await page.getByRole('link', { name: 'Dar un aviso' }).count()).toBe(0)
  await isForEverybody(page, { es: 'Convenio', en: 'Convenio' })
  await page.goto(`${deal}/aviso`)
  await enterAs(page, 'igm-liaison')
  await page.getByText('Su llave no lo permite.').waitFor()
  await isForEverybody(page, { es: 'Dar un aviso', en: 'Give a notice' })
  await page.close()
})

test('who signs for a party asks for a change, looks at its digest and signs; the other says the same', async () => {
  const page = await opened(person, deal)
  await enterAs(page, 'igm-signatory')
  await page.getByRole('link', { name: 'Dar un aviso' }).click()
  await page.getByRole('button', { name: 'Revisar' }).click()
  await page.getByRole('link', { name: 'Elija el aviso' }).waitFor()
  await isForEverybody(page, { es: 'Dar un aviso', en: 'Give a notice' })
  await page.getByLabel('adenda').check()
  await page.getByRole('button', { name: 'Revisar' }).click()
  await page.getByRole('link', { name: 'Cambie al menos un término' }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('targetPersons')
  await page.getByLabel('Meta de personas').fill('300')
  await page.getByRole('button', { name: 'Revisar' }).click()
  await page.getByRole('heading', { name: 'Revise antes de firmar' }).waitFor()
  await page.getByText('250 → 300').waitFor()
  await isForEverybody(page, { es: 'Revise antes de firmar', en: 'Check before you sign' })
  await page.getByRole('button', { name: 'Firmar y dar el aviso' }).click()
  await page.getByText('Aviso AV-2026-0001: espera a la otra parte.').waitFor()
  const [shown] = await page.locator('.rh-id').allTextContents()
  const kept = (await (await callerOf(hub, 'igm-liaison')).getAgreement('igm-ala-2026')).body
  expect(kept.notices.map(({ digest }) => digest)).toEqual([shown])

  const ala = await opened(other, deal)
  await enterAs(ala, 'ala-signatory')
  await ala.getByText('El aviso AV-2026-0001 espera lo mismo de: ALA.').waitFor()
  await isForEverybody(ala, { es: 'Convenio', en: 'Convenio' })
  await ala.getByRole('link', { name: 'Decir lo mismo que AV-2026-0001' }).click()
  await ala.getByText('Su navegador comprobó que es la huella').waitFor()
  await expect.poll(() => ala.locator('.rh-id').textContent()).toBe(shown)
  await isForEverybody(ala, { es: 'Decir lo mismo', en: 'Say the same' })
  await ala.getByRole('button', { name: 'Firmar y dar el aviso' }).click()
  await ala.getByText('Aviso AV-2026-0002: surtió efecto.').waitFor()
  await ala.close()

  await page.getByRole('link', { name: 'Convenio de cooperación' }).click()
  const versions = page.getByRole('table', { name: 'Versiones' })
  await expect.poll(() => versions.getByRole('row').nth(2).textContent()).toContain('meta: 300')
  await page.getByRole('cell', { name: '300 personas' }).first().waitFor()
  await isForEverybody(page, { es: 'Convenio', en: 'Convenio' })
  await page.close()
})

test('an addendum may change every term that there is, and shows each as it is and as it would be', async () => {
  const page = await opened(person, `${deal}/aviso`)
  await enterAs(page, 'igm-signatory')
  await page.getByLabel('adenda').check()
  const written = [
    ['Meta de personas', '320', 'meta de personas', /^\d+ → 320$/],
    ['A quién se deriva', 'oim, zzz', 'a quién se deriva', 'OIM → OIM, ZZZ'],
    [
      'Días sin respuesta hasta la anulación',
      '45',
      'días sin respuesta hasta la anulación',
      '60 → 45',
    ],
    ['Días sin novedad hasta el aviso', '20', 'días sin novedad hasta el aviso', '30 → 20'],
    ['Días que se guarda el contenido', '1', 'días que se guarda el contenido', /^\d+ → 1$/],
    ['Días para terminar lo empezado', '0', 'días para terminar lo empezado', '90 → 0'],
    [
      'Días que se guarda tras una terminación',
      '7',
      'días que se guarda tras una terminación',
      '30 → 7',
    ],
  ] as const
  for (const [field, value] of written) await page.getByLabel(field, { exact: true }).fill(value)
  const group = (name: string) => page.getByRole('group', { name, exact: true })
  await group('Horas para responder').getByLabel('urgente').fill('48')
  await group('Horas para recoger').getByLabel('inmediata').fill('0')
  await group('Atiende a quien ya está en situación regular').getByLabel('Sí').check()
  await group('Recibe referencias durante una rescisión').getByLabel('No').check()
  const addendum = {
    name: 'adenda.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('Prueba'),
  }
  await page.getByLabel('Documento firmado de la adenda').setInputFiles(addendum)
  await isForEverybody(page, { es: 'Dar un aviso', en: 'Give a notice' })
  await page.getByRole('button', { name: 'Revisar' }).click()
  await page.getByRole('link', { name: 'Horas para recoger: escriba un número entero' }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('collectHours-stat')
  await isForEverybody(page, { es: 'Dar un aviso', en: 'Give a notice' })
  await page.locator('#collectHours-stat').fill('6')
  await page.getByRole('button', { name: 'Revisar' }).click()
  const shown = async () => {
    await page.getByRole('heading', { name: 'Revise antes de firmar' }).waitFor()
    const [names, values] = await Promise.all(
      ['dt', 'dd'].map(tag => page.locator(tag).allTextContents()),
    )
    return Object.fromEntries((names ?? []).map((name, n) => [name, values?.[n]]))
  }
  expect(await shown()).toMatchObject({
    ...Object.fromEntries(
      written.map(([, , name, change]) => [
        name,
        typeof change === 'string' ? change : expect.stringMatching(change),
      ]),
    ),
    'horas para responder': 'urgente 72 (3 días) → 48 (2 días)',
    'horas para recoger': 'inmediata 4 → 6',
    'atiende a quien ya está en situación regular': 'no → sí',
    'recibe referencias durante una rescisión': 'sí → no',
    'adenda firmada, SHA-256': createHash('sha256').update('Prueba').digest('hex'),
  })
  await isForEverybody(page, { es: 'Revise antes de firmar', en: 'Check before you sign' })
  // What it says of institutions the hub judges; one goes back to it, and all else is still there.
  await page.getByRole('button', { name: 'Firmar y dar el aviso' }).click()
  await page.getByRole('heading', { name: 'No se pudo' }).waitFor()
  await page.getByRole('button', { name: 'Volver a cambiarlo' }).click()
  await page.getByText('Hay algo que corregir').waitFor()
  expect(await page.locator('#onwardRecipients').getAttribute('aria-invalid')).toBe('true')
  expect(await page.getByLabel('Meta de personas').inputValue()).toBe('320')
  await page.getByText('Ya eligió uno (huella').waitFor()
  await page.getByLabel('A quién se deriva').fill('')
  await page.getByRole('button', { name: 'Revisar' }).click()
  expect(await shown()).toMatchObject({ 'a quién se deriva': 'OIM → ninguna' })
  await page.getByRole('button', { name: 'Firmar y dar el aviso' }).click()
  await page.getByText('espera a la otra parte.').waitFor()
  const { notices } = (await (await callerOf(hub, 'igm-liaison')).getAgreement('igm-ala-2026')).body
  expect(notices.at(-1)?.states).toMatchObject({
    kind: 'amendment',
    change: {
      targetPersons: 320,
      servesRegularStatus: true,
      onwardRecipients: [],
      policy: {
        answerHours: { routine: 336, urgent: 48, stat: 24 },
        collectHours: { routine: 120, urgent: 24, stat: 6 },
        expireDays: 45,
        stallDays: 20,
        retentionDays: 1,
        completionDays: 0,
        evidenceDays: 7,
        referralsInNotice: false,
      },
    },
  })
  await page.close()
})

test('what the hub does not take is said in words, and nothing was given', async () => {
  const page = await opened(person, `${deal}/aviso`)
  await enterAs(page, 'igm-signatory')
  await page.getByLabel('renovación').check()
  await page.getByLabel('Último día de la vigencia').fill('9999-12-31')
  await page.getByRole('button', { name: 'Revisar' }).click()
  await page.getByRole('link', { name: 'la fecha no está entre 1900 y 2100' }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('until')
  await page.getByLabel('Último día de la vigencia').fill('2028-01-31')
  await page.getByRole('button', { name: 'Revisar' }).click()
  await page.getByText('renovar hasta el 31 de enero de 2028').waitFor()
  await page.getByRole('button', { name: 'Firmar y dar el aviso' }).click()
  await page.getByRole('heading', { name: 'No se pudo' }).waitFor()
  await isForEverybody(page, { es: 'Revise antes de firmar', en: 'Check before you sign' })
  await page.getByRole('button', { name: 'Volver a cambiarlo' }).click()
  await page.getByRole('heading', { name: 'Dar un aviso' }).waitFor()
  const kept = (await (await callerOf(hub, 'igm-liaison')).getAgreement('igm-ala-2026')).body
  expect(kept.notices).toHaveLength(3)
  await page.goto(`${deal}/AV-2026-0002`)
  await enterAs(page, 'igm-signatory')
  await page.getByText('Ese aviso no espera nada de su institución.').waitFor()
  await page.close()
})

test('a notice whose digest is not that of what it says is not to be signed', async () => {
  await (
    await callerOf(hub, 'igm-signatory')
  ).giveNotice('igm-ala-2026', { kind: 'amendment', change: { targetPersons: 310 } })
  const page = await other.context.newPage()
  await page.route('**/v1/agreements/**', async route => {
    const answer = await route.fetch()
    const text = (await answer.text()).replaceAll('"targetPersons":310', '"targetPersons":999')
    await route.fulfill({ response: answer, body: text })
  })
  await page.goto(`${deal}/AV-2026-0004`)
  await enterAs(page, 'ala-signatory')
  await page.getByText('No firme: la huella del aviso AV-2026-0004').waitFor()
  expect(await page.getByRole('button', { name: 'Firmar y dar el aviso' }).count()).toBe(0)
  await isForEverybody(page, { es: 'Decir lo mismo', en: 'Say the same' })
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect([person.heard.wrong, other.heard.wrong]).toEqual([[], []])
})
