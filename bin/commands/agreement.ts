// hub agreement show, notice, agree: what two institutions agreed to, and what their signatories say about it.
import type { Command } from 'commander'
import type { HubClient } from '../../client/hub-client.ts'
import { NoticeKind } from '../../schemas/agreement.ts'
import { AgreementId, Instant } from '../../schemas/ids.ts'
import { type AgreementView, NoticeCommand, TerminationCause } from '../../schemas/notice.ts'
import { CalendarDate } from '../../schemas/standards.ts'
import {
  agreementStateLabels,
  deadlineLabels,
  noticeKindLabels,
  noticeStateLabels,
  terminationCauseLabels,
} from '../../texts/labels.ts'
import { irreversible } from '../confirm.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { wallClock, type Terminal } from '../terminal.ts'
import { UsageError, matching, oneOf, wholeNumber } from '../usage.ts'

type Which = { agreement?: AgreementId }
type Stated = Which & {
  until?: Instant
  receivedOn?: string
  targetPersons?: number
  cause?: TerminationCause
}

export function addAgreement(program: Command, terminal: Terminal) {
  const { say, language } = terminal
  const agreement = program.command('agreement').description(say('agreement.about'))
  const connected = (as: string) => connect(program.opts<ConnectOptions>(), as, terminal)
  const named = (command: Command) =>
    command.option('--agreement <id>', say('agreement.which'), matching(AgreementId))

  named(agreement.command('show').description(say('agreement.show'))).action(
    async ({ agreement: id }: Which) => {
      const { client: hub } = await connected('igm-liaison')
      show(await agreementOf(hub, id), terminal)
    },
  )

  const notice = named(agreement.command('notice').description(say('agreement.notice')))
    .argument(
      '<kind>',
      say('agreement.kind'),
      oneOf(NoticeKind.options, noticeKindLabels, language),
    )
    .option('--until <time>', say('agreement.until'), matching(Instant))
    .option(
      '--received-on <day>',
      say('agreement.received-on'),
      matching(CalendarDate, 'YYYY-MM-DD'),
    )
    .option('--target-persons <n>', say('agreement.target-persons'), wholeNumber(1, 999_999))
    .option(
      '--cause <code>',
      say('agreement.cause'),
      oneOf(TerminationCause.options, terminationCauseLabels, language),
    )
  const sureToSay = irreversible(notice, terminal)
  notice.action(async (kind: NoticeKind, options: Stated) => {
    const { agreement: id, until, receivedOn, targetPersons, cause } = options
    const stated = NoticeCommand.safeParse({
      kind,
      ...(until && { until }),
      ...(receivedOn && { receivedOn }),
      ...(targetPersons && { change: { targetPersons } }),
      ...(cause && { cause }),
    })
    if (!stated.success) throw new UsageError('usage.notice')
    const { client: hub } = await connected('igm-signatory')
    await give(hub, await agreementOf(hub, id), { stated: stated.data, sure: sureToSay, terminal })
  })

  const agree = named(agreement.command('agree').description(say('agreement.agree'))).argument(
    '<n>',
    say('agreement.number'),
  )
  const sureToAgree = irreversible(agree, terminal)
  agree.action(async (number: string, { agreement: id }: Which) => {
    const { client: hub } = await connected('ala-signatory')
    const view = await agreementOf(hub, id)
    const other = view.notices.find(one => one.number === number.toUpperCase())
    if (!other) throw new UsageError('usage.no-such-notice')
    await give(hub, view, { stated: other.states, sure: sureToAgree, terminal })
  })
}

/** The one that is named, or the only one there is. */
const agreementOf = async (hub: HubClient, id?: AgreementId): Promise<AgreementView> => {
  if (id) return (await hub.getAgreement(id)).body
  const { items } = (await hub.listAgreements()).body
  const [only, ...more] = items
  const agreements = items.map(one => one.agreementId).join(', ')
  if (!only || more.length > 0) throw new UsageError('usage.which-agreement', { agreements })
  return only
}

const give = async (
  hub: HubClient,
  { agreementId, title }: AgreementView,
  {
    stated,
    sure,
    terminal,
  }: { stated: NoticeCommand; sure: ReturnType<typeof irreversible>; terminal: Terminal },
) => {
  const { say, language } = terminal
  await sure({
    effect: say('agreement.warning', {
      kind: noticeKindLabels[stated.kind]?.[language] ?? stated.kind,
      title,
      statement: JSON.stringify(stated),
    }),
    question: 'agreement.question',
    left: 'agreement.left',
  })
  const { body } = await hub.giveNotice(agreementId, stated)
  if (terminal.json) return terminal.record(body)
  const state = noticeStateLabels[body.state][language]
  terminal.line(
    terminal.bold(`${body.number}  ${noticeKindLabels[body.kind][language]} · ${state}`),
  )
}

function show(view: AgreementView, terminal: Terminal) {
  if (terminal.json) return terminal.record(view)
  const { say, language } = terminal
  terminal.line(terminal.bold(`${view.title}  ${agreementStateLabels[view.state][language]}`))
  terminal.facts([
    [say('fact.agreement'), `${view.agreementId} · ${say('agreement.version')} ${view.version}`],
    [say('agreement.parties'), view.parties.join(' · ')],
    [say('agreement.target'), String(view.targetPersons)],
    ...view.deadlines.map(
      ({ kind, at }) => [deadlineLabels[kind][language], wallClock(at)] as const,
    ),
  ])
  for (const { number, kind, state, by, at } of view.notices) {
    const words = [noticeKindLabels[kind][language], noticeStateLabels[state][language]]
    terminal.line(`${number}  ${by}  ${words.join(' · ')}  ${wallClock(at)}`)
  }
  for (const { version, from } of view.versions)
    terminal.line(`${say('agreement.version')} ${version}  ${wallClock(from)}`)
}
