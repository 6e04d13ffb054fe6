// The programs of docs/partners.es.md, the same as those of .en.md, run against a hub.
import { execFile } from 'node:child_process'
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { type PrivateJwk, hubKey, parsePrivateJwk } from '../../signatures/keys.ts'
import { startHub } from '../../infra/local/hub.ts'
import { hubNow } from '../journeys/callers.ts'
import { idempotencyKey } from '../journeys/signed-requests.ts'
import { enrolledHolder, newHolder } from '../journeys/key-holders.ts'
import { everyFunction } from '../every-function.ts'
import { root, block } from './partner-pages.ts'

const run = promisify(execFile)
const runs = (program: string, ...args: string[]) =>
  run(program, args).then(
    () => true,
    () => false,
  )
const has = {
  curl:
    (await runs('curl', '--version')) &&
    (await runs('openssl', 'genpkey', '-algorithm', 'ed25519')),
  python: await runs('python3', '-c', 'import cryptography'),
}

describe('the programs, against a running hub', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-partners-'))
  const hub = await startHub({
    warm: everyFunction,
    port: 0,
    data: join(folder, 'hub'),
    schedules: false,
    log: () => {},
  })
  afterAll(async () => {
    await hub.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const { url, authority } = hub
  const holding = (keyid: string, jwk: PrivateJwk) => {
    const pem = join(folder, `${keyid}.pem`)
    const pkcs8 = createPrivateKey({ key: jwk, format: 'jwk' }).export({
      type: 'pkcs8',
      format: 'pem',
    })
    writeFileSync(pem, pkcs8, { mode: 0o600 })
    return { ...process.env, HUB_URL: url, AUTHORITY: authority, KEYID: keyid, KEY_PEM: pem }
  }
  const env = (name: string) => {
    const key = hub.keys.find(each => each.name === name)
    if (!key) throw new Error(`no key ${name}`)
    const jwk = JSON.parse(readFileSync(key.file, 'utf8')) as PrivateJwk
    return { ...holding(key.keyid, jwk), KEY_JWK: key.file }
  }

  test.runIf(has.curl)('of bash, curl and openssl read and write', async () => {
    const [script, body] = [join(folder, 'request.sh'), join(folder, 'body.json')]
    writeFileSync(script, block('bash'))
    const list = await run('bash', [script, 'GET', '/v1/referrals', 'direction=sent'], {
      env: env('igm-system'),
    })
    expect(JSON.parse(list.stdout)).toEqual({ items: [] })
    writeFileSync(body, '{"max":1,"waitSeconds":0}\n')
    const pull = await run('bash', [script, 'POST', '/v1/inbox/pull', '', body], {
      env: env('ala-system'),
    })
    expect(JSON.parse(pull.stdout)).toEqual({ messages: [] })
  })

  test.runIf(has.curl)('that make a key name it as the hub does', async () => {
    const { stdout } = await run(
      'bash',
      ['-c', `${block('sh')}\ncat key.pem; printf '%s' "$KEYID"`],
      { cwd: folder },
    )
    const [pem = '', keyid] = stdout.split(/(?<=-----END PRIVATE KEY-----)\n/)
    const { crv, kty, x } = createPublicKey(createPrivateKey(pem)).export({ format: 'jwk' })
    const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x }))
    expect(keyid).toBe(thumbprint.digest('base64url'))
  })

  test.runIf(has.curl)('that turn PEM into JWK and back leave the key as it is', async () => {
    await run('bash', ['-c', `${block('sh')}\n${block('sh', 1)}`], { cwd: folder })
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    expect(read('again.pem')).toBe(read('key.pem'))
    const { keyid } = await hubKey(parsePrivateJwk(JSON.parse(read('key.jwk'))))
    const { crv, kty, x } = createPublicKey(read('public.pem')).export({ format: 'jwk' })
    const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x }))
    expect(keyid).toBe(thumbprint.digest('base64url'))
    expect(statSync(join(folder, 'key.jwk')).mode & 0o077).toBe(0)
  })

  test.runIf(has.curl && has.python)('of Python proves a key that two persons enrol', async () => {
    const [script, program] = [join(folder, 'request.sh'), join(folder, 'propose.py')]
    writeFileSync(script, block('bash'))
    writeFileSync(program, block('python', 1))
    const body = join(folder, 'key.json')
    /** What a request with this body is answered. */
    const post = async (as: NodeJS.ProcessEnv, path: string, json: string) => {
      writeFileSync(body, json)
      const { stdout } = await run('bash', [script, 'POST', path, '', body], { env: as })
      return JSON.parse(stdout) as Record<string, string>
    }
    const read = async (as: NodeJS.ProcessEnv) => {
      const { stdout } = await run('bash', [script, 'GET', '/v1/referrals'], { env: as })
      return JSON.parse(stdout) as Record<string, unknown>
    }
    const own = newHolder()
    const mine = holding(own.keyid, own.jwk)
    const { stdout } = await run('python3', [program, 'IGM', 'referrer'], {
      env: { ...mine, NEW_KEY_PEM: mine.KEY_PEM },
    })
    const { validUntil } = JSON.parse(stdout) as { validUntil: string }
    const keys = '/v1/institutions/IGM/keys'
    const proposed = await post(env('igm-liaison'), keys, stdout)
    expect(proposed).toMatchObject({ keyid: own.keyid, state: 'proposed' })
    expect(await read(mine)).toMatchObject({ code: 'key-unknown' })

    const place = { url, data: hub.data, aheadMs: 0, hub }
    const day = (n: number) => new Date(hubNow(place).getTime() + n * 86_400_000).toISOString()
    const validity = { validFrom: day(-1), validUntil: day(1) }
    const second = await enrolledHolder(place, 'IGM', ['liaison'], validity)
    const path = `${keys}/${own.keyid}`
    // A refusal is not stored: the corrected body goes under the same Idempotency-Key.
    const seconds = { ...holding(second.keyid, second.jwk), IDEMPOTENCY_KEY: idempotencyKey() }
    const confirm = (role: string) =>
      post(seconds, `${path}/confirmation`, JSON.stringify({ roles: [role], validUntil }))
    expect(await confirm('recipient')).toMatchObject({ code: 'invalid-request' })
    expect(await confirm('referrer')).toMatchObject({
      state: 'active',
      confirmedBy: second.keyid,
    })
    expect(await read(mine)).toEqual({ items: [] })

    const reason = '{"reason":"superseded"}'
    expect(await post(mine, `${path}/revocation`, reason)).toMatchObject({ state: 'revoked' })
    expect(await read(mine)).toMatchObject({ code: 'key-revoked' })
  })

  test.runIf(has.python)('of Python reads', async () => {
    const script = join(folder, 'request.py')
    writeFileSync(script, block('python'))
    const { stdout } = await run('python3', [script], { env: env('igm-system') })
    expect(stdout.trim()).toBe('200 {"items": []}')
  })

  test('of our client reads', async () => {
    const script = join(folder, 'client.mts')
    writeFileSync(script, block('ts').replaceAll("'./", `'${fileURLToPath(root)}`))
    const { stdout } = await run(process.execPath, [script], { env: env('igm-system') })
    expect(stdout.trim()).toBe('0')
  })
})
