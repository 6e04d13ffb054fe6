// A log that somebody exported, checked in the browser: chosen or dropped, whole or tampered with, the verdict is the
// command line's, to the word; the folder goes nowhere.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verdictLines } from '../../verify/words.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { hub as command } from '../bin/cli.ts'
import { callerOf, hubNow } from '../journeys/callers.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { exportedFrom, filled, ownLog } from '../verify/exported-log.ts'
import { type Bench, copyOf } from '../verify/log-bench.ts'
import { noteSigner, vkeyOf } from '../verify/log-notes.ts'
import { tamperings } from '../verify/tamperings.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const officer = await visit(hub.url)
const folder = mkdtempSync(join(tmpdir(), 'hub-chosen-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const signer = noteSigner()
const vkey = vkeyOf(signer)
const exported = join(folder, 'bitacora')
let own: Bench
/** What the browser asked for since the page was there. */
const asked: string[] = []

beforeAll(async () => {
  await exportedFrom(hub, exported, 10)
  const made = join(folder, 'filled')
  copyOf(exported, made, signer)
  filled(hub, made, signer, 10)
  own = ownLog(made, join(folder, 'own'), signer)
  officer.context.on('request', request => asked.push(`${request.method()} ${request.url()}`))
}, 120_000)

const field = (page: Page) => page.getByLabel('Carpeta de la bitácora')
const enter = async (): Promise<Page> => {
  const page = await opened(officer, `${start}/comprobar`)
  await enterAs(page, 'igm-compliance')
  await field(page).waitFor()
  return page
}

const press = async (page: Page): Promise<string[]> => {
  await page.getByRole('button', { name: 'Comprobar la carpeta' }).click()
  const result = page.getByRole('region', { name: 'Resultado de' })
  await result.waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-labelledby'))).toBe(
    'result',
  )
  return result.locator('p').allTextContents()
}

const check = async (page: Page, dir: string): Promise<string[]> => {
  await field(page).setInputFiles(dir)
  return press(page)
}

/** As the command line says it, of a key that this browser knows. */
const said = async (dir: string) => {
  const verdict = await verifyFolder(dir, { vkey, now: hubNow(hub) })
  const trusted = { vkey, by: 'pinned', file: 'este navegador' } as const
  const told = verdict.trusted ? { ...verdict, trusted } : verdict
  // A browser knows no path above the folder, and keeps no evidence in it.
  const lines = verdictLines(told, 'es')
    .map(line => line.trim().replace(dir, basename(dir)))
    .filter(line => !line.startsWith('las dos constancias quedaron'))
  return { verdict, lines }
}

/** By this key the browser knows the log. */
const knowing = async (known: string): Promise<Page> => {
  const page = await enter()
  await page.evaluate(
    text => localStorage.setItem('log-key', text),
    JSON.stringify({ vkey: known, since: '2026-11-03T12:00:00.000Z' }),
  )
  await page.reload()
  await enterAs(page, 'igm-compliance')
  await field(page).waitFor()
  return page
}

test('who chose no folder is told so, at the field', async () => {
  const page = await enter()
  await page.getByRole('button', { name: 'Comprobar la carpeta' }).click()
  await page.getByText('Elija la carpeta: la que tiene').waitFor()
  expect(await page.locator(':focus').getAttribute('id')).toBe('folder')
  await isForEverybody(page, { es: 'Comprobar –', en: 'Check –' })
  await page.close()
})

test('a whole export holds by the hub’s key, which the browser knows from then on; nothing is sent', async () => {
  const page = await enter()
  asked.length = 0
  const lines = await check(page, exported)
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
  expect(await check(page, exported)).toContain('es la que quedó anotada antes en este navegador')
  await page.evaluate(() => localStorage.removeItem('log-key'))
  await page.close()
})

test('the folder may be dropped onto the field', async () => {
  const page = await enter()
  const box = await field(page).boundingBox()
  const at = { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
  const browser = await page.context().newCDPSession(page)
  const data = { items: [], files: [exported], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await browser.send('Input.dispatchDragEvent', { type, ...at, data })
  await expect
    .poll(() => field(page).evaluate(one => (one as unknown as { files: File[] }).files.length))
    .toBeGreaterThan(3)
  expect((await press(page))[0]).toContain('La bitácora está íntegra')
  await page.evaluate(() => localStorage.removeItem('log-key'))
  await page.close()
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
  const page = await knowing(vkey)
  const whole = await said(own.dir)
  expect(whole.verdict.ok).toBe(true)
  expect(await check(page, own.dir)).toEqual(whole.lines)
  for (const code of codes) {
    const [, tamper] = tamperings.find(([, , each]) => each === code) ?? []
    const bench = copyOf(own.dir, join(folder, `bitacora-${code}`), signer)
    tamper?.(bench)
    const { verdict, lines } = await said(bench.dir)
    expect(verdict).toMatchObject({ ok: false, code })
    expect([code, await check(page, bench.dir)]).toEqual([code, lines])
  }
  await isForEverybody(page, { es: 'Comprobar –', en: 'Check –' })
  await page.evaluate(() => localStorage.removeItem('log-key'))
  await page.close()
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
