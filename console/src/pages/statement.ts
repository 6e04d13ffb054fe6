// What a notice says, in words.
import type { NoticeCommand } from '../../../schemas/notice.ts'
import { terminationCauseLabels } from '../../../texts/labels.ts'
import { priorityLabels } from '../../../texts/referral.ts'
import { day, label } from '../say.ts'
import { say } from './liaison-words.ts'

const valueOf = (value: unknown): string => {
  if (typeof value === 'boolean') return say(value ? 'deal.yes' : 'deal.no')
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.join(', ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([priority, hours]) => `${label(priorityLabels, priority)} ${String(hours)}`)
      .join(', ')
  return String(value)
}

type Change = Extract<NoticeCommand, { kind: 'amendment' }>['change']

/** What an addendum changes, one change after the other. */
export const changesIn = ({ policy = {}, ...terms }: Change): string[] =>
  Object.entries({ ...terms, ...policy })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      say(`says.${name as keyof typeof terms | keyof typeof policy}`, { value: valueOf(value) }),
    )

/** What comes of a notice once it is given. `others`: of whom the same is awaited then. */
export const effectIn = ({ kind }: NoticeCommand, others: readonly string[]): string => {
  if (kind === 'rescission' || kind === 'breach' || kind === 'termination')
    return say(`agreement.effect.${kind}`)
  return others.length > 0
    ? say('agreement.effect.first', { others: others.join(', ') })
    : say('agreement.effect.last')
}

export const statementIn = (states: NoticeCommand): string => {
  switch (states.kind) {
    case 'renewal':
      return say('says.renewal', { until: day(states.until) })
    case 'rescission':
      return say('says.rescission', { day: day(states.receivedOn) })
    case 'amendment': {
      const { documentSha256: digest } = states
      const document = digest ? [say('says.document', { digest: digest.slice(0, 16) })] : []
      return [...changesIn(states.change), ...document].join('; ')
    }
    case 'termination':
      return say('says.termination', { cause: label(terminationCauseLabels, states.cause) })
    default:
      return say(`says.${states.kind}`)
  }
}
