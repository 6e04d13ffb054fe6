// An officer exports the log of a real hub and verifies it without the hub; any byte that is turned is found.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { exportLog } from '../../bin/export-log.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import { failureCodes } from '../../verify/verdict.ts'
import { verdictLines } from '../../verify/words.ts'
import type { HubClient } from '../../client/hub-client.ts'
import { hubFileOf } from '../journeys/callers.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { bundled } from '../bin/bundled.ts'
import { hub } from '../bin/cli.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { exportedFrom, ownLog } from './exported-log.ts'
import { benchOf } from './log-bench.ts'
import { noteSigner } from './log-notes.ts'
import { algorithms, signedEntries } from './signed-entries.ts'

const folder = temporaryFolder('verify')
const exported = join(folder, 'export')
const place = await emptyHub()
let officer: HubClient

beforeAll(async () => {
  officer = await exportedFrom(place, exported)
}, 60_000)

const now = new Date('2026-11-21T12:30:00.000Z')
const script = await bundled('verify-log')

describe('an exported log', () => {
  test('verifies, and every signed request in it', async () => {
    const verdict = await verifyFolder(exported, { now })
    expect(verdict).toMatchObject({ ok: true, warnings: [] })
    if (!verdict.ok) return
    expect(verdict.size).toBeGreaterThan(256)
    expect(verdict.requests).toBeGreaterThan(256)
    expect(verdict.checkpoint).toBe(readFileSync(join(exported, 'checkpoint'), 'utf8'))
  })

  test('is warned of when it is old, and refused only when somebody said how old it may be', async () => {
    const late = new Date('2026-11-23T00:00:00.000Z')
    expect(await verifyFolder(exported, { now: late })).toMatchObject({
      ok: true,
      warnings: ['old'],
    })
    expect(await verifyFolder(exported, { now: late, maxAgeMs: 1 })).toMatchObject({
      code: 'stale',
    })
  })

  test('goes by the key as the hub serves it, with a line feed behind it', async () => {
    const { vkey } = JSON.parse(readFileSync(join(exported, 'policy.json'), 'utf8')) as {
      vkey: string
    }
    expect(await verifyFolder(exported, { now, vkey: `${vkey.trim()}\n` })).toMatchObject({
      ok: true,
      trusted: { by: 'given' },
    })
  })

  test('verifies with no way to open a connection, in a process of its own', () => {
    const guard = join(folder, 'no-network.mjs')
    writeFileSync(
      guard,
      `import net from 'node:net'
import dns from 'node:dns'
import dgram from 'node:dgram'
const refuse = () => { process.exit(99) }
net.Socket.prototype.connect = refuse
net.connect = net.createConnection = net.Server.prototype.listen = refuse
dgram.createSocket = dns.lookup = dns.resolve = globalThis.fetch = refuse
if (process.env.TRY_IT) net.connect(9, '127.0.0.1')
`,
    )
    const vkey = String(JSON.parse(readFileSync(join(exported, 'policy.json'), 'utf8')).vkey)
    const guarded = (env: Record<string, string>) =>
      spawnSync(process.execPath, [script, exported, '--vkey', vkey, '--lang', 'en'], {
        env: { ...process.env, NODE_OPTIONS: `--import ${guard}`, ...env },
        encoding: 'utf8',
      })
    expect(guarded({ TRY_IT: '1' }).status).toBe(99)
    const { status, stdout, stderr } = guarded({})
    expect(stderr).toBe('')
    expect(stdout).toContain('The log is intact')
    expect(status).toBe(0)
  })

  test('is exported again with only what is new, continues the older one, and a second key is not believed', async () => {
    const again = join(folder, 'again')
    cpSync(exported, again, { recursive: true })
    const fetched: string[] = []
    const watched: Pick<HubClient, 'request'> = {
      request: (method, path, options) => {
        fetched.push(path)
        return officer.request(method, path, options)
      },
    }
    await place.hub.invoke('referral-hub-SequenceAccessLog', {})
    const { size } = await exportLog(watched, again, { hub: hubFileOf(place).authority })
    expect(size).toBeGreaterThan(benchOf(exported, noteSigner()).size)
    expect(fetched).not.toContain('/v1/access-log/tile/0/000')
    expect(fetched).not.toContain('/v1/access-log/tile/entries/000')
    const since = join(again, 'checkpoint.previous')
    expect(readFileSync(since)).toEqual(readFileSync(join(exported, 'checkpoint')))
    const before = benchOf(exported, noteSigner()).size
    const verdict = await verifyFolder(again, { since, now })
    expect(verdict).toMatchObject({ ok: true, size, since: { size: before, added: size - before } })
    const said = verdictLines(verdict, 'en').join(' ')
    expect(said).toMatch(
      new RegExp(
        `older checkpoint \\(${before} entries, until 2026-11-21T\\S+\\) to this one \\(${size} entries`,
      ),
    )
    expect(said).toContain(`nothing before was removed or changed; ${size - before} were added`)

    const other = ownLog(exported, join(folder, 'other'), noteSigner())
    await expect(exportLog(officer, other.dir, { hub: 'test' })).rejects.toMatchObject({
      code: 'policy-key',
    })
  })

  test('two checkpoints that no one log can have are kept, both whole', async () => {
    const signer = noteSigner()
    const bench = ownLog(exported, join(folder, 'forked'), signer)
    const older = readFileSync(join(bench.dir, 'checkpoint'), 'utf8')
    const since = join(folder, 'older')
    writeFileSync(since, older)
    bench.rebuild(bench.leaves().slice(1), 'signature')
    const verdict = await verifyFolder(bench.dir, { since, now })
    expect(verdict).toMatchObject({ ok: false, code: 'rollback' })
    const file = verdict.ok ? '' : (verdict.evidence ?? '')
    expect(file).toMatch(/^evidence-[0-9a-f]{16}\.txt$/)
    const kept = readFileSync(join(bench.dir, file), 'utf8')
    expect(kept).toBe(`${older}\n${readFileSync(join(bench.dir, 'checkpoint'), 'utf8')}`)
  })

  test.each(algorithms)('signatures of %s keys are verified', async alg => {
    const bench = ownLog(exported, join(folder, alg), noteSigner())
    const put = signedEntries(bench, alg)
    const path = '/v1/referrals'
    bench.text(150, put({ action: 'referral.list', path }), 'signature')
    expect(await verifyFolder(bench.dir, { now })).toMatchObject({ ok: true })
    bench.text(150, put({ action: 'referral.list', path, bend }), 'signature')
    expect(await verifyFolder(bench.dir, { now })).toMatchObject({
      code: 'evidence-signature',
      index: 150,
    })
  })

  test('under a name that the hub had before, requests are its own only for those who say so', async () => {
    const bench = ownLog(exported, join(folder, 'named'), noteSigner())
    const [before, local] = ['hub.example', '127.0.0.1:1']
    const put = signedEntries(bench, 'ed25519')
    const request = { action: 'referral.list', path: '/v1/referrals' }
    bench.text(150, put({ ...request, authority: before }), 'signature')
    const refused = { code: 'evidence-authority', index: 150, detail: before }
    expect(await verifyFolder(bench.dir, { now })).toMatchObject(refused)
    expect(await verifyFolder(bench.dir, { now, authorities: [local] })).toMatchObject(refused)
    expect(await verifyFolder(bench.dir, { now, authorities: [before] })).toMatchObject({
      ok: true,
    })
    expect(run(bench.dir)).toBe(1)
    expect(run(bench.dir, '--authority', local, '--authority', before)).toBe(0)
    // A local hub is named by its port, which may be another after each start.
    bench.text(150, put({ ...request, authority: local }), 'signature')
    expect(await verifyFolder(bench.dir, { now })).toMatchObject({ ok: true })
  })
})

const bend = (base: string) => `${base} `
const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args]).status

describe('by the command line', () => {
  test('hub log export and hub log verify, and hub log still asks', async () => {
    const out = join(folder, 'cli')
    const made = await hub(['log', 'export', out, '--hub', place.data, '--lang', 'en'])
    expect(made.err).toContain('entries in')
    expect(made.code).toBe(0)
    const good = await hub(['log', 'verify', out, '--since', join(exported, 'checkpoint')])
    expect(good.out).toContain('La bitácora está íntegra')
    expect(good.out).toContain('4 referencias')
    expect(good.code).toBe(0)
    benchOf(out, noteSigner()).text(7, text => text.replace('allowed', 'denied'), 'entries')
    const bad = await hub(['log', 'verify', out])
    expect(bad.out).toContain('primera entrada afectada: 7')
    expect(bad.code).toBe(1)
    const json = await hub(['log', 'verify', out, '--json'])
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, code: 'leaf-hash', index: 7 })
    const asked = await hub(['log', '--limit', '1', '--json', '--hub', place.data])
    expect(JSON.parse(asked.out)).toMatchObject({ action: 'access-log.query' })
    expect(asked.code).toBe(0)
  }, 60_000)

  test('a wrong call of the verifier is a usage error', () => {
    expect(run()).toBe(2)
    expect(run(exported, 'more')).toBe(2)
    expect(run(exported, '--lang', 'fr')).toBe(2)
    expect(run(exported, '--max-age', 'x')).toBe(2)
    expect(run(join(folder, 'none'))).toBe(2)
    expect(run(exported, '--vkey', 'none')).toBe(2)
  })
})

test('every failure has its sentence in both languages, and a tampered name cannot act on the terminal', () => {
  for (const code of failureCodes)
    for (const language of ['es', 'en'] as const) {
      const lines = verdictLines({ ok: false, code, detail: '\u001b[2J\u202e' }, language)
      expect(lines[0]).toContain(`(${code})`)
      for (const text of ['\u001b', '\u202e', 'undefined'])
        expect(lines.join('')).not.toContain(text)
    }
})
