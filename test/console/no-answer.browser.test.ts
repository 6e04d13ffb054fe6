// A hub that starts: what stands before it answers in its place. What may be repeated goes on until the hub itself has
// answered, and is done once; an opening never is, and says what nobody knows; and no page is left without its name.
import type { Page, Route } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { callerOf } from '../journeys/callers.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const person = await visit(hub.url)
const { acknowledged } = await stagesOf(hub)
const referral = await acknowledged(1)
vi.setConfig({ testTimeout: 120_000 })

const nobody = '019a0000-0000-7000-8000-000000000000'
const unavailable = { status: 503, code: 'unavailable', title: 'El intercambio no está disponible' }

const gateway = (status: number) => (route: Route) =>
  route.fulfill({ status, json: { message: 'Service Unavailable' } })
const problem = (body: typeof unavailable) => (route: Route) =>
  route.fulfill({ status: body.status, contentType: 'application/problem+json', json: body })
/** The hub does it, and nobody hears of that. */
const lost = async (route: Route) => {
  await route.fetch()
  await route.fulfill({ status: 504, json: { message: 'Gateway Timeout' } })
}

const goTo = (page: Page, path: string): Promise<void> =>
  page.evaluate(address => {
    history.pushState(null, '', address)
    dispatchEvent(new PopStateEvent('popstate'))
  }, `/console/${path}`)

const entered = async (name: string, path = ''): Promise<Page> => {
  const page = await opened(person, `${start}${path === '' ? '' : `/${path}`}`)
  await enterAs(page, name)
  await page.waitForLoadState('networkidle')
  return page
}

test('an answer goes on until the hub has taken it, as was promised, and is given once', async () => {
  const page = await entered('ala-intake', `casos/${referral.referralId}`)
  const turns = [
    gateway(503),
    gateway(502),
    problem(unavailable),
    problem({ ...unavailable, status: 409, code: 'request-in-progress' }),
    lost,
  ]
  const keys: string[] = []
  await page.route('**/status', async route => {
    keys.push(route.request().headers()['idempotency-key'] ?? '')
    await (turns[keys.length - 1] ?? ((one: Route) => one.continue()))(route)
  })
  await page.getByLabel('Aceptar la referencia', { exact: true }).check()
  await page.getByRole('button', { name: 'Registrar', exact: true }).click()
  await page.getByText('El intercambio no responde. No sabemos si su última acción').waitFor()
  expect(await page.getByText('No se pudo').count()).toBe(0)
  await page.getByText('Registrado.').waitFor({ timeout: 30_000 })
  expect(await page.getByText('El intercambio no responde.').count()).toBe(0)
  expect([keys.length, new Set(keys).size]).toEqual([turns.length + 1, 1])
  const ala = await callerOf(hub, 'ala-system')
  const { history } = (await ala.getReferral(referral.referralId)).body
  expect(history.filter(({ status }) => status === 'accepted')).toHaveLength(1)
  await page.close()
})

test.each<[string, (route: Route) => Promise<void>]>([
  ['503 of what stands before it', gateway(503)],
  ['502 of what stands before it', gateway(502)],
  ['an answer that was lost', lost],
  ['503 of its own', problem(unavailable)],
  ['a page of something else', route => route.fulfill({ contentType: 'text/html', body: '<p>' })],
  ['text', route => route.fulfill({ contentType: 'text/plain', body: 'ok' })],
  ['half of an answer', route => route.fulfill({ contentType: 'application/json', body: '{"re' })],
])('an opening that is met by %s may have been recorded, and says so', async (_, met) => {
  const page = await entered('ala-intake', `casos/${referral.referralId}`)
  let asked = 0
  await page.route('**/release', async route => {
    asked += 1
    await met(route)
  })
  await page.getByLabel('referencia a formación').check()
  await page.getByRole('button', { name: 'Registrar y abrir' }).click()
  await page.getByText('Puede que haya quedado registrado que lo abrió').waitFor()
  expect(asked).toBe(1)
  for (const words of ['La abrió usted', 'HTTP', 'No se pudo'])
    expect([words, await page.getByText(words).count()]).toEqual([words, 0])
  await page.getByRole('button', { name: 'Registrar y abrir' }).waitFor()
  await page.close()
})

test('that the hub is not there is said in words, and the page comes once it is', async () => {
  const page = await entered('ala-intake')
  await page.route('**/v1/**', gateway(503))
  await goTo(page, 'bandeja')
  await page.getByText('El intercambio no responde en este momento.').waitFor()
  expect(await page.getByText('HTTP').count()).toBe(0)
  await isForEverybody(page, { es: 'Bandeja', en: 'Inbox' })
  await page.unroute('**/v1/**')
  await page.getByRole('button', { name: 'Intentar de nuevo' }).click()
  await page.getByRole('link', { name: 'En curso' }).click()
  await page.getByRole('rowheader', { name: referral.folio }).waitFor()
  await page.route('**/v1/**', gateway(418))
  await goTo(page, 'bandeja?ver=cerradas')
  await page.getByText('Respondió algo que está delante del intercambio').waitFor()
  expect(await page.getByText('HTTP').count()).toBe(0)
  await page.close()
})

const ofReferral = `enviadas/${nobody}`
const pagesOf = {
  'ala-intake': ['', 'bandeja', `casos/${nobody}`, 'avance', 'convenio/no-such'],
  'igm-refers': ['referir', 'enviadas', ofReferral, `${ofReferral}/comprobante`],
  'igm-compliance': 'bitacora bitacora/999999 historia/ID consentimientos/ID mes exportar comprobar'
    .replaceAll('ID', nobody)
    .split(' '),
  'igm-liaison': ['convenio', 'avance', 'sin-recoger', 'llaves', `llaves/${'A'.repeat(43)}`],
  'igm-signatory': ['convenio/igm-ala-2026/aviso', 'convenio/igm-ala-2026/AV-2026-0009'],
}

test.each(Object.entries(pagesOf))(
  'of the pages of %s none that failed still says that it is loading, with or without a hub',
  async (name, paths) => {
    const page = await entered(name, 'mi-llave')
    const named = async (path: string) => {
      await page.evaluate(() => (document.title = 'before'))
      await goTo(page, path)
      await page.waitForLoadState('networkidle')
      const heading = page.getByRole('heading', { level: 1 })
      await expect.poll(() => heading.textContent(), { message: path }).not.toMatch(/^(Cargando|$)/)
      await expect.poll(() => page.title(), { message: path }).not.toMatch(/Cargando|before/)
    }
    for (const path of paths) await named(path)
    await goTo(page, 'mi-llave')
    await page.route('**/v1/**', gateway(503))
    for (const path of paths) await named(path)
    await page.close()
  },
)

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(person.heard.wrong).toEqual([])
})
