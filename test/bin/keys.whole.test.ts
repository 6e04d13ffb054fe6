// Keys by the command line alone: two persons make one, one ends it. How the deployment enrols the first ones:
// admin.whole.test.ts.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DirectoryKey } from '../../schemas/agreement.ts'
import { hub, records } from './cli.ts'
import { lineHub } from './line-hub.ts'

const { folder, running } = await lineHub(async at => {
  const second = await madeKey('second', at)
  const first = [{ institution: 'IGM', roles: ['liaison'], jwk: second.jwk }]
  await writeFile(join(at, 'first.json'), JSON.stringify(first))
  return join(at, 'first.json')
})
const inFolder = (name: string) => join(folder, name)

/** A key made by `hub keys new`, in `<at>/<name>.json`. */
async function madeKey(name: string, at: string = folder) {
  const { out } = await hub(['keys', 'new', '--out', join(at, `${name}.json`), '--json'])
  return records(out)[0] as { keyid: string; jwk: object }
}

const ask = (...args: string[]) => hub([...args, '--hub', folder], { env: { COLUMNS: '200' } })
const good = async (...args: string[]) => {
  const ran = await ask(...args)
  expect(ran, ran.err).toMatchObject({ code: 0 })
  return ran
}
const asSecond = () => ['--key', inFolder('second.json')]
const terms = ['--roles', 'referrer', '--until', '2027-11-30']
const stateOf = async (keyid: string) => {
  const keys = records((await good('keys', 'list', 'IGM', '--json')).out) as DirectoryKey[]
  return keys.find(key => key.keyid === keyid)?.state
}

test('one liaison proposes, the other confirms, the key signs, and one of them revokes it', async () => {
  const { keyid } = await madeKey('system')
  const proposed = await good('keys', 'propose', 'IGM', inFolder('system.json'), ...terms)
  expect(proposed.out).toContain('propuesta por igm-liaison')
  expect(proposed.err).toContain(
    `hub keys confirm IGM --keyid ${keyid} --roles referrer --until 2027-12-01T`,
  )
  const use = () => ask('list', '--key', inFolder('system.json'))
  expect((await use()).err).toContain('key-unknown')

  const own = await ask('keys', 'confirm', 'IGM', '--yes', '--keyid', keyid, ...terms)
  expect([own.code, own.err.includes('(forbidden)')]).toEqual([1, true])
  const wrong = ['--roles', 'referrer,liaison', '--until', '2027-11-30']
  const unread = await ask(
    'keys',
    'confirm',
    'IGM',
    '--yes',
    '--keyid',
    keyid,
    ...wrong,
    ...asSecond(),
  )
  expect(unread.err).toContain('/roles  not-as-proposed')
  expect(
    (await good('keys', 'confirm', 'IGM', '--yes', '--keyid', keyid, ...terms, ...asSecond())).out,
  ).toContain('vigente')
  expect((await use()).code).toBe(0)

  const revoked = await good(
    'keys',
    'revoke',
    'IGM',
    '--yes',
    '--keyid',
    keyid,
    '--reason',
    'superseded',
  )
  expect(revoked.out).toContain('revocada por igm-liaison · reemplazada')
  expect((await use()).err).toContain('key-revoked')
  expect(await stateOf(keyid)).toBe('revoked')

  const log = await good('log', '--limit', '20')
  for (const action of ['inscribir llave', 'confirmar llave', 'revocar llave'])
    expect(log.out).toContain(action)
}, 60_000)

test('whoever holds the new key signs the proposal, and a liaison who never sees it sends it', async () => {
  const { keyid } = await madeKey('held')
  const propose = ['keys', 'propose', 'IGM']
  const { out } = await good(...propose, inFolder('held.json'), ...terms, '--prove-only')
  expect(out).not.toContain(JSON.parse(await readFile(inFolder('held.json'), 'utf8')).d)
  expect(await stateOf(keyid)).toBeUndefined()
  const file = inFolder('proposal.json')
  await writeFile(file, out)
  expect((await ask(...propose, file, ...terms)).err).toContain('ninguno')
  await good(...propose, file)
  expect(await stateOf(keyid)).toBe('proposed')
  const again = await ask(...propose, file)
  expect([again.code, again.err.includes('(key-exists)')]).toEqual([1, true])
}, 60_000)

test('the exported log verifies with keys in every state, also where what a key signed is in doubt now', async () => {
  const { keyid } = await madeKey('stolen')
  await good('keys', 'propose', 'IGM', inFolder('stolen.json'), ...terms)
  await good('keys', 'confirm', 'IGM', '--yes', '--keyid', keyid, ...terms, ...asSecond())
  await good('list', '--key', inFolder('stolen.json'))
  const keys = records((await good('keys', 'list', 'IGM', '--json')).out) as DirectoryKey[]
  const since = keys.find(key => key.keyid === keyid)?.validFrom ?? ''
  const why = ['--reason', 'key-compromise', '--at', since]
  expect((await good('keys', 'revoke', 'IGM', '--yes', '--keyid', keyid, ...why)).out).toContain(
    'en duda desde',
  )

  await running.invoke('referral-hub-SequenceAccessLog', {})
  await good('log', 'export', inFolder('log'))
  const verdict = await hub(['log', 'verify', inFolder('log'), '--json'])
  expect(records(verdict.out)[0]).toMatchObject({ ok: true })
  const exported = JSON.parse(await readFile(inFolder('log/keys.json'), 'utf8')) as {
    items: DirectoryKey[]
  }
  const states = new Set(exported.items.map(({ state }) => state))
  expect(states).toEqual(new Set(['active', 'proposed', 'revoked']))
}, 60_000)

test('institutions and keys are listed, in English too', async () => {
  expect((await good('keys', 'list')).out).toMatch(/IGM +Instituto Guatemalteco de Migración/)
  const { out } = await good('keys', 'list', 'ALA', '--lang', 'en')
  expect(out).toContain('enrolled by the deployment')
}, 60_000)
