// Runs the command line in a shell, for what only a shell can do to it: closed descriptors, full devices, readers that
// go away.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { bundled } from './bundled.ts'

/** `hub` in `script` is the command line; the exit code is that of the script. */
export async function shell(script: string, cwd: string) {
  const hub = `hub() { '${process.execPath}' '${await bundled('hub')}' "$@"; }`
  const child = spawn('bash', ['-c', `set -o pipefail; ${hub}; ${script}`], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', LANG: 'C', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ran = { code: null as number | null, out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ran.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (ran.err += text))
  const [code] = await once(child, 'close')
  ran.code = typeof code === 'number' ? code : null
  return ran
}
