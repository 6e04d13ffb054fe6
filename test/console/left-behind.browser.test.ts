// After an officer's and a liaison's session nothing of a person, of what was typed by mistake, or of a key is in a
// file of the browser; nor was it in an address or a title.
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { submissionOf } from '../journeys/submissions.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { enterAs, opened, visit } from './browser.ts'
import { leftBy, needlesOf } from './left.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const [officer, liaison] = [await visit(hub.url), await visit(hub.url)]
const stages = await stagesOf(hub)
const { payload } = submissionOf(1)
const identity = { ...payload.identity, alias: 'Canariocontenido' }
const referral = await stages.pulled(1, { payload: { ...payload, identity } })
const keys: { d: string }[] = []
const told: string[] = []

beforeAll(async () => {
  await stages.ala.getReferral(referral.referralId)
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
})

/** Entered, while what comes of keys, and every address, is kept here. */
const entered = async (who: typeof officer, name: string, path: string): Promise<Page> => {
  const page = await opened(who, `${start}/${path}`)
  page.on('request', request => told.push(request.url()))
  page.on('framenavigated', frame => told.push(frame.url()))
  const [answer] = await Promise.all([
    page.waitForResponse(`**/console/local-keys/${name}`),
    enterAs(page, name),
  ])
  keys.push(((await answer.json()) as { jwk: { d: string } }).jwk)
  return page
}

test('an officer looks at everything there is of a referral, and types a name where none belongs', async () => {
  const page = await entered(officer, 'igm-compliance', 'bitacora')
  await page.locator('.rh-entries li').first().waitFor()
  await page.getByText('Más filtros').click()
  await page.getByLabel('Referencia').fill('Canariotecleado')
  await page.getByLabel('Consentimiento').fill('Canariotecleado')
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await page.getByRole('alert').waitFor()
  told.push(await page.title())
  await page.getByLabel('Referencia').fill(referral.folio)
  await page.getByLabel('Consentimiento').fill('')
  await page.getByRole('button', { name: 'Ver entradas' }).click()
  await expect.poll(() => page.url()).toContain('referencia=')
  await page
    .getByRole('link', { name: /^Entrada n/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Comprobar' }).click()
  await page.getByText('Comprobado.').waitFor()
  told.push(await page.title())
  await page.getByRole('link', { name: 'Historia de la referencia' }).click()
  await page.getByRole('heading', { name: `Historia de ${referral.folio}` }).waitFor()
  told.push(await page.title())
  await page.getByRole('link', { name: 'El consentimiento' }).click()
  await page.getByText('todavía no hay constancia').waitFor()
  await page.getByRole('link', { name: 'Exportar' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Guardar la hoja (CSV)' }).click()
  await saving
  told.push(await page.title())
  await page.close()
})

test('a liaison looks at progress, what was not collected and keys, and pastes a name where none belongs', async () => {
  const page = await entered(liaison, 'igm-liaison', 'avance')
  await page.getByRole('table', { name: 'Personas por etapa' }).waitFor()
  await page.getByRole('link', { name: 'Sin recoger' }).click()
  await page.getByText('Ninguna').first().waitFor()
  await page.getByRole('link', { name: 'Convenio' }).click()
  await page.getByRole('table', { name: 'Plazos' }).waitFor()
  await page.getByRole('link', { name: 'Llaves' }).click()
  await page.getByRole('link', { name: 'Proponer una llave' }).click()
  await page.getByLabel('Solicitud').fill('Canariotecleado Prueba')
  await page.getByRole('button', { name: 'Revisar' }).click()
  await page.getByRole('alert').waitFor()
  told.push(await page.title())
  await page.close()
})

test('none of it is in an address or a title, nor in a file of the browser', async () => {
  expect(told.length).toBeGreaterThan(20)
  expect(told.filter(one => /Canario|Prueba/i.test(one))).toEqual([])
  expect(keys).toHaveLength(2)
  const secrets = keys.flatMap(({ d }) => [
    ['a key', Buffer.from(d)] as const,
    ['a key’s bytes', Buffer.from(d, 'base64url')] as const,
  ])
  const texts = {
    'the name': 'Canariocontenido',
    'what was typed': 'Canariotecleado',
    'the document': 'PRUEBA-000001',
  }
  expect(await leftBy([officer, liaison], [...needlesOf(texts), ...secrets])).toEqual([])
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect([officer.heard.wrong, liaison.heard.wrong]).toEqual([[], []])
})
