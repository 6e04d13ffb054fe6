// The notice that is read to a person before they consent: what will be shared, with whom, for what, and what they can
// do about it. A model in the two languages of the hub; the text is policy, and each institution's to replace
// (docs/console.md). Its digest goes with the consent, so a changed text is a new version.
import type { Language } from './language.ts'

export const noticeId = 'consent-notice'
export const noticeVersion = '2026-11'

/** Paragraphs, in the order in which they are read. `{referrer}` and `{recipient}` are the institutions' names. */
export const noticeTexts = {
  'notice.who': {
    es: '{referrer} quiere referirle a {recipient} para que le oriente y le acompañe en una formación técnica. Es gratis y es voluntario.',
    en: '{referrer} would like to refer you to {recipient}, so that they guide and accompany you in technical training. It is free and voluntary.',
  },
  'notice.what': {
    es: 'Para eso se enviarían datos suyos: su nombre, sus documentos, cómo contactarle, su situación migratoria, lo que quiere aprender y los apoyos que necesita. No se envía su historia, ni datos de salud, ni fotografías, ni su dirección.',
    en: 'For that, data about you would be sent: your name, your documents, how to reach you, your migration status, what you want to learn and the support you need. Your story, health data, photographs and your address are not sent.',
  },
  'notice.purposes': {
    es: 'Le preguntaremos para qué los autoriza, una finalidad a la vez. Puede decir que sí a unas y que no a otras. Decir que no a las que no son para la formación no le quita la formación.',
    en: 'We will ask you what you permit them for, one purpose at a time. You may say yes to some and no to others. Saying no to those that are not for the training does not take the training away from you.',
  },
  'notice.sealed': {
    es: 'Los datos viajan en un sobre cifrado. Solo los puede abrir quien usted autorice, y queda registrado quién los abre, cuándo y para qué.',
    en: 'The data travel in a sealed envelope. Only those whom you permit can open it, and it is recorded who opens it, when and for what.',
  },
  'notice.withdraw': {
    es: 'Puede retirar su autorización cuando quiera, en {referrer} o en {recipient}, sin decir por qué. El sobre se destruye de inmediato y a quien lo recibió se le pide borrar lo que tenga. Retirarla no afecta sus trámites migratorios.',
    en: 'You may withdraw your permission whenever you want, at {referrer} or at {recipient}, without saying why. The envelope is destroyed at once, and whoever received it is asked to delete what they hold. Withdrawing it does not affect your migration procedures.',
  },
  'notice.refuse': {
    es: 'Si no autoriza, no se envía nada, y eso tampoco afecta sus trámites.',
    en: 'If you do not permit it nothing is sent, and that does not affect your procedures either.',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
