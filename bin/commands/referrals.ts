// hub status, show, list: referrals by their headers.
import type { Command } from 'commander'
import { Reason, Status, type ReferralHeader } from '../../schemas/referral.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { statusLabels } from '../labels.ts'
import { printableHeader } from '../reveal.ts'
import { table, wallClock, type Terminal } from '../terminal.ts'
import { instant, matchingReferral, oneOf, wholeNumber } from '../usage.ts'

/** Only the referrer sets these two; all others are the recipient's (domain.md, Three axes). */
const setByReferrer: readonly Status[] = ['cancelled', 'entered-in-error']

type ListOptions = {
  direction: 'sent' | 'received'
  status?: Status
  since?: string
  limit: number
  all?: boolean
}

export function addReferrals(program: Command, terminal: Terminal) {
  const { say } = terminal
  const client = async (usual: string) =>
    (await connect(program.opts<ConnectOptions>(), usual, terminal)).client
  program
    .command('status')
    .description(say('status.about'))
    .argument('<id>', say('id'), matchingReferral)
    .argument('<status>', say('status.status'), oneOf(Status.options))
    .option('--reason <code>', say('status.reason'), oneOf(Reason.options))
    .option('--if-match <etag>', say('status.if-match'))
    .action(async (id: string, status: Status, options: { reason?: Reason; ifMatch?: string }) => {
      const { reason } = options
      const hub = await client(setByReferrer.includes(status) ? 'igm-system' : 'ala-system')
      const ifMatch = options.ifMatch ?? (await hub.getReferral(id)).headers.get('etag') ?? '*'
      const { body } = await hub.changeStatus(
        id,
        { status, ...(reason ? { reason } : {}) },
        ifMatch,
      )
      show(body, terminal)
    })
  program
    .command('show')
    .description(say('show.about'))
    .argument('<id>', say('id'), matchingReferral)
    .action(async (id: string) => {
      show((await (await client('igm-system')).getReferral(id)).body, terminal)
    })
  program
    .command('list')
    .description(say('list.about'))
    .option('--direction <d>', say('list.direction'), oneOf(['sent', 'received']), 'sent')
    .option('--status <status>', say('list.status'), oneOf(Status.options))
    .option('--since <time>', say('list.since'), instant('start'))
    .option('--limit <n>', say('list.limit'), wholeNumber(1, 200), 50)
    .option('--all', say('list.all'))
    .action(async ({ direction, status, since, limit, all }: ListOptions) => {
      const hub = await client(direction === 'sent' ? 'igm-system' : 'ala-system')
      const headers: ReferralHeader[] = []
      const filters = { direction, status, updatedSince: since, limit }
      let more = false
      if (all) for await (const header of hub.everyReferral(filters)) headers.push(header)
      else {
        const { body } = await hub.listReferrals(filters)
        headers.push(...body.items)
        more = body.next !== undefined
      }
      if (terminal.json)
        for (const header of headers) terminal.record(printableHeader(header, terminal.reveal))
      else for (const line of listed(headers, terminal)) terminal.line(line)
      terminal.note(say(more ? 'list.more' : 'list.count', { count: headers.length }))
    })
}

function listed(headers: readonly ReferralHeader[], { say, language, reveal }: Terminal): string[] {
  if (headers.length === 0) return []
  const heading = [say('fact.folio'), say('fact.status'), say('fact.priority'), say('fact.sent')]
  return table(
    [
      ...heading,
      say('fact.respond-by'),
      say('fact.referral'),
      ...(reveal ? [say('fact.own')] : []),
    ],
    headers.map(header => [
      header.folio,
      statusLabels[header.status][language],
      header.priority,
      wallClock(header.submittedAt),
      wallClock(header.respondBy),
      header.referralId,
      ...(reveal ? [header.externalId ?? ''] : []),
    ]),
  )
}

function show(header: ReferralHeader, terminal: Terminal) {
  const { say, language, reveal } = terminal
  if (terminal.json) return terminal.record(printableHeader(header, reveal))
  const label = (status: Status) => statusLabels[status][language]
  const fact = (title: string, value: string) => terminal.line(`  ${title.padEnd(21)}${value}`)
  terminal.line(terminal.bold(`${header.folio}  ${label(header.status)}`))
  fact(say('fact.referral'), header.referralId)
  fact(say('fact.route'), `${header.referrer} → ${header.recipient} · ${header.agreementId}`)
  fact(say('fact.priority'), header.priority)
  fact(say('fact.services'), header.services.join(', '))
  fact(say('fact.respond-by'), wallClock(header.respondBy))
  fact(say('fact.consent'), header.consentId)
  fact(say('fact.delivery'), `${header.deliveryState} · ${header.contentState}`)
  if (reveal && header.externalId !== undefined) fact(say('fact.own'), header.externalId)
  for (const { status, at, by, reason } of header.history)
    fact(wallClock(at), `${label(status)} · ${by}${reason ? ` · ${reason}` : ''}`)
  for (const { milestone, on } of header.milestones) fact(on, milestone)
  fact(say('fact.next'), header.availableTransitions.map(label).join(', ') || '–')
}
