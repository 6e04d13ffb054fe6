// What a compliance officer takes along: the history of a referral, a consent and its certificate, entries as a
// spreadsheet, and the signed log, which verifies as it was saved; and the month at a glance.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { hub as command } from '../bin/cli.ts'
import { callerOf, hubNow } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { ownHub } from '../journeys/own-hub.ts'
import { stagesOf, withdraw } from '../journeys/stages.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { enterAs, isForEverybody, opened, visit } from './browser.ts'
import { unzipped } from './unzipped.ts'

const hub = await ownHub()
const start = `${hub.url}/console`
const officer = await visit(hub.url)
const stages = await stagesOf(hub)
/** A name that must be on none of these pages. */
const canary = (n: number) => {
  const { payload } = submissionOf(n)
  return { payload: { ...payload, identity: { ...payload.identity, alias: 'Canarioprueba' } } }
}
const referral = await stages.pulled(1, canary(1))
const ended = await stages.acknowledged(2, canary(2))
const folder = temporaryFolder('saved')

beforeAll(async () => {
  await withdraw(hub, stages.igm, ended.consentId)
  await stages.ala.release(ended.referralId, 'training-referral').catch(() => {})
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
})

const enter = async (path: string): Promise<Page> => {
  const page = await opened(officer, `${start}/${path}`)
  await enterAs(page, 'igm-compliance')
  return page
}

/** Presses a button that saves a file. */
const saved = async (page: Page, button: string) => {
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  const download = await saving
  await page.getByText(`Guardado: ${download.suggestedFilename()}.`).waitFor()
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

test('the history of a referral has its states, and all that the log says of it from the beginning', async () => {
  const page = await enter(`historia/${referral.referralId}`)
  await page.getByRole('heading', { name: `Historia de ${referral.folio}` }).waitFor()
  const said = await page.locator('.rh-entries li').allTextContents()
  expect(said[0]).toContain('una llave de IGM pidió: enviar referencia.')
  expect(said.findIndex(text => text.includes('abrir contenido'))).toBeGreaterThan(0)
  expect(await page.getByText('Canarioprueba').count()).toBe(0)
  await isForEverybody(page, {
    es: `Historia de ${referral.folio}`,
    en: `History of ${referral.folio}`,
  })
  await page.getByRole('link', { name: 'El consentimiento' }).click()
  await page.getByText('todavía no hay constancia').waitFor()
  expect(page.url()).toBe(`${start}/consentimientos/${referral.consentId}`)
  await isForEverybody(page, { es: 'Consentimiento', en: 'Consent' })
  await page.close()
})

test('a consent that ended has its certificate, without names, and leads to its entries', async () => {
  const page = await enter(`consentimientos/${ended.consentId}`)
  await page.getByText('Consentimiento retirado').waitFor()
  await page.getByText('El sobre cifrado que guardaba la tabla de referencias.').waitFor()
  expect(await page.getByText('Canarioprueba').count()).toBe(0)
  await isForEverybody(page, { es: 'Consentimiento', en: 'Consent' })
  await page.getByRole('link', { name: 'Entrada n.º' }).first().click()
  await page.getByRole('button', { name: 'Comprobar' }).waitFor()
  await page.close()
})

test('the spreadsheet has the entries of the filters, a mark for its coding, and no formula', async () => {
  const page = await enter('bitacora?accion=referral.release')
  await page.getByRole('link', { name: 'Exportar estas entradas' }).click()
  await page.getByText('Las entradas que coinciden con los filtros').waitFor()
  expect(page.url()).toBe(`${start}/exportar?accion=referral.release`)
  const { name, bytes } = await saved(page, 'Guardar la hoja (CSV)')
  expect(name).toBe('bitacora.csv')
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const [head = '', ...rows] = bytes.toString().slice(1).split('\r\n')
  expect(head.split(',')).toHaveLength(15)
  expect(rows.pop()).toBe('')
  const compliance = await callerOf(hub, 'igm-compliance')
  const { items } = (await compliance.accessLog({ action: 'referral.release' })).body
  expect(rows).toHaveLength(items.length)
  expect(rows.every(row => row.includes('abrir contenido'))).toBe(true)
  for (const cell of rows.flatMap(row => row.split(','))) expect(cell).not.toMatch(/^[=+\-@]/)
  await isForEverybody(page, { es: 'Exportar –', en: 'Export –' })
  await page.close()
})

test('the signed log verifies as it was saved, and no more once a byte of it is another', async () => {
  const page = await enter('exportar')
  const { name, bytes } = await saved(page, 'Guardar la bitácora (ZIP)')
  const files = unzipped(bytes)
  for (const [path, content] of files) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  const exported = join(folder, name.replace('.zip', ''))
  const vkey = (await (await callerOf(hub, 'igm-compliance')).logKey()).body.trim()
  const ran = await command(['--lang', 'es', 'log', 'verify', exported, '--vkey', vkey])
  expect(ran).toMatchObject({ code: 0 })
  expect(ran.out).toContain('La bitácora está íntegra')
  expect(await verifyFolder(exported, { vkey, now: hubNow(hub) })).toMatchObject({
    ok: true,
    size: Number(/\d+/.exec(name)?.[0]),
    trusted: { by: 'given' },
  })
  const [path = ''] = [...files.keys()].filter(one => one.includes('/tile/entries/'))
  const content = Buffer.from(files.get(path) ?? '')
  content.write('ALB', content.indexOf('"ALA"') + 1)
  writeFileSync(join(folder, path), content)
  expect(await verifyFolder(exported, { vkey, now: hubNow(hub) })).toMatchObject({ ok: false })
  await isForEverybody(page, { es: 'Exportar –', en: 'Export –' })
  await page.close()
})

test('a hub whose key is not the known one gives nothing to save', async () => {
  const page = await enter('exportar')
  await page.evaluate(() => {
    const vkey = '127.0.0.1/access-log+00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    localStorage.setItem('log-key', JSON.stringify({ vkey, since: '2026-11-03T12:00:00.000Z' }))
  })
  await page.reload()
  await enterAs(page, 'igm-compliance')
  await page.getByRole('button', { name: 'Guardar la bitácora (ZIP)' }).click()
  await page.getByText('No se pudo comprobar.').waitFor()
  await page.getByText('log-key').waitFor()
  expect(await page.getByText('Guardado').count()).toBe(0)
  await page.evaluate(() => localStorage.removeItem('log-key'))
  await page.close()
})

test('the month has bars with their figures as words, the same in a table, and the months before', async () => {
  const page = await enter('mes')
  const chart = page.getByRole('img')
  await chart.waitFor()
  const { days } = (await (await callerOf(hub, 'igm-compliance')).logSummary()).body
  const [many = 0] = days
    .filter(({ day }) => day === '2026-11-21')
    .map(({ counts }) =>
      counts
        .filter(one => one.action === 'referral.release' && one.outcome === 'allowed')
        .reduce((sum, { n }) => sum + n, 0),
    )
  expect(many).toBeGreaterThan(0)
  expect(await chart.getAttribute('aria-label')).toBe(
    `Aperturas por día. 21 de noviembre de 2026: ${many}`,
  )
  expect(await page.locator('.rh-bar').count()).toBe(30)
  await page.getByRole('figure').getByText('Aperturas por día', { exact: true }).waitFor()
  const day = '21 de noviembre de 2026'
  const row = page.getByRole('row', { name: day })
  const openings = row.getByRole('link', { name: `${many} Aperturas, ${day}`, exact: true })
  await openings.waitFor()
  // Who does not know the words is told them.
  await page.getByText('Una solicitud denegada es lo que alguien pidió').waitFor()
  await page.getByText('por eso puede ser más que la suma').waitFor()
  const denied = days
    .filter(one => one.day === '2026-11-21')
    .flatMap(({ counts }) => counts.filter(({ outcome }) => outcome === 'denied'))
  const refused = denied.reduce((sum, { n }) => sum + n, 0)
  expect(refused).toBeGreaterThan(0)
  await isForEverybody(page, {
    es: 'El mes: noviembre de 2026',
    en: 'The month: November 2026',
  })
  // Each number leads to as many entries of the log.
  await row.getByRole('link', { name: `${refused} Solicitudes denegadas` }).click()
  expect(page.url()).toBe(`${start}/bitacora?desde=2026-11-21&hasta=2026-11-21&resultado=denied`)
  await page.locator('.rh-entries > li').first().waitFor()
  expect(await page.locator('.rh-entries > li').count()).toBe(refused)
  await page.goBack()
  await openings.click()
  await page.locator('.rh-entries > li').first().waitFor()
  expect(await page.locator('.rh-entries > li').count()).toBe(many)
  await page.goBack()
  const asked = page.getByRole('table', { name: 'Solicitudes denegadas, por lo que se pidió' })
  await asked.getByRole('link').first().waitFor()
  await page.getByRole('link', { name: 'Mes anterior' }).click()
  await page.getByText('Nada en este mes.').waitFor()
  expect(page.url()).toBe(`${start}/mes?mes=2026-10`)
  await expect.poll(() => page.locator(':focus').textContent()).toBe('El mes: octubre de 2026')
  await isForEverybody(page, { es: 'El mes: octubre de 2026', en: 'The month: October 2026' })
  await page.close()
})

test('whoever looked at all this was denied nothing: a certificate is asked for where there is one', async () => {
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const compliance = await callerOf(hub, 'igm-compliance')
  const { items } = (await compliance.accessLog({ outcome: 'denied', limit: 200 })).body
  expect(items.filter(({ code }) => code === 'nothing-destroyed')).toEqual([])
  const asked = (await compliance.accessLog({ consentId: referral.consentId, limit: 200 })).body
  const read = asked.items.filter(({ action }) => action.startsWith('consent.'))
  expect(new Set(read.map(({ action }) => action))).toEqual(new Set(['consent.read']))
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(officer.heard.wrong).toEqual([])
})
