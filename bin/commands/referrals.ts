// hub status, show, list: referrals by their headers.
import type { Command } from 'commander'
import { command } from '../command.ts'
import { Reason, Status, type ReferralHeader } from '../../schemas/referral.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { type Language, statusLabels } from '../../texts/labels.ts'
import { nextSteps } from '../../texts/next-steps.ts'
import { nextStep } from '../next-step.ts'
import {
  contentLabels,
  deliveryLabels,
  feedbackLabels,
  directionLabels,
  milestoneLabels,
  priorityLabels,
  reasonLabels,
  serviceLabels,
} from '../../texts/referral.ts'
import { changedBy } from '../../texts/actors.ts'
import { wallClock, type Terminal } from '../terminal.ts'
import { reference, referralIdOf } from '../reference.ts'
import { instant, oneOf, plain, wholeNumber } from '../usage.ts'

/** Only the referrer sets these two; all others are the recipient's (domain.md, Three axes). */
const setByReferrer: readonly Status[] = ['cancelled', 'entered-in-error']

type StatusOptions = { reason?: Reason; ifMatch?: string }

type ListOptions = {
  direction?: 'sent' | 'received'
  status?: Status
  since?: string
  limit: number
  all?: boolean
}

/** `rechazada` was the word for what is not accepted, and is still understood. */
const statusIn = (language: Language) => {
  const read = oneOf(Status.options, statusLabels, language)
  return Object.assign(
    (text: string): Status => read(plain(text) === 'rechazada' ? 'rejected' : text),
    { codes: read.codes, labels: read.labels },
  )
}

export function addReferrals(program: Command, terminal: Terminal) {
  const { say, language } = terminal
  const client = async (usual: string) =>
    (await connect(program.opts<ConnectOptions>(), usual, terminal)).client
  command(program, 'status', say('status.about'))
    .argument('<id>', say('id'), reference('exact'))
    .argument('<status>', say('status.status'), statusIn(language))
    .option('--reason <code>', say('status.reason'), oneOf(Reason.options, reasonLabels, language))
    .option('--if-match <etag>', say('status.if-match'))
    .action(async (named: string, status: Status, options: StatusOptions) => {
      const { reason } = options
      const hub = await client(setByReferrer.includes(status) ? 'igm-system' : 'ala-system')
      const id = await referralIdOf(hub, named)
      const ifMatch = options.ifMatch ?? (await hub.getReferral(id)).headers.get('etag') ?? '*'
      const { body } = await hub.changeStatus(
        id,
        { status, ...(reason ? { reason } : {}) },
        ifMatch,
      )
      show(body, terminal)
    })
  command(program, 'show', say('show.about'))
    .argument('<id>', say('id'), reference('found'))
    .action(async (named: string) => {
      const hub = await client('igm-system')
      show((await hub.getReferral(await referralIdOf(hub, named))).body, terminal)
    })
  command(program, 'list', say('list.about'))
    .option(
      '--direction <d>',
      say('list.direction'),
      oneOf(['sent', 'received'], directionLabels, language),
    )
    .option('--status <status>', say('list.status'), statusIn(language))
    .option('--since <time>', say('list.since'), instant('start'))
    .option('--limit <n>', say('list.limit'), wholeNumber(1, 200), 50)
    .option('--all', say('list.all'))
    .action(async ({ status, since, limit, all, ...options }: ListOptions) => {
      const usual = options.direction === 'received' ? 'ala-system' : 'igm-system'
      const connection = await connect(program.opts<ConnectOptions>(), usual, terminal)
      const { client: hub } = connection
      // Left out, the hub takes what fits the key: what a referrer sent, what anybody else received.
      const { direction } = options
      const institution =
        direction === undefined
          ? (connection.institution ?? (await hub.me()).body.institution)
          : undefined
      const headers: ReferralHeader[] = []
      const filters = { direction, status, updatedSince: since, limit }
      let more = false
      if (all) for await (const header of hub.everyReferral(filters)) headers.push(header)
      else {
        const { body } = await hub.listReferrals(filters)
        headers.push(...body.items)
        more = body.next !== undefined
      }
      if (terminal.json) for (const header of headers) terminal.record(header)
      else {
        const sideOf = ({ recipient }: ReferralHeader) =>
          direction ?? (recipient === institution ? 'received' : 'sent')
        list(headers, { sideOf, now: hub.hubTime() }, terminal)
      }
      terminal.note(say(more ? 'list.more' : 'list.count', { count: headers.length }))
    })
}

/**
 * As many as fit a narrow terminal, and what to do next: whoever wants the rest asks for one, by its folio, or for
 * `--json`.
 */
function list(
  headers: readonly ReferralHeader[],
  { sideOf, now }: { sideOf: (header: ReferralHeader) => 'sent' | 'received'; now: Date },
  { say, language, reveal, table }: Terminal,
) {
  table(
    [
      say('fact.folio'),
      say('fact.status'),
      say('fact.priority'),
      say('fact.respond-by'),
      say('fact.next-step'),
      ...(reveal ? [say('fact.own')] : []),
    ],
    headers.map(header => [
      header.folio,
      statusLabels[header.status][language],
      priorityLabels[header.priority][language],
      wallClock(header.respondBy).slice(0, -3),
      nextSteps[nextStep(header, sideOf(header), now)][language],
      ...(reveal ? [header.externalId ?? ''] : []),
    ]),
  )
}

/** A referral for people, or as it is with `--json`. */
export function show(header: ReferralHeader, terminal: Terminal) {
  const { say, language, reveal } = terminal
  if (terminal.json) return terminal.record(header)
  const label = (status: Status) => statusLabels[status][language]
  const services = header.services.map(service => serviceLabels[service][language])
  const [delivery, content] = [
    deliveryLabels[header.deliveryState][language],
    contentLabels[header.contentState][language],
  ]
  const { leasedUntil } = header
  const leased = leasedUntil ? [say('show.leased', { when: wallClock(leasedUntil) })] : []
  terminal.line(terminal.bold(`${header.folio}  ${label(header.status)}`))
  terminal.facts([
    [say('fact.referral'), header.referralId],
    ...(header.partOf ? ([[say('fact.part-of'), header.partOf]] as const) : []),
    [say('fact.route'), `${header.referrer} → ${header.recipient} · ${header.agreementId}`],
    [say('fact.priority'), priorityLabels[header.priority][language]],
    [say('fact.services'), services.join(', ')],
    [say('fact.sent'), wallClock(header.submittedAt)],
    [say('fact.respond-by'), wallClock(header.respondBy)],
    [say('fact.consent'), header.consentId],
    [say('fact.delivery'), [delivery, ...leased, content].join(' · ')],
    ...(reveal && header.externalId !== undefined
      ? ([[say('fact.own'), header.externalId]] as const)
      : []),
    ...header.history.map(({ status, at, by, reason }) => {
      const who = changedBy({ status, by }, header.recipient, language)
      const why = reason === undefined ? '' : ` · ${reasonLabels[reason][language]}`
      return [wallClock(at), `${label(status)} · ${who}${why}`] as const
    }),
    [say('fact.feedback'), feedbackLabels[header.feedback][language]],
    ...header.milestones.map(({ n, milestone, on, voidedAt }) => {
      const voided = voidedAt ? [say('milestone.voided', { when: wallClock(voidedAt) })] : []
      const number = say('milestone.number', { n })
      return [on, [milestoneLabels[milestone][language], number, ...voided].join(' · ')] as const
    }),
    [say('fact.next'), header.availableTransitions.map(label).join(', ') || '–'],
  ])
}
