// A liaison countersigns by the command line, believing nothing that is not proven: another key, another history, wrong
// hashes and a state that was tampered with are refused before anything is signed, and two histories are kept as
// evidence.
import { KMSClient } from '@aws-sdk/client-kms'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cosignLog, type CosignOptions, keepFinding } from '../../bin/cosign-log.ts'
import { Failed } from '../../verify/verdict.ts'
import type { HubClient } from '../../client/hub-client.ts'
import { type HubKey, hubKey } from '../../signatures/keys.ts'
import { callerOf, hubFileOf } from '../journeys/callers.ts'
import { raw } from '../journeys/signed-requests.ts'
import { forgedByLog, jwkOf } from '../journeys/cosigning.ts'
import { sizeOf, textOf } from '../journeys/checkpoint-notes.ts'
import { checkpointOf, logKeyOf, path } from '../journeys/offering.ts'
import { emptyHub } from '../journeys/empty-hub.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { hub as cli } from './cli.ts'

const folder = temporaryFolder('cosign')
const hub = await emptyHub()
const kms = new KMSClient(hub.hub.aws)
afterAll(() => kms.destroy())
const liaison = await callerOf(hub, 'igm-liaison')
const key: HubKey = await hubKey(jwkOf(hub, 'igm-liaison'))
const run = (...args: string[]) => cli(['log', ...args, '--hub', hub.data])

/** The size that IGM cosigned last. */
const cosignedSize = async () => {
  const { json } = await raw(hub, 'igm-compliance', { path })
  const { items } = json as unknown as { items: { institution: string; size: number }[] }
  return items.find(({ institution }) => institution === 'IGM')?.size
}

let count = 0
/** A state file of its own, which holds the log to this checkpoint. */
const stateWith = async (checkpoint?: string, change: object = {}) => {
  const state = join(folder, `state-${++count}.json`)
  const vkey = (await raw(hub, 'igm-liaison', { path: '/v1/access-log/public-key' })).text.trim()
  if (checkpoint !== undefined)
    writeFileSync(state, JSON.stringify({ vkey, checkpoint, ...change }))
  return state
}
const optionsFor = (state: string, more: Partial<CosignOptions> = {}): CosignOptions => ({
  state,
  institution: 'IGM',
  key,
  trusting: () => {},
  ...more,
})
/** The hub, of which some answers are replaced. */
const lying = (answer: (path: string) => unknown): Pick<HubClient, 'request' | 'hubTime'> => ({
  hubTime: liaison.hubTime,
  request: async (method, asked, options) => {
    const lie = answer(asked)
    if (lie instanceof Error) throw lie
    const honest = await liaison.request(method, asked, options)
    return (lie === undefined ? honest : { ...honest, body: lie }) as never
  },
})
const codeOf = async (call: Promise<unknown>): Promise<string> => {
  const error: unknown = await call.catch((thrown: unknown) => thrown)
  return error instanceof Error && 'code' in error ? String(error.code) : 'none'
}

beforeAll(async () => {
  for (let n = 0; n < 5; n++) await raw(hub, 'igm-liaison', { path: '/v1/referrals' })
  await checkpointOf(hub)
})

/** Where the command keeps it when nothing else is said. */
const state = () =>
  `${hubFileOf(hub).keys.find(({ name }) => name === 'igm-liaison')?.file}.cosigned.json`

describe('hub log cosign', { timeout: 60_000 }, () => {
  test('says aloud whom it trusts the first time, cosigns, and keeps what it saw beside the key', async () => {
    const { code, out, err } = await run('cosign')
    expect(err).toContain('Primera vez')
    expect(err).toContain('referral-hub.example/local/access-log+')
    expect(out).toContain('Cofirmada por IGM')
    expect(code).toBe(0)
    const kept = JSON.parse(readFileSync(state(), 'utf8')) as { checkpoint: string }
    expect(sizeOf(kept.checkpoint)).toBe(await cosignedSize())
  })

  test('verifies the next time that the log continues, in English and as JSON too', async () => {
    await checkpointOf(hub)
    const { code, out, err } = await run('cosign', '--json', '--lang', 'en')
    expect(err).not.toContain('First time')
    expect(err).toContain('by it the next time will tell')
    expect(code).toBe(0)
    const answer = JSON.parse(out) as { ok: boolean; proof: string[]; size: number }
    expect(answer).toMatchObject({ ok: true, institution: 'IGM', size: await cosignedSize() })
    expect(answer.proof.length).toBeGreaterThan(0)
  })

  test('refuses the key of another log, a fork and a shorter log, and keeps both histories', async () => {
    const before = await cosignedSize()
    const honest = readFileSync(state(), 'utf8')
    const held = JSON.parse(honest) as { vkey: string; checkpoint: string }
    const logKey = await logKeyOf(hub)
    const byLog = (text: string) => forgedByLog(hub, kms, logKey, text)
    const text = textOf(held.checkpoint)
    await checkpointOf(hub)

    const fork = await byLog(
      text.replace(/[^\n]+\n$/, `${Buffer.alloc(32, 3).toString('base64')}\n`),
    )
    const ahead = await byLog(text.replace(/\n\d+\n/, '\n90000\n'))
    for (const [checkpoint, code] of [
      [fork, 'fork'],
      [ahead, 'rollback'],
    ] as const) {
      writeFileSync(state(), JSON.stringify({ ...held, checkpoint }))
      const ran = await run('cosign', '--json')
      const { code: told, evidence = '' } = JSON.parse(ran.out) as Record<string, string>
      expect([ran.code, told]).toEqual([1, code])
      expect(ran.err).toContain('No se cofirmó nada')
      const place = join(hub.data, 'keys', evidence)
      expect(readFileSync(place, 'utf8').startsWith(`${checkpoint}\n${text.split('\n')[0]}`)).toBe(
        true,
      )
      // What it holds the log to is as it was.
      expect(JSON.parse(readFileSync(state(), 'utf8'))).toEqual({ ...held, checkpoint })
    }
    writeFileSync(state(), JSON.stringify({ ...held, vkey: held.vkey.replace('+', '+0') }))
    const ran = await run('cosign')
    expect(ran.err).toContain('La llave de la bitácora no es la de')
    expect(ran.code).toBe(1)
    expect(await cosignedSize()).toBe(before)
    writeFileSync(state(), honest)
  })

  test('is a wrong call with a state that cannot be read, a lock, or an institution that nobody names', async () => {
    const file = await stateWith()
    writeFileSync(file, '{"vkey":1}')
    const malformed = await run('cosign', '--state', file)
    expect([malformed.code, malformed.out]).toEqual([2, ''])
    expect(malformed.err).toContain('No lo borre')
    writeFileSync(`${file}.lock`, '')
    const busy = await run('cosign', '--state', file)
    expect(busy.code).toBe(2)
    expect(busy.err).toContain('Otra cofirma está en curso')
    const { file: jwk = '' } = hubFileOf(hub).keys.find(({ name }) => name === 'igm-liaison') ?? {}
    const byUrl = [
      'log',
      'cosign',
      '--hub',
      hub.url,
      '--key',
      jwk,
      '--state',
      join(folder, 'url.json'),
    ]
    const unnamed = await cli(byUrl)
    expect(unnamed.code).toBe(2)
    expect(unnamed.err).toContain('--cosigner')
    expect((await cli([...byUrl, '--cosigner', 'IGM'])).code).toBe(0)
  })

  test('goes into an export, which is then verified against what was cosigned', async () => {
    await checkpointOf(hub)
    const out = join(folder, 'export')
    expect((await run('export', out)).code).toBe(0)
    expect(readdirSync(join(out, 'cosigned', 'IGM'))).toEqual([String(await cosignedSize())])
    const { code, out: told } = await run('verify', out)
    expect(told).toContain('cofirmada por IGM')
    expect(code).toBe(0)
    // A later export keeps the earlier cosigned checkpoint beside the new one.
    expect((await run('cosign')).code).toBe(0)
    await checkpointOf(hub)
    expect((await run('export', out)).code).toBe(0)
    expect(readdirSync(join(out, 'cosigned', 'IGM')).length).toBe(2)
    expect((await run('verify', out)).code).toBe(0)
  })
})

/** A tile of the length that was asked for. */
const garble = (asked: string) => new Uint8Array(32 * Number(asked.split('.p/')[1] ?? 256)).fill(7)

describe('whoever cosigns', () => {
  test('does not take wrong hashes for a fork, and signs nothing upon them', async () => {
    const old = await checkpointOf(hub)
    const file = await stateWith(old)
    await checkpointOf(hub)
    const garbled = lying(asked => (/\/tile\/0\//.test(asked) ? garble(asked) : undefined))
    expect(await codeOf(cosignLog(garbled, optionsFor(file)))).toBe('tile-hash')
    const short = lying(asked => (/\/tile\//.test(asked) ? new Uint8Array(32) : undefined))
    expect(await codeOf(cosignLog(short, optionsFor(file)))).toBe('tile-length')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ checkpoint: old })
  })

  test('finds the fork in a second history of the same size', async () => {
    const old = await checkpointOf(hub)
    const fork = textOf(old).replace(/[^\n]+\n$/, `${Buffer.alloc(32, 3).toString('base64')}\n`)
    const other = await forgedByLog(hub, kms, await logKeyOf(hub), fork)
    const file = await stateWith(old)
    const call = cosignLog(
      lying(asked => (asked.endsWith('/checkpoint') ? other : undefined)),
      optionsFor(file),
    )
    const error: unknown = await call.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'fork', notes: [old, other] })
  })

  test('has written down what it is about to sign before it signs, so that dying between loses nothing', async () => {
    const old = await checkpointOf(hub)
    const file = await stateWith(old)
    const next = await checkpointOf(hub)
    const dies = lying(asked => (asked === path ? new Error('the machine stopped') : undefined))
    await expect(cosignLog(dies, optionsFor(file))).rejects.toThrow('the machine stopped')
    const { checkpoint } = JSON.parse(readFileSync(file, 'utf8')) as { checkpoint: string }
    expect(textOf(checkpoint)).toBe(textOf(next))
    // The lock is gone with the run.
    expect((await cosignLog(liaison, optionsFor(file))).size).toBeGreaterThanOrEqual(sizeOf(next))
  })

  test('runs once at a time', async () => {
    const file = await stateWith()
    await checkpointOf(hub)
    const codes = await Promise.all([1, 2].map(() => codeOf(cosignLog(liaison, optionsFor(file)))))
    expect(codes.toSorted()).toEqual(['cosign.locked', 'none'])
  })

  test('needs an Ed25519 key, and no finding is kept where there is none', async () => {
    const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])
    const jwk = await crypto.subtle.exportKey('jwk', made.privateKey)
    const p256 = await hubKey(jwk as HubKey['jwk'])
    const file = await stateWith()
    expect(await codeOf(cosignLog(liaison, optionsFor(file, { key: p256 })))).toBe('cosign.key')
    expect(keepFinding(new Failed('tile-hash', 'tile'), file)).toBeUndefined()
  })
})
