// The officer's questions on the command line: filters in words, a sheet that stands for itself, a month in numbers.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AccessLogEntry } from '../../schemas/access-log.ts'
import { callerOf, hubFileOf, hubNow, inboxOf, refusalOf, systemsOf } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { hub as run, records, within } from './cli.ts'

const hub = await emptyHub()
const folder = temporaryFolder('officer')
within(() => folder)
const { igm, ala } = await systemsOf(hub)
const officer = await callerOf(hub, 'igm-compliance')
const inbox = inboxOf(ala)
const keyid = hubFileOf(hub).keys.find(({ name }) => name === 'ala-system')?.keyid ?? ''

const submitted: { referralId: string; consentId: string; folio: string }[] = []
for (let n = 1; n <= 3; n++) {
  const { body } = await igm.submitReferral(submissionOf(n))
  await inbox.about(body.referralId)
  submitted.push(body)
}
const [first, second] = submitted as [(typeof submitted)[0], (typeof submitted)[0]]
await refusalOf(ala.release(first.referralId, 'aggregate-reporting'))
for (let again = 0; again < 2; again++)
  await igm.withdrawConsent(second.consentId, {
    requestedBy: 'self',
    method: 'in-person',
    at: hubNow(hub).toISOString(),
  })
await hub.hub.invoke('referral-hub-SequenceAccessLog', {})

const ignored = readFileSync('.gitignore', 'utf8').split('\n')

const log = (...args: string[]) => run(['log', ...args, '--hub', hub.data])
const entriesOf = async (...args: string[]) => {
  const { out, err, code } = await log(...args, '--all', '--json')
  expect([code, err]).toEqual([0, expect.stringMatching(/igm-compliance/)])
  return records(out) as unknown as AccessLogEntry[]
}
const openings = async (category?: string) =>
  (await entriesOf('--action', 'referral.release', '--outcome', 'allowed')).filter(
    ({ categories }) => category === undefined || categories?.includes(category as never),
  )
/**
 * The place of an opening: the first places are the keys that the deployment enrolled, which are not every officer's to
 * read.
 */
const aRelease = async () => String((await openings())[0]?.index)
const ids = (entries: AccessLogEntry[]) => entries.map(({ id }) => id)

describe('hub log', { timeout: 120_000 }, () => {
  test('takes codes and words, keys by name and by their beginning, referrals by folio', async () => {
    const all = ids(await openings())
    expect(all.length).toBe(3)
    expect(ids(await entriesOf('--category', 'identity'))).toEqual(all)
    expect(ids(await entriesOf('--category', 'Situación MIGRATORIA'))).toEqual(all)
    expect(ids(await entriesOf('--category', 'migration'))).toEqual(all)
    expect(ids(await entriesOf('--action', 'abrir contenido', '--outcome', 'permitido'))).toEqual(
      all,
    )
    expect(ids(await entriesOf('--key', 'ala-system', '--category', 'identity'))).toEqual(all)
    expect(ids(await entriesOf('--key', keyid.slice(0, 8), '--category', 'identity'))).toEqual(all)
    expect(await entriesOf('--key', 'igm-system', '--category', 'identity')).toEqual([])
    const about = await entriesOf('--referral', first.folio.toLowerCase(), '--category', 'identity')
    expect(about.map(({ referralId }) => referralId)).toEqual([first.referralId])
  })

  test('says what it takes where a word or key fits nothing, and asks nothing then', async () => {
    const wrong = await log('--category', 'salud')
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('identity (identidad), contact (contacto), migrationStatus')
    const key = await log('--key', 'nobody')
    expect([key.code, key.out]).toEqual([2, ''])
    expect(key.err).toContain('hub.json')
    const backwards = await log('--from', '2026-11-30', '--to', '2026-11-01')
    expect([backwards.code, backwards.out]).toEqual([2, ''])
    expect(backwards.err).toMatch(/--from.*--to/)
    expect((await log('--from', '2026-11-21', '--to', '2026-11-21')).code).toBe(0)
    const none = await log('--keyid', '________')
    expect(none.code).toBe(1)
    expect(none.err).toContain('/keyid  no-such-key')
  })
})

describe('hub log prove', { timeout: 120_000 }, () => {
  test('writes a page and JSON that hold offline with the log’s key, and say nothing without it', async () => {
    const [release] = await openings()
    const index = String(release?.index)
    const made = await log('prove', index)
    expect([made.code, made.err]).toEqual([0, expect.stringContaining(`entrada-${index}.html`)])
    expect(made.out).toContain('abrir contenido. Resultado: permitido.')
    const vkey = (await officer.logKey()).body.trim()
    const page = readFileSync(join(folder, `entrada-${index}.html`), 'utf8')
    expect(page).toContain(`hub log check-proof entrada-${index}.html --vkey ${vkey}`)
    expect(page).toContain(submitted.find(one => one.referralId === release?.referralId)?.folio)
    expect(page).not.toMatch(/<(?:script|img|link|iframe)|<[^>]*\son\w+=|url\(|https?:/i)
    for (const file of [`entrada-${index}.html`, `entrada-${index}.json`]) {
      // No hub: what is checked is the file.
      const check = (...more: string[]) =>
        run(['log', 'check-proof', join(folder, file), '--hub', 'nowhere', ...more])
      const held = await check('--vkey', vkey, '--json')
      expect([held.code, records(held.out)[0]]).toEqual([
        0,
        expect.objectContaining({ ok: true, entry: release }),
      ])
      const other = vkey.replace(
        /^(.*)\+.*\+.*$/,
        '$1+11ad3f5f+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      )
      expect([(await check()).code, (await check('--vkey', other)).code]).toEqual([2, 2])
      const plain = await check('--vkey', vkey, '--lang', 'en')
      expect(plain.out).toContain(`Entry ${index} is in the log`)
      expect(plain.out).toContain(vkey)
    }
  })

  test('writes nothing over a file that is there, and one file alone where its name says so', async () => {
    const file = join(folder, 'mine.html')
    writeFileSync(file, 'mine')
    const index = await aRelease()
    const refused = await log('prove', index, '--out', file)
    expect([refused.code, readFileSync(file, 'utf8')]).toEqual([2, 'mine'])
    expect((await log('prove', index, '-o', join(folder, 'one.json'))).code).toBe(0)
    expect([existsSync(join(folder, 'one.json')), existsSync(join(folder, 'one.html'))]).toEqual([
      true,
      false,
    ])
    // Made at the root of this repository, they are nothing to commit.
    const made = ['entrada-57', 'entry-57'].flatMap(name => [`${name}.html`, `${name}.json`])
    made.push(
      'bitacora-2026-11.csv',
      'bitacora-2026-11.html',
      'log-2026-11.csv',
      'log-2026-11.html',
    )
    for (const name of made)
      expect(
        ignored.some(line => line.startsWith('/') && matchesGlob(name, line.slice(1))),
        name,
      ).toBe(true)
    const format = await log('prove', index, '-o', join(folder, 'one.pdf'))
    expect([format.code, format.err]).toEqual([2, expect.stringContaining('.html, .json')])
    const absent = await log('prove', '99999')
    expect([absent.code, absent.err]).toEqual([1, expect.stringContaining('not-yet-sequenced')])
    expect(existsSync(join(folder, 'entrada-99999.html'))).toBe(false)
  })
})

test('hub log prove tells an officer that the entry is another institution’s, and others that they are none', async () => {
  // The first places are the keys that the deployment enrolled, each its institution's business.
  const own = await entriesOf('--action', 'key.enrol')
  const mine = new Set(own.map(({ index }) => index))
  const foreign = [...Array(own.length + 1).keys()].find(index => !mine.has(index))
  const officers = await log('prove', String(foreign), '--json')
  expect([officers.code, records(officers.out)[0]]).toMatchObject([1, { code: 'forbidden' }])
  expect(officers.err).toContain('otra institución')
  expect(officers.err).not.toContain('--as')
  const liaisons = await log('prove', String(foreign), '--json', '--as', 'igm-liaison')
  expect([liaisons.code, liaisons.err]).toEqual([1, expect.stringContaining('(--as, --key)')])
  expect(liaisons.err).not.toContain('otra institución')
})

describe('hub log report', { timeout: 120_000 }, () => {
  test('tells a month in numbers, for a spreadsheet and on a page', async () => {
    const made = await log('report', '--month', '2026-11')
    expect([made.code, made.err]).toEqual([0, expect.stringContaining('bitacora-2026-11.csv')])
    const csv = readFileSync(join(folder, 'bitacora-2026-11.csv'), 'utf8')
    expect(csv.startsWith('\uFEFFsección,')).toBe(true)
    const opened = csv.split('\r\n').filter(line => line.startsWith('Aperturas de contenido,'))
    const sum = opened.reduce((all, line) => all + Number(line.split(',').at(-1)), 0)
    expect(sum).toBe(3)
    expect(opened.every(line => line.includes(',ala-system,') && line.includes(keyid))).toBe(true)
    expect(csv).toMatch(/Solicitudes denegadas,.*abrir contenido.*referral\.release,1\r\n/)
    const withdrawn = csv.split('\r\n').filter(line => line.startsWith('Consentimientos retirados'))
    expect(withdrawn.map(line => line.includes(second.referralId))).toEqual([true])
    const page = readFileSync(join(folder, 'bitacora-2026-11.html'), 'utf8')
    expect(page).toContain('El mes no ha terminado')
    expect(page).toContain('identidad')
    expect(page).not.toMatch(/<script|<img|<link|url\(|https?:/i)
  })

  test('of a month without entries is empty, and a month that is none is wrong usage', async () => {
    const { code, out } = await log('report', '--month', '2026-02', '--json')
    expect(code).toBe(0)
    expect(records(out)[0]).toMatchObject({
      from: '2026-02-01',
      to: '2026-02-28',
      running: false,
      summary: { days: [], releases: [] },
      withdrawals: [],
    })
    expect((await log('report', '--month', '2026-13')).code).toBe(2)
    expect((await log('report')).code).toBe(2)
  })

  test('is refused to who is no officer of a party', async () => {
    const index = await aRelease()
    for (const name of ['igm-system', 'ala-liaison', 'oim-system', 'stranger']) {
      const report = await log('report', '--month', '2026-11', '--json', '--as', name)
      expect([name, report.code]).toEqual([name, 1])
      expect((await log('prove', index, '--json', '--as', name)).code).toBe(1)
    }
  })
})
