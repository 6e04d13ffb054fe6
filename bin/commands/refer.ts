// hub refer: sends submissions one after the other, goes on after a refused one, and sums up.
import type { Command } from 'commander'
import type { HubClient } from '../../client/hub-client.ts'
import { HubError } from '../../client/refusal.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { statusLabels } from '../labels.ts'
import { printableHeader } from '../reveal.ts'
import { readText } from '../input.ts'
import { jsonRecords } from '../json-records.ts'
import { prepare, type Prepared } from '../submissions.ts'
import { wallClock, type Terminal } from '../terminal.ts'

/** From this many on, progress is told on stderr: every 25. */
const many = 25

type Tally = { accepted: number; repeated: number; refused: number }

export function addRefer(program: Command, terminal: Terminal) {
  const { say } = terminal
  program
    .command('refer')
    .description(say('refer.about'))
    .argument('<file>', say('refer.file'))
    .action(async (file: string) => {
      const submissions = await Promise.all(
        jsonRecords(await readText(file, { typed: () => terminal.note(say('input.typed')) })).map(
          prepare,
        ),
      )
      const { client } = await connect(program.opts<ConnectOptions>(), 'igm-system', terminal)
      const stop = stopOnInterrupt(terminal)
      const tally = { accepted: 0, repeated: 0, refused: 0 }
      try {
        for (const submission of submissions) {
          if (stop.asked) break
          await refer(client, submission, tally, terminal)
          const done = tally.accepted + tally.refused
          if (submissions.length >= many && done % many === 0)
            terminal.note(say('refer.progress', { done, total: submissions.length }))
        }
      } finally {
        stop.release()
        sumUp(tally, submissions.length, terminal)
      }
      if (stop.asked) process.exitCode = 130
      else if (tally.refused > 0) process.exitCode = 1
    })
}

/** Sends one. A refusal is counted and told by its place in the file: nothing of what was sent is repeated. */
async function refer(client: HubClient, submission: Prepared, tally: Tally, terminal: Terminal) {
  const { record, line, body, idempotencyKey } = submission
  const { say, language } = terminal
  try {
    const answer = await client.submitReferral(body, idempotencyKey)
    const header = answer.body
    const repeated = answer.headers.get('idempotency-replayed') === 'true'
    tally.accepted++
    if (repeated) tally.repeated++
    if (terminal.json)
      terminal.record({
        record,
        line,
        ok: true,
        repeated,
        referral: printableHeader(header, terminal.reveal),
      })
    else
      terminal.line(
        [
          terminal.bold(header.folio),
          statusLabels[header.status][language],
          header.referralId,
          say('refer.respond-by', { when: wallClock(header.respondBy) }),
        ].join('  '),
      )
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    tally.refused++
    const { status, code, title, errors, instance } = error
    if (terminal.json) terminal.record({ record, line, ok: false, status, code, errors, instance })
    else {
      terminal.note(say('refer.refused', { place: record, code, title }))
      for (const { pointer, code: wrong } of errors)
        terminal.note(say('refused.error', { pointer, code: wrong }))
    }
  }
}

function sumUp({ accepted, repeated, refused }: Tally, read: number, terminal: Terminal) {
  const unsent = read - accepted - refused
  if (terminal.json) terminal.record({ summary: { read, accepted, repeated, refused, unsent } })
  else terminal.note(terminal.say('refer.summary', { read, accepted, repeated, refused, unsent }))
}

/** The first interrupt lets the referral under way finish; the second one ends at once. */
function stopOnInterrupt(terminal: Terminal) {
  const stop = { asked: false, release: () => void process.off('SIGINT', onInterrupt) }
  function onInterrupt() {
    if (stop.asked) process.exit(130)
    stop.asked = true
    terminal.note(terminal.say('refer.stopping'))
  }
  process.on('SIGINT', onInterrupt)
  return stop
}
