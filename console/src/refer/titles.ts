// What the pages of the form are called. Pure.
import type { Purpose } from '../../../schemas/consent.ts'
import { referTexts } from '../../../texts/console-refer.ts'
import { filled, type Values } from '../../../texts/filled.ts'
import { purposeLabels } from '../../../texts/labels.ts'
import type { Language } from '../../../texts/language.ts'

type StepKey = Extract<keyof typeof referTexts, `step.${string}`>

/** The title of a page: of documents beyond the first, and of purposes, with which it is. */
export const titleIn = (step: string, language: Language): string => {
  const say = (key: StepKey, values: Values = {}) => filled(referTexts[key][language], values)
  const [, n, details] = /^documento-(\d)(-datos)?$/.exec(step) ?? []
  if (n === '1') return say(details === undefined ? 'step.documento' : 'step.documento-datos')
  if (n !== undefined)
    return say(details === undefined ? 'step.documento-n' : 'step.documento-n-datos', { n })
  const [, purpose] = /^finalidad-(.+)$/.exec(step) ?? []
  if (purpose !== undefined)
    return say('step.finalidad', { purpose: purposeLabels[purpose as Purpose][language] })
  return say(`step.${step}` as StepKey)
}
