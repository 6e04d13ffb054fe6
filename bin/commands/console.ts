// hub console verify: whether what a hub serves as its console is what this repository builds, and what its log says.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { type Compared, compareConsole } from '../console-check/compare.ts'
import { builtManifest } from '../console-check/built.ts'
import { loggedAt, loggedIn } from '../logged-console.ts'
import { fetchedFrom } from '../console-check/served.ts'
import type { ConnectOptions } from '../connect.ts'
import { logSpeaker } from '../../texts/log.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage.ts'

type Flags = { log?: string; vkey?: string }

const local = ['127.0.0.1', 'localhost', '[::1]']

/** @throws UsageError for what is no address of a hub, and for one that anybody on the way could answer for */
const hubAt = (text: string): URL => {
  const url = URL.parse(text)
  const plain = url?.protocol === 'http:' && local.includes(url.hostname)
  if (!url || !(plain || url.protocol === 'https:') || url.username !== '')
    throw new UsageError('usage.no-hub-url')
  return url
}

export function addConsole(program: Command, terminal: Terminal) {
  const { say, language, ending } = terminal
  const group = command(program, 'console', say('console.about'))
  command(group, 'verify', say('console.verify'))
    .argument('<hub-url>', say('console.url'))
    .option('--log <folder>', say('console.log'))
    .option('--vkey <key>', logSpeaker(language)('vkey'))
    .action(async (text: string, { log, vkey }: Flags) => {
      const hub = hubAt(text)
      const options = program.opts<ConnectOptions>()
      const asks = options.key !== undefined || options.as !== undefined
      if (log !== undefined && asks) throw new UsageError('usage.console-two-logs')
      const logged =
        log === undefined
          ? asks
            ? await loggedAt(hub, options, { vkey, terminal })
            : undefined
          : await loggedIn(log, vkey, terminal)
      if (logged && 'bad' in logged) {
        const values = { folder: log ?? hub.origin, code: logged.bad }
        return refused('console-log', say('console.log-bad', values), terminal)
      }
      const built = await builtManifest().catch(() => undefined)
      if (!built) return refused('console-unbuilt', say('console.unbuilt'), terminal)
      // Nothing here has an effect: a stop is a stop.
      ending.stopOnSignals(() => terminal.note(say('stopped')))
      const compared = await compareConsole(built, fetchedFrom(hub, ending.stop), logged)
      tell(hub, compared, terminal)
    })
}

const refused = (code: string, title: string, { json, record, note, ending }: Terminal): void => {
  if (json) record({ ok: false, exit: 2, code, title })
  note(title)
  ending.exitWith(2)
}

const tell = (hub: URL, compared: Compared, terminal: Terminal): void => {
  const { say } = terminal
  const { findings, files, manifest, built, logged } = compared
  const ok = findings.length === 0
  if (!ok) terminal.ending.exitWith(1)
  if (terminal.json) return terminal.record({ ok, hub: hub.origin, ...compared })
  terminal.line(
    terminal.bold(say(ok ? 'console.same' : 'console.other', { hub: hub.origin, files })),
  )
  terminal.facts([
    [say('console.manifest'), manifest ?? '–'],
    [say('console.built'), built],
    ...(logged === undefined ? [] : [[say('console.logged'), logged] as const]),
  ])
  terminal.table(
    [say('console.found'), say('console.path')],
    findings.map(({ code, path }) => [say(`console.${code}`), path]),
  )
  const compares = logged !== undefined || findings.some(({ code }) => code === 'log-silent')
  if (!compares) terminal.note(say('console.no-log'))
}
