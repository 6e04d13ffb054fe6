// By which key a log is judged, and how whoever asks came by it: never by the folder's own word alone. And what is no
// export at all.
import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportLog } from '../../bin/export-log.ts'
import { verifyFolder } from '../../verify/verify-folder.ts'
import type { HubClient } from '../../client/hub-client.ts'
import { hubFileOf } from '../journeys/callers.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { bundled } from '../bin/bundled.ts'
import { hub, records } from '../bin/cli.ts'
import { exportedFrom, ownLog } from './exported-log.ts'
import { benchOf, type Json } from './log-bench.ts'
import { noteSigner } from './log-notes.ts'

const place = await emptyHub()
const folder = mkdtempSync(join(tmpdir(), 'hub-trust-'))
const env = { HUB_LOG_KEYS: join(folder, 'pins', 'log-keys') }
const inFolder = (name: string) => join(folder, name)
const now = new Date('2026-11-21T12:30:00.000Z')
const script = await bundled('verify-log')
let officer: HubClient
let vkey = ''

const log = (...args: string[]) => hub(['log', ...args, '--lang', 'en'], { env })
const exportTo = (name: string) => log('export', inFolder(name), '--hub', place.data)

beforeAll(async () => {
  officer = await exportedFrom(place, inFolder('first'), 10)
  vkey = (JSON.parse(readFileSync(join(inFolder('first'), 'policy.json'), 'utf8')) as Json).vkey
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What whoever has the folder alone can do: cut the log, sign it with a fresh key, and name that one. */
const forge = (from: string, to: string) => {
  const bench = ownLog(from, to, noteSigner())
  bench.rebuild(bench.leaves().slice(0, -5), 'signature')
  return to
}

const bit = (text: string) => String.fromCharCode(text.charCodeAt(0) ^ 1)

describe('the key of a log', () => {
  test('is given by the hub, to be kept on paper', async () => {
    const asked = await log('key', '--hub', place.data)
    expect([asked.code, asked.out]).toEqual([0, `${vkey}\n`])
    const [json] = records((await log('key', '--hub', place.data, '--json')).out)
    expect(json).toEqual({ vkey, origin: 'referral-hub.example/local/access-log' })
  })

  test('is pinned by an export, and compared from then on', async () => {
    const made = await exportTo('pinned')
    expect([made.code, made.err.includes(env.HUB_LOG_KEYS), made.err.includes(vkey)]).toEqual([
      0,
      true,
      true,
    ])
    const good = await log('verify', inFolder('pinned'))
    expect(good.out).toContain('The log is intact')
    expect(good.out).toContain(`key of the log ${vkey}\n    it is the one pinned before in`)
    expect(good.code).toBe(0)

    // A copy elsewhere that was tampered with still names the key that is known here.
    cpSync(inFolder('pinned'), inFolder('copy'), { recursive: true })
    const keys = readFileSync(join(inFolder('copy'), 'keys.json'), 'utf8')
    const bent = keys.replace(/(?<="x": ?").(?=[\w-]{20})/, bit)
    expect(bent).not.toBe(keys)
    writeFileSync(join(inFolder('copy'), 'keys.json'), bent)
    const flipped = await log('verify', inFolder('copy'))
    expect([flipped.code, flipped.out]).toEqual([1, expect.stringContaining('for another folder')])
    expect(flipped.out).not.toContain('nothing outside vouches')

    // In the very place: a pin is for the log of this folder.
    forge(inFolder('pinned'), inFolder('forged'))
    rmSync(inFolder('pinned'), { recursive: true })
    cpSync(inFolder('forged'), inFolder('pinned'), { recursive: true })
    const bad = await log('verify', inFolder('pinned'))
    expect(bad.out).toContain('The log is NOT what was signed')
    expect(bad.out).toContain('(log-key)')
    expect(bad.out).toContain(`key of the log ${vkey}\n    it is the one pinned before in`)
    expect(bad.out).not.toContain('intact')
    expect(bad.code).toBe(1)
    const again = await exportTo('pinned')
    expect([again.code, again.err.includes('nothing was changed')]).toEqual([1, true])
  }, 60_000)

  test('where it is given, a log that was cut and signed anew does not hold, whatever the folder says', async () => {
    const forged = forge(inFolder('first'), inFolder('cut'))
    const onPaper = inFolder('vkey.txt')
    writeFileSync(onPaper, `${vkey}\r\n`)
    for (const given of [vkey, onPaper]) {
      const bad = await log('verify', forged, '--vkey', given)
      expect([bad.code, bad.out.includes('(log-key)'), /intact/.test(bad.out)]).toEqual([
        1,
        true,
        false,
      ])
      const good = await log('verify', inFolder('first'), '--vkey', given, '--json')
      expect(records(good.out)[0]).toMatchObject({ ok: true, trusted: { vkey, by: 'given' } })
    }
    expect(await verifyFolder(forged, { now, vkey })).toMatchObject({
      ok: false,
      code: 'log-key',
      trusted: { vkey, by: 'given' },
    })
    for (const none of ['none', `${vkey}x`, inFolder('first')])
      expect((await log('verify', forged, '--vkey', none)).code).toBe(2)
  }, 60_000)

  test('that only the folder names is said to be that, never that the log is intact; and it is pinned', async () => {
    const forged = forge(inFolder('first'), inFolder('unknown'))
    const first = await log('verify', forged)
    expect(first.out).toContain('The log agrees with itself')
    expect(first.out).toContain('the key came from the folder itself')
    expect(first.out).toContain(
      `first use: it was taken from the folder itself and pinned in ${env.HUB_LOG_KEYS}`,
    )
    expect(first.out).not.toContain('intact')
    expect(first.code).toBe(0)
    const second = await log('verify', forged, '--json')
    expect(records(second.out)[0]).toMatchObject({ ok: true, trusted: { by: 'pinned' } })
    const spanish = await hub(['log', 'verify', forge(inFolder('first'), inFolder('otra'))], {
      env,
    })
    expect(spanish.out).toContain('la llave salió de la carpeta misma')
    expect(spanish.out).not.toContain('íntegra')
  }, 60_000)

  test('that cannot be pinned is the folder’s own word, and a list of pins that cannot be read is not taken for none', async () => {
    const nowhere = { HUB_LOG_KEYS: join(inFolder('first'), 'policy.json', 'log-keys') }
    const unkept = await hub(['log', 'verify', inFolder('first'), '--json'], { env: nowhere })
    expect(unkept.code).toBe(2)
    const broken = { HUB_LOG_KEYS: inFolder('broken') }
    writeFileSync(broken.HUB_LOG_KEYS, 'no list\n')
    const refused = await hub(['log', 'verify', inFolder('first'), '--lang', 'en'], { env: broken })
    expect([refused.code, refused.err.includes('Do not delete it')]).toEqual([2, true])
    expect(readFileSync(broken.HUB_LOG_KEYS, 'utf8')).toBe('no list\n')
    expect(
      spawnSync(process.execPath, [script, inFolder('first')], {
        env: { ...process.env, ...broken },
      }).status,
    ).toBe(2)
    expect(await verifyFolder(inFolder('first'), { now })).toMatchObject({
      trusted: { by: 'folder' },
    })
  }, 60_000)

  test('of a hub with a name is pinned for that name, in whatever folder', async () => {
    const named = ownLog(inFolder('first'), inFolder('named'), noteSigner())
    // The pin is of the name: it is found before anything of the log is looked at.
    named.json('policy.json', policy => (policy.hub = 'hub.example.org'))
    writeFileSync(inFolder('names'), `${vkey} hub.example.org\n`)
    const ran = await hub(['log', 'verify', named.dir, '--json'], {
      env: { HUB_LOG_KEYS: inFolder('names') },
    })
    expect(records(ran.out)[0]).toMatchObject({ code: 'log-key', trusted: { vkey, by: 'pinned' } })
  })
})

describe('what is no export', () => {
  test('is said to be none, with exit 2', async () => {
    mkdirSync(inFolder('empty'))
    writeFileSync(inFolder('file'), 'text')
    for (const name of ['nowhere', 'empty', 'file']) {
      const ran = await log('verify', inFolder(name))
      expect([name, ran.code, ran.out.split('\n')[0]]).toEqual([
        name,
        2,
        'There is no verdict: this is not an export of the log (hub log export FOLDER makes one) (not-an-export)',
      ])
    }
  }, 60_000)

  test('what systems leave in folders is no alarm', async () => {
    const bench = benchOf(inFolder('first'), noteSigner())
    const strays = [
      'tile/.DS_Store',
      'tile/entries/Thumbs.db',
      'tile/0/desktop.ini',
      'tile/._0',
      '.DS_Store',
    ]
    for (const path of strays) bench.write(path, 'x')
    bench.write('cosigned/.DS_Store', 'x')
    expect(await verifyFolder(bench.dir, { now })).toMatchObject({ ok: true })
    bench.write('tile/notes.txt', 'x')
    expect(await verifyFolder(bench.dir, { now })).toMatchObject({ code: 'file-unexpected' })
    for (const path of [...strays, 'cosigned/.DS_Store', 'tile/notes.txt']) bench.remove(path)
  })

  test('a checkpoint that came by mail cannot be read here; nobody is said to have tampered', async () => {
    cpSync(inFolder('first'), inFolder('mailed'), { recursive: true })
    const bench = benchOf(inFolder('mailed'), noteSigner())
    bench.bytes('checkpoint', text => String(text).replaceAll('\n', '\r\n'))
    const ran = await hub(['log', 'verify', bench.dir], { env })
    expect(ran.code).toBe(2)
    expect(ran.out).toMatch(/^No hay veredicto: no se puede leer aquí: .*Cópielo otra vez/)
    expect(ran.out).not.toContain('NO es la que se firmó')
  })

  test('an export onto a file is refused in a sentence, and the file is as it was', async () => {
    const ran = await exportTo('file')
    expect([ran.code, ran.err.includes('There is a file there, not a folder')]).toEqual([2, true])
    expect(readFileSync(inFolder('file'), 'utf8')).toBe('text')
    const below = await exportTo('file/below')
    expect([below.code, below.err.includes('cannot be written')]).toEqual([2, true])
  }, 60_000)
})

test('an export that was killed is whole after the next one', async () => {
  const out = inFolder('killed')
  const { authority } = hubFileOf(place)
  // Killed with each of the tiles begun: whatever is half there, the next export puts right.
  for (const files of [1, 2]) {
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('killed-export.ts', import.meta.url)),
        out,
        place.data,
        String(place.aheadMs),
        String(files),
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    const ended = await new Promise(resolve => child.once('exit', (_, signal) => resolve(signal)))
    expect(ended).toBe('SIGKILL')
    expect(readdirSync(out, { recursive: true }).some(name => String(name).endsWith('.part'))).toBe(
      true,
    )
  }
  expect((await verifyFolder(out, { now })).ok).toBe(false)
  await place.hub.invoke('referral-hub-SequenceAccessLog', {})
  await exportLog(officer, out, { hub: authority })
  expect(await verifyFolder(out, { now })).toMatchObject({ ok: true })
  expect(
    readdirSync(out, { recursive: true }).filter(name => String(name).endsWith('.part')),
  ).toEqual([])
  expect(existsSync(join(out, 'checkpoint'))).toBe(true)
}, 120_000)
