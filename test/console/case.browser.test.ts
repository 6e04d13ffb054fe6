// ALA's work, by a person in a browser: what waits, opening for a purpose, answering, steps, withdrawal; what two of
// them see of each other; and that nothing of the person is left anywhere afterwards.
import { expect, test } from 'vitest'
import { submissionOf } from '../journeys/submissions.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf } from '../journeys/stages.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'
import { ask, unlock } from './entering.ts'
import { leftBy, needlesOf } from './left.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const { submitted } = await stagesOf(hub)
const worker = await visit(hub.url)
const markup = '<img src=x> Canarioprueba'
const bidi = 'مريم Prueba'
// No text of the contract is longer than 100 code points (schemas/text.ts); of names there are eight at most.
const long = 'Larguísimaprueba'.repeat(7).slice(0, 100)
const longest = Array.from({ length: 8 }, () => long)
const of = (n: number) => submissionOf(n).payload

const personal = await submitted(1, {
  priority: 'routine',
  payload: {
    ...of(1),
    identity: { ...of(1).identity, givenNames: [markup, long], familyNames: longest, alias: bidi },
  },
})
const urgent = await submitted(2, { priority: 'urgent' })

test('what waits is there by urgency and nothing personal is; confirming it opens nothing', async () => {
  const page = await opened(worker, `${start}/bandeja`)
  await enterAs(page, 'ala-intake')
  await page.getByRole('table').waitFor()
  const rows = await page.getByRole('rowheader').allTextContents()
  expect(rows).toEqual([urgent.folio, personal.folio])
  await isForEverybody(page, { es: 'Bandeja', en: 'Inbox' })
  await page.getByRole('button', { name: 'Confirmar lo que llegó' }).click()
  await page.getByText('Confirmado. Avisos recibidos: 2.').waitFor()
  await expect.poll(() => page.getByRole('cell', { name: 'Recibida' }).count()).toBe(2)
  // A name is no folio: it is refused on the page, and in no address.
  for (const typed of ['Canarioprueba', 'Prueba', 'Caanarez']) {
    await page.getByLabel('Buscar por folio').fill(typed)
    await page.getByRole('button', { name: 'Buscar' }).click()
    await page.getByRole('link', { name: 'Eso no es un folio.' }).waitFor()
    expect(page.url()).toBe(`${start}/bandeja`)
  }
  await isForEverybody(page, { es: 'Bandeja', en: 'Inbox' })
  await page.getByLabel('Buscar por folio').fill(personal.folio.toLowerCase().slice(0, -2))
  await page.getByRole('button', { name: 'Buscar' }).click()
  await expect.poll(() => page.getByRole('rowheader').allTextContents()).toEqual([personal.folio])
  // As it is pasted from a chat.
  const pasted = `\u200E${personal.folio.replaceAll('-', '\u2011')}\u200B`
  await page.getByLabel('Buscar por folio').fill(pasted)
  await page.getByRole('button', { name: 'Buscar' }).click()
  await page.getByRole('table', { name: personal.folio, exact: true }).waitFor()
  expect(await page.getByRole('rowheader').allTextContents()).toEqual([personal.folio])
  await page.getByRole('link', { name: 'Cerradas' }).click()
  await page.getByText('No hay ninguna referencia aquí.').waitFor()
  expect(page.url()).toBe(`${start}/bandeja?ver=cerradas`)
  await page.goBack()
  await page.getByRole('link', { name: personal.folio }).click()
  await page.getByRole('heading', { name: `Caso ${personal.folio}` }).waitFor()
  expect(await page.getByText('Canarioprueba').count()).toBe(0)
  await page.close()
})

test('a folio that was copied wrongly is said to be; its last sign is said to be part of it, on the slip too', async () => {
  const page = await opened(worker, `${start}/bandeja`)
  await enterAs(page, 'ala-intake')
  await page.getByText('El último signo es parte del folio').waitFor()
  const other = personal.folio.endsWith('7') ? '8' : '7'
  await page.getByLabel('Buscar por folio').fill(`${personal.folio.slice(0, -1)}${other}`)
  await page.getByRole('button', { name: 'Buscar' }).click()
  await page.getByRole('link', { name: 'El último signo no corresponde a ese folio' }).waitFor()
  expect(page.url()).toBe(`${start}/bandeja`)
  await page.route(`**/v1/referrals/${personal.referralId}`, async route => {
    const response = await route.fetch()
    const header = (await response.json()) as object
    await route.fulfill({ response, json: { ...header, folio: 'REF-0000-0010-=' } })
  })
  await page.getByRole('link', { name: personal.folio }).click()
  await page.getByRole('heading', { name: 'Caso REF-0000-0010-=' }).waitFor()
  const sign = page.getByText('El = del final es parte del folio.')
  await page.emulateMedia({ media: 'print' })
  expect(await sign.isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  await page.close()
})

test('opening asks for what first, shows just that, as text, and hides it after five minutes', async () => {
  const page = await worker.context.newPage()
  await page.clock.install()
  await page.goto(`${start}/casos/${personal.referralId}`)
  await enterAs(page, 'ala-intake')
  await page.getByRole('button', { name: 'Registrar y abrir' }).click()
  await page.getByRole('link', { name: 'Elija para qué necesita ver estos datos' }).waitFor()
  await isForEverybody(page, { es: 'Caso', en: 'Case' })
  await page.getByLabel('referencia a formación').check()
  await page.getByRole('button', { name: 'Registrar y abrir' }).click()
  await page.getByText(markup).waitFor()
  await page.getByRole('heading', { name: 'Abierta para: referencia a formación' }).waitFor()
  const told = (await page.getByText('La abrió usted').textContent()) ?? ''
  const [, at, until] =
    /^La abrió usted, por ALA · ALA-ACOG-01, a las (\d\d:\d\d)\. Se muestra hasta las (\d\d:\d\d), hora de Guatemala\.$/.exec(
      told,
    ) ?? []
  const [from = NaN, to = NaN] = [at, until].map(time => Date.parse(`2026-11-21T${time}:00Z`))
  expect((to - from) / 60_000).toBe(5)
  expect(await page.getByText(long).count()).toBe(1 + longest.length)
  expect(await page.locator('main img').count()).toBe(0)
  expect(await page.title()).toContain('Caso')
  expect(await page.locator('bdi', { hasText: 'Prueba' }).count()).toBeGreaterThan(2)
  await isForEverybody(page, { es: 'Caso', en: 'Case' })
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByText(markup).isVisible()).toBe(false)
  expect(await page.getByText('Estado').first().isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  await page.clock.fastForward('05:01')
  await page.getByText('Los datos ya no están en pantalla.').waitFor()
  expect(await page.getByText('Canarioprueba').count()).toBe(0)
  // Again, and locked: gone too. Loaded again, for the clock of the page is now five minutes ahead of the hub's.
  await page.reload()
  await enterAs(page, 'ala-intake')
  await page.getByLabel('referencia a formación').check()
  await page.getByRole('button', { name: 'Registrar y abrir' }).click()
  await page.getByText(markup).waitFor()
  await page.getByRole('button', { name: 'Cerrar con llave' }).click()
  await page.getByRole('heading', { name: 'Entrar' }).waitFor()
  expect(await page.getByText('Canarioprueba').count()).toBe(0)
  await page.close()
})

test('two workers on one case: the second is told that the first was faster, and decides again', async () => {
  const address = `${start}/casos/${urgent.referralId}`
  const [one, two] = [await opened(worker, address), await opened(worker, address)]
  for (const page of [one, two]) {
    await enterAs(page, 'ala-intake')
    await page.getByRole('heading', { name: 'Responder' }).waitFor()
  }
  await one.getByLabel('Aceptar la referencia', { exact: true }).check()
  await one.getByRole('button', { name: 'Registrar', exact: true }).click()
  await one.getByText('Registrado.').waitFor()
  await two.getByLabel('No aceptar la referencia').check()
  await two.getByText('¿Por qué no puede aceptar esta referencia? IGM verá el motivo').waitFor()
  await two.getByRole('button', { name: 'No aceptar la referencia' }).click()
  await two.getByRole('link', { name: 'Elija un motivo' }).waitFor()
  await two.getByLabel('sin cupo').check()
  await two.getByRole('button', { name: 'No aceptar la referencia' }).click()
  await two.getByText('Otra persona de su equipo cambió este caso.').waitFor()
  await two.getByText('Aceptada').first().waitFor()

  await one.getByLabel('Dejar en espera').check()
  await one.getByLabel('en lista de espera', { exact: true }).check()
  await one.getByRole('button', { name: 'Registrar', exact: true }).click()
  await one.getByText('En espera').nth(1).waitFor()
  await one.getByRole('button', { name: 'Registrar avance' }).click()
  await one.getByRole('link', { name: 'Escriba qué día fue' }).waitFor()
  await one.getByLabel('primer contacto').check()
  await one.getByLabel('¿Qué día fue?').fill('2026-11-21')
  await one.getByRole('button', { name: 'Registrar avance' }).click()
  await one.getByText('21 de noviembre de 2026: primer contacto').waitFor()
  await isForEverybody(one, { es: 'Caso', en: 'Case' })
  await one.getByRole('button', { name: 'Anular: se registró por error' }).click()
  await one.getByText('(anulado)').waitFor()
  for (const page of [one, two]) await page.close()
})

test('a withdrawal says what it does, and does it', async () => {
  const page = await opened(worker, `${start}/casos/${urgent.referralId}`)
  await enterAs(page, 'ala-intake')
  await page.getByText('Retirar el consentimiento').click()
  await page.getByText('nadie podrá recuperarlo').waitFor()
  await page.getByRole('button', { name: 'Destruir el contenido' }).click()
  await page.getByRole('link', { name: 'Elija quién lo pide' }).waitFor()
  await page.locator('#who').check()
  await page.getByRole('button', { name: 'Destruir el contenido' }).click()
  await page.getByText('El contenido fue destruido.').waitFor()
  // The case is read again first.
  await page.getByRole('button', { name: 'Registrar y abrir' }).waitFor({ state: 'detached' })
  await isForEverybody(page, { es: 'Caso', en: 'Case' })
  await page.close()
})

test('nothing of the person, of a phrase or of a key’s bytes is in the browser’s files afterwards', async () => {
  const own = await visit(hub.url)
  const page = await opened(own, start)
  const exported = await page.evaluateHandle(() => {
    const bytes: string[] = []
    const { subtle } = crypto
    const exportKey = subtle.exportKey.bind(subtle)
    subtle.exportKey = (async (format: 'pkcs8', key: CryptoKey) => {
      const out = await exportKey(format, key)
      if (format === 'pkcs8') bytes.push(btoa(String.fromCharCode(...new Uint8Array(out))))
      return out
    }) as typeof subtle.exportKey
    return bytes
  })
  const phrase = await ask(page, { institution: 'ALA', does: 'Recibo y atiendo' })
  const [pkcs8 = ''] = await exported.jsonValue()
  // RFC 5915: the private scalar, 32 octets, lies behind `04 20` in the key.
  const key = Buffer.from(pkcs8, 'base64')
  const secret = key.subarray(key.indexOf(Buffer.from([0x04, 0x20])) + 2).subarray(0, 32)
  expect(secret).toHaveLength(32)
  await page.reload()
  await unlock(page, phrase)
  await page.getByRole('heading', { name: 'Mi llave', exact: true }).waitFor()
  const sealed = await page.evaluate(async () =>
    (await indexedDB.databases()).map(({ name }) => name),
  )
  expect(sealed).toEqual(['referral-hub'])
  const needles = [
    ['the key', secret] as const,
    ...needlesOf({
      'the phrase': phrase,
      'a word of it': phrase.split(' ').slice(0, 2).join(' '),
      'the name': 'Canarioprueba',
      'the document': 'PRUEBA-000001',
    }),
  ]
  expect(await leftBy([own, worker], needles)).toEqual([])
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(worker.heard.wrong).toEqual([])
})
