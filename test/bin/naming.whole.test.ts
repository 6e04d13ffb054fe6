// By which names the command line takes a referral and a key, on a real local hub: a folio wherever a referral's id is
// taken, a keyid's beginning or a post wherever a keyid is.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startHub, type Hub } from '../../infra/local/hub.ts'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import { everyFunction } from '../every-function.ts'
import { hub as run, records } from './cli.ts'

let folder: string
let hub: Hub
let referral: { referralId: string; consentId: string; folio: string }
const inFolder = (name: string) => join(folder, name)
const ask = (...args: string[]) => run([...args, '--hub', folder], { env: { COLUMNS: '200' } })
const good = async (...args: string[]) => {
  const ran = await ask(...args)
  expect(ran, ran.err).toMatchObject({ code: 0 })
  return ran
}
const madeKey = async (name: string) => {
  const { out } = await run(['keys', 'new', '--out', inFolder(`${name}.json`), '--json'])
  return records(out)[0] as { keyid: string; jwk: object }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-naming-'))
  const { jwk } = await madeKey('second')
  await writeFile(
    inFolder('first.json'),
    JSON.stringify([{ institution: 'IGM', roles: ['liaison'], jwk }]),
  )
  const now = new Date('2026-11-30T12:00:00.000Z')
  hub = await startHub({
    warm: everyFunction,
    port: 0,
    schedules: false,
    data: folder,
    ephemeral: true,
    now,
    enrol: inFolder('first.json'),
  })
  const file = new URL('../data/referrals-250.jsonl', import.meta.url)
  const [input = ''] = (await readFile(file, 'utf8')).split('\n')
  const { out } = await run(['refer', '-', '--json', '--hub', folder], { input })
  referral = records(out)[0]?.['referral'] as typeof referral
  const pulled = await run(['pull', '--wait', '10', '--json', '--hub', folder])
  await run(['ack', '--all', '--hub', folder], { input: pulled.out })
}, 90_000)
afterAll(async () => {
  await hub.stop()
  await rm(folder, { recursive: true, force: true })
})

const typed = () => referral.folio.toLowerCase().replaceAll('-', '')

describe('a folio, in lower case and without hyphens, is taken by', () => {
  const self = ['--requested-by', 'self', '--method', 'in-person', '--yes']
  test.each<[string, string[], string[]]>([
    ['show', [], []],
    ['open', [], ['--purpose', 'training-referral']],
    ['status', [], ['accepted']],
    ['consent', [], []],
    ['consent', ['--referral'], []],
    ['log', ['--referral'], []],
    ['withdraw', ['--referral'], self],
    ['withdraw', [], self],
    ['confirm-deletion', ['--referral'], ['--yes']],
    ['confirm-deletion', [], ['--yes']],
    ['certificate', ['--referral'], []],
    ['certificate', [], []],
  ])('hub %s %j', async (name, before, after) => {
    const { out } = await good(name, ...before, typed(), ...after, '--json')
    expect(out).toContain(referral.referralId)
    const unknown = await ask(name, ...before, 'REF-0000-0001-1', ...after)
    expect(unknown.err).toContain('ninguna referencia con el folio REF-0000-0001-1')
    expect([unknown.out, unknown.code]).toEqual(['', 2])
  })
})

const stateOf = async (keyid: string) => {
  const keys = records((await good('keys', 'list', 'IGM', '--json')).out) as DirectoryKey[]
  return keys.find(key => key.keyid === keyid)?.state
}
const revoke = (text: string) =>
  ask('keys', 'revoke', 'IGM', '--keyid', text, '--reason', 'superseded', '--yes')

const asSecond = (...args: string[]) => ask(...args, '--key', inFolder('second.json'))

describe('a key', () => {
  const terms = ['--roles', 'compliance-officer', '--until', '2027-11-30']
  const propose = async (name: string) => {
    const { keyid } = await madeKey(name)
    const post = ['--post', 'IGM-CUMP-07']
    const { out } = await good(
      'keys',
      'propose',
      'IGM',
      inFolder(`${name}.json`),
      ...terms,
      ...post,
    )
    expect(out).toMatch(/puesto +IGM-CUMP-07/)
    return keyid
  }
  const confirm = (text: string) =>
    asSecond('keys', 'confirm', 'IGM', '--keyid', text, ...terms, '--yes')

  test('is confirmed and revoked by the beginning of its keyid or by its post, and named in full', async () => {
    const first = await propose('first-officer')
    const confirmed = await confirm(first.slice(0, 8))
    expect([confirmed.code, confirmed.err]).toEqual([0, expect.stringContaining(first)])
    expect(await stateOf(first)).toBe('active')

    const me = await good('me', '--key', inFolder('first-officer.json'))
    expect(me.out).toMatch(/institución +IGM\n/)
    expect(me.out).toContain(first)
    expect(me.out).toMatch(/roles +oficial de cumplimiento\n/)
    expect(me.out).toMatch(/puesto +IGM-CUMP-07\n/)
    expect(me.out).toMatch(/convenios +igm-ala-2026/)
    expect(me.out).toMatch(/vigente hasta +2027-11-30 23:59:59\n/)
    const inJson = await good('me', '--as', 'ala-system', '--json', '--lang', 'en')
    expect(records(inJson.out)[0]).toMatchObject({ institution: 'ALA', roles: ['recipient'] })

    const second = await propose('second-officer')
    // Of the post's two keys one waits to be confirmed.
    const other = await confirm('IGM-CUMP-07')
    expect([other.code, other.err]).toEqual([0, expect.stringContaining(second)])
    // Now both could be meant.
    const both = await revoke('IGM-CUMP-07')
    expect([both.out, both.code]).toEqual(['', 2])
    expect(both.err).toContain(first)
    expect(both.err).toContain(second)
    expect([await stateOf(first), await stateOf(second)]).toEqual(['active', 'active'])
    const revoked = await revoke(first.slice(0, 12))
    expect([revoked.code, revoked.err]).toEqual([0, expect.stringContaining(first)])
    expect(await stateOf(first)).toBe('revoked')

    const last = await revoke('IGM-CUMP-07')
    expect([last.code, last.err]).toEqual([0, expect.stringContaining(second)])
    expect(await stateOf(second)).toBe('revoked')
  }, 120_000)

  test('that fits nothing is exit 2, and nothing is done', async () => {
    for (const text of ['AAAAAAAA', 'IGM-CUMP-99', 'igm-nobody']) {
      const { out, err, code } = await revoke(text)
      expect(err).toContain('ninguna llave de IGM es esa')
      expect([out, code]).toEqual(['', 2])
    }
  }, 60_000)

  test('is looked for in the log by its post, whichever keys the post has had', async () => {
    const { out } = await good('log', '--key', 'IGM-CUMP-07', '--action', 'me.read', '--json')
    expect(records(out).map(({ actor }) => actor)).toEqual([
      expect.objectContaining({ institution: 'IGM', post: 'IGM-CUMP-07' }),
    ])
    const by = await good('log', '--keyid', 'IGM-CUMP-07', '--action', 'preguntar quién soy')
    expect(by.out).toContain('preguntar quién soy')
    const none = await ask('log', '--key', 'IGM-CUMP-99')
    expect([none.code, none.out, none.err]).toEqual([1, '', expect.stringContaining('no-such-key')])
  }, 60_000)
})
