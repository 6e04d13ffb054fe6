// An entry of the log in plain words, in Guatemalan Spanish and in English.
import type { AccessLogEntry } from '../schemas/access-log.ts'
import { filled } from './filled.ts'
import {
  actionLabels,
  categoryLabels,
  type Language,
  outcomeLabels,
  purposeLabels,
} from './labels.ts'

export const entryTexts = {
  'sheet.sentence': {
    es: 'El {when} (hora de Guatemala), {who} pidió: {action}. Resultado: {outcome}.',
    en: 'On {when} (Guatemala time), {who} asked to: {action}. Outcome: {outcome}.',
  },
  'sheet.by-clock': {
    es: 'el propio intercambio, por su reloj,',
    en: 'the hub itself, by its clock,',
  },
  'sheet.key-of': { es: 'una llave de {institution}', en: 'a key of {institution}' },
  'sheet.opened': {
    es: 'Se abrió: {categories}. Finalidad: {purpose}.',
    en: 'What was opened: {categories}. Purpose: {purpose}.',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>

/** A code of a later hub as it is. */
const word = (
  labels: Partial<Record<string, Record<Language, string>>>,
  code: string,
  language: Language,
) => labels[code]?.[language] ?? code

/**
 * One or two sentences.
 * @param when the entry's time as its reader writes it, in Guatemala
 */
export const entrySentences = (
  { actor, action, outcome, categories, purpose }: AccessLogEntry,
  language: Language,
  when: string,
): string[] => {
  const who =
    actor.keyid === undefined
      ? entryTexts['sheet.by-clock'][language]
      : filled(entryTexts['sheet.key-of'][language], { institution: actor.institution })
  const opened = action === 'referral.release' && outcome === 'allowed' && categories
  return [
    filled(entryTexts['sheet.sentence'][language], {
      when,
      who,
      action: word(actionLabels, action, language),
      outcome: word(outcomeLabels, outcome, language),
    }),
    ...(opened
      ? [
          filled(entryTexts['sheet.opened'][language], {
            categories: categories.map(one => word(categoryLabels, one, language)).join(', '),
            purpose: purpose ? word(purposeLabels, purpose, language) : '–',
          }),
        ]
      : []),
  ]
}

/** The command that verifies a sheet, as it is typed. */
export const checkCommand = (file: string, vkey: string): string =>
  `hub log check-proof ${quoted(file)} --vkey ${quoted(vkey)}`
const quoted = (text: string) =>
  /^[\w./+=@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

/** Why an entry, or the sheet that has it, does not hold. */
export const sheetWhys = {
  key: { es: 'la llave dada no es de una bitácora', en: 'the key given is not a log’s' },
  'proof-malformed': {
    es: 'los bytes o la prueba no están completos',
    en: 'the bytes or the proof are not whole',
  },
  checkpoint: {
    es: 'la firma de la constancia no vale',
    en: 'the checkpoint’s signature does not hold',
  },
  'checkpoint-key': {
    es: 'la constancia no está firmada con la llave que usted dio',
    en: 'the checkpoint is not signed with the key that you gave',
  },
  'not-included': {
    es: 'la prueba no lleva de esta entrada a la constancia',
    en: 'the proof does not lead from this entry to the checkpoint',
  },
  'entry-malformed': { es: 'los bytes no son una entrada', en: 'the bytes are no entry' },
  'entry-differs': {
    es: 'la entrada en palabras no es la de los bytes firmados',
    en: 'the entry in words is not the one of the signed bytes',
  },
} as const satisfies Record<string, Record<Language, string>>
