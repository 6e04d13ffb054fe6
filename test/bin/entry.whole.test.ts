// `npx hub`: the entry that npm links. It finds a Node that can run the hub, passes everything on, and changes no file.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { standIn } from './stand-in.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const entry = join(root, 'bin/hub.mjs')

/** The machine's own Node, where it has one that is older: what `npx` runs the entry with. */
const machine = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter(folder => !folder.includes('node_modules'))
  .map(folder => join(folder, 'node'))
  .find(node => spawnSync(node, ['--version']).status === 0)
const older =
  machine !== undefined &&
  Number(/\d+/.exec(execFileSync(machine, ['--version']).toString())?.[0]) < 24

test('package.json names it, and it is executable already: npm makes it so, and a checkout stays clean', () => {
  const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: unknown }
  expect(bin).toEqual({ hub: 'bin/hub.mjs', 'verify-log': 'bin/verify-log.mjs' })
  expect(statSync(entry).mode & 0o777).toBe(0o755)
  expect(readFileSync(entry, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
})

const nodes = [
  ['this Node', process.execPath, true],
  ['an older Node of the machine', machine ?? '', older],
] as const

describe.each(nodes.filter(([, , there]) => there))('with %s', (_, node) => {
  const run = async (args: string[], input = '') => {
    const child = spawn(node, [entry, ...args])
    child.stdin.end(input)
    const ended = once(child, 'close')
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
    const [code] = (await ended) as [number]
    return { out, err, code }
  }

  test('it prints the help and nothing else', async () => {
    const { out, err, code } = await run(['--help'])
    expect(out).toContain('Uso: hub')
    expect([err, code]).toEqual(['', 0])
  })

  test('arguments, input and exit code pass through', async () => {
    expect(await run(['nosuch'])).toMatchObject({ code: 2, out: '' })
    const refused = await run(['refer', '-'], 'no es JSON')
    expect(refused.err).toContain('no es JSON')
    expect(refused.code).toBe(2)
  })

  test('a signal ends the command, and not only the entry', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-entry-'))
    const { seen, close } = await standIn(folder, () => new Promise<never>(() => {}))
    const child = spawn(node, [entry, 'list', '--hub', folder], { stdio: 'ignore' })
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(1)
    child.kill('SIGTERM')
    await once(child, 'exit')
    // By itself, or by the number that shells give it.
    expect([null, 143]).toContain(child.exitCode)
    close()
    await rm(folder, { recursive: true, force: true })
  })
})
