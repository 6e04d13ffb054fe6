// The console's sentences for whoever refers people, about what they have sent, in Guatemalan Spanish and in English.
// No technical word.
import type { Language } from './language.ts'

export const sentTexts = {
  'sent.title': { es: 'Enviadas', en: 'Sent' },
  'sent.own': { es: 'Su número', en: 'Your number' },
  'sent.silent': { es: 'Sin respuesta a tiempo', en: 'No answer in time' },
  'sent.to': { es: 'Recibe', en: 'Received by' },
  'sent.delivery': { es: 'Entrega', en: 'Delivery' },
  'sent.days': { es: '{days} días sin respuesta', en: '{days} days without an answer' },
  'sent.day': { es: '1 día sin respuesta', en: '1 day without an answer' },
  'sent.uncollected': {
    es: 'Nadie la ha recogido. Llame a {recipient}.',
    en: 'Nobody has collected it. Call {recipient}.',
  },
  'sent.untitled': { es: 'Referencia', en: 'Referral' },
  'sent.case': { es: 'Referencia {folio}', en: 'Referral {folio}' },
  'sent.receipt': { es: 'Ver el comprobante', en: 'See the receipt' },
  'sent.status-only': {
    es: 'La persona no autorizó que su institución conozca sus avances: aquí se ve solo el estado.',
    en: 'The person has not permitted your institution to know how they get on: only the state is shown here.',
  },
  'sent.no-progress': { es: 'Todavía no hay avances.', en: 'No progress has been recorded yet.' },
  'sent.certificate': {
    es: 'Constancia de que el contenido se destruyó',
    en: 'Certificate that the content was destroyed',
  },
  'sent.print-certificate': { es: 'Imprimir la constancia', en: 'Print the certificate' },

  'receipt.title': { es: 'Comprobante de la referencia', en: 'Receipt of the referral' },
  'receipt.sent': {
    es: 'La referencia se envió. {recipient} la tiene en su bandeja.',
    en: 'The referral was sent. {recipient} has it in their inbox.',
  },
  'receipt.nameless': {
    es: 'Este comprobante no lleva el nombre de la persona. Puede entregárselo.',
    en: 'This receipt does not have the person’s name. You can give it to them.',
  },
  'receipt.permitted': { es: 'Lo que la persona autorizó', en: 'What the person has permitted' },
  'receipt.purpose': { es: 'Para qué', en: 'For what' },
  'receipt.who': { es: 'Quién puede verlo', en: 'Who may see it' },
  'receipt.what': { es: 'Qué datos', en: 'Which data' },
  'receipt.until': { es: 'La autorización vale hasta', en: 'The permission holds until' },
  'receipt.entry': { es: 'Anotada en la bitácora', en: 'Recorded in the log' },
  'receipt.entry-number': { es: 'con el n.º {index}', en: 'as no. {index}' },
  'receipt.entry-soon': { es: 'se anota en menos de un minuto', en: 'within less than a minute' },
  'receipt.rights': {
    es: 'La persona puede retirar su autorización cuando quiera, sin decir por qué, en {referrer} o en {recipient}, con este folio.',
    en: 'The person may withdraw their permission whenever they want, without saying why, at {referrer} or at {recipient}, with this folio.',
  },
  'receipt.print': { es: 'Imprimir el comprobante', en: 'Print the receipt' },
  'receipt.another': { es: 'Referir a otra persona', en: 'Refer another person' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
