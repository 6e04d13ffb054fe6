// `hub sign-check`: what the command makes of what it is given.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { authority, captured, keys } from './captured.ts'
import { hub, records, within } from './cli.ts'

describe('hub sign-check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-sign-check-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  within(() => folder)
  const [file, keyFile] = [join(folder, 'request.http'), join(folder, 'key.json')]
  writeFileSync(keyFile, JSON.stringify(keys.ed25519.jwk))
  const args = ['sign-check', file, '--authority', authority, '--public-key', keyFile]

  test('exits with 0 and 1, in words and as JSON, without a hub', async () => {
    writeFileSync(file, captured())
    const good = await hub(args)
    expect([good.code, good.out]).toEqual([0, expect.stringContaining('la firma vale')])
    writeFileSync(file, captured({ signs: { '@query': 'x=1' } }))
    const bad = await hub([...args, '--lang', 'en'])
    expect(bad.code).toBe(1)
    expect(bad.out).toContain('@query: "x=1" was signed; the hub verifies "?x=1"')
    expect(bad.out).toContain('"@path": /v1/referrals')
    const [record] = records((await hub([...args, '--json'])).out)
    expect(record).toMatchObject({ ok: false, code: 'signature-invalid' })
  })

  test('says what is wrong with what it was given', async () => {
    writeFileSync(file, 'no request')
    const run = await hub(args)
    expect([run.code, run.err]).toEqual([2, expect.stringContaining('POST /v1/referrals')])
    const noHub = await hub(['sign-check', file])
    expect(noHub.code).toBe(2)
    writeFileSync(file, captured())
    const noKey = join(folder, 'no-key.json')
    for (const x of ['AAAA', 'A'.repeat(42)]) {
      writeFileSync(noKey, JSON.stringify({ kty: 'EC', crv: 'P-256', x, y: x }))
      const refused = await hub([
        'sign-check',
        file,
        '--authority',
        authority,
        '--public-key',
        noKey,
      ])
      expect([refused.code, refused.out]).toEqual([2, ''])
    }
  })
})
