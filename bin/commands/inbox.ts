// hub pull: takes messages from the inbox on a lease and opens nothing; hub open opens, hub ack keeps (settle.ts).
import type { Command } from 'commander'
import { command } from '../command.ts'
import type { HubClient } from '../../client/hub-client.ts'
import { deliveriesBeforeParking as most, type PulledMessage } from '../../schemas/inbox.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { eventLabels, statusLabels, undeliveredLabels } from '../../texts/labels.ts'
import { leasesOf } from './settle.ts'
import { printableMessage } from '../reveal.ts'
import {
  milestoneLabels,
  priorityLabels,
  reasonLabels,
  serviceLabels,
} from '../../texts/referral.ts'
import { momentInWords } from '../../texts/dates.ts'
import { wallClock, type Terminal } from '../terminal.ts'
import { wholeNumber } from '../usage.ts'

const usual = 'ala-system'

export function addInbox(program: Command, terminal: Terminal) {
  const { say } = terminal
  command(program, 'pull', say('pull.about'))
    .option('--max <n>', say('pull.max'), wholeNumber(1, 10), 10)
    .option('--wait <s>', say('pull.wait'), wholeNumber(0, 20), 0)
    .option('--visibility <s>', say('pull.visibility'), wholeNumber(30, 43_200), 300)
    .action(async (options: { max: number; wait: number; visibility: number }) => {
      const { client, keyFile } = await connect(program.opts<ConnectOptions>(), usual, terminal)
      if (terminal.reveal) terminal.note(say('pull.reveal'))
      const [asked, begun] = [new Date(), performance.now()]
      const { body } = await client.pull({
        max: options.max,
        waitSeconds: options.wait,
        visibilitySeconds: options.visibility,
        content: 'none',
      })
      // Counted from before the request was sent: the hub's leases begin later.
      const ago = performance.now() - begun
      const until = new Date(client.hubTime().getTime() - ago + options.visibility * 1000)
      const untilHere = new Date(asked.getTime() + options.visibility * 1000)
      await leasesOf(keyFile).took(body.messages, untilHere, asked)
      for (const message of body.messages)
        if (terminal.json) terminal.record(printableMessage(message, terminal.reveal))
        else describe(message, terminal)
      terminal.note(say('pull.count', { count: body.messages.length }))
      if (body.messages.length > 0)
        terminal.note(
          say('pull.lease', { when: momentInWords(until.toISOString(), terminal.language), most }),
        )
      for (const message of body.messages) warn(message, terminal)
      if (body.messages.length < options.max) await tellLeased(client, body.messages, terminal)
    })
}

const nameOf = ({ event }: PulledMessage, { language }: Terminal) =>
  event.type === 'referral.requested.v1' ? event.data.folio : eventLabels[event.type][language]

/** Says so where few deliveries are left. */
function warn(message: PulledMessage, terminal: Terminal) {
  const { receiveCount } = message
  if (receiveCount < most - 1) return
  const key = receiveCount < most ? 'pull.nearly-parked' : 'pull.last-delivery'
  terminal.note(terminal.say(key, { name: nameOf(message, terminal), receiveCount, most }))
}

/** What an empty inbox does not say: which referrals were taken before and until when, and which come no more. */
async function tellLeased(client: HubClient, now: PulledMessage[], terminal: Terminal) {
  const { say, note, language } = terminal
  const untils: string[] = []
  const requested = { direction: 'received', status: 'requested', limit: 200 } as const
  let missing = 0
  for await (const { referralId, leasedUntil } of client.everyReferral(requested)) {
    if (now.some(({ event }) => event.subject === referralId)) continue
    if (leasedUntil === undefined) missing++
    else untils.push(leasedUntil)
  }
  if (missing > 0) note(say('pull.parked', { count: missing, most }))
  const [first, last] = [untils.toSorted()[0], untils.toSorted().at(-1)]
  if (first !== undefined && last !== undefined)
    note(
      say('pull.leased', {
        count: untils.length,
        first: momentInWords(first, language),
        last: momentInWords(last, language),
      }),
    )
}

/** A message for people: the event, and how its content is opened. */
function describe(message: PulledMessage, terminal: Terminal) {
  const { say, language, bold } = terminal
  const { event, withheld, receiveCount, handle } = message
  const known: [string, string][] = []
  const fact = (title: string, value: string) => known.push([title, value])
  fact(
    say('fact.event'),
    `${eventLabels[event.type][language]} · ${event.sequence} · ${wallClock(event.time)}`,
  )
  fact(
    say(event.type === 'agreement.ending.v1' ? 'fact.agreement' : 'fact.referral'),
    event.subject,
  )
  if (event.type === 'referral.requested.v1') {
    const { folio, referrer, recipient, priority, services, respondBy } = event.data
    fact(say('fact.route'), `${referrer} → ${recipient}`)
    fact(
      say('fact.priority'),
      `${priorityLabels[priority][language]} · ${say('refer.respond-by', { when: momentInWords(respondBy, language) })}`,
    )
    fact(say('fact.services'), services.map(service => serviceLabels[service][language]).join(', '))
    fact(
      say('fact.content'),
      withheld?.includes('all') ? say('pull.shut') : say('pull.sealed', { folio }),
    )
  } else if (event.type === 'referral.status-changed.v1') {
    const { status, reason } = event.data
    fact(
      say('fact.status'),
      statusLabels[status][language] + (reason ? ` · ${reasonLabels[reason][language]}` : ''),
    )
  } else if ('consentId' in event.data) {
    const { consentId } = event.data
    fact(say('fact.consent'), consentId)
    if (event.type === 'consent.withdrawn.v1')
      fact(say('fact.next-step'), say('pull.delete', { id: consentId }))
  } else if ('n' in event.data) {
    const what =
      'milestone' in event.data
        ? [milestoneLabels[event.data.milestone][language], event.data.on]
        : []
    const number = say('milestone.number', { n: event.data.n })
    fact(say('fact.milestone'), [...what, number].join(' · '))
  } else if ('respondBy' in event.data)
    fact(say('fact.respond-by'), wallClock(event.data.respondBy))
  else if ('cause' in event.data)
    fact(say('fact.cause'), undeliveredLabels[event.data.cause][language])
  else if ('since' in event.data) fact(say('fact.since'), wallClock(event.data.since))
  else if ('validUntil' in event.data)
    fact(say('fact.valid-until'), wallClock(event.data.validUntil))
  else if ('endsAt' in event.data)
    fact(
      say('fact.ends'),
      say('pull.ends', { when: wallClock(event.data.endsAt), days: event.data.days }),
    )
  terminal.line(
    `${bold(nameOf(message, terminal))}  ${say('pull.delivery', { receiveCount, most })}`,
  )
  terminal.facts(known)
  // In one piece, however long: a handle that is folded cannot be copied.
  terminal.line(`  ${say('fact.handle')}`)
  terminal.line(handle)
  terminal.line('')
}
