// hub sign-check, of requests that are signed well and refused all the same: by another key than keyid names, or
// without an Idempotency-Key.
import { sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { explain } from '../../bin/sign-check/explain.ts'
import { readCaptured } from '../../bin/sign-check/message.ts'
import { type CaptureOptions, authority, captured, keys, pairs } from './captured.ts'
import { hub, records, within } from './cli.ts'
import { covered } from '../signatures/signing.ts'

const known = Object.entries(keys).map(([name, key]) => ({ ...key, name }))
const told = async (options: CaptureOptions, among: Parameters<typeof explain>[1]['keys']) => {
  const request = readCaptured(Buffer.from(captured(options)))
  if (!request) throw new Error('no request')
  const { code, findings } = await explain(request, { authority, keys: among })
  return { code, findings }
}

const ecdsa = (data: Buffer) =>
  sign('sha256', data, {
    key: pairs['ecdsa-p256-sha256'].privateKey,
    dsaEncoding: 'ieee-p1363',
  })
const signedByAnother = (name: string) => ({
  key: 'signed-by-another',
  values: { signer: `${name} (${known.find(key => key.name === name)?.keyid})` },
})

describe('a signature by another key that is known here', () => {
  test('is named where keyid names a known key', async () => {
    expect(await told({ sign: ecdsa }, known)).toEqual({
      code: 'signature-invalid',
      findings: [signedByAnother('ecdsa-p256-sha256')],
    })
  })

  test('is named where keyid is the thumbprint of no key', async () => {
    const parameters = { keyid: 'k'.repeat(43) }
    expect(await told({ parameters }, known)).toEqual({
      code: 'key-unknown',
      findings: [{ key: 'key-not-here' }, signedByAnother('ed25519')],
    })
  })

  test('is named by its keyid where it has no name', async () => {
    const { findings } = await told({ sign: ecdsa }, Object.values(keys))
    expect(findings).toEqual([
      { key: 'signed-by-another', values: { signer: keys['ecdsa-p256-sha256'].keyid } },
    ])
  })

  test('is not guessed where it is not known', async () => {
    const { findings } = await told({ sign: ecdsa }, [keys.ed25519])
    expect(findings).toEqual([{ key: 'no-known-mistake' }])
  })
})

describe('a write without an Idempotency-Key', () => {
  const components = ['@method', '@authority', '@path', '@query', 'content-type', 'content-digest']
  const without: CaptureOptions = { without: ['idempotency-key'], components }

  test('is signed well and refused all the same', async () => {
    expect(await told(without, known)).toEqual({
      code: 'idempotency-key-missing',
      findings: [{ key: 'holds' }, { key: 'idempotency-key-absent' }],
    })
  })

  test('is told so beside what is wrong with the signature', async () => {
    const { code, findings } = await told({ ...without, signs: { '@query': 'x=1' } }, known)
    expect([code, findings.map(({ key }) => key)]).toEqual([
      'signature-invalid',
      ['component-other', 'idempotency-key-absent'],
    ])
  })

  test.each([
    '/v1/referrals/01a1fe0c-6a88-7000-8000-000000000001/status',
    '/v1/institutions/IGM/keys',
  ])('is known by the routes of the hub: %s', async target => {
    const { findings } = await told({ ...without, target }, known)
    expect(findings.at(-1)).toEqual({ key: 'idempotency-key-absent' })
  })

  test('is nothing where the route asks for none', async () => {
    const { code, findings } = await told({ ...without, target: '/v1/inbox/pull' }, known)
    expect([code, findings]).toEqual([undefined, [{ key: 'holds' }]])
  })

  test('of another form is another fault', async () => {
    const headers = { 'idempotency-key': 'too short' }
    for (const target of ['/v1/referrals', '/v1/inbox/pull'])
      expect(await told({ headers, target }, known)).toEqual({
        code: 'idempotency-key-malformed',
        findings: [{ key: 'holds' }, { key: 'idempotency-key-form' }],
      })
  })
})

describe('hub sign-check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-sign-check-keys-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  within(() => folder)
  const file = join(folder, 'request.http')
  mkdirSync(join(folder, 'keys'))
  const listed = known.map(({ name, keyid, institution, roles, jwk }) => {
    const path = join(folder, 'keys', `${name}.json`)
    writeFileSync(path, JSON.stringify(jwk))
    return { name, keyid, institution, roles, file: path }
  })
  writeFileSync(
    join(folder, 'hub.json'),
    JSON.stringify({ url: 'http://127.0.0.1:9', authority, keys: listed }),
  )
  const check = (...more: string[]) => hub(['sign-check', file, '--hub', folder, ...more])

  test('calls the key that signed by its name in hub.json', async () => {
    writeFileSync(file, captured({ sign: ecdsa }))
    const { code, out } = await check('--lang', 'en')
    expect([code, out]).toEqual([
      1,
      expect.stringContaining(
        `signed with the key ecdsa-p256-sha256 (${keys['ecdsa-p256-sha256'].keyid}), but keyid names another`,
      ),
    ])
  })

  test('exits with 1 where the hub will refuse what is signed well', async () => {
    const components = covered.filter(name => name !== 'idempotency-key')
    writeFileSync(file, captured({ without: ['idempotency-key'], components }))
    const { code, out } = await check()
    expect([code, out]).toEqual([1, expect.stringContaining('la firma vale')])
    expect(out).toContain('idempotency-key: falta el encabezado, que esta ruta pide')
    const [record] = records((await check('--json')).out)
    expect(record).toMatchObject({ ok: false, code: 'idempotency-key-missing' })
  })
})
