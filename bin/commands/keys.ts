// hub keys new: a key pair whose private half is written once, for its owner only.
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { command } from '../command.ts'
import { newKey, publicHalf } from '../../signatures/keys.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage.ts'
import { addKeyChanges } from './key-changes.ts'

export function addKeys(program: Command, terminal: Terminal) {
  const { say } = terminal
  const keys = command(program, 'keys', say('keys.about'))
  addKeyChanges(program, keys, terminal)
  command(keys, 'new', say('keys.new'))
    .option('--out <file>', say('keys.out'))
    .action(async (options: { out?: string }) => {
      const { jwk, keyid, alg } = await newKey()
      const file = options.out ?? `hub-key-${keyid.slice(0, 8)}.json`
      try {
        // wx: an existing key is never overwritten; nobody but its owner may read it.
        await writeFile(file, `${JSON.stringify(jwk)}\n`, { flag: 'wx', mode: 0o600 })
      } catch (error) {
        const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
        throw new UsageError(exists ? 'usage.file-exists' : 'usage.unwritable-file')
      }
      const jwkPublic = publicHalf(jwk)
      if (terminal.json) return terminal.record({ keyid, alg, jwk: jwkPublic, file })
      terminal.line(`keyid  ${keyid}`)
      terminal.line(`alg    ${alg}`)
      terminal.line(`jwk    ${JSON.stringify(jwkPublic)}`)
      terminal.note(say('keys.written', { file }))
    })
}
