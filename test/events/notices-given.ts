// Notices that parties gave, one after the other, for the tests of the rules.
import { createHash } from 'node:crypto'
import { endsAt, stateAt } from '../../events/agreement.ts'
import { giveNotice } from '../../events/give-notice.ts'
import { type Standing, foldNotices, statementOf } from '../../events/notice.ts'
import { EntryId, Instant, Sha256 } from '../../schemas/ids.ts'
import { type Notice, NoticeCommand } from '../../schemas/notice.ts'
import { agreement, ala, igm, now, oim } from './given.ts'

export const day = 86_400_000
const noticeId = EntryId.parse('019aa5d4-7c00-7abc-8def-000000000001')
const digestOf = (command: NoticeCommand) =>
  Sha256.parse(createHash('sha256').update(statementOf(command)).digest('hex'))

export type Said = [by: typeof igm, command: object, at?: Instant]
export const give = (notices: readonly Notice[], [by, command, at = now]: Said) => {
  const parsed = NoticeCommand.parse(command)
  const around = { by, now: at, digest: digestOf(parsed), noticeId, known: [igm, ala, oim] }
  return giveNotice(parsed, foldNotices(agreement, notices), around)
}
/** What was said, one after the other; each is taken. */
export const given = (...said: Said[]): Notice[] => {
  const notices: Notice[] = []
  for (const one of said) {
    const notice = give(notices, one)
    if ('refused' in notice) throw new Error(notice.refused)
    notices.push(notice)
  }
  return notices
}
export const standingOf = (...said: Said[]) => foldNotices(agreement, given(...said))
export const stateOf = ({ agreement: kept }: Standing, at: Instant) => stateAt(kept, at)
export const endOf = ({ agreement: kept }: Standing) => endsAt(kept)
export const refusalOf = (said: Said, ...before: Said[]) => {
  const result = give(given(...before), said)
  if (!('refused' in result)) return 'taken'
  return [
    result.refused,
    ...(result.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
  ].join(' ')
}

export const until = Instant.parse('2030-02-05T05:59:59.999Z')
export const renewal = { kind: 'renewal', until }
export const rescission = { kind: 'rescission', receivedOn: '2026-11-21' }
export const more = { kind: 'amendment', change: { targetPersons: 300 } }
export const [breach, lift] = [{ kind: 'breach' }, { kind: 'lift' }]
export const termination = { kind: 'termination', cause: 'confidentiality' }
export const end = agreement.inForceUntil
