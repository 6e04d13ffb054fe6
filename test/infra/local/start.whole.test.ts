import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { machineFolder } from './fragment.ts'
import { made, processesWith, refusal, run, serving, startedAndStopped } from './started.ts'

describe('npm start', { timeout: 60_000 }, () => {
  test('prints one line when it serves, logs to a file, and ends with 0 on SIGTERM: no process of it is left', () =>
    startedAndStopped(made))

  test('after kill -9 no process of it is left, and it starts again over what it had', async () => {
    const data = join(machineFolder(), 'data')
    const first = await serving(['--data', data])
    const { keys } = JSON.parse(readFileSync(join(data, 'hub.json'), 'utf8')) as { keys: unknown }
    expect(processesWith(data, first.child).length).toBeGreaterThan(0)
    first.child.kill('SIGKILL')
    expect((await first.ended).signal).toBe('SIGKILL')
    await expect.poll(() => processesWith(data, first.child), { timeout: 5000 }).toEqual([])
    const second = await serving(['--data', data])
    expect((await fetch(`${second.url}/v1/health`)).status).toBe(200)
    expect(JSON.parse(readFileSync(join(data, 'hub.json'), 'utf8'))).toMatchObject({ keys })
  })
})

describe('npm start refuses, in one line and with exit code 2', { timeout: 60_000 }, () => {
  test.each([
    [['--prot', '1'], "unknown option '--prot'"],
    [['--port', '70000'], 'It must be a number from 0 to 65535.'],
    [['--now', 'tomorrow'], 'It must be an RFC 3339 time'],
  ])('%j', async (parameters, said) => {
    expect(await refusal(...parameters)).toContain(said)
  })

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    const said = await refusal('--port', String(port), '--data', join(machineFolder(), 'data'))
    expect(said).toContain(`port ${port} is taken`)
  })

  test('a folder that cannot be written', async () => {
    const file = join(machineFolder(), 'file')
    writeFileSync(file, '')
    expect(await refusal('--data', join(file, 'data'))).toContain('cannot write to the data folder')
  })

  test('a folder whose parts cannot be written', async () => {
    const data = machineFolder()
    mkdirSync(join(data, 'dynamodb.sqlite'))
    expect(await refusal('--port', '0', '--data', data)).toContain('DynamoDB')
  })

  test('a data folder in use', async () => {
    const data = join(machineFolder(), 'data')
    const { child } = await serving(['--data', data])
    const said = await refusal('--port', '0', '--data', data)
    expect(said).toContain(`in use by another hub (process ${child.pid})`)
  })

  test('nothing: --help says what there is, and ends with 0', async () => {
    const { said, ended } = run(['--help'])
    expect(await ended).toEqual({ code: 0, signal: null })
    for (const option of [
      '--port',
      '--data',
      '--ephemeral',
      '--now',
      '--rate',
      '--burst',
      '--verbose',
    ])
      expect(said.out).toContain(option)
  })

  test('keys to enrol that cannot be are a wrong usage, told by their place', async () => {
    const file = join(machineFolder(), 'first.json')
    writeFileSync(file, '[{"institution":"IGM","roles":["liaison"],"jwk":{"d":"secreto"}}]')
    for (const enrol of [file, `${file}.not-there`]) {
      const { said, ended } = run(['--port', '0', '--ephemeral', '--enrol', enrol])
      expect(await ended).toEqual({ code: 2, signal: null })
      expect(said.err).toMatch(/^error: cannot enrol the keys of .+: no usable list of public keys/)
      expect(said.err).not.toContain('secreto')
    }
  })
})
