// What is wrong, and what to do about it, for people at a page, in Guatemalan Spanish and in English. No technical
// word.
import type { ProblemCode } from '../schemas/problem.ts'
import type { Language } from './language.ts'

const misunderstood = {
  es: 'Esta página y el intercambio no se entendieron. Recargue la página, entre y hágalo de nuevo.',
  en: 'This page and the hub did not understand each other. Load the page again, enter, and do it anew.',
} as const

/** What is wrong with an answer, where the contract's own words are for whoever writes programs. */
export const plainFaults = {
  required: { es: 'falta este dato', en: 'this is missing' },
  'wrong-type': { es: 'no se entiende, escríbalo de nuevo', en: 'not understood, write it again' },
  'unknown-member': {
    es: 'no se entiende, escríbalo de nuevo',
    en: 'not understood, write it again',
  },
  'wrong-format': { es: 'no está escrito como se espera', en: 'not written as expected' },
  'not-allowed': { es: 'esta respuesta no se admite aquí', en: 'this answer is not taken here' },
  'too-big': { es: 'es demasiado largo', en: 'too long' },
  'too-small': { es: 'es demasiado corto', en: 'too short' },
  repeated: { es: 'lo mismo está dos veces', en: 'the same is there twice' },
  'replacement-character': {
    es: 'se perdió parte del texto, escríbalo de nuevo',
    en: 'part of the text was lost, write it again',
  },
  'unassigned-character': {
    es: 'tiene un carácter que no se puede usar: quítelo',
    en: 'has a character that cannot be used: take it out',
  },
  'leave-out-and-give-reason': {
    es: 'no es un número de documento: déjelo vacío y diga por qué no lo tiene',
    en: 'is no document number: leave it empty and say why there is none',
  },
  'leave-out': { es: 'no es un número: déjelo vacío', en: 'is no number: leave it empty' },
  'not-nfc': {
    es: 'tiene tildes que no se pueden usar: escríbalo de nuevo aquí',
    en: 'has accents that cannot be used: write it here again',
  },
  'language-tag': { es: 'elija el idioma de la lista', en: 'choose the language from the list' },
  'language-not-registered': {
    es: 'elija el idioma de la lista',
    en: 'choose the language from the list',
  },
  municipality: { es: 'elija el municipio de la lista', en: 'choose it from the list' },
  'needs-placed': {
    es: 'registre antes el avance «con empleo»',
    en: 'record the step “placed in a job” first',
  },
  'too-early': {
    es: 'es demasiado pronto: revise el día en que obtuvo el empleo',
    en: 'too early: look at the day on which they were placed in the job',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>

/**
 * What a refusal is called on a page, where the contract's own title is for whoever writes programs: what to do about
 * it.
 */
export const plainProblems = {
  'malformed-request': misunderstood,
  'idempotency-key-missing': misunderstood,
  'idempotency-key-malformed': misunderstood,
  'idempotency-key-reused': misunderstood,
  'signature-missing': misunderstood,
  'signature-invalid': misunderstood,
  'signature-incomplete': misunderstood,
  'digest-mismatch': misunderstood,
  'nonce-reused': misunderstood,
  'method-not-allowed': misunderstood,
  'not-found': misunderstood,
  'unsupported-media-type': misunderstood,
  'body-too-large': misunderstood,
  'precondition-required': misunderstood,
  'signature-expired': {
    es: 'La hora de este equipo no es la correcta. Corríjala e intente de nuevo.',
    en: 'The time of this computer is not right. Set it right and try again.',
  },
  'key-unknown': {
    es: 'Su llave no está registrada. Pregunte a su enlace institucional.',
    en: 'Your key is not registered. Ask your liaison.',
  },
  forbidden: {
    es: 'No tiene permiso para esto, o no existe. Si lo necesita, pregunte a su enlace institucional.',
    en: 'You may not do this, or it does not exist. If you need it, ask your liaison.',
  },
  'external-id-exists': {
    es: 'Ese número de expediente ya se usó en otra referencia. Revíselo.',
    en: 'That file number was used for another referral. Check it.',
  },
  'reason-required': { es: 'Elija un motivo.', en: 'Choose a reason.' },
  'invalid-request': {
    es: 'Hay datos que corregir.',
    en: 'Some of the data have to be corrected.',
  },
  'rate-limited': {
    es: 'Se hicieron demasiadas cosas a la vez. Espere un minuto e intente de nuevo.',
    en: 'Too much was done at once. Wait a minute and try again.',
  },
  internal: {
    es: 'Falló algo de nuestro lado. Intente de nuevo; si sigue, avise a su enlace institucional.',
    en: 'Something failed on our side. Try again; if it goes on, tell your liaison.',
  },
} as const satisfies Partial<Record<ProblemCode, Readonly<Record<Language, string>>>>

/**
 * A field and what is wrong with it, as one sentence: `Nacionalidad: elija una opción`, `¿Cuál es su sexo? Elija una
 * opción`.
 */
export const faultOf = (field: string, fault: string): string => {
  const [first = ''] = fault
  return field.endsWith('?')
    ? `${field} ${first.toUpperCase()}${fault.slice(1)}`
    : `${field}: ${first.toLowerCase()}${fault.slice(1)}`
}
