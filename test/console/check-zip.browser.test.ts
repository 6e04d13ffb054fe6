// A log in the ZIP file that the console exports, with the checkpoint of last time: the verdict is the command line's,
// to the word; a ZIP file that was made to harm is said to be that.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportLog } from '../../bin/export-log.ts'
import { verdictLines } from '../../verify/words.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { callerOf, hubNow } from '../journeys/callers.ts'
import { copyOf } from '../verify/log-bench.ts'
import { tamperings } from '../verify/tamperings.ts'
import { enterAs, isForEverybody } from './browser.ts'
import { checkZip, dropOn, forgetting, press, zipField } from './checking.ts'
import { logsToCheck, saidOf, zipOf } from './logs-to-check.ts'

const { hub, start, officer, folder, own, signer, vkey, checking, knowing } =
  await logsToCheck('zip')

test('what the console exports is checked as the ZIP file that it is, dropped or chosen', async () => {
  const page = await checking()
  await page.goto(`${start}/exportar`)
  await enterAs(page, 'igm-compliance')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Guardar la bitácora (ZIP)' }).click(),
  ])
  const file = join(folder, download.suggestedFilename())
  await download.saveAs(file)
  await page.getByRole('link', { name: 'Comprobar', exact: true }).click()
  await dropOn(page, zipField(page), file)
  expect((await press(page))[0]).toMatch(/^La bitácora está íntegra/)
  // What was verified is kept, and asked about the next time.
  const [kept] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Guardar la constancia' }).click(),
  ])
  const note = join(folder, kept.suggestedFilename())
  expect(kept.suggestedFilename()).toMatch(/^constancia-\d+\.txt$/)
  await kept.saveAs(note)
  await page.getByText(/^Guardado: constancia-\d+\.txt\.$/).waitFor()
  await (await callerOf(hub, 'igm-compliance')).accessLog({})
  await hub.hub.invoke('referral-hub-SequenceAccessLog', {})
  const newer = join(folder, 'newer')
  await exportLog(await callerOf(hub, 'igm-compliance'), newer, { hub: hub.hub.authority })
  const lines = await checkZip(page, zipOf(newer), note)
  expect(lines[0]).toMatch(/^La bitácora está íntegra/)
  const known = (await (await callerOf(hub, 'igm-compliance')).logKey()).body.trim()
  const verdict = await verifyFolder(newer, { vkey: known, now: hubNow(hub), since: note })
  expect(verdict).toMatchObject({ ok: true, since: { added: expect.any(Number) as number } })
  const continued = verdictLines(verdict, 'es')
    .map(line => line.trim())
    .filter(line => /^desde la constancia anterior|^nada de lo anterior/.test(line))
  expect(continued).toHaveLength(2)
  expect(lines).toEqual(expect.arrayContaining(continued))
  await isForEverybody(page, { es: 'Comprobar –', en: 'Check –' })
  await forgetting(page)
}, 180_000)

const olderCodes = [
  'rollback',
  'fork',
  'since-unsigned',
  'since-signature',
  'since-malformed',
] as const

test('with an older checkpoint, and out of a ZIP file, it says what the command line says', async () => {
  const page = await knowing()
  for (const code of olderCodes) {
    const [, tamper] = tamperings.find(([, , each]) => each === code) ?? []
    const bench = copyOf(own.dir, join(folder, `antes-${code}`), signer)
    const { since = '' } = tamper?.(bench) ?? {}
    const zip = zipOf(bench.dir)
    const { verdict, lines } = await saidOf(bench.dir, {
      vkey,
      now: hubNow(hub),
      name: zip.name,
      since,
    })
    expect(verdict).toMatchObject({ ok: false, code })
    expect([code, await checkZip(page, zip, since)]).toEqual([code, lines])
  }
  await forgetting(page)
}, 180_000)

test('a ZIP file that is none, or that somebody made to harm, is said to be that, and nothing of the log', async () => {
  const page = await knowing()
  const zip = zipOf(own.dir)
  const damaged = Buffer.from(zip.buffer)
  damaged.fill(0, 200, 210)
  const bad = [
    [Buffer.from('nada'), 'Eso no es un archivo ZIP.', 'zip-none'],
    [damaged, 'El archivo ZIP está dañado', 'zip-damaged'],
  ] as const
  for (const [buffer, words, code] of bad) {
    const [first, second] = await checkZip(page, { ...zip, buffer })
    expect([code, first]).toEqual([code, expect.stringContaining(words)])
    expect(second).toContain(`(${code})`)
  }
  await isForEverybody(page, { es: 'Comprobar –', en: 'Check –' })
  await forgetting(page)
})

test('no page of all this was refused anything by its policy, or asked anybody else', () => {
  expect(officer.heard.wrong).toEqual([])
})
