// The five main tasks as a screen reader is told of them: names, roles, the order of headings, and what is announced
// without being looked for. What a person with a reader makes of it, no program can say.
import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { callerOf } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { enterAs, opened, visit } from './browser.ts'
import { lettersOn } from './entering.ts'
import { fillings, goOn, leaving, onPage } from './filling.ts'
import { heardOn, listening, spokenOf } from './tree.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const person = await visit(hub.url)
await listening(person.context)
vi.setConfig({ testTimeout: 300_000 })

/** A page makes sense to who hears it: nothing without a name, one heading of the first level, this one. */
const makesSense = async (page: Page, heading: string) => {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  const spoken = await spokenOf(page)
  expect([heading, spoken.faults]).toEqual([heading, []])
  expect(spoken.headings.find(one => one.startsWith('h1 '))).toContain(heading)
  return spoken
}

/** Until it was told: by a region that was there, by an alert, or by the focus. */
const told = async (page: Page, text: RegExp | string) => {
  const all: string[] = []
  await expect
    .poll(
      async () => {
        all.push(...(await heardOn(page)))
        return all.join('\n')
      },
      { timeout: 15_000 },
    )
    .toMatch(text)
  return all
}

test('requesting access: landmarks, what is wrong, the phrase and the letters', async () => {
  const page = await opened(person, `${start}/solicitar`)
  const { landmarks } = await makesSense(page, 'Solicitar acceso')
  expect(landmarks.map(one => one.split(' ')[0])).toEqual(['banner', 'main'])
  await heardOn(page)
  await page.getByRole('button', { name: 'Crear mi llave' }).click()
  await told(page, /^alert: Hay algo que corregir .*institución/m)
  await makesSense(page, 'Solicitar acceso')
  await page.getByLabel('Siglas').fill('IGM')
  await page.getByLabel('Recibo y atiendo').check()
  await page.getByRole('button', { name: 'Crear mi llave' }).click()
  await told(page, /^focus: Su frase$/m)
  await makesSense(page, 'Su frase')
  const phrase = (await page.locator('.rh-phrase').textContent()) ?? ''
  await page.getByLabel('Escriba aquí las cinco palabras').fill(phrase)
  await page.getByRole('button', { name: 'Ya la guardé' }).click()
  await told(page, /^focus: Mi llave$/m)
  await makesSense(page, 'Mi llave')
  expect(await lettersOn(page)).not.toBe('')
  await page.close()
  await person.context.clearCookies()
})

test('receiving: what waits, what came, opening, and the answer', async () => {
  const igm = await callerOf(hub, 'igm-system')
  const { folio } = (await igm.submitReferral(submissionOf(1))).body
  const page = await opened(person, `${start}/bandeja`)
  await page.getByRole('button', { name: 'Entrar como ala-intake', exact: true }).click()
  const inbox = await makesSense(page, 'Bandeja')
  expect(inbox.landmarks).toContain('navigation Menú')
  await heardOn(page)
  await page.getByRole('button', { name: 'Confirmar lo que llegó' }).click()
  await told(page, /Confirmado\./)
  await makesSense(page, 'Bandeja')
  await page.getByRole('link', { name: folio }).click()
  await told(page, new RegExp(`^focus: .*${folio.slice(0, 13)}`, 'm'))
  await page.getByRole('button', { name: 'Registrar y abrir' }).waitFor()
  const sealed = await makesSense(page, folio)
  expect(sealed.controls).toContain('button Registrar y abrir')
  await page.getByLabel('referencia a formación').check()
  await page.getByRole('button', { name: 'Registrar y abrir' }).click()
  await told(page, /Estos son los datos que la persona autorizó/)
  await makesSense(page, folio)
  await page.getByLabel('Aceptar la referencia', { exact: true }).check()
  await page.getByRole('button', { name: 'Registrar', exact: true }).click()
  await told(page, /Registrado\./)
  await makesSense(page, folio)
  await page.close()
})

test('the officer: the log, an entry and its check, the month', async () => {
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const page = await opened(person, `${start}/bitacora`)
  await enterAs(page, 'igm-compliance')
  await page.locator('.rh-entries > li').first().waitFor()
  const log = await makesSense(page, 'Bitácora')
  expect(log.headings).toContain('h2 Entradas')
  await page.getByLabel('Acción').selectOption('abrir contenido')
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await told(page, /^focus: Entradas$/m)
  await page
    .getByRole('link', { name: /^Entrada n\.º/ })
    .first()
    .click()
  await told(page, /^focus: Entrada n\.º/m)
  await makesSense(page, 'Entrada n.º')
  await page.getByRole('button', { name: 'Comprobar', exact: true }).click()
  await told(page, /Comprobado\. La entrada n\.º \d+ está en la bitácora firmada/)
  await makesSense(page, 'Entrada n.º')
  await page.getByRole('link', { name: 'El mes' }).click()
  await page.getByRole('table').first().waitFor()
  const month = await makesSense(page, 'El mes')
  expect(month.controls.some(one => /^link \d+ Aperturas, /.test(one))).toBe(true)
  await page.getByRole('link', { name: 'Comprobar', exact: true }).click()
  await makesSense(page, 'Comprobar')
  await page.getByRole('button', { name: 'Comprobar la bitácora' }).click()
  await told(page, /^alert: Hay algo que corregir/m)
  await makesSense(page, 'Comprobar')
  await page.getByRole('link', { name: 'Exportar', exact: true }).click()
  await makesSense(page, 'Exportar')
  await page.close()
})

test('referring: every page of the form, an error, the review and the receipt', async () => {
  const page = await opened(person, `${start}/referir`)
  leaving(page)
  await enterAs(page, 'igm-refers')
  await makesSense(page, 'Nueva referencia')
  await page.getByRole('button', { name: 'Empezar' }).click()
  await onPage(page, 'Número de expediente')
  await heardOn(page)
  await goOn(page)
  await told(page, /^alert: Hay algo que corregir Escriba el número de expediente/m)
  const wrong = await makesSense(page, 'Número de expediente')
  expect(wrong.controls.find(one => one.startsWith('textbox'))).toContain('Error: ')
  for (const { heading, fill } of fillings({ own: 'EXP-8', name: 'Ana' })) {
    await onPage(page, heading)
    await makesSense(page, heading)
    await fill(page)
    await heardOn(page)
    await goOn(page)
    await told(page, /^focus: /m)
  }
  await makesSense(page, 'Revise antes de enviar')
  await page.getByRole('button', { name: 'Enviar la referencia' }).click()
  await told(page, /^focus: Comprobante de la referencia$/m)
  await page.getByRole('button', { name: 'Imprimir' }).waitFor()
  const receipt = await makesSense(page, 'Comprobante de la referencia')
  expect(receipt.controls).toContain('button Imprimir el comprobante')
  await page.close()
})

test('the liaison: keys, the agreement, progress; and a notice by who signs', async () => {
  const page = await opened(person, `${start}/llaves`)
  await enterAs(page, 'igm-liaison')
  await page.getByRole('table').first().waitFor()
  await makesSense(page, 'Llaves de IGM')
  await page.getByRole('row', { name: 'oficial de cumplimiento' }).getByRole('link').click()
  await page.getByLabel('fuera de uso').check()
  await heardOn(page)
  await page.getByRole('button', { name: 'Revocar esta llave' }).click()
  await told(page, /Revocada\./)
  await makesSense(page, 'Llave')
  for (const name of ['Convenio', 'Avance', 'Sin recoger']) {
    await page.getByRole('navigation').getByRole('link', { name }).click()
    await page.locator('main table, main h1 ~ p').first().waitFor()
    await makesSense(page, name)
  }
  await page.goto(`${start}/convenio/igm-ala-2026/aviso`)
  await enterAs(page, 'igm-signatory')
  await page.getByLabel('adenda').check()
  const asked = await makesSense(page, 'Dar un aviso')
  expect(asked.controls).toContain('textbox Meta de personas (Ahora: 250.)')
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(person.heard.wrong).toEqual([])
})
