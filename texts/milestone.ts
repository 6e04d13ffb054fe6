// The words of `hub milestone`, in Guatemalan Spanish and in English.
import type { Language } from './language.ts'

export const milestoneTexts = {
  'milestone.about': {
    es: 'registra un avance de la persona, o anula uno que se registró por error',
    en: 'record how far the person has come, or void what was entered in error',
  },
  'milestone.milestone': { es: 'avance (código)', en: 'milestone (code)' },
  'milestone.on': {
    es: 'día de Guatemala en que ocurrió; si no se da, hoy',
    en: 'day of Guatemala on which it happened; today when left out',
  },
  'milestone.void': {
    es: 'anula el avance con este número: ya no cuenta, y se puede registrar de nuevo',
    en: 'void the milestone with this number: it counts no more, and can be recorded again',
  },
  'milestone.number': { es: 'n.º {n}', en: 'no. {n}' },
  'milestone.voided': { es: 'anulado {when}', en: 'voided {when}' },
  'fact.feedback': { es: 'contrarreferencia', en: 'feedback' },
  'usage.milestone-or-void': {
    es: 'dé un avance, con --on si no fue hoy, o bien --void con su número',
    en: 'give a milestone, with --on unless it was today, or --void with its number',
  },
  'place.day': { es: 'día', en: 'day' },
  'place.milestone': { es: 'avance', en: 'milestone' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
