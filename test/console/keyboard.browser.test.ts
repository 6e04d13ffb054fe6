// The main tasks by keyboard alone, from entering to what was done: whoever receives, the officer, the liaison. The
// form has a file of its own.
import { beforeAll, expect, test, vi } from 'vitest'
import type { SignedProposal } from '../../client/institutions.ts'
import { lettersOf } from '../../signatures/letters.ts'
import { callerOf } from '../journeys/callers.ts'
import { newHolder } from '../journeys/key-holders.ts'
import { proposalOf } from '../journeys/key-changes.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { opened, visit } from './browser.ts'
import { choose, entered, keysOn, saidTo, takesFocus, typeDay } from './tabbing.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const person = await visit(hub.url)
const stages = await stagesOf(hub)
// The second of the invented people permits a handover.
const referral = await stages.acknowledged(2)
vi.setConfig({ testTimeout: 240_000 })

beforeAll(async () => {
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
})

test('whoever receives finds a case, opens it for a purpose, accepts it, records a step and hands it over', async () => {
  const page = await opened(person, start)
  await entered(page, 'ala-intake')
  await keysOn(page, 'Bandeja', 'Enter')
  await saidTo(page, referral.folio)
  await keysOn(page, 'folio', `=${referral.folio.toLowerCase()}`, 'Enter')
  await expect.poll(() => page.url()).toContain('?folio=')
  await saidTo(page, referral.folio)
  await keysOn(page, referral.folio, 'Enter')
  await page.getByRole('button', { name: 'Registrar y abrir' }).waitFor()
  await takesFocus(page, 'heading', `Caso ${referral.folio}`)

  // Nothing chosen: what is to be corrected has the focus, and its link leads to the place.
  await keysOn(page, 'Registrar y abrir', 'Enter')
  await saidTo(page, 'Elija para qué necesita ver estos datos')
  await keysOn(page, 'Elija para qué necesita ver estos datos', 'Enter')
  await choose(page, 'purpose', 'referencia a formación')
  await keysOn(page, 'Registrar y abrir', 'Enter')
  await page.locator('.rh-content').waitFor()
  await saidTo(page, 'Ocultar ahora')
  await keysOn(page, 'Ocultar ahora', 'Enter')
  await page.locator('.rh-content').waitFor({ state: 'detached' })
  await saidTo(page, 'Los datos ya no están en pantalla.')

  await choose(page, 'status', 'Aceptar la referencia')
  await keysOn(page, 'Registrar', 'Enter')
  await saidTo(page, 'Registrado.')
  await page.getByLabel('primer contacto').waitFor()
  await saidTo(page, 'Registrado.')
  await choose(page, 'milestone', 'primer contacto')
  await typeDay(page, 'on', '2026-11-21')
  await keysOn(page, 'Registrar avance', 'Enter')
  await saidTo(page, '21 de noviembre de 2026: primer contacto')
  await page.getByRole('button', { name: 'Derivar a OIM', disabled: false }).waitFor()
  await keysOn(page, 'Derivar a OIM', 'Enter')
  await saidTo(page, 'Se derivó.')
  await saidTo(page, /Ya se derivó a OIM, con el folio REF-\S+: Enviada\./)
  await page.close()
})

test('an officer finds an opening in the log, checks its proof and saves the sheet', async () => {
  await stages.ala.release(referral.referralId, 'training-referral')
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const page = await opened(person, start)
  await entered(page, 'igm-compliance')
  await keysOn(page, 'Bitácora', 'Enter')
  await page.locator('.rh-entries li').first().waitFor()
  await keysOn(page, 'accion', '=abrir contenido')
  await keysOn(page, 'Más filtros', 'Enter')
  await keysOn(page, 'referencia', `=${referral.folio}`)
  await keysOn(page, 'Ver entradas', 'Enter')
  await expect.poll(() => page.url()).toContain(`referencia=${referral.referralId}`)
  await saidTo(page, 'Resultado: permitido.')
  const link = await page
    .getByRole('link', { name: /^Entrada n\.º/ })
    .first()
    .textContent()
  await keysOn(page, link ?? '', 'Enter')
  await page.getByRole('button', { name: 'Comprobar' }).waitFor()
  await keysOn(page, 'Comprobar', 'Enter')
  await saidTo(page, 'Comprobado.')
  await keysOn(page, 'Detalle técnico', 'Enter')
  await expect.poll(() => page.getByText('c2sp.org/tlog-proof@v1').first().isVisible()).toBe(true)
  await page.locator('#check-button').focus()
  const saving = page.waitForEvent('download')
  await keysOn(page, 'Guardar la hoja', 'Enter')
  expect((await saving).suggestedFilename()).toMatch(/^entrada-\d+\.json$/)
  await page.close()
})

test('a liaison reads the progress, lets a key in by its letters; who signs gives a notice', async () => {
  const holder = newHolder('P-256')
  const terms = {
    roles: ['referrer' as const],
    post: 'IGM-REF-08',
    validUntil: '2027-05-01T12:00:00.000Z',
  }
  const asked = (await proposalOf(hub, holder, 'IGM', { terms })) as SignedProposal
  await (await callerOf(hub, 'igm-liaison-2')).proposeKey('IGM', asked)
  const page = await opened(person, start)
  await entered(page, 'igm-liaison')
  await keysOn(page, 'Avance', 'Enter')
  await page.getByRole('table', { name: 'Personas por etapa' }).waitFor()
  await keysOn(page, 'Respuestas', 'Enter')
  await expect.poll(() => page.url()).toContain('ver=respuestas')
  await keysOn(page, 'Llaves', 'Enter')
  const row = page.getByRole('row', { name: 'IGM-REF-08' }).getByRole('link')
  await row.waitFor()
  await keysOn(page, (await row.textContent()) ?? '', 'Enter')
  await takesFocus(page, 'heading', 'Confirmar una llave')
  await keysOn(page, 'heard', '=0000-1111-2222-3333', 'Enter')
  await takesFocus(page, 'alert')
  await keysOn(page, 'heard', 'Control+a', `=${lettersOf(holder.keyid)}`, 'Enter')
  await saidTo(page, 'Confirmada.')
  await page.getByRole('heading', { name: 'Llaves', exact: true, level: 1 }).waitFor()
  await keysOn(page, 'Cerrar con llave', 'Enter')
  await page.getByRole('heading', { name: 'Entrar', exact: true }).waitFor()

  await entered(page, 'igm-signatory')
  await keysOn(page, 'Convenio', 'Enter')
  await page.getByRole('link', { name: 'Dar un aviso' }).waitFor()
  await keysOn(page, 'Dar un aviso', 'Enter')
  await page.getByLabel('adenda').waitFor()
  await takesFocus(page, 'heading', 'Dar un aviso')
  await choose(page, 'kind', 'adenda')
  await keysOn(page, 'targetPersons', '=300', 'Enter')
  await takesFocus(page, 'heading', 'Revise antes de firmar')
  await saidTo(page, '250 → 300')
  await keysOn(page, 'Firmar y dar el aviso', 'Enter')
  await saidTo(page, 'Aviso AV-2026-0001: espera a la otra parte.')
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(person.heard.wrong).toEqual([])
})
