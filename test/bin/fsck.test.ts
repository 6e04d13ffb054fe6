// hub fsck on a hub's folder: while it runs, when it was stopped, when something was taken out of it.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { startHub } from '../../infra/local/hub.ts'
import { callerOf } from '../journeys/callers.ts'
import { submissionOf } from '../journeys/submissions.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { hub as run, records } from './cli.ts'

const data = temporaryFolder('fsck-data')
const hub = await startHub({ data, now: new Date('2026-11-21T12:00:00.000Z'), schedules: false })
afterAll(() => hub.stop())
const igm = await callerOf(hub, 'igm-system')
const { referralId } = (await igm.submitReferral(submissionOf(1))).body

test('a running hub: nothing contradicts itself, and what is under way is said', async () => {
  const { code, out, err } = await run(['fsck', data])
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^Nada se contradice: 1 referencias, 1 consentimientos, \d+ entradas/),
  ])
  expect(err).toMatch(/^\d+ entradas esperan su lugar o su firma/)
})

test('a stopped hub, in English and for machines', async () => {
  await hub.stop()
  expect((await run(['fsck', data, '--lang', 'en'])).out).toMatch(/^Nothing contradicts itself: 1/)
  const [report, ...others] = records((await run(['fsck', data, '--json'])).out)
  expect([report, others]).toMatchObject([{ ok: true, violations: [], referrals: 1, owed: 1 }, []])
})

test('something was taken out: its name, the record, what to do, and exit code 1', async () => {
  const database = new DatabaseSync(join(data, 'dynamodb.sqlite'))
  database.exec('DELETE FROM "referral-hub-Outbox"')
  database.close()
  const { code, out } = await run(['fsck', data])
  expect(code).toBe(1)
  expect(out).toContain('Contradicciones: 1\n')
  expect(out).toContain('(owed-missing)\n')
  expect(out).toContain(`  Outbox ALA#${referralId} 1\n`)
  expect(out).toMatch(/→ No corrija filas a mano/)
  expect(out.split('\n').filter(line => line.length > 100)).toEqual([])
  const [report] = records((await run(['fsck', data, '--json', '--lang', 'en'])).out)
  expect(report).toMatchObject({
    ok: false,
    violations: [
      {
        kind: 'owed-missing',
        record: `Outbox ALA#${referralId} 1`,
        meaning: expect.stringMatching(/will not arrive$/),
        todo: expect.stringMatching(/^Do not mend rows by hand/),
      },
    ],
  })
})

test('what is no data folder is said with what it lacks, exit code 2', async () => {
  const { code, out, err } = await run(['fsck', join(data, 'keys')])
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('(le falta dynamodb.sqlite)')
  expect((await run(['fsck'])).code).toBe(2)
})

test('its page has its exit codes', async () => {
  expect((await run(['fsck', '--help', '--lang', 'en'])).out).toMatch(/Ends with 0 if nothing/)
})
