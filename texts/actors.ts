// Who did something, where the contract has a code for it: an institution by its letters, the hub by its name.
import type { StatusChange } from '../schemas/referral.ts'
import { filled } from './filled.ts'
import type { Language } from './language.ts'

export const actorTexts = {
  'actor.hub': { es: 'el intercambio', en: 'the hub' },
  'actor.receipt': { es: 'acuse de recibo de {recipient}', en: 'acknowledged by {recipient}' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>

/**
 * Who acted (`by` of a history, `institution` of an entry's actor), as people call them: `HUB` and `hub` by its name.
 */
export const actorInWords = (by: string, language: Language): string =>
  by === 'hub' || by === 'HUB' ? actorTexts['actor.hub'][language] : by

/**
 * Who brought a change of status about. The hub writes that a referral was received, but who received it is its
 * recipient, by an acknowledgement.
 */
export const changedBy = (
  { status, by }: Pick<StatusChange, 'status' | 'by'>,
  recipient: string,
  language: Language,
): string =>
  by === 'hub' && status === 'received'
    ? filled(actorTexts['actor.receipt'][language], { recipient })
    : actorInWords(by, language)
