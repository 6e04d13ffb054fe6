// What stands between a command and its hub is told in a sentence each: the address, hub.json, the key, and what
// answers.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressIn } from '../../bin/address.ts'
import { newKey, publicHalf } from '../../signatures/keys.ts'
import { hub } from './cli.ts'
import { standIn } from './stand-in.ts'

let folder: string
const inFolder = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-address-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  ['127.0.0.1:8787', 'usage.hub-scheme'],
  ['localhost:8787', 'usage.hub-scheme'],
  ['localhost', 'usage.hub-scheme'],
  ['hub.example.org', 'usage.hub-scheme'],
  ['ftp://hub.example.org', 'usage.hub-url'],
  ['http://127.0.0.1:8787/v1', 'usage.hub-url'],
  ['http://user@127.0.0.1:8787', 'usage.hub-url'],
  ['http://:8787', 'usage.hub-url'],
  ['http://localhost:8787', 'usage.hub-localhost'],
])('--hub %s is refused: %s', (address, key) => {
  expect(() => addressIn(address)).toThrow(expect.objectContaining({ key }) as Error)
})

test('an address is taken with a slash at its end, and localhost where its name is given', () => {
  const local = { url: 'http://127.0.0.1:8787', authority: '127.0.0.1:8787' }
  expect(addressIn('http://127.0.0.1:8787/')).toEqual(local)
  expect(addressIn('http://localhost:1', '127.0.0.1:1')?.authority).toBe('127.0.0.1:1')
  expect(addressIn('.hub')).toBeUndefined()
  expect(addressIn('../some.folder/hub')).toBeUndefined()
})

test('a folder without hub.json and a hub.json that is none are told apart', async () => {
  await mkdir(inFolder('empty'))
  expect((await hub(['list', '--hub', inFolder('empty')])).err).toContain('hub.json en esa carpeta')
  expect((await hub(['list', '--hub', inFolder('none')])).err).toContain('no existe')
  await mkdir(inFolder('broken'))
  await writeFile(inFolder('broken/hub.json'), '{"url": 1}')
  const { err, code } = await hub(['list', '--hub', inFolder('broken')])
  expect(err).toContain('no es el que escribe el intercambio')
  expect(code).toBe(2)
})

test('a key file that is PEM, public or nothing is told apart; a mark and CRLF do no harm', async () => {
  const { jwk } = await newKey()
  const { close } = await standIn(folder, () => ({ status: 200, body: { items: [] } }))
  const withKey = async (text: string, mode = 0o600) => {
    await writeFile(inFolder('key.json'), text)
    await chmod(inFolder('key.json'), mode)
    return hub(['list', '--hub', folder, '--key', inFolder('key.json')])
  }
  const pem = await withKey('-----BEGIN PRIVATE KEY-----\nsecreto\n-----END PRIVATE KEY-----\n')
  expect(pem.err).toContain('está en PEM')
  expect(pem.err).not.toContain('secreto')
  expect((await withKey(JSON.stringify(publicHalf(jwk)))).err).toContain('solo la parte pública')
  expect((await withKey('hola')).err).toContain('no tiene una llave privada')
  expect(pem.code).toBe(2)

  const marked = await withKey(`\ufeff${JSON.stringify(jwk, null, 2).replaceAll('\n', '\r\n')}`)
  expect(marked, marked.err).toMatchObject({ code: 0 })
  expect(marked.err).not.toContain('chmod')
  const open = await withKey(JSON.stringify(jwk), 0o644)
  expect(open.err).toContain('chmod 600')
  expect(open.code).toBe(0)
  close()
})

test('a port that speaks something else is exit 3, and so is one where nobody listens', async () => {
  const page = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>otra cosa</p>')
  })
  await new Promise<void>(resolve => page.listen(0, '127.0.0.1', resolve))
  const address = page.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await hub(['keys', 'new', '--out', inFolder('new.json')])
  const key = ['--key', inFolder('new.json')]
  const other = await hub(['list', '--hub', `http://127.0.0.1:${port}`, ...key])
  expect(other.err).toContain('no es un intercambio')
  expect([other.out, other.code]).toEqual(['', 3])
  page.closeAllConnections()
  page.close()
  // Port 1 is reserved (tcpmux) and nobody listens there.
  const nobody = await hub(['list', '--hub', 'http://127.0.0.1:1', ...key])
  expect(nobody.err).toContain('npm start')
  expect(nobody.code).toBe(3)
}, 60_000)

test.each([
  [412, 'version-mismatch', 'véala otra vez'],
  [428, 'precondition-required', '--if-match'],
  [401, 'signature-invalid', '--authority'],
  [401, 'key-unknown', 'de otro intercambio'],
  [403, 'forbidden', '--as'],
])('a refusal %i %s says what to do', async (status, code, hint) => {
  const { close } = await standIn(folder, () => ({ status, body: { status, code, title: 'No' } }))
  const id = '019a0000-0000-7000-8000-000000000000'
  const ran = await hub(['show', id, '--hub', folder])
  expect(ran.err).toContain(`(${code}). No`)
  expect(ran.err).toContain(hint)
  expect(ran.code).toBe(1)
  close()
})
