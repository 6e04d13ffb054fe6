// hub log export, hub log verify: the signed log in a folder, and whether it is what was signed.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { exportLog } from '../export-log.ts'
import type { Terminal } from '../terminal.ts'
import { wholeNumber } from '../usage.ts'
import { verifyTrusting } from '../../verify/verify-folder.ts'
import { expectedKey, NotTrustable, pinKey } from '../../verify/trust.ts'
import { exitCodeOf, Failed } from '../../verify/verdict.ts'
import { ThreadLost } from '../../verify/threads.ts'
import { notTrustable, unfinished, verdictLines } from '../../verify/words.ts'
import { logSpeaker } from '../../texts/log.ts'

type VerifyFlags = { since?: string; vkey?: string; maxAge?: number; authority?: string[] }

/** @param log `hub log`, whose subcommands these become */
export function addLogExport(program: Command, log: Command, terminal: Terminal) {
  const say = logSpeaker(terminal.language)
  const { env } = terminal
  const refuse = (code: string, exitCode: 1 | 2 | 3, line: string) => {
    if (terminal.json) terminal.record({ ok: false, code })
    terminal.note(`${line} (${code})`)
    terminal.ending.exitWith(exitCode)
  }
  const distrusted = (error: NotTrustable) =>
    refuse(error.what, 2, notTrustable(error, terminal.language))

  command(log, 'export', say('export.about'))
    .argument('<folder>', say('folder'))
    .action(async (folder: string) => {
      const options = program.opts<ConnectOptions>()
      const { client, authority: hub } = await connect(options, 'igm-compliance', terminal)
      try {
        const { size, vkey } = await exportLog(client, folder, {
          hub,
          expected: expectedKey(hub, folder, env),
          progress: (done, total) => terminal.note(say('progress', { done, total })),
        })
        const pins = pinKey(vkey, { hub, folder, env })
        if (terminal.json) terminal.record({ ok: true, size, folder, vkey, pins })
        terminal.note(say('exported', { size, folder }))
        terminal.note(say(pins === undefined ? 'unpinned' : 'pinned', { vkey, file: pins ?? '' }))
      } catch (error) {
        if (error instanceof NotTrustable) return distrusted(error)
        if (error instanceof Failed) return refuse(error.code, ...whyNotExported(error))
        if (!isOfFolder(error)) throw error
        refuse(error.code, 2, say('unwritable', { folder }))
      }
    })
  const whyNotExported = ({ code }: Failed): [1 | 2, string] =>
    code === 'not-an-export'
      ? [2, say('no-folder')]
      : [1, say(code.startsWith('policy') || code === 'log-key' ? 'other-log' : 'unusable')]

  command(log, 'key', say('key.about')).action(async () => {
    const { client } = await connect(program.opts<ConnectOptions>(), 'igm-compliance', terminal)
    const { body } = await client.request<string>('GET', '/v1/access-log/public-key')
    const vkey = body.trim()
    if (terminal.json) terminal.record({ vkey, origin: vkey.slice(0, vkey.indexOf('+')) })
    else terminal.line(vkey)
    terminal.note(say('key.keep'))
  })

  command(log, 'verify', say('verify.about'))
    .argument('<folder>', say('folder'))
    .option('--vkey <key>', say('vkey'))
    .option('--since <file>', say('since'))
    .option('--max-age <hours>', say('max-age'), wholeNumber(1, 999_999))
    .option('--authority <name...>', say('authority'))
    .action(async (folder: string, { since, vkey, maxAge, authority = [] }: VerifyFlags) => {
      try {
        const verdict = await verifyTrusting(folder, {
          now: new Date(),
          env,
          authorities: authority,
          ...(vkey === undefined ? {} : { vkey }),
          ...(since === undefined ? {} : { since }),
          ...(maxAge === undefined ? {} : { maxAgeMs: maxAge * 3_600_000 }),
        })
        if (terminal.json) terminal.record(verdict)
        else for (const line of verdictLines(verdict, terminal.language)) terminal.line(line)
        terminal.ending.exitWith(exitCodeOf(verdict))
      } catch (error) {
        if (error instanceof ThreadLost)
          return refuse('unfinished', 3, unfinished(error.message, terminal.language))
        if (!(error instanceof NotTrustable)) throw error
        distrusted(error)
      }
    })
}

/** A folder that cannot be written, or not any more: the system's own codes. */
const isOfFolder = (error: unknown): error is Error & { code: string } =>
  error instanceof Error &&
  'code' in error &&
  ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EISDIR', 'EEXIST'].includes(
    String(error.code),
  )
