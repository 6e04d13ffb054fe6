// What somebody at IGM answers to refer an invented person, page by page.
import type { Page } from 'playwright-core'

export type Filling = { heading: string; fill: (page: Page) => Promise<void> }

const check = (name: string) => async (page: Page) => page.getByLabel(name, { exact: true }).check()
const nothing = async () => {}
const yes = async (page: Page) => page.getByLabel('Sí', { exact: true }).check()
/** Of one purpose: yes, and each kind of data that is permitted for it. */
const permits =
  (...data: readonly string[]) =>
  async (page: Page) => {
    await yes(page)
    for (const one of data) await page.getByLabel(one, { exact: true }).check()
  }
const no = async (page: Page) => page.getByLabel('No', { exact: true }).check()

/** What is chosen as the signed sheet: it stays in the browser. */
export const sheet = {
  name: 'hoja-Canarioformulario.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4 Canarioformulario Prueba, hoja firmada'),
}

/** Of a person who has to be known again: `own` is the number at IGM, `name` their given name. */
export const fillings = ({ own, name }: { own: string; name: string }): readonly Filling[] => [
  { heading: 'Número de expediente', fill: page => page.locator('#own').fill(own) },
  {
    heading: 'Qué se pide',
    // All of it, so that the person is asked about all of it.
    fill: async page => {
      for (const service of [
        'perfil vocacional',
        'apoyo psicosocial en grupo',
        'estipendio de movilidad',
        'derivación a empleo',
      ])
        await check(service)(page)
    },
  },
  { heading: 'Prioridad', fill: check('urgente') },
  {
    heading: 'Nombre de la persona',
    fill: async page => {
      await page.locator('#given').fill(name)
      await page.locator('#family').fill('Prueba')
    },
  },
  {
    heading: 'Fecha de nacimiento',
    fill: async page => {
      await page.getByLabel('Día').fill('5')
      await page.getByLabel('Mes').fill('8')
      await page.getByLabel('Año').fill('1994')
    },
  },
  { heading: 'Sexo', fill: check('femenino') },
  {
    heading: 'Nacionalidad',
    fill: async page => void (await page.locator('#nationality-1').selectOption('Honduras')),
  },
  { heading: 'Documento', fill: check('pasaporte') },
  {
    heading: 'Datos del documento',
    fill: async page => {
      await page.getByLabel('Número').fill(`FORM-${own}`)
      await page.locator('#document-1-country').selectOption('HND')
      await no(page)
    },
  },
  { heading: 'Idiomas', fill: check('criollo haitiano') },
  {
    heading: 'Contacto',
    fill: async page => {
      await yes(page)
      await page.locator('#phone').fill('+502 0000-0001')
      await page.getByLabel('por la mañana').check()
      await page.locator('#department').selectOption('Petén')
    },
  },
  {
    heading: 'Municipio',
    fill: async page => void (await page.locator('#municipality').selectOption('San Benito')),
  },
  { heading: 'Situación migratoria', fill: check('solicitante de refugio') },
  { heading: 'Trámite migratorio', fill: nothing },
  { heading: 'Interés en la formación', fill: yes },
  { heading: 'Qué quiere aprender', fill: check('panadería') },
  { heading: 'Escolaridad', fill: check('primaria') },
  { heading: 'Experiencia', fill: nothing },
  { heading: 'Horarios', fill: check('fin de semana') },
  { heading: 'Apoyos', fill: check('transporte') },
  { heading: 'Cuidados', fill: check('personal del mismo sexo') },
  { heading: 'Aviso sobre sus datos', fill: check('Español') },
  { heading: 'Lea el aviso a la persona', fill: page => page.locator('#notice-read').check() },
  {
    heading: 'Finalidad: referencia a formación',
    fill: permits(
      'identidad',
      'contacto',
      'situación migratoria',
      'perfil de formación',
      'necesidades de apoyo',
    ),
  },
  { heading: 'Finalidad: manejo de protección', fill: permits('medidas de protección') },
  { heading: 'Finalidad: apoyo psicosocial', fill: no },
  { heading: 'Finalidad: estipendio de movilidad', fill: no },
  { heading: 'Finalidad: contrarreferencia', fill: permits('perfil de formación') },
  {
    heading: 'Finalidad: derivación a OIM',
    fill: permits('identidad', 'contacto', 'perfil de formación'),
  },
  { heading: 'Finalidad: informes agregados', fill: no },
  { heading: 'Quién autoriza', fill: check('la propia persona') },
  { heading: 'Cómo autorizó', fill: check('con su firma') },
  {
    heading: 'Desde y hasta cuándo',
    fill: async page => {
      await page.locator('#granted-on').fill('2026-11-20')
      await page.locator('#valid-until').fill('2027-10-31')
    },
  },
  { heading: 'Hoja firmada', fill: page => page.locator('#evidence').setInputFiles(sheet) },
]

export const onPage = (page: Page, heading: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()

export const goOn = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Continuar' }).click()

/** Answers page after page, from the first of `pages`; stays on the one that follows the last. */
export const fillIn = async (page: Page, pages: readonly Filling[]): Promise<void> => {
  for (const { heading, fill } of pages) {
    await onPage(page, heading)
    await fill(page)
    await goOn(page)
  }
}

/** The browser asks before it leaves a page with something unsent. */
export const leaving = (page: Page): void =>
  void page.on('dialog', dialog => void dialog.accept().catch(() => {}))
