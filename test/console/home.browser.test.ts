// What one sees first: whether the hub works, what waits for this person by their role with a way to it, how far the
// log is signed; what is said where the hub is ill, refuses or does not answer; and that few calls are made for it.
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { SignedProposal } from '../../client/institutions.ts'
import { callerOf } from '../journeys/callers.ts'
import { cosignedBy, secondsNow } from '../journeys/cosigning.ts'
import { accepted, checkpointOf, offer } from '../journeys/offering.ts'
import { hubOnDays, runDueWork } from '../journeys/hub-on-days.ts'
import { enrolledHolder, newHolder } from '../journeys/key-holders.ts'
import { proposalOf } from '../journeys/key-changes.ts'
import { stagesOf } from '../journeys/stages.ts'
import { unlimited } from '../unlimited.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const [noon, hour] = [Date.parse('2026-11-21T12:00:00.000Z'), 3_600_000]
const startAt = hubOnDays({ rate: unlimited })
// The first is collected and late, the second nobody has collected, the third is new.
const early = await stagesOf(await startAt(noon))
await early.acknowledged(1, { priority: 'urgent' })
await early.submitted(2, { priority: 'routine' })
const place = await startAt(noon + 121 * hour)
const late = await stagesOf(place)
await late.submitted(3)
await runDueWork(place)
const person = await visit(place.url)
const start = `${place.url}/console`
const home = { es: 'Inicio', en: 'Home' }

beforeAll(async () => {
  await enrolledHolder(place, 'IGM', ['referrer'], { validUntil: '2026-12-05T12:00:00.000Z' })
  const terms = { roles: ['referrer' as const], validUntil: '2027-11-21T12:00:00.000Z' }
  const proposal = await proposalOf(place, newHolder(), 'IGM', { terms })
  await (await callerOf(place, 'igm-liaison')).proposeKey('IGM', proposal as SignedProposal)
})

/** Enters, and what was asked of the API meanwhile, until `words` are there. */
const entered = async (name: string, words: string): Promise<{ page: Page; asked: string[] }> => {
  const page = await opened(person, start)
  const asked: string[] = []
  page.on('request', request => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/v1/')) asked.push(pathname)
  })
  await enterAs(page, name)
  await page.getByText(words).waitFor()
  return { page, asked }
}

const works = 'El intercambio funciona.'

test('whoever receives sees what waits, what is late, and gets there; nobody is asked again meanwhile', async () => {
  const { page, asked } = await entered('ala-intake', works)
  await isForEverybody(page, home)
  expect(asked.toSorted()).toEqual(['/v1/health', '/v1/me', '/v1/referrals'])
  await page.getByText('Fuera de plazo: 1', { exact: true }).waitFor()
  expect(await page.getByText('bitácora').count()).toBe(0)
  await page
    .getByRole('link', { name: 'Referencias que esperan respuesta de su institución: 3' })
    .click()
  await page.getByRole('heading', { name: 'Bandeja' }).waitFor()
  await page.close()
})

test('whoever refers sees what nobody has answered, and gets there', async () => {
  const { page } = await entered('igm-refers', works)
  await page.getByText('Fuera de plazo: 1', { exact: true }).waitFor()
  await page.getByText('«Fuera de plazo» son parte de las de arriba').waitFor()
  await page.getByText('En los últimos 7 días no llegó ninguna novedad.').waitFor()
  await page.getByRole('link', { name: 'Referencias enviadas que nadie ha respondido: 3' }).click()
  await page.getByRole('heading', { name: 'Enviadas' }).waitFor()
  await page.close()
})

test('where there are more than a list has at once, figures say what they are of', async () => {
  const page = await opened(person, start)
  await page.route('**/v1/referrals?*', async route => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), next: 'bmV4dA' } })
  })
  await enterAs(page, 'ala-intake')
  await page.getByRole('link', { name: 'su institución: 3 o más' }).waitFor()
  await page.getByText('Fuera de plazo: 1 de las 3 revisadas', { exact: true }).waitFor()
  await page.close()
})

test('a notice that waits for an institution is told to its liaison, and to who may answer it', async () => {
  const signatory = await callerOf(place, 'igm-signatory')
  await signatory.giveNotice('igm-ala-2026', { kind: 'amendment', change: { targetPersons: 300 } })
  const { page: liaison } = await entered('ala-liaison', works)
  await liaison.getByText('Referencias que su institución no ha recogido: 1').waitFor()
  const awaits = { name: 'El aviso AV-2026-0001 espera lo mismo de ALA' }
  await liaison.getByRole('link', awaits).click()
  await liaison.getByRole('heading', { name: 'Convenio de cooperación' }).waitFor()
  await liaison.close()
  const { page, asked } = await entered('ala-signatory', works)
  expect(asked.toSorted()).toEqual(['/v1/agreements', '/v1/health', '/v1/me'])
  await page.getByRole('link', awaits).click()
  await page.getByRole('heading', { name: 'Decir lo mismo' }).waitFor()
  await page.close()
  // Who has said it waits for the others, and has nothing to do.
  const { page: done } = await entered('igm-signatory', works)
  await done.getByText('No hay nada pendiente.').waitFor()
  await done.close()
})

test('a liaison sees what was not collected, keys, the end of an agreement, and how far the log is signed', async () => {
  await place.hub.invoke('referral-hub-SequenceAccessLog', {})
  const { page: before } = await entered('igm-liaison', works)
  await before.getByText('Ninguna institución la ha cofirmado todavía.').waitFor()
  await before.close()

  const note = await checkpointOf(place)
  const { size } = accepted(
    await offer(place, 'igm-liaison', cosignedBy(place, 'igm-liaison', note, secondsNow(place))),
  )
  await (
    await callerOf(place, 'igm-signatory')
  ).giveNotice('igm-ala-2026', { kind: 'rescission', receivedOn: '2026-11-20' })
  await place.hub.invoke('referral-hub-SequenceAccessLog', {})

  const { page, asked } = await entered('igm-liaison', works)
  expect(asked.toSorted()).toEqual([
    '/v1/access-log/cosignatures',
    '/v1/agreements',
    '/v1/health',
    '/v1/institutions/IGM/keys',
    '/v1/me',
    '/v1/referrals',
    '/v1/referrals',
  ])
  const links = await page.locator('main li').allTextContents()
  const title = 'Convenio de cooperación IGM – ALA'
  for (const one of [
    'Referencias enviadas que nadie ha recogido: 1',
    'Llaves que esperan confirmación: 1',
    'Llaves que vencen en 30 días o menos: 1',
    `${title}: vigente, con rescisión en curso`,
    `${title}: fin de la vigencia, 19 de febrero de 2027`,
  ])
    expect(links).toContain(one)
  await page.getByText('Cómo se cofirma').click()
  await page.getByText('Lo hace una persona enlace en su equipo').waitFor()
  await page.getByText('hub log cosign', { exact: true }).waitFor()
  await page.getByText(new RegExp(`^IGM cofirmó las primeras ${size} el 26 nov 2026, `)).waitFor()
  const told = (await page.getByText('Entradas en la bitácora firmada: ').textContent()) ?? ''
  expect(Number(/: (\d+)\.$/.exec(told)?.[1])).toBeGreaterThan(size)
  await isForEverybody(page, home)
  await page.getByRole('link', { name: 'Llaves que esperan confirmación: 1' }).click()
  await page.getByRole('heading', { name: 'Llaves de IGM' }).waitFor()
  await page.close()
})

test('who has nothing to do is told so; an officer sees how far the log is signed', async () => {
  const { page, asked } = await entered('igm-compliance', works)
  await page.getByText('No hay nada pendiente.').waitFor()
  await page.getByText('Entradas en la bitácora firmada: ').waitFor()
  expect(asked.toSorted()).toEqual(['/v1/access-log/cosignatures', '/v1/health', '/v1/me'])
  await isForEverybody(page, home)
  await page.close()
})

test('a hub that says it is ill is said to be, with the number of the request', async () => {
  const page = await opened(person, start)
  const body = {
    type: 'about:blank',
    title: 'x',
    status: 503,
    code: 'unavailable',
    instance: 'r-1',
  }
  await page.route('**/v1/health', route =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', json: body }),
  )
  await enterAs(page, 'ala-intake')
  await page.getByText('El intercambio tiene una falla ahora.').waitFor()
  await page.getByText('Número de la petición: r-1').waitFor()
  expect(await page.getByText(works).count()).toBe(0)
  await page.getByText('Fuera de plazo: 1', { exact: true }).waitFor()
  await isForEverybody(page, home)
  await page.close()
})

test('no line, a slow one, and a refusal are said, and what is there comes when it is asked for again', async () => {
  const page = await opened(person, start)
  const [me] = await Promise.all([
    page.waitForResponse('**/v1/me'),
    enterAs(page, 'igm-refers'),
    page.getByText(works).waitFor(),
  ])
  const { keyid } = (await me.json()) as { keyid: string }
  await page.getByRole('link', { name: 'Mi llave' }).click()
  await page.getByRole('heading', { name: 'Mi llave' }).waitFor()
  await person.context.setOffline(true)
  await page.getByRole('link', { name: 'Inicio' }).click()
  await page.getByText('No hubo respuesta.').waitFor()
  await isForEverybody(page, home)
  await person.context.setOffline(false)
  await page.route('**/v1/**', async route => {
    await new Promise(resolve => setTimeout(resolve, 3000))
    await route.continue()
  })
  await page.getByRole('button', { name: 'Intentar de nuevo' }).click()
  await page.getByText(works).waitFor()
  await page.getByRole('link', { name: 'Mi llave' }).click()
  await page.getByRole('heading', { name: 'Mi llave' }).waitFor()
  await page.getByRole('link', { name: 'Inicio' }).click()
  await page.getByText('La conexión está lenta.').waitFor()
  await page.getByText(works).waitFor()
  await page.unroute('**/v1/**')

  const liaison = await callerOf(place, 'igm-liaison')
  await liaison.revokeKey('IGM', keyid, { reason: 'superseded' })
  await page.getByRole('link', { name: 'Mi llave' }).click()
  await page.getByRole('heading', { name: 'Mi llave' }).waitFor()
  await page.getByRole('link', { name: 'Inicio' }).click()
  await page.getByText('Número de la petición: ').waitFor()
  expect(await page.getByText(works).count()).toBe(0)
  await isForEverybody(page, home)
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(person.heard.wrong).toEqual([])
})
