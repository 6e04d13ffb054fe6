// A person's key, from asking for it to losing it: in a real browser, before a real hub.
import { describe, expect, test } from 'vitest'
import { ownHub } from '../journeys/own-hub.ts'
import { opened, visit } from './browser.ts'
import { ask, letIn, lettersOn, unlock } from './entering.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const person = await visit(hub.url)
const [first, second] = [await visit(hub.url), await visit(hub.url)]
const asked = { institution: 'igm', does: 'Refiero personas', post: 'IGM-REF-07' }

describe('a key, asked for and let in by two persons', () => {
  let phrase = ''

  test('is made in the browser; until it is let in, its owner sees letters and what to send', async () => {
    const page = await opened(person, start)
    phrase = await ask(page, asked)
    expect(phrase.split(' ')).toHaveLength(5)
    expect(await lettersOn(page)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    await page.getByRole('button', { name: 'Revisar de nuevo' }).click()
    await page.getByText('Su llave no está registrada').waitFor()
    await page.close()
  })

  test('enters once both have said yes: the letters that one hears must be those', async () => {
    const page = await opened(person, start)
    await unlock(page, phrase)
    const letters = await lettersOn(page)
    const proposal = await page.getByLabel('Su solicitud').inputValue()

    // Somebody reads out the letters of another key: it is not confirmed.
    const wrong = await opened(second, `${start}/llaves/proponer`)
    await wrong.getByRole('button', { name: 'Entrar como igm-liaison-2', exact: true }).click()
    await wrong.getByLabel('Solicitud').fill(proposal.slice(0, -40))
    await wrong.getByRole('button', { name: 'Revisar' }).click()
    await wrong.getByRole('link', { name: 'Esto no es una solicitud completa' }).waitFor()
    await wrong.close()

    await letIn(
      { url: hub.url, first, second },
      { proposal, letters: letters.toLowerCase(), post: asked.post },
    )
    await page.getByRole('button', { name: 'Revisar de nuevo' }).click()
    await page.getByText('Usted actúa por IGM como quien refiere.').waitFor()
    await page.getByText('Puesto: IGM-REF-07').waitFor()
    await page.close()
  })

  test('opens by its five words however they are typed, and by no others; a reload locks', async () => {
    const page = await opened(person, start)
    await unlock(page, '')
    await page.getByRole('link', { name: 'Escriba las cinco palabras' }).waitFor()
    await unlock(page, phrase.split(' ').toReversed().join(' '))
    await page.getByRole('link', { name: 'La frase no abre esta llave' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('govuk-error-summary')
    await unlock(page, `  ${phrase.toUpperCase().replaceAll(' ', ' - ')} `)
    await page.getByText('Usted actúa por IGM').waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Entrar' }).waitFor()
    expect(await page.getByText('Usted actúa').count()).toBe(0)
    await page.close()
  })

  test('two tabs do not fight: each is unlocked by itself, and locking one locks both', async () => {
    const [one, two] = [await opened(person, start), await opened(person, start)]
    for (const page of [one, two]) {
      await unlock(page, phrase)
      await page.getByText('Usted actúa por IGM').waitFor()
    }
    await one.getByRole('button', { name: 'Cerrar con llave' }).click()
    await one.getByText('Cerró con llave.').waitFor()
    await two.getByText('Se cerró con llave en otra pestaña.').waitFor()
    await one.close()
    await two.close()
  })

  test('is not let in again by letters that are another key’s, and once revoked does nothing', async () => {
    const page = await opened(second, `${start}/llaves`)
    await page.getByRole('button', { name: 'Entrar como igm-liaison-2', exact: true }).click()
    await page.getByRole('row', { name: asked.post }).getByRole('link').click()
    await page.getByRole('button', { name: 'Revocar esta llave' }).click()
    await page.getByRole('link', { name: 'Elija por qué la revoca' }).waitFor()
    await page.getByLabel('llave comprometida').check()
    await page.getByRole('button', { name: 'Revocar esta llave' }).click()
    await page.getByText('Revocada.').waitFor()
    await page.close()
    const own = await opened(person, start)
    await unlock(own, phrase)
    await own.getByText('Su llave fue revocada').waitFor()
    await own.close()
  })
})

test('a key is not confirmed by whoever proposed it, nor by letters that are another’s', async () => {
  const another = await visit(hub.url)
  const page = await opened(another, start)
  await ask(page, { institution: 'IGM', does: 'Reviso quién vio los datos', post: 'IGM-CUMP-09' })
  const proposal = await page.getByLabel('Su solicitud').inputValue()
  const one = await opened(first, `${start}/llaves/proponer`)
  await one.getByRole('button', { name: 'Entrar como igm-liaison', exact: true }).click()
  await one.getByLabel('Solicitud').fill(proposal)
  await one.getByRole('button', { name: 'Revisar' }).click()
  await one.getByRole('button', { name: 'Proponer', exact: true }).click()
  await one.getByRole('link', { name: 'Llaves de IGM' }).click()
  await one.getByRole('row', { name: 'IGM-CUMP-09' }).getByRole('link').click()
  await one.getByText('Usted la propuso.').waitFor()
  expect(await one.getByRole('button', { name: 'Confirmar la llave' }).count()).toBe(0)
  const other = await opened(second, `${start}/llaves`)
  await other.getByRole('button', { name: 'Entrar como igm-liaison-2', exact: true }).click()
  await other.getByRole('row', { name: 'IGM-CUMP-09' }).getByRole('link').click()
  await other.getByLabel('Las 16 letras que oye').fill('0000-1111-2222-3333')
  await other.getByRole('button', { name: 'Confirmar la llave' }).click()
  await other.getByRole('link', { name: 'No son las letras de esta llave' }).waitFor()
})

test('“Borrar mi llave” deletes it: nothing is left to open', async () => {
  const shared = await visit(hub.url)
  const page = await opened(shared, start)
  await ask(page, { institution: 'ALA', does: 'Recibo y atiendo' })
  await page.getByRole('button', { name: 'Borrar mi llave', exact: true }).click()
  await page.getByRole('button', { name: 'Sí, borrar mi llave' }).click()
  await page.getByText('Su llave ya no está en este navegador.').waitFor()
  await page.getByText('En este navegador no hay ninguna llave suya.').waitFor()
  const left = await page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const open = indexedDB.open('referral-hub')
        open.addEventListener('error', () => reject(new Error('IndexedDB')))
        open.addEventListener('success', () => {
          const count = open.result.transaction('keys').objectStore('keys').count()
          count.addEventListener('success', () => resolve(count.result))
        })
      }),
  )
  expect(left).toBe(0)
})

test('a passkey opens the key where the origin has a name', async () => {
  const named = await visit(hub.url.replace('127.0.0.1', 'localhost'))
  const page = await opened(named, start.replace('127.0.0.1', 'localhost'))
  const devtools = await named.context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf: true,
    },
  })
  await page.getByRole('link', { name: 'Solicitar acceso' }).click()
  await page.getByLabel('Siglas').fill('ALA')
  await page.getByLabel('Recibo y atiendo').check()
  expect(await page.getByLabel('Con la clave de acceso').isChecked()).toBe(true)
  await page.getByRole('button', { name: 'Crear mi llave' }).click()
  const letters = await lettersOn(page)
  await page.reload()
  await page.getByRole('button', { name: 'Entrar con su clave de acceso' }).click()
  expect(await lettersOn(page)).toBe(letters)
  await page.reload()
  await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.getByRole('button', { name: 'Entrar con su clave de acceso' }).click()
  await page.getByText('Su equipo no dio la clave de acceso.').waitFor({ timeout: 20_000 })
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  for (const { heard } of [person, first, second]) expect(heard.wrong).toEqual([])
})
