// Runs a program of the checkout on a Node that can (type stripping, Node 24), this one or the one that `npm ci`
// brought.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const beside = name => fileURLToPath(new URL(name, import.meta.url))
const enough = Number(process.versions.node.split('.')[0]) >= 24
const name = process.platform === 'win32' ? 'node.exe' : 'node'
const system = process.platform === 'win32' ? 'win' : process.platform
const brought = beside(`../node_modules/node-${system}-${process.arch}/bin/${name}`)

/** @param {string} program its path beside this file */
export async function onNode(program) {
  if (enough || !existsSync(brought)) {
    // Says what is missing where this Node is too old, and ends with 2.
    await import('./require-node.mjs')
    await import(program)
    return
  }
  const flags = ['--import', new URL('./require-node.mjs', import.meta.url).href]
  const child = spawn(brought, [...flags, beside(program), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // What ends this process ends the command, which finishes what it has begun. What a terminal sends, it sends to both,
  // and a second signal would end the command at once.
  const { stdin, stdout, stderr } = process
  const heardByBoth = [stdin, stdout, stderr].some(({ isTTY }) => isTTY) ? ['SIGINT', 'SIGHUP'] : []
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (!heardByBoth.includes(signal)) child.kill(signal)
    })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal ?? 'SIGTERM']
  })
}
