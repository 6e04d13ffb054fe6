// hub pull, ack, return: the inbox. What was opened is named by category; its content only appears with --reveal.
import type { Command } from 'commander'
import type { HubAnswer } from '../../client/send.ts'
import type { PulledMessage, SettleAnswer } from '../../schemas/inbox.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { readText } from '../input.ts'
import { jsonRecords } from '../json-records.ts'
import { categoryLabels, eventLabel, statusLabels } from '../labels.ts'
import { printableMessage } from '../reveal.ts'
import { inert, wallClock, type Terminal } from '../terminal.ts'
import { UsageError, wholeNumber } from '../usage.ts'

const usual = 'ala-system'

export function addInbox(program: Command, terminal: Terminal) {
  const { say } = terminal
  program
    .command('pull')
    .description(say('pull.about'))
    .option('--max <n>', say('pull.max'), wholeNumber(1, 10), 10)
    .option('--wait <s>', say('pull.wait'), wholeNumber(0, 20), 0)
    .option('--visibility <s>', say('pull.visibility'), wholeNumber(30, 43_200))
    .action(async (options: { max: number; wait: number; visibility?: number }) => {
      const { client } = await connect(program.opts<ConnectOptions>(), usual, terminal)
      const { body } = await client.pull({
        max: options.max,
        waitSeconds: options.wait,
        visibilitySeconds: options.visibility,
      })
      for (const message of body.messages)
        if (terminal.json) terminal.record(printableMessage(message, terminal.reveal))
        else for (const line of described(message, terminal)) terminal.line(line)
      terminal.note(say('pull.count', { count: body.messages.length }))
    })
  program
    .command('ack')
    .description(say('ack.about'))
    .argument('[handles...]', say('ack.handles'))
    .option('--all', say('ack.all'))
    .action(async (given: string[], options: { all?: boolean }) => {
      const handles = await handlesOf(given, options.all === true, terminal)
      const { client } = await connect(program.opts<ConnectOptions>(), usual, terminal)
      await settle(handles, ten => client.ack(ten), terminal)
    })
  program
    .command('return')
    .description(say('return.about'))
    .argument('<handles...>', say('ack.handles'))
    .option('--delay <s>', say('return.delay'), wholeNumber(0, 900), 0)
    .action(async (handles: string[], options: { delay: number }) => {
      const { client } = await connect(program.opts<ConnectOptions>(), usual, terminal)
      await settle(handles, ten => client.returnMessages(ten, options.delay), terminal)
    })
}

/** A message for people: the event, what came with it and what was withheld. */
function described(message: PulledMessage, terminal: Terminal): string[] {
  const { say, language, bold } = terminal
  const { event, payload, withheld, proof, receiveCount, handle } = message
  const categories = (names: readonly (keyof typeof categoryLabels)[]) =>
    names.map(name => categoryLabels[name][language]).join(', ') || '–'
  const lines = [
    `${bold(event.type === 'referral.requested.v1' ? event.data.folio : eventLabel(event.type, language))}  ${say('pull.delivery', { receiveCount })}`,
  ]
  const fact = (title: string, value: string) => lines.push(`  ${title.padEnd(12)}${value}`)
  fact(say('fact.event'), `${event.type} · ${event.sequence} · ${wallClock(event.time)}`)
  fact(say('fact.referral'), event.subject)
  if (event.type === 'referral.requested.v1') {
    const { referrer, recipient, priority, services, respondBy } = event.data
    fact(say('fact.route'), `${referrer} → ${recipient}`)
    fact(
      say('fact.priority'),
      `${priority} · ${say('refer.respond-by', { when: wallClock(respondBy) })}`,
    )
    fact(say('fact.services'), services.join(', '))
    const opened = Object.keys(payload ?? {}) as (keyof NonNullable<typeof payload>)[]
    fact(say('fact.opened'), categories(opened))
    fact(say('fact.withheld'), categories(withheld ?? []))
  } else if (event.type === 'referral.status-changed.v1') {
    const { status, reason } = event.data
    fact(say('fact.status'), statusLabels[status][language] + (reason ? ` · ${reason}` : ''))
  } else if ('consentId' in event.data) {
    const { consentId } = event.data
    fact(say('fact.consent'), consentId)
    if (event.type === 'consent.withdrawn.v1')
      lines.push(`  ${say('pull.delete', { id: consentId })}`)
  } else fact(say('fact.data'), inert(JSON.stringify(event.data)))
  const index = /^index (\d+)$/m.exec(proof ?? '')?.[1]
  if (index !== undefined) fact(say('fact.proof'), say('pull.proof', { index }))
  fact(say('fact.handle'), handle)
  if (payload !== undefined)
    lines.push(
      terminal.reveal ? inert(JSON.stringify(payload, null, 2)) : `  ${say('pull.hidden')}`,
    )
  return [...lines, '']
}

/** The handles named, or those of the messages on standard input (`hub pull --json | hub ack --all`). */
async function handlesOf(
  given: string[],
  all: boolean,
  { say, note }: Terminal,
): Promise<string[]> {
  if (all === given.length > 0) throw new UsageError('usage.handles-or-all')
  if (!all) return given
  const text = await readText('-', { typed: () => note(say('input.typed')) })
  // An inbox that had nothing is no mistake.
  if (text.trim() === '') return []
  return jsonRecords(text).map(({ record, line, value }) => {
    if (!('handle' in value) || typeof value.handle !== 'string')
      throw new UsageError('usage.no-handle', { record, line })
    return value.handle
  })
}

/** Settles ten at a time, as the hub takes them. Exit 1 when the hub refused one. */
async function settle(
  handles: string[],
  send: (ten: string[]) => Promise<HubAnswer<SettleAnswer>>,
  terminal: Terminal,
) {
  let done = 0
  for (let from = 0; from < handles.length; from += 10) {
    const { body } = await send(handles.slice(from, from + 10))
    for (const result of body.results) {
      if (result.ok) done++
      if (terminal.json) terminal.record(result)
      else if (!result.ok)
        terminal.note(terminal.say('settle.refused', { code: result.code ?? '' }))
    }
  }
  terminal.note(terminal.say('settle.count', { done, total: handles.length }))
  if (done < handles.length) process.exitCode = 1
}
