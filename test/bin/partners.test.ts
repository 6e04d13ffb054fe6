// docs/partners.md does what it says: its bytes are recomputed, its programs run against a hub.
import { execFile } from 'node:child_process'
import { createHash, createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { explain } from '../../bin/sign-check/explain.ts'
import { readCaptured } from '../../bin/sign-check/message.ts'
import type { PrivateJwk } from '../../client/keys.ts'
import { cosignedMessage, cosignerName } from '../../functions/crypto/cosignature.ts'
import { startHub } from '../../infra/local/hub.ts'
import { RevocationReason } from '../../schemas/agreement.ts'
import { KeyProof, keyProofType } from '../../schemas/institution.ts'
import { problems } from '../../schemas/problem.ts'
import { routes } from '../../schemas/routes.ts'
import { idempotencyKey } from '../journeys/callers.ts'
import { enrolledHolder, newHolder } from '../journeys/key-holders.ts'

const root = new URL('../../', import.meta.url)
const text = readFileSync(new URL('docs/partners.md', root), 'utf8')
const block = (language: string, n = 0): string => {
  const found = [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))][n]?.[1]
  if (found === undefined) throw new Error(`docs/partners.md has no ${language} block ${n}`)
  return found
}

describe('the worked bytes', () => {
  const base = block('text').trimEnd()
  const message = block('http').trimEnd().replaceAll('\n', '\r\n')
  // RFC 9421, appendix B.1.4.
  const publicKey = createPublicKey(
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----',
  )

  test('are as long and hash to what stands beside them', () => {
    expect(text).toContain(`estos ${Buffer.byteLength(base)} bytes`)
    expect(text).toContain(createHash('sha256').update(base).digest('hex'))
  })

  test('verify under the key of RFC 9421, by node:crypto alone', () => {
    const signature = /^Signature: hub=:(.*):\r$/m.exec(message)?.[1] ?? ''
    expect(verify(null, Buffer.from(base), publicKey, Buffer.from(signature, 'base64'))).toBe(true)
    const body = message.slice(message.indexOf('\r\n\r\n') + 4)
    expect(message).toContain(createHash('sha256').update(body).digest('base64'))
  })

  test('are what the hub builds of the request', async () => {
    const request = readCaptured(Buffer.from(message))
    if (!request) throw new Error('no request')
    const verdict = await explain(request, { authority: 'hub.example.org', keys: [] })
    // Everything but the key, which no hub should know.
    expect([verdict.code, verdict.base]).toEqual(['key-unknown', base])
  })
})

test('the codes it explains are the codes of the hub, each once', () => {
  const section = text.slice(text.indexOf('## 8.'), text.indexOf('## 9.'))
  const codes = [...section.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code ?? ''),
  )
  const [title, ...explained] = codes
  expect(title).toBe('code')
  expect(explained.toSorted()).toEqual(Object.keys(problems).toSorted())
})

test('it names every claim of a proof and every reason of a revocation, in both languages', () => {
  const section = text.slice(text.indexOf('## 9.'), text.indexOf('## 10.'))
  const names = [keyProofType, ...Object.keys(KeyProof.shape), ...RevocationReason.options]
  const times = (name: string) => section.split(`\`${name}\``).length - 1
  expect(names.filter(name => name !== 'superseded' && times(name) < 2)).toEqual([])
})

test('it names a cosigner and what a cosignature is over as the hub does', () => {
  const section = text.slice(text.indexOf('## 10.'))
  expect(section).toContain(`\`${cosignerName('referral-hub.example/access-log', '<CODE>')}\``)
  const [header, time] = cosignedMessage('', 7).toString().split('\n')
  expect(section).toContain(`\`${header}\`, LF, \`${time?.replace('7', '<T>')}\`, LF`)
  expect(section).toContain(routes['access-log.cosign'].path)
})

/** Days from now, on the hub's clock, which here is the machine's. */
const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()
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
  const hub = await startHub({ port: 0, data: join(folder, 'hub'), log: () => {} })
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
    writeFileSync(script, block('ts').replaceAll("'./client/", `'${fileURLToPath(root)}client/`))
    const { stdout } = await run(process.execPath, [script], { env: env('igm-system') })
    expect(stdout.trim()).toBe('0')
  })
})
