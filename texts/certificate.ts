// The certificate of destruction, in Guatemalan Spanish and in English: what stands on its page, and the sentences that
// it carries itself.
import type { Action } from '../schemas/access-log.ts'
import type { Sentence } from '../schemas/certificate.ts'

/** Titles of its page; some of them the command line says too. */
export const certificateTexts = {
  'certificate.title': {
    es: 'Constancia de destrucción criptográfica',
    en: 'Certificate of cryptographic destruction',
  },
  'certificate.folio': { es: 'Folio', en: 'Folio' },
  'certificate.referrals': { es: 'Terminaron con él', en: 'Ended with it' },
  'certificate.referral': { es: 'Referencia', en: 'Referral' },
  'certificate.consent': { es: 'Consentimiento', en: 'Consent' },
  'certificate.agreement': { es: 'Convenio', en: 'Agreement' },
  'certificate.at': { es: 'Destruido el', en: 'Destroyed on' },
  'certificate.cause': { es: 'Motivo', en: 'Reason' },
  'certificate.by': { es: 'A solicitud de', en: 'At the request of' },
  'certificate.through': {
    es: '{who}, por medio de {institution}',
    en: '{who}, through {institution}',
  },
  'certificate.destroyed': { es: 'Qué se destruyó', en: 'What was destroyed' },
  'certificate.digest': { es: 'Huella SHA-256', en: 'SHA-256' },
  'certificate.remains': { es: 'Qué permanece y por qué', en: 'What remains, and why' },
  'certificate.deletion': {
    es: 'Eliminación por la institución receptora',
    en: 'Deletion by the recipient',
  },
  'certificate.deletion.none': { es: 'No se ha solicitado', en: 'Not requested' },
  'certificate.deletion.requested': {
    es: 'Solicitada, sin confirmar todavía',
    en: 'Requested, not yet confirmed',
  },
  'certificate.deletion.confirmed': {
    es: 'Confirmada con firma el',
    en: 'Confirmed with signature on',
  },
  'certificate.log': { es: 'Entradas de la bitácora de accesos', en: 'Entries of the access log' },
  'certificate.index': { es: 'N.º', en: 'No.' },
  'certificate.action': { es: 'Acción', en: 'Action' },
  'certificate.time': { es: 'Hora de Guatemala', en: 'Time in Guatemala' },
  'certificate.pending': { es: 'pendiente', en: 'pending' },
  'certificate.checkpoint': {
    es: 'Constancia de integridad de la bitácora',
    en: 'Signed checkpoint of the log',
  },
  'certificate.keep': {
    es: 'Quien la conserve puede comprobar más adelante que nada de lo anterior se quitó ni se cambió.',
    en: 'Whoever keeps it can check later that nothing of the above was removed or changed.',
  },
  'certificate.issued': { es: 'Emitida el', en: 'Issued on' },
  'certificate.zone': { es: 'hora de Guatemala', en: 'Guatemala time' },
} as const satisfies Record<string, Sentence>

/** The entries that it tells of, as what was done; what is not here shows as its code. */
export const certificateActions: Partial<Record<Action, Sentence>> = {
  'referral.submit': { es: 'Se envió la referencia', en: 'The referral was sent' },
  'referral.handover': { es: 'Se derivó', en: 'It was handed over' },
  'referral.release': { es: 'Se abrió su contenido', en: 'Its content was opened' },
  'referral.shred': { es: 'Se destruyó el contenido', en: 'The content was destroyed' },
  'consent.withdraw': { es: 'Se retiró el consentimiento', en: 'The consent was withdrawn' },
  'consent.expire': { es: 'Venció el consentimiento', en: 'The consent expired' },
  'consent.confirm-deletion': {
    es: 'La receptora confirmó la eliminación',
    en: 'The recipient confirmed the deletion',
  },
}

/** What was destroyed; what remains, and why; what it does not say. */
export const certificateSentences = {
  key: {
    es: 'La llave de la referencia, que existía una sola vez y sin respaldo. Sin ella ninguna copia del sobre cifrado puede abrirse: ni en tablas, ni en bandejas de entrada, ni en mensajes apartados, ni en respaldos.',
    en: 'The referral’s key, which existed once and without a backup. Without it no copy of the sealed envelope can be opened: not in tables, inboxes, parked messages or backups.',
  },
  envelope: {
    es: 'El sobre cifrado que guardaba la tabla de referencias.',
    en: 'The sealed envelope that the table of referrals held.',
  },
  guards: {
    es: 'Las huellas con llave de los documentos, que servían para no referir dos veces a la misma persona.',
    en: 'The keyed hashes of documents that kept the same person from being referred twice.',
  },
  header: {
    es: 'El encabezado de la referencia: folio, instituciones, fechas, estados y avances (códigos y días).',
    en: 'The header of the referral: folio, institutions, dates, statuses and milestones (codes and days).',
  },
  'header.why': {
    es: 'No dice quién es la persona; rinde cuentas de lo que hicieron las instituciones.',
    en: 'It does not say who the person is; it accounts for what the institutions did.',
  },
  records: {
    es: 'El registro del consentimiento y la bitácora de accesos.',
    en: 'The record of the consent, and the access log.',
  },
  'records.why': {
    es: 'Son la prueba de quién vio qué y de que esto se cumplió. Contienen identificadores y códigos, no datos personales.',
    en: 'They are the evidence of who saw what and that this was done. They hold identifiers and codes, no personal data.',
  },
  copies: {
    es: 'Copias cifradas que aún no hayan vencido en bandejas o respaldos.',
    en: 'Sealed copies that have not yet run out in queues or backups.',
  },
  'copies.why': {
    es: 'Vencen solas; sin la llave destruida nadie puede abrirlas.',
    en: 'They run out by themselves; without the destroyed key nobody can open them.',
  },
  received: {
    es: 'Lo que la institución receptora haya recibido antes, y el expediente de la institución que refirió.',
    en: 'What the recipient had received before, and the referrer’s own file.',
  },
  'received.why': {
    es: 'Está fuera del intercambio y se rige por las normas de cada institución.',
    en: 'It is outside the hub, under each institution’s own rules.',
  },
  'received.why-asked': {
    es: 'Está fuera del intercambio. Se pidió a la institución receptora eliminarlo y confirmarlo con su firma.',
    en: 'It is outside the hub. The recipient was asked to delete it and to confirm with its signature.',
  },
  statement: {
    es: 'El intercambio destruyó su copia de traslado. Esta constancia no afirma nada de copias fuera del intercambio.',
    en: 'The hub destroyed its transfer copy. This certificate says nothing of copies outside the hub.',
  },
} as const satisfies Record<string, Sentence>
