// What a signatory is about to state, in words: beside the terms of now, with what comes of it. It is shown before
// anything is signed, whether or not anybody is asked.
import { createHash } from 'node:crypto'
import { rescissionEnds, statementOf } from '../../events/notice.ts'
import type { AgreementView, NoticeCommand } from '../../schemas/notice.ts'
import { noticeKindLabels, terminationCauseLabels } from '../../texts/labels.ts'
import { differenceInWords, differences } from '../../texts/terms-told.ts'
import { facts } from '../layout.ts'
import { wallClock, type Terminal } from '../terminal.ts'

/** As the hub makes it: what both parties sign is the same where this is. */
const digestOf = (stated: NoticeCommand): string =>
  createHash('sha256').update(statementOf(stated)).digest('hex')

/** Who has yet to state the same once `by` has; nobody for what takes effect by itself, or has been stated by all. */
export function awaitedAfter(
  view: Pick<AgreementView, 'parties' | 'awaiting'>,
  stated: NoticeCommand,
  by: string,
): string[] {
  if (!['renewal', 'amendment', 'lift'].includes(stated.kind)) return []
  const digest = digestOf(stated)
  const open = view.awaiting.find(one => one.kind === stated.kind && one.digest === digest)
  return (open?.from ?? view.parties).filter(party => party !== by)
}

function whatIsStated(stated: NoticeCommand, view: AgreementView, terminal: Terminal) {
  const { say, language } = terminal
  switch (stated.kind) {
    case 'amendment': {
      const changed = differences(view, stated.change)
      const rows = changed.map(one => differenceInWords(one, language))
      const { documentSha256 } = stated
      return [
        ...(rows.length > 0
          ? rows
          : [[say('agreement.changes'), say('agreement.changes-nothing')] as [string, string]]),
        ...(documentSha256
          ? [[say('agreement.document'), documentSha256] as [string, string]]
          : []),
      ]
    }
    case 'renewal':
      return [[say('agreement.in-force-until'), wallClock(stated.until)]]
    case 'rescission':
      return [
        [say('agreement.received'), stated.receivedOn],
        [say('agreement.in-force-until'), wallClock(rescissionEnds(stated.receivedOn))],
      ]
    case 'termination':
      return [[say('agreement.for-cause'), terminationCauseLabels[stated.cause][language]]]
    default:
      return []
  }
}

const effects = {
  rescission: 'agreement.effect.rescission',
  breach: 'agreement.effect.breach',
  termination: 'agreement.effect.termination',
} as const

/** Shows on stderr what is stated, about what, and what comes of it. */
export function showStatement(
  stated: NoticeCommand,
  view: AgreementView,
  { by, terminal }: { by: string; terminal: Terminal },
): void {
  const { say, language, note, columns } = terminal
  const others = awaitedAfter(view, stated, by)
  const effect =
    stated.kind in effects
      ? say(effects[stated.kind as keyof typeof effects])
      : others.length > 0
        ? say('agreement.effect.first', { others: others.join(', ') })
        : say('agreement.effect.last')
  const kind = noticeKindLabels[stated.kind]?.[language] ?? stated.kind
  const rows: [string, string][] = [
    [say('agreement.kind'), kind],
    [say('fact.agreement'), `${view.agreementId} · ${say('agreement.version')} ${view.version}`],
    ...(whatIsStated(stated, view, terminal) as [string, string][]),
    [say('agreement.effect'), effect],
    [say('agreement.digest'), digestOf(stated)],
  ]
  for (const row of facts(rows, columns)) note(row)
}
