// A line that is slow, and one that is gone, on the officer's and the liaison's pages: both are said in words, what was
// typed is still there afterwards, and what has an effect is done once.
import type { Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import type { SignedProposal } from '../../client/institutions.ts'
import { lettersOf } from '../../signatures/letters.ts'
import { callerOf } from '../journeys/callers.ts'
import { newHolder } from '../journeys/key-holders.ts'
import { proposalOf } from '../journeys/key-changes.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { type Visit, enterAs, opened, visit } from './browser.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const [officer, liaison] = [await visit(hub.url), await visit(hub.url)]
const stages = await stagesOf(hub)
const referral = await stages.pulled(1)
vi.setConfig({ testTimeout: 300_000 })
let index = 0

beforeAll(async () => {
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const compliance = await callerOf(hub, 'igm-compliance')
  const { items } = (await compliance.accessLog({ action: 'referral.submit' })).body
  index = items[0]?.index as number
})

/** Another page of the console, without loading it again: that would lock. */
const goTo = (page: Page, path: string): Promise<void> =>
  page.evaluate(address => {
    history.pushState(null, '', address)
    dispatchEvent(new PopStateEvent('popstate'))
  }, `/console/${path}`)

const entered = async (who: Visit, name: string): Promise<Page> => {
  const page = await opened(who, start)
  await enterAs(page, name)
  // The file of the role's pages, before the line goes.
  await page.waitForLoadState('networkidle')
  return page
}

const isSaid = (page: Page, words: string) => page.getByText(words).first().waitFor()

/** Does something whose answer does not come before the page has said that the line is slow. */
const slowly = async (page: Page, act: () => Promise<void>): Promise<void> => {
  const said = Promise.withResolvers<void>()
  await page.route('**/v1/**', async route => {
    await said.promise
    await route.continue()
  })
  await act()
  await isSaid(page, 'La conexión está lenta.')
  said.resolve()
  await page.unrouteAll({ behavior: 'wait' })
}

/** Each page: what is told while one waits, and that it goes once the page is there. */
const comeSlowly = async (page: Page, pages: readonly (readonly [string, string])[]) => {
  for (const [path, there] of pages) {
    await slowly(page, async () => {
      await goTo(page, path)
      await isSaid(page, 'Cargando…')
    })
    await page.getByText(there).first().waitFor({ timeout: 60_000 })
    await expect.poll(() => page.getByText('La conexión está lenta.').count()).toBe(0)
  }
}

/** Each page: that it did not come is said, with the title too, and it comes when it is asked for again. */
const comeOnceThereIsALine = async (page: Page, pages: readonly (readonly [string, string])[]) => {
  for (const [path, there] of pages) {
    await page.context().setOffline(true)
    await goTo(page, path)
    await isSaid(page, 'Sin conexión.')
    await isSaid(page, 'No hubo respuesta.')
    await expect.poll(() => page.title()).toMatch(/^Error: /)
    await page.context().setOffline(false)
    for (const again of await page.getByRole('button', { name: 'Intentar de nuevo' }).all())
      await again.click()
    await page.getByText(there).first().waitFor()
    await expect.poll(() => page.title()).not.toMatch(/^Error: /)
  }
}

const officerPages = () =>
  [
    ['bitacora', 'Entrada n.º'],
    [`bitacora/${index}`, 'La bitácora no guarda nombres'],
    [`historia/${referral.referralId}`, `Historia de ${referral.folio}`],
    [`consentimientos/${referral.consentId}`, 'todavía no hay constancia'],
    ['mes', 'Aperturas por día'],
  ] as const

test('the officer’s pages say in words that the line is slow, and so do what they do', async () => {
  const page = await entered(officer, 'igm-compliance')
  await comeSlowly(page, officerPages())
  await goTo(page, 'exportar')
  const saving = page.waitForEvent('download')
  await slowly(page, () => page.getByRole('button', { name: 'Guardar la hoja (CSV)' }).click())
  expect((await saving).suggestedFilename()).toBe('bitacora.csv')
  await isSaid(page, 'Guardado: bitacora.csv.')
  expect(await page.getByText('La conexión está lenta.').count()).toBe(0)
  await page.close()
})

test('without a line the officer loses nothing: an entry that is there is checked, a filter stays as it was typed', async () => {
  const page = await entered(officer, 'igm-compliance')
  await comeOnceThereIsALine(page, officerPages())
  await goTo(page, `bitacora/${index}`)
  await page.getByRole('button', { name: 'Comprobar' }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Comprobar' }).click()
  await isSaid(page, 'Comprobado.')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Guardar la hoja' }).click()
  await saving
  await page.context().setOffline(false)

  await goTo(page, 'bitacora')
  await isSaid(page, 'Entrada n.º')
  await page.context().setOffline(true)
  await page.getByText('Más filtros').click()
  await page.getByLabel('Referencia').fill(referral.folio)
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await isSaid(page, 'No hubo respuesta.')
  expect(await page.getByLabel('Referencia').inputValue()).toBe(referral.folio)
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await expect.poll(() => page.url()).toContain(`referencia=${referral.referralId}`)
  await isSaid(page, 'pidió: enviar referencia')

  await goTo(page, 'exportar')
  await page.context().setOffline(true)
  for (const name of ['Guardar la hoja (CSV)', 'Guardar la bitácora (ZIP)']) {
    await page.getByRole('button', { name }).click()
    await expect.poll(() => page.getByText('No hubo respuesta.').count()).toBeGreaterThan(0)
  }
  expect(await page.getByText(/^(Leída|Leído|Guardado)/).count()).toBe(0)
  await page.context().setOffline(false)
  for (const name of ['Guardar la hoja (CSV)', 'Guardar la bitácora (ZIP)']) {
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name }).click()
    await saved
  }
  await expect.poll(() => page.getByText(/^Guardado: /).count()).toBe(2)
  await page.close()
})

const liaisonPages = [
  ['convenio', 'Plazos'],
  ['avance', 'Personas por etapa'],
  ['sin-recoger', 'Enviadas por su institución'],
  ['llaves', 'oficial de cumplimiento'],
] as const

test('the liaison’s pages say in words that the line is slow; a notice is signed over it', async () => {
  const page = await entered(liaison, 'igm-liaison')
  await comeSlowly(page, liaisonPages)
  await page.close()
  const signs = await entered(liaison, 'igm-signatory')
  await comeSlowly(signs, [['convenio/igm-ala-2026/aviso', 'adenda']])
  await signs.getByLabel('adenda').check()
  await signs.getByLabel('Meta de personas').fill('300')
  await signs.getByRole('button', { name: 'Revisar' }).click()
  await slowly(signs, async () => {
    await signs.getByRole('button', { name: 'Firmar y dar el aviso' }).click()
    await isSaid(signs, 'Un momento…')
  })
  await isSaid(signs, 'Aviso AV-2026-0001: espera a la otra parte.')
  expect(await signs.getByText('La conexión está lenta.').count()).toBe(0)
  await signs.close()
})

test('without a line the liaison loses nothing, and what has an effect is done once, when there is one', async () => {
  const page = await entered(liaison, 'igm-liaison')
  await comeOnceThereIsALine(page, liaisonPages)
  // What was pasted is read here, and goes once there is a line.
  const holder = newHolder('P-256')
  const asked = (await proposalOf(hub, holder, 'IGM')) as SignedProposal
  await goTo(page, 'llaves/proponer')
  await page.getByLabel('Solicitud').fill(JSON.stringify(asked))
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Revisar' }).click()
  await page.getByRole('button', { name: 'Proponer', exact: true }).click()
  await isSaid(page, 'No la repita: al volver la conexión')
  await page.context().setOffline(false)
  await isSaid(page, 'Propuesta. Todavía no sirve')
  await page.close()

  const second = await entered(liaison, 'igm-liaison-2')
  await goTo(second, `llaves/${holder.keyid}`)
  await second.getByLabel('Las 16 letras que oye').fill(lettersOf(holder.keyid))
  await second.context().setOffline(true)
  await second.getByRole('button', { name: 'Confirmar la llave' }).click()
  await isSaid(second, 'No la repita: al volver la conexión')
  expect(await second.getByLabel('Las 16 letras que oye').inputValue()).not.toBe('')
  await second.context().setOffline(false)
  await isSaid(second, 'Confirmada.')
  await second.close()

  const signs = await entered(liaison, 'ala-signatory')
  await goTo(signs, 'convenio/igm-ala-2026/AV-2026-0001')
  await isSaid(signs, 'Su navegador comprobó que es la huella')
  await signs.context().setOffline(true)
  await signs.getByRole('button', { name: 'Firmar y dar el aviso' }).click()
  await isSaid(signs, 'No la repita: al volver la conexión')
  await signs.context().setOffline(false)
  await isSaid(signs, 'Aviso AV-2026-0002: surtió efecto.')
  const { body } = await (await callerOf(hub, 'igm-liaison')).getAgreement('igm-ala-2026')
  expect(body.notices).toHaveLength(2)
  await signs.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect([officer.heard.wrong, liaison.heard.wrong]).toEqual([[], []])
})
