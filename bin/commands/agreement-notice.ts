// hub agreement notice, agree: what signatories say about an agreement, each shown in words before it is signed.
import { createHash } from 'node:crypto'
import type * as z from 'zod'
import { NoticeKind, NoticeNumber } from '../../schemas/agreement.ts'
import { fieldErrors } from '../../schemas/field-errors.ts'
import { Instant } from '../../schemas/ids.ts'
import { type AgreementView, NoticeCommand, TerminationCause } from '../../schemas/notice.ts'
import { CalendarDate } from '../../schemas/standards.ts'
import { noticeKindLabels, noticeStateLabels, terminationCauseLabels } from '../../texts/labels.ts'
import { meaningOf } from '../../texts/meanings.ts'
import { command } from '../command.ts'
import { awaitedAfter, showStatement } from '../agreement/statement.ts'
import { type TermOptions, changeOf, termOptions } from '../agreement/terms.ts'
import { irreversible } from '../confirm.ts'
import type { Connection } from '../connect.ts'
import { readOctets } from '../input.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError, matching, oneOf } from '../usage.ts'
import {
  type AgreementCommands,
  type Which,
  agreementOf,
  whichAgreement,
} from '../agreement/which.ts'

type Stated = Which &
  TermOptions & {
    until?: Instant
    receivedOn?: string
    cause?: TerminationCause
    document?: string
  }

/** What each kind takes; an amendment takes the terms as well, one or more. */
const takes: Readonly<Record<NoticeKind, readonly (keyof Stated)[]>> = {
  renewal: ['until'],
  rescission: ['receivedOn'],
  amendment: ['document'],
  breach: [],
  lift: [],
  termination: ['cause'],
}
const notTerms: readonly string[] = [...Object.values(takes).flat(), 'agreement', 'yes']

const isTerm = (name: string) => !notTerms.includes(name)

/** An option as it is typed: `--received-on`. */
const typed = (name: string) => `--${name.replaceAll(/[A-Z]/g, one => `-${one.toLowerCase()}`)}`

/** What a kind lacks or does not take is said before anybody is asked anything. */
function fitting(kind: NoticeKind, options: Stated, { language }: Terminal): void {
  const said = Object.keys(options).filter(name => name !== 'agreement' && name !== 'yes')
  const own: readonly string[] = takes[kind]
  const values = { kind: noticeKindLabels[kind][language] }
  const odd = said.find(name => !own.includes(name) && !(kind === 'amendment' && isTerm(name)))
  if (odd) throw new UsageError('usage.notice-takes-not', { ...values, option: typed(odd) })
  if (kind === 'amendment') {
    if (!said.some(isTerm)) throw new UsageError('usage.amendment-of-nothing')
    return
  }
  const lacking = own.find(name => !said.includes(name))
  if (lacking) throw new UsageError('usage.notice-lacks', { ...values, option: typed(lacking) })
}

/** Each option that the contract does not take so, and why. */
const wrongIn = (error: z.ZodError, { language }: Terminal): string =>
  fieldErrors(error)
    .map(({ pointer, code }) => `${typed(optionAt(pointer))}: ${meaningOf(code, language)}`)
    .join('; ')

/** The option that a member comes from: `/change/policy/answerHours/stat` is of `answerHours`. */
const optionAt = (pointer: string): string => {
  const [first = '', second = '', third = ''] = pointer.split('/').slice(1)
  return first !== 'change' ? first : second === 'policy' ? third : second
}

const documentDigest = async (file: string, { reading }: Terminal): Promise<string> =>
  createHash('sha256')
    .update(await readOctets(file, reading))
    .digest('hex')

export function addNotice({ agreement, terminal, connected }: AgreementCommands): void {
  const { say, language } = terminal
  const kinds = oneOf(NoticeKind.options, noticeKindLabels, language)
  const causes = oneOf(TerminationCause.options, terminationCauseLabels, language)
  const days = matching(CalendarDate, 'YYYY-MM-DD')
  const notice = whichAgreement(command(agreement, 'notice', say('agreement.notice')), terminal)
    .argument('<kind>', say('agreement.kind'), kinds)
    .option('--until <time>', say('agreement.until'), matching(Instant, '2030-02-05T05:59:59.999Z'))
    .option('--received-on <day>', say('agreement.received-on'), days)
    .option('--cause <code>', say('agreement.cause'), causes)
  termOptions(notice, terminal).option('--document <file>', say('agreement.document-file'))
  const sure = irreversible(notice, terminal)
  notice.action(async (kind: NoticeKind, options: Stated) => {
    fitting(kind, options, terminal)
    const { until, receivedOn, cause, document } = options
    const documentSha256 = document && (await documentDigest(document, terminal))
    const connection = await connected('igm-signatory')
    const by = await signingFor(connection)
    const view = await agreementOf(connection.client, options.agreement)
    const stated = NoticeCommand.safeParse({
      kind,
      ...(until && { until }),
      ...(receivedOn && { receivedOn }),
      ...(cause && { cause }),
      ...(kind === 'amendment' && { change: changeOf(options, view) }),
      ...(documentSha256 && { documentSha256 }),
    })
    if (!stated.success)
      throw new UsageError('usage.notice', { wrong: wrongIn(stated.error, terminal) })
    await give(connection, view, { stated: stated.data, by, sure, terminal })
  })
}

const numberOf = (text: string) => matching(NoticeNumber, 'AV-2026-0001')(text.toUpperCase())

export function addAgree({ agreement, terminal, connected }: AgreementCommands): void {
  const { say } = terminal
  const agree = whichAgreement(command(agreement, 'agree', say('agreement.agree')), terminal)
    .argument('<notice>', say('agreement.number'), numberOf)
    .option('--document <file>', say('agreement.same-document'))
  const sure = irreversible(agree, terminal)
  agree.action(async (wanted: string, options: Pick<Stated, 'agreement' | 'document'>) => {
    const { document } = options
    const ours = document && (await documentDigest(document, terminal))
    const connection = await connected('ala-signatory')
    const by = await signingFor(connection)
    const view = await agreementOf(connection.client, options.agreement)
    const { states } = noticeToAgreeTo(view, wanted, { by, terminal })
    const theirs = states.kind === 'amendment' ? states.documentSha256 : undefined
    if (ours && ours !== theirs) throw new UsageError('usage.another-document')
    await give(connection, view, { stated: states, by, sure, terminal })
  })
}

/**
 * The institution that the caller signs for. What a notice would do is shown only to who may give it.
 * @throws UsageError for a key that is no signatory's
 */
async function signingFor({ client }: Connection): Promise<string> {
  const { institution, roles } = (await client.me()).body
  if (roles.includes('signatory')) return institution
  throw new UsageError('usage.no-signatory', { institution })
}

/** The notice of that number, if it awaits this party. */
function noticeToAgreeTo(
  view: AgreementView,
  wanted: string,
  { by, terminal }: { by: string; terminal: Terminal },
): AgreementView['notices'][number] {
  const { say, language } = terminal
  const open = view.notices.filter(({ state, by: other }) => state === 'awaiting' && other !== by)
  const numbers = open.map(({ number }) => number).join(', ') || say('agreement.nobody')
  const found = view.notices.find(({ number }) => number === wanted)
  if (!found) throw new UsageError('usage.no-such-notice', { numbers })
  if (found.state !== 'awaiting') {
    const state = noticeStateLabels[found.state]?.[language] ?? found.state
    throw new UsageError('usage.notice-settled', { number: wanted, state, numbers })
  }
  if (found.by !== by) return found
  const others = view.parties.filter(party => party !== by).join(', ')
  throw new UsageError('usage.own-notice', { number: wanted, by, others })
}

async function give(
  connection: Connection,
  view: AgreementView,
  {
    stated,
    by,
    sure,
    terminal,
  }: {
    stated: NoticeCommand
    by: string
    sure: ReturnType<typeof irreversible>
    terminal: Terminal
  },
): Promise<void> {
  const { say, language } = terminal
  const { agreementId, title } = view
  const kind = noticeKindLabels[stated.kind]?.[language] ?? stated.kind
  showStatement(stated, view, { by, terminal })
  await sure({
    effect: say('agreement.warning', { kind, title, by }),
    question: 'agreement.question',
    left: 'agreement.left',
  })
  const { body } = await connection.client.giveNotice(agreementId, stated)
  if (terminal.json) return terminal.record(body)
  const state = noticeStateLabels[body.state][language]
  terminal.line(
    terminal.bold(`${body.number}  ${noticeKindLabels[body.kind][language]} · ${state}`),
  )
  if (body.state !== 'awaiting') return
  const others = awaitedAfter(view, stated, by).join(', ')
  terminal.line(say('agreement.next', { others, number: body.number }))
}
