// Whether a signatory may give a notice now, and the notice that it then is. Pure.
import { dayOf } from '../schemas/guatemala.ts'
import type { InstitutionCode, Instant, Sha256 } from '../schemas/ids.ts'
import type { FieldCode } from '../schemas/field-codes.ts'
import type { AgreementState, Notice, NoticeCommand } from '../schemas/notice.ts'
import { endsAt, isParty, stateAt } from './agreement.ts'
import { type Standing, nextNumber, rescissionEnds } from './notice.ts'
import { type Refusal, refuse } from './refusal.ts'

const wrong = (pointer: string, code: FieldCode) => refuse('invalid-request', [{ pointer, code }])

type Giving = {
  by: InstitutionCode
  now: Instant
  /** SHA-256 of `statementOf(command)`. */
  digest: Sha256
  noticeId: Notice['noticeId']
  /** Every institution that has an inbox. */
  known: readonly InstitutionCode[]
}

/**
 * The notice that a signatory of `by` gives, or why not: no party, over, nothing to lift, or a member that does not
 * fit. The same may be said again: it is another notice, and nothing else.
 */
export const giveNotice = (
  command: NoticeCommand,
  standing: Standing,
  { by, now, digest, noticeId, known }: Giving,
): Notice | Refusal => {
  const { agreement } = standing
  if (!isParty(agreement, by)) return refuse('forbidden')
  const state = stateAt(agreement, now)
  if (state === 'ended') return refuse('agreement-not-in-force')
  const refusal = whyNot(command, standing, { state, now, known })
  if (refusal) return refusal
  const number = nextNumber(standing.notices, now)
  return { noticeId, number, by, at: now, digest, states: command }
}

const whyNot = (
  command: NoticeCommand,
  { agreement }: Standing,
  { state, now, known }: { state: AgreementState } & Pick<Giving, 'now' | 'known'>,
): Refusal | undefined => {
  const end = endsAt(agreement)
  switch (command.kind) {
    case 'renewal':
      if (now > end) return refuse('agreement-not-in-force')
      // Who has rescinded does not renew by a letter.
      if (agreement.rescindedUntil !== undefined) return refuse('transition-not-allowed')
      return command.until > end ? undefined : wrong('/until', 'too-early')
    case 'rescission':
      if (now > end) return refuse('agreement-not-in-force')
      if (command.receivedOn > dayOf(now)) return wrong('/receivedOn', 'in-the-future')
      if (command.receivedOn < dayOf(agreement.inForceFrom))
        return wrong('/receivedOn', 'too-early')
      // Its three months are over already.
      return rescissionEnds(command.receivedOn) < now
        ? wrong('/receivedOn', 'in-the-past')
        : undefined
    case 'amendment':
      return unknownIn(command.change.onwardRecipients ?? [], agreement.parties, known)
    case 'lift':
      return agreement.frozen ? undefined : refuse('transition-not-allowed')
    default:
      return state === 'ended' ? refuse('agreement-not-in-force') : undefined
  }
}

/** Onward recipients are institutions of this hub, and no parties. */
const unknownIn = (
  onward: readonly InstitutionCode[],
  parties: readonly InstitutionCode[],
  known: readonly InstitutionCode[],
): Refusal | undefined => {
  const allowed = known.filter(code => !parties.includes(code))
  const at = onward.findIndex(code => !allowed.includes(code))
  return at === -1
    ? undefined
    : refuse('invalid-request', [
        { pointer: `/change/onwardRecipients/${at}`, code: 'not-allowed', allowed },
      ])
}
