// A log that somebody exported, checked in the browser: chosen or dropped, whole or tampered with, the verdict is the
// command line's, to the word; the folder goes nowhere.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hub as command } from '../bin/cli.ts'
import { callerOf, hubNow } from '../journeys/callers.ts'
import { copyOf } from '../verify/log-bench.ts'
import { tamperings } from '../verify/tamperings.ts'
import { isForEverybody, visit } from './browser.ts'
import { checkFolder, dropOn, folderField, forgetting, press, zipField } from './checking.ts'
import { logsToCheck, saidOf, zipOf } from './logs-to-check.ts'

const { hub, start, officer, folder, exported, own, signer, vkey, checking, knowing } =
  await logsToCheck('chosen')
/** What the browser asked for since the page was there. */
const asked: string[] = []

officer.context.on('request', request => asked.push(`${request.method()} ${request.url()}`))

test('who chose no folder is told so, at the field', async () => {
  const page = await checking()
  await page.getByRole('button', { name: 'Comprobar la bitácora' }).click()
  await page.getByRole('link', { name: 'Elija el archivo ZIP de la bitácora' }).click()
  expect(await page.locator(':focus').getAttribute('id')).toBe('folder')
  await isForEverybody(page, { es: 'Comprobar –', en: 'Check –' })
  await folderField(page).setInputFiles(exported)
  await zipField(page).setInputFiles(zipOf(exported))
  await page.getByRole('button', { name: 'Comprobar la bitácora' }).click()
  await page.getByRole('link', { name: 'Elija la carpeta o el archivo ZIP, no los dos' }).click()
  expect(await page.locator(':focus').getAttribute('id')).toBe('zip')
  await page.close()
})

test('a whole export holds by the hub’s key, which the browser knows from then on; nothing is sent', async () => {
  const page = await checking()
  asked.length = 0
  const lines = await checkFolder(page, exported)
  expect(lines[0]).toMatch(/^La bitácora está íntegra: \d+ entradas y \d+ solicitudes firmadas/)
  expect(lines).toContain(
    'es la que da hoy el intercambio mismo: este navegador no conocía ninguna',
  )
  const known = (await (await callerOf(hub, 'igm-compliance')).logKey()).body.trim()
  const ran = await command(['--lang', 'es', 'log', 'verify', exported, '--vkey', known])
  expect(ran).toMatchObject({ code: 0 })
  expect(ran.out).toContain(/raíz (\S+)/.exec(lines.join('\n'))?.[0])
  // The page asks for what the worker runs, and for nothing with the folder.
  expect(asked).toEqual([expect.stringMatching(/^GET .*\/console\/check-log-[0-9a-f]{10}\.js$/)])
  expect(await page.evaluate(() => localStorage.getItem('log-key'))).toContain('access-log+')
  await isForEverybody(page, { es: 'Comprobar –', en: 'Check –' })
  expect(await checkFolder(page, exported)).toContain(
    'es la que quedó anotada antes en este navegador',
  )
  await forgetting(page)
})

test('a verdict goes with what it was about: other files have none yet', async () => {
  const page = await checking()
  const [said = 'a verdict'] = await checkFolder(page, exported)
  const verdict = page.getByText(said)
  const key = page.getByText('llave de la bitácora')
  expect([await verdict.isVisible(), await key.isVisible()]).toEqual([true, false])
  await page.getByText('Detalle técnico').click()
  expect(await key.isVisible()).toBe(true)
  await zipField(page).setInputFiles(zipOf(exported))
  await verdict.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Comprobar la bitácora' }).click()
  await page.getByRole('link', { name: 'Elija la carpeta o el archivo ZIP, no los dos' }).waitFor()
  await forgetting(page)
})

test('the folder may be dropped onto the field', async () => {
  const page = await checking()
  await dropOn(page, folderField(page), exported)
  expect((await press(page))[0]).toContain('La bitácora está íntegra')
  await forgetting(page)
})

const codes = [
  'not-an-export',
  'altered-in-transit',
  'log-key',
  'checkpoint-signature',
  'bundle-short',
  'leaf-hash',
  'tile-missing',
  'file-unexpected',
  'root',
  'key-thumbprint',
  'evidence-signature',
  'cosigned-fork',
  'chain-broken',
  'release-after-end',
] as const

test('whatever was tampered with, it says what the command line says', async () => {
  const page = await knowing()
  const whole = await saidOf(own.dir, { vkey, now: hubNow(hub) })
  expect(whole.verdict.ok).toBe(true)
  expect(await checkFolder(page, own.dir)).toEqual(whole.lines)
  for (const code of codes) {
    const [, tamper] = tamperings.find(([, , each]) => each === code) ?? []
    const bench = copyOf(own.dir, join(folder, `bitacora-${code}`), signer)
    tamper?.(bench)
    const { verdict, lines } = await saidOf(bench.dir, { vkey, now: hubNow(hub) })
    expect(verdict).toMatchObject({ ok: false, code })
    expect([code, await checkFolder(page, bench.dir)]).toEqual([code, lines])
  }
  await isForEverybody(page, { es: 'Comprobar –', en: 'Check –' })
  await forgetting(page)
}, 180_000)

test('the page’s policy lets no other script be a worker, and no other policy be made', async () => {
  // Its refusals are told in the console of the browser: not in the one that is heard below.
  const { context } = await visit(hub.url)
  const page = await context.newPage()
  await page.goto(start)
  const refused = await page.evaluate(() => {
    type Types = { createPolicy: (name: string, rules: object) => unknown }
    const { trustedTypes } = globalThis as unknown as { trustedTypes: Types }
    const rules = { createScriptURL: (url: string) => url }
    const tried = [
      () => new Worker('/console/index.js'),
      () => trustedTypes.createPolicy('another', rules),
    ]
    return tried.map(attempt => {
      try {
        attempt()
        return 'let through'
      } catch (error) {
        return (error as Error).name
      }
    })
  })
  expect(refused).toEqual(['TypeError', 'TypeError'])
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(officer.heard.wrong).toEqual([])
})
