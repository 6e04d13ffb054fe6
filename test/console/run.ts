// `npm run test:console [-- FILE…]`: the console in a real browser; `npm run screenshots`: its pictures in the docs.
// What drives the browser is a package of its own, which this alone installs. Where there is none the tests are
// skipped, and that is said: exit code 1.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { broughtBrowser, ownBrowser } from './find-browser.ts'

const folder = import.meta.dirname
const root = join(folder, '../..')

const run = (command: string, parameters: string[], cwd = root, env = {}): void => {
  const { status } = spawnSync(command, parameters, {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (status !== 0) process.exit(status ?? 1)
}

const own = ownBrowser()
const needed = join(folder, 'node_modules', own === undefined ? '@sparticuz' : 'playwright-core')
if (!existsSync(needed)) {
  console.log('installing what drives the browser (test/console), once')
  const npm = process.env['npm_execpath']
  const parameters = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
  if (own !== undefined) parameters.push('--omit=optional')
  const [command, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]]
  run(command, [...before, ...parameters], folder)
}

const browser = own ?? (await broughtBrowser())
if (browser === undefined) {
  console.error(
    'SKIPPED: the tests of the console. There is no Chromium: install one, name it in HUB_CHROMIUM, or run',
  )
  console.error('this on Linux x64, where npm brings it. Nothing was tried in a browser.')
  process.exit(1)
}
console.log(`browser: ${browser}`)
const node = (...parameters: string[]) =>
  run(process.execPath, parameters, root, { HUB_CHROMIUM: browser })
node(join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder)
const [first, ...others] = process.argv.slice(2)
if (first === '--screenshots') node(join(folder, 'screenshots.ts'))
else
  node(
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    'console',
    ...(first === undefined ? [] : [first, ...others]),
  )
