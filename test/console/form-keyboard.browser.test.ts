// The whole form by keyboard alone, from entering to the receipt: every control is reached by Tab, and focus begins at
// the heading of each page.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ownHub } from '../journeys/own-hub.ts'
import { enterAs, opened, visit } from './browser.ts'
import { onPage, sheet } from './filling.ts'
import { keysOn, tabTo } from './tabbing.ts'

const hub = await ownHub()
const referrer = await visit(hub.url)

/** Of each page, its title, and the keys for each control: `=…` is typed. */
const pages: readonly (readonly [heading: string, ...controls: (readonly string[])[]])[] = [
  ['Número de expediente', ['own', '=EXP-K']],
  [
    'Qué se pide',
    ['services', ' '],
    ['services-group-psychosocial-support', ' '],
    ['services-mobility-stipend', ' '],
    ['services-job-placement-handover', ' '],
  ],
  ['Prioridad', ['priority', ' ', 'ArrowDown']],
  ['Nombre de la persona', ['given', '=Ana'], ['family', '=Prueba']],
  ['Fecha de nacimiento', ['birth', '=5'], ['birth-month', '=8'], ['birth-year', '=1994']],
  ['Sexo', ['sex', ' ']],
  ['Nacionalidad', ['nationality-1', '=Honduras']],
  ['Documento', ['document-1-type', ' ']],
  [
    'Datos del documento',
    ['document-1-number', '=K1'],
    ['document-1-country', '=Honduras'],
    ['document-1-more', ' ', 'ArrowDown'],
  ],
  ['Idiomas', ['languages', ' ']],
  ['Contacto', ['safe', ' '], ['phone', '=+50200000001'], ['department', '=Jutiapa']],
  ['Municipio', ['municipality', '=Quesada']],
  ['Situación migratoria', ['status', ' ']],
  ['Trámite migratorio'],
  ['Interés en la formación', ['interest', ' ']],
  ['Qué quiere aprender'],
  ['Escolaridad'],
  ['Experiencia'],
  ['Horarios'],
  ['Apoyos'],
  ['Cuidados'],
  ['Aviso sobre sus datos', ['notice-language', ' ']],
  ['Lea el aviso a la persona', ['notice-read', ' ']],
  [
    'Finalidad: referencia a formación',
    ['granted-training-referral', ' '],
    ['categories-training-referral', ' '],
    ['categories-training-referral-migrationStatus', ' '],
  ],
  [
    'Finalidad: apoyo psicosocial',
    ['granted-psychosocial-support', ' '],
    ['categories-psychosocial-support', ' '],
  ],
  [
    'Finalidad: estipendio de movilidad',
    ['granted-mobility-stipend', ' '],
    ['categories-mobility-stipend', ' '],
  ],
  ['Finalidad: contrarreferencia', ['granted-status-feedback', ' ', 'ArrowDown']],
  [
    'Finalidad: derivación a OIM',
    ['granted-job-placement-handover', ' '],
    ['categories-job-placement-handover', ' '],
  ],
  [
    'Finalidad: informes agregados',
    ['granted-aggregate-reporting', ' '],
    ['categories-aggregate-reporting', ' '],
  ],
  ['Quién autoriza', ['grantor', ' ']],
  ['Cómo autorizó', ['method', ' ']],
  // The same day whichever of day and month comes first here.
  ['Desde y hasta cuándo', ['granted-on', '=11112026'], ['valid-until', '=10102027']],
]

const goOn = async (page: Page) => {
  await tabTo(page, 'Continuar')
  await page.keyboard.press('Enter')
}

test('by keyboard alone from the first question to the receipt', async () => {
  const page = await opened(referrer, `${hub.url}/console/referir`)
  await enterAs(page, 'igm-refers')
  await page.getByRole('button', { name: 'Empezar' }).focus()
  await page.keyboard.press('Enter')
  for (const [heading, ...controls] of pages) {
    await onPage(page, heading)
    await expect.poll(() => page.locator(':focus').textContent()).toBe(heading)
    for (const [id = '', ...keys] of controls) await keysOn(page, id, ...keys)
    await goOn(page)
  }
  await onPage(page, 'Hoja firmada')
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Hoja firmada')
  await tabTo(page, 'evidence')
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press(' ')])
  await chooser.setFiles(sheet)
  await goOn(page)
  await onPage(page, 'Revise antes de enviar')
  await tabTo(page, 'Enviar la referencia')
  await page.keyboard.press('Enter')
  await onPage(page, 'Comprobante de la referencia')
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Comprobante de la referencia')
  await page.getByRole('rowheader', { name: 'informes agregados' }).waitFor()
  // What was answered with the arrow is a no.
  await expect
    .poll(() => page.getByRole('rowheader').allTextContents())
    .toEqual([
      'referencia a formación',
      'apoyo psicosocial',
      'estipendio de movilidad',
      'derivación a OIM',
      'informes agregados',
    ])
  // Asked for before it is there, and told to come: the browser tells of no error anywhere on the way.
  await page.getByText('se anota en menos de un minuto').waitFor()
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  await page.getByText('con el n.º').waitFor()
  expect(referrer.heard.errors).toEqual([])
}, 300_000)

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(referrer.heard.wrong).toEqual([])
})
