// The words of `hub progress`, in Guatemalan Spanish and in English.
import type { Language } from './language.ts'

export const progressTexts = {
  'progress.about': {
    es: 'muestra cuántas personas ha alcanzado un convenio, y hasta dónde han llegado',
    en: 'show how many persons an agreement has reached, and how far they have come',
  },
  'progress.agreement': {
    es: 'convenio; si no se da, el único de su institución',
    en: 'agreement; the only one of your institution when left out',
  },
  'progress.csv': {
    es: 'como hoja de cálculo (CSV, UTF-8) en la salida',
    en: 'as a spreadsheet (CSV, UTF-8) on standard output',
  },
  'progress.target': { es: 'Meta: {target} personas', en: 'Target: {target} persons' },
  'progress.stage': { es: 'personas', en: 'persons' },
  'progress.total': { es: 'en total', en: 'in all' },
  'progress.referrals': { es: 'referencias', en: 'referrals' },
  'progress.open': { es: 'sin cerrar', en: 'not closed' },
  'progress.answered': { es: 'respondidas', en: 'answered' },
  'progress.accepted': { es: 'aceptadas', en: 'accepted' },
  'progress.rejected': { es: 'no aceptadas', en: 'not accepted' },
  'progress.silent': { es: 'sin respuesta a tiempo', en: 'no answer in time' },
  'progress.overdue': { es: 'esperan fuera de plazo', en: 'waiting past their time' },
  'progress.hours': { es: 'respuesta en horas', en: 'hours to an answer' },
  'progress.half-most': {
    es: 'la mitad: {median} · 90 %: {p90}',
    en: 'half: {median} · 90 %: {p90}',
  },
  'progress.note': {
    es: '«<5»: de una a cuatro personas, o no se dice. Un número cambia cuando ha cambiado en cinco o más. Cada persona cuenta una vez, en el trimestre en que se refirió por primera vez. Por lo que no se dice, los trimestres pueden no sumar el total.',
    en: '“<5”: one to four persons, or not told. A number moves once it has moved by five or more. Each person counts once, in the quarter in which they were first referred. Because of what is not told, the quarters may not sum to the total.',
  },
  'usage.which-agreement': {
    es: 'su institución no tiene un solo convenio: dé --agreement ({agreements})',
    en: 'your institution has not just one agreement: give --agreement ({agreements})',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
