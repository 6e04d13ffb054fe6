// The page that checks a log, as a compliance officer uses it.
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import { enterAs, opened, type Visit } from './browser.ts'

export const folderField = (page: Page) => page.getByLabel('Carpeta de la bitácora')
export const zipField = (page: Page) => page.getByLabel('O su archivo ZIP')
const button = 'Comprobar la bitácora'

/** The page, as the compliance officer. */
export const checking = async (officer: Visit, start: string): Promise<Page> => {
  const page = await opened(officer, `${start}/comprobar`)
  await enterAs(page, 'igm-compliance')
  await folderField(page).waitFor()
  return page
}

/** By this key the browser knows the log. */
export const knowing = async (officer: Visit, start: string, vkey: string): Promise<Page> => {
  const page = await checking(officer, start)
  await page.evaluate(
    text => localStorage.setItem('log-key', text),
    JSON.stringify({ vkey, since: '2026-11-03T12:00:00.000Z' }),
  )
  await page.reload()
  await enterAs(page, 'igm-compliance')
  await folderField(page).waitFor()
  return page
}

/** It knows none again. */
export const forgetting = async (page: Page): Promise<void> => {
  await page.evaluate(() => localStorage.removeItem('log-key'))
  await page.close()
}

/** What came of it, line by line: read out, for it has the focus. */
export const press = async (page: Page): Promise<string[]> => {
  await page.getByRole('button', { name: button }).click()
  const result = page.getByRole('region', { name: 'Resultado de' })
  await result.waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-labelledby'))).toBe(
    'result',
  )
  // Behind the verdict, what one may keep of it.
  const lines = await result.locator('p').allTextContents()
  return lines.filter(line => line !== '' && !line.startsWith('Guárdela para la próxima'))
}

export const checkFolder = async (page: Page, dir: string): Promise<string[]> => {
  await folderField(page).setInputFiles(dir)
  return press(page)
}

type Files = Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]

/** A log as its ZIP file; and an older checkpoint, if there is one. */
export const checkZip = async (page: Page, zip: Files, since: Files = []): Promise<string[]> => {
  await zipField(page).setInputFiles(zip)
  await page.getByLabel('Constancia de la vez anterior').setInputFiles(since)
  return press(page)
}

/** Dropped from the system's own windows, as nothing but the browser can. */
export const dropOn = async (page: Page, field: ReturnType<Page['locator']>, file: string) => {
  const box = await field.boundingBox()
  const at = { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
  const browser = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await browser.send('Input.dispatchDragEvent', { type, ...at, data })
  await expect
    .poll(() => field.evaluate(one => (one as unknown as { files: File[] }).files.length))
    .toBeGreaterThan(0)
}
