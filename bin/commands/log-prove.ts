// hub log prove, hub log check-proof: one entry as a sheet to hand over, and whether such a sheet holds.
import { readFile } from 'node:fs/promises'
import { InvalidArgumentError, type Command } from 'commander'
import { command } from '../command.ts'
import type { HubClient } from '../../client/hub-client.ts'
import { HubError } from '../../client/refusal.ts'
import type { Folio } from '../../schemas/ids.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { Explained } from '../failure.ts'
import { filesOf, refuseExisting, writeNew } from '../log-sheet/files.ts'
import { checkSheet, logSheet, readSheet } from '../log-sheet/sheet.ts'
import { sheetWhys } from '../../texts/entry.ts'
import { sheetSpeaker } from '../../texts/log-sheet.ts'
import { type Names, entryFacts, sentences, sheetPage } from '../log-sheet/words.ts'
import { inert } from '../../texts/inert.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage.ts'
import { readVerifierKey } from '../../verify/note.ts'

const formats = ['html', 'json']

const readIndex = (text: string): number => {
  if (!/^(0|[1-9]\d{0,8})$/.test(text)) throw new InvalidArgumentError('0, 1, 2 …')
  return Number(text)
}

/** @param log `hub log`, whose subcommands these become */
export function addLogProve(program: Command, log: Command, terminal: Terminal) {
  const { language } = terminal
  const say = sheetSpeaker(language)
  command(log, 'prove', say('prove.about'))
    .argument('<index>', say('prove.index'), readIndex)
    .option('-o, --out <file>', say('out.about', { formats: '.html, .json' }))
    .action(async (index: number, { out }: { out?: string }) => {
      // As JSON on standard output where that is asked for; else to files.
      const files =
        out === undefined && terminal.json
          ? []
          : filesOf(out ?? (language === 'es' ? `entrada-${index}` : `entry-${index}`), formats)
      await refuseExisting(files)
      const options = program.opts<ConnectOptions>()
      const { client, names, authority } = await connect(options, 'igm-compliance', terminal)
      const { entry, leaf, proof } = await entryAt(index, client, terminal)
      const vkey = (await client.logKey()).body.trim()
      const folio = entry.referralId && (await folioOf(client, entry.referralId))
      const sheet = logSheet({
        hub: authority,
        ...(folio ? { folio } : {}),
        entry,
        leaf,
        proof,
        vkey,
      })
      // What the hub says of itself is checked before it is handed on.
      const verdict = await checkSheet(sheet, vkey)
      if (!verdict.ok) return refused(verdict.code, terminal)
      const text = `${inert(JSON.stringify(sheet, null, 2))}\n`
      const written = await writeNew(files, {
        html: file => sheetPage(sheet, language, { names, file }),
        json: () => text,
      })
      if (terminal.json) terminal.record(sheet)
      else described(verdict.entry, { names, folio }, terminal)
      if (written.length > 0) terminal.note(say('written', { files: written.join(', ') }))
    })

  command(log, 'check-proof', say('check.about'))
    .argument('<file>', say('check.file'))
    .option('--vkey <key>', say('check.vkey'))
    .action(async (file: string, { vkey }: { vkey?: string }) => {
      if (vkey === undefined) throw new UsageError('usage.no-vkey')
      const trusted = await vkeyFrom(vkey)
      const evidence = readSheet(await readFile(file, 'utf8').catch(() => ''))
      if (!evidence) throw new UsageError('usage.no-sheet')
      const verdict = await checkSheet(evidence, trusted)
      if (!verdict.ok) return refused(verdict.code, terminal)
      if (terminal.json) return terminal.record(verdict)
      const { entry, origin, size } = verdict
      terminal.line(say('check.holds', { index: entry.index ?? '', origin, size }))
      terminal.line(say('check.trusted', { vkey: trusted }))
      terminal.line(say('check.words'))
      described(entry, { names: new Map(), folio: undefined }, terminal)
    })
}

function refused(code: keyof typeof sheetWhys, terminal: Terminal) {
  const { language } = terminal
  if (terminal.json) terminal.record({ ok: false, code })
  else
    terminal.line(sheetSpeaker(language)('check.fails', { code, why: sheetWhys[code][language] }))
  terminal.ending.exitWith(1)
}

/** The entry in plain words, line by line. */
function described(
  entry: Parameters<typeof sentences>[0],
  known: { names: Names; folio: Folio | undefined },
  { line, language }: Terminal,
) {
  for (const sentence of sentences(entry, language)) line(inert(sentence))
  const rows = entryFacts(entry, language, known)
  const width = Math.max(...rows.map(([name]) => name.length))
  for (const [name, value] of rows) line(`  ${name.padEnd(width)}  ${inert(value)}`)
}

/**
 * Says of a number that no signed entry has yet which there are, and of one that an officer may not read whose it is.
 * @throws HubError, or Explained, for these too
 */
async function entryAt(index: number, client: HubClient, { say, note }: Terminal) {
  try {
    return (await client.logEntry(index)).body
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    if (error.code === 'forbidden')
      throw (await isOfficer(client)) ? new Explained(error, 'hint.entry-of-others') : error
    if (error.code !== 'not-yet-sequenced') throw error
    const { logSize } = (await client.me()).body
    note(say('prove.no-such-entry', { index, size: logSize, last: logSize - 1 }))
    throw error
  }
}

const isOfficer = async (client: HubClient): Promise<boolean> =>
  (await client.me()).body.roles.includes('compliance-officer')

/** The folio of a referral, as far as its header may be read. */
async function folioOf(client: HubClient, referralId: string): Promise<Folio | undefined> {
  try {
    return (await client.getReferral(referralId)).body.folio
  } catch (error) {
    if (error instanceof HubError) return undefined
    throw error
  }
}

/** @throws UsageError for what is neither a verifier key nor a file with one */
async function vkeyFrom(given: string): Promise<string> {
  const text = (await readFile(given, 'utf8').catch(() => given)).replace(/^\uFEFF/, '').trim()
  try {
    readVerifierKey(text, text.slice(0, text.indexOf('+')))
    return text
  } catch {
    throw new UsageError('usage.bad-vkey')
  }
}
