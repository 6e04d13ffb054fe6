// The closed list of what can be wrong with one member of a request: code → what to do about it, in both languages. A
// shape or a rule that names a code which is not in here does not compile. Rules of signatures have names of their own
// (docs/reference/signature-profile.md).

type Entry = { es: string; en: string }

export const fieldCodes = {
  // Any member
  required: { es: 'falta este dato', en: 'this member is missing' },
  'wrong-type': { es: 'no es del tipo JSON que se espera', en: 'not of the JSON type asked for' },
  'wrong-format': { es: 'no tiene la forma que se espera', en: 'not of the form asked for' },
  'not-allowed': { es: 'este valor no se permite aquí', en: 'this value is not allowed here' },
  'unknown-member': {
    es: 'tiene un dato que el contrato no conoce',
    en: 'has a member that the contract does not know',
  },
  'too-big': { es: 'es más largo o mayor de lo permitido', en: 'longer or larger than allowed' },
  'too-small': {
    es: 'es más corto o menor de lo permitido',
    en: 'shorter or smaller than allowed',
  },
  repeated: { es: 'hay un valor repetido', en: 'a value comes twice' },
  // Text of people and own numbers
  'nothing-visible': {
    es: 'no se ve nada: escriba al menos una letra o un dígito',
    en: 'nothing of it can be seen: write at least one letter or digit',
  },
  'control-character': {
    es: 'tiene un carácter de control o un salto de línea: quítelo',
    en: 'has a control character or a line break: take it out',
  },
  'direction-control': {
    es: 'tiene un carácter que cambia el sentido de la lectura: quítelo',
    en: 'has a character that changes the reading direction: take it out',
  },
  'invisible-character': {
    es: 'tiene un carácter que no se ve: quítelo',
    en: 'has a character that cannot be seen: take it out',
  },
  'replacement-character': {
    es: 'se perdió texto en el camino (U+FFFD): vuelva a la fuente y envíelo en UTF-8',
    en: 'text was lost on the way (U+FFFD): go back to the source and send it in UTF-8',
  },
  'unassigned-character': {
    es: 'tiene un carácter privado o que Unicode no ha asignado: quítelo',
    en: 'has a character that is private or that Unicode has not assigned: take it out',
  },
  'blank-at-end': {
    es: 'empieza o termina con un espacio: quítelo',
    en: 'begins or ends with a blank: take it out',
  },
  'not-nfc': {
    es: 'está escrito con acentos descompuestos: conviértalo a NFC',
    en: 'is written with decomposed accents: convert it to NFC',
  },
  // Documents and codes
  'leave-out-and-give-reason': {
    es: 'no es un número de documento: déjelo fuera y dé el motivo (reason)',
    en: 'is no document number: leave it out and give the reason',
  },
  'leave-out': { es: 'no es un número: déjelo fuera', en: 'is no number: leave it out' },
  cui: {
    es: 'no es un CUI: revise sus 13 dígitos',
    en: 'is no CUI: check its 13 digits',
  },
  municipality: {
    es: 'no es el código INE de un municipio (4 dígitos)',
    en: 'is no INE code of a municipality (4 digits)',
  },
  'language-tag': {
    es: 'no es una etiqueta de idioma BCP 47 (p. ej. es, quc, ht)',
    en: 'is no BCP 47 language tag (e.g. es, quc, ht)',
  },
  'language-not-registered': {
    es: 'ese idioma no está en el registro de IANA (use p. ej. es, quc, ht)',
    en: 'that language is not in the IANA registry (use e.g. es, quc, ht)',
  },
  'guatemalan-phone': {
    es: 'un teléfono de Guatemala tiene ocho dígitos después de +502',
    en: 'a Guatemalan telephone has eight digits after +502',
  },
  // Dates and times
  calendar: { es: 'el calendario no tiene esa fecha', en: 'the calendar has no such date' },
  'date-out-of-range': {
    es: 'la fecha no está entre 1900 y 2100',
    en: 'the date is not between 1900 and 2100',
  },
  'in-the-future': { es: 'todavía no ha llegado', en: 'lies in the future' },
  'in-the-past': { es: 'ya pasó', en: 'lies in the past' },
  'before-birth': {
    es: 'es anterior al nacimiento de la persona',
    en: 'lies before the person was born',
  },
  'before-granted': {
    es: 'es anterior al consentimiento',
    en: 'lies before the consent was granted',
  },
  'before-withdrawn': { es: 'es anterior al retiro', en: 'lies before the withdrawal' },
  'before-valid-from': {
    es: 'es anterior al inicio de la vigencia',
    en: 'lies before the validity begins',
  },
  'after-valid-until': {
    es: 'es posterior al fin de la vigencia',
    en: 'lies after the validity ends',
  },
  'before-referral': {
    es: 'es anterior al día de la referencia',
    en: 'lies before the day of the referral',
  },
  'too-early': { es: 'es demasiado pronto', en: 'too early' },
  'too-late': { es: 'es demasiado tarde', en: 'too late' },
  'too-long': { es: 'dura más de lo permitido', en: 'lasts longer than allowed' },
  // Rules
  'not-as-proposed': { es: 'no es lo que se propuso', en: 'not what was proposed' },
  'needs-placed': {
    es: 'primero registre la colocación (placed)',
    en: 'record the placement (placed) first',
  },
  'use-the-consent': {
    es: 'ese motivo lo da el consentimiento, no un cambio de estado',
    en: 'the consent gives that reason, not a change of status',
  },
} as const satisfies Record<string, Entry>

export type FieldCode = keyof typeof fieldCodes

/** What a refused member may be instead is named where there are at most this many. */
export const mostAllowed = 32

/** The `params` of a zod refinement: its code, and what is allowed instead where that is a short list. */
export const because = (code: FieldCode, allowed?: readonly string[]) => ({
  params: { code, ...(allowed ? { allowed } : {}) },
})
