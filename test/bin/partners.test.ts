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
import { startHub } from '../../infra/local/hub.ts'
import { problems } from '../../schemas/problem.ts'

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

test('the codes it explains are codes of the hub', () => {
  const codes = [...text.slice(text.indexOf('## 8.')).matchAll(/^\| (`.*`) \|/gm)].flatMap(
    ([, cell = '']) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code ?? ''),
  )
  expect(codes.length).toBeGreaterThan(12)
  const [title, ...explained] = codes
  expect(title).toBe('code')
  expect(explained.filter(code => !Object.hasOwn(problems, code))).toEqual([])
})

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
  const env = (name: string) => {
    const key = hub.keys.find(each => each.name === name)
    if (!key) throw new Error(`no key ${name}`)
    const jwk = JSON.parse(readFileSync(key.file, 'utf8')) as Record<string, string>
    const pem = join(folder, `${name}.pem`)
    const pkcs8 = createPrivateKey({ key: jwk, format: 'jwk' }).export({
      type: 'pkcs8',
      format: 'pem',
    })
    writeFileSync(pem, pkcs8, { mode: 0o600 })
    const { url, authority } = hub
    return {
      ...process.env,
      HUB_URL: url,
      AUTHORITY: authority,
      KEYID: key.keyid,
      KEY_PEM: pem,
      KEY_JWK: key.file,
    }
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
