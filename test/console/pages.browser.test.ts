// Every page and state, in both languages, on every screen: WCAG by axe, nothing that sticks out, title and language,
// by keyboard alone; and what a page says when the line is slow or gone, or nobody is at it.
import { describe, expect, test } from 'vitest'
import { ownHub } from '../journeys/own-hub.ts'
import { enterAs, isForEverybody, opened, rawDatesIn, visit } from './browser.ts'
import { ask, unlock } from './entering.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const person = await visit(hub.url)

describe('for everybody:', () => {
  test('entering, without a key', async () => {
    const page = await opened(person, start)
    await page.getByRole('button', { name: 'Entrar como ala-intake' }).waitFor()
    await isForEverybody(page, { es: 'Entrar', en: 'Enter' })
    await page.getByText('¿Perdió su frase o su equipo?').click()
    await isForEverybody(page, { es: 'Entrar', en: 'Enter' })
    await page.close()
  })

  test('requesting access, with all that may be wrong; the phrase; the letters', async () => {
    const page = await opened(person, `${start}/solicitar`)
    await page.getByLabel('Puesto').fill('x')
    await page.getByRole('button', { name: 'Crear mi llave' }).click()
    await page.getByRole('alert').waitFor()
    await isForEverybody(page, { es: 'Solicitar acceso', en: 'Request access' })
    await page.getByLabel('Siglas').fill('ALA')
    await page.getByLabel('Recibo y atiendo').check()
    await page.getByLabel('Puesto').fill('')
    await page.getByRole('button', { name: 'Crear mi llave' }).click()
    await page.locator('.rh-phrase').waitFor()
    await isForEverybody(page, { es: 'Su frase', en: 'Your phrase' })
    await page.close()
  })

  test('a key that waits; entering with it, wrongly', async () => {
    const page = await opened(person, start)
    await ask(page, { institution: 'ALA', does: 'Recibo y atiendo' })
    await page.getByLabel('Su solicitud').waitFor()
    await isForEverybody(page, { es: 'Mi llave', en: 'My key' })
    await page.reload()
    await unlock(page, 'no son estas cinco palabras')
    await page.getByRole('alert').waitFor()
    await isForEverybody(page, { es: 'Entrar', en: 'Enter' })
    await page.close()
  })

  test('a liaison’s pages', async () => {
    const page = await opened(person, start)
    await enterAs(page, 'igm-liaison')
    await isForEverybody(page, { es: 'Inicio', en: 'Home' })
    await page.getByRole('link', { name: 'Llaves' }).first().click()
    await page.getByRole('table').first().waitFor()
    await isForEverybody(page, { es: 'Llaves de IGM', en: 'Keys of IGM' })
    await page.getByRole('link', { name: 'Proponer una llave' }).click()
    await page.getByRole('button', { name: 'Revisar' }).click()
    await page.getByRole('alert').waitFor()
    await isForEverybody(page, { es: 'Proponer una llave', en: 'Propose a key' })
    await page.goBack()
    await page.getByRole('row', { name: 'oficial de cumplimiento' }).getByRole('link').click()
    await page.getByRole('button', { name: 'Revocar esta llave' }).click()
    await isForEverybody(page, { es: 'Llaves', en: 'Keys' })
    await page.getByRole('link', { name: 'Mi llave' }).click()
    await isForEverybody(page, { es: 'Mi llave', en: 'My key' })
    await page.close()
  })

  test('an address that is none: said to anybody, with the way back, and nothing of it is repeated', async () => {
    const page = await person.context.newPage()
    for (const path of ['canario-prueba', 'bandeja/a/b/c']) {
      const answer = await page.goto(`${start}/${path}`)
      expect([path, answer?.status()]).toEqual([path, 404])
      await isForEverybody(page, { es: 'Esa página no existe', en: 'That page does not exist' })
      expect(await page.locator('body').innerText()).not.toContain('canario')
      expect(await page.title()).not.toContain('canario')
    }
    await page.getByRole('link', { name: 'Volver al inicio' }).click()
    await page.getByRole('button', { name: 'Entrar como ala-intake' }).waitFor()
    expect(page.url()).toBe(start)
    await page.close()
  })

  test('a page of another role: what it is for, who may, and the way home; nothing is asked of the hub', async () => {
    const page = await opened(person, `${start}/referir`)
    await enterAs(page, 'ala-intake')
    const titles = { es: 'Esta página es de otro rol', en: 'This page is another role’s' }
    await page.getByText('Aquí quien refiere envía referencias').waitFor()
    await page
      .getByText('Es para: quien refiere. Usted entró por ALA como: quien recibe.')
      .waitFor()
    expect(await page.locator('main form').count()).toBe(0)
    await isForEverybody(page, titles)
    for (const path of ['bitacora', 'llaves/proponer', 'sin-recoger', 'mes', 'enviadas']) {
      await page.goto(`${start}/${path}`)
      const asked: string[] = []
      page.on('request', request => asked.push(new URL(request.url()).pathname))
      await enterAs(page, 'ala-intake')
      await page.getByRole('heading', { name: titles.es }).waitFor()
      expect([path, asked.filter(one => one.startsWith('/v1/') && one !== '/v1/me')]).toEqual([
        path,
        [],
      ])
      page.removeAllListeners('request')
    }
    await page.getByRole('link', { name: 'Volver al inicio' }).click()
    await page.getByRole('heading', { name: 'Inicio' }).waitFor()
    await page.close()
  })

  test('a page that is none for whoever has entered', async () => {
    const page = await opened(person, `${start}/llaves/a/b`)
    await enterAs(page, 'igm-liaison')
    await isForEverybody(page, { es: 'Esa página no existe', en: 'That page does not exist' })
    await page.close()
  })
})

test('a raw date is found on every page that is looked at, seen or heard, but not in evidence', async () => {
  const page = await person.context.newPage()
  await page.setContent(`<p>nació 1998-03-14</p><p>en 1998-03</p><p hidden>1999-01-01</p>
    <button aria-label="2026-11-21T06:00:00.000Z">x</button><pre class="rh-exact">2000-01-01</pre>
    <p>AV-2026-0001, REF-1234-1234-1, 2026-Q4, igm-ala-2026, +502 0000-0001</p>`)
  expect(await rawDatesIn(page)).toEqual(['1998-03-14', '1998-03', '2026-11-21T06:00:00.000Z'])
  await page.close()
})

test('by keyboard alone: the first stop skips to the content, focus follows the page, and is always seen', async () => {
  const page = await opened(person, start)
  await page.getByRole('button', { name: 'Entrar como igm-liaison', exact: true }).waitFor()
  await page.keyboard.press('Tab')
  expect(await page.locator(':focus').textContent()).toBe('Ir al contenido')
  await page.keyboard.press('Enter')
  expect(await page.locator(':focus').getAttribute('id')).toBe('main')
  const stops: string[] = []
  for (let n = 0; n < 20 && stops.at(-1) !== 'Entrar como igm-liaison'; n++) {
    await page.keyboard.press('Tab')
    stops.push(((await page.locator(':focus').textContent()) ?? '').trim())
    const seen = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body)
      return style.outlineStyle !== 'none' || style.boxShadow !== 'none'
    })
    expect([stops.at(-1), seen]).toEqual([stops.at(-1), true])
  }
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Inicio' }).waitFor()
  await page.getByRole('link', { name: 'Llaves' }).first().focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Llaves de IGM')
  await page.close()
})

test('15 minutes without a sign of life close the session, and 8 hours do in any case', async () => {
  const page = await person.context.newPage()
  await page.clock.install()
  await page.goto(start)
  await enterAs(page, 'igm-liaison')
  await page.clock.fastForward('14:50')
  await page.keyboard.press('Shift')
  await page.clock.fastForward('14:50')
  expect(await page.getByText('Usted actúa por IGM').count()).toBe(1)
  await page.clock.fastForward('15:05')
  await page.getByText('Su sesión se cerró por 15 minutos sin actividad.').waitFor()
  expect(await page.getByText('Usted actúa por IGM').count()).toBe(0)
  await isForEverybody(page, { es: 'Entrar', en: 'Enter' })
  await page.reload()
  await enterAs(page, 'igm-liaison')
  for (let minutes = 0; minutes < 8 * 60; minutes += 14) {
    await page.clock.fastForward('14:00')
    await page.keyboard.press('Shift')
  }
  await page.getByText('Su sesión se cerró después de 8 horas.').waitFor()
  await page.close()
})

test('a slow line is told in words, and one that is gone too; it comes back by itself', async () => {
  const page = await opened(person, start)
  await enterAs(page, 'igm-liaison')
  await page.route('**/v1/institutions/**', async route => {
    await new Promise(resolve => setTimeout(resolve, 3000))
    await route.continue()
  })
  await page.getByRole('link', { name: 'Llaves' }).first().click()
  await page.getByText('Cargando…').waitFor()
  await page.getByText('La conexión está lenta.').waitFor()
  await page.getByRole('table').first().waitFor()
  await page.unroute('**/v1/institutions/**')
  await person.context.setOffline(true)
  await page.getByText('Sin conexión. Lo que ve puede no ser lo último.').waitFor()
  await page.getByRole('row', { name: 'firmante' }).getByRole('link').click()
  await page.getByText('No hubo respuesta.').waitFor()
  await isForEverybody(page, { es: 'Llaves', en: 'Keys' })
  await person.context.setOffline(false)
  await page.getByRole('button', { name: 'Intentar de nuevo' }).click()
  await page.getByText('firmante del convenio').waitFor()
  // What has an effect waits for the line, and is done once.
  await page.getByLabel('fuera de uso').check()
  await person.context.setOffline(true)
  await page.getByRole('button', { name: 'Revocar esta llave' }).click()
  await page.getByText('No la repita: al volver la conexión').waitFor()
  await person.context.setOffline(false)
  await page.getByText('Revocada.').waitFor()
  await page.close()
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(person.heard.wrong).toEqual([])
})
