// The hub that `npm start` starts shares its memory among its threads (bin/few-arenas.mjs), and is the process that was
// started: who holds its pid, its output and its words holds the hub.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startWords } from '../bench/service.ts'

const root = join(import.meta.dirname, '../..')
const says = `
  const { pid, env, argv } = process
  console.log(JSON.stringify({ pid, arenas: env.MALLOC_ARENA_MAX, words: argv.slice(2) }))`

/** What a program says of itself that is started as `npm start` starts the hub; and the pid that it was started with. */
const startedWith = async (env: NodeJS.ProcessEnv) => {
  const entry = `data:text/javascript,${encodeURIComponent(says)}`
  const before = [...startWords().slice(0, -1), '--import', entry]
  const child = spawn(process.execPath, [...before, 'bin/require-node.mjs', '--port', '0'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await Promise.all([json(child.stdout), once(child, 'exit')])
  return { pid: child.pid, said }
}

test.runIf(process.platform === 'linux')(
  'two stores of memory for all threads, in the process that was started',
  async () => {
    const { MALLOC_ARENA_MAX: _, ...env } = process.env
    const { pid, said } = await startedWith(env)
    expect(said).toEqual({ pid, arenas: '2', words: ['--port', '0'] })
  },
)

test('an operator who says another number is heard', async () => {
  const { pid, said } = await startedWith({ ...process.env, MALLOC_ARENA_MAX: '7' })
  expect(said).toEqual({ pid, arenas: '7', words: ['--port', '0'] })
})
