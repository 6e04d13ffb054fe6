// The sentences of the commands about consents, in Guatemalan Spanish and in English.
import type { Language } from './labels.ts'

export const consentTexts = {
  'consent.about': {
    es: 'muestra un consentimiento informado: qué permite y qué pasó con él',
    en: 'show a consent: what it permits and what happened to it',
  },
  'consent.id': {
    es: 'identificador del consentimiento, o folio de su referencia',
    en: 'id of the consent, or folio of its referral',
  },
  'consent.referral': {
    es: 'el consentimiento de esta referencia (folio o identificador)',
    en: 'the consent of this referral (folio or id)',
  },
  'consent.purposes': { es: 'Qué permite', en: 'What it permits' },
  'consent.permitted': { es: 'Qué permitía', en: 'What it permitted' },
  'consent.events': { es: 'Qué pasó', en: 'What happened' },
  'consent.stated': { es: 'dicho el {when}', en: 'said on {when}' },
  'consent.deleted': { es: 'eliminado el {when}', en: 'deleted on {when}' },

  'withdraw.about': {
    es: 'pasa el retiro de un consentimiento: el contenido se destruye y no hay vuelta atrás',
    en: 'pass on the withdrawal of a consent: its content is destroyed, which cannot be undone',
  },
  'withdraw.requested-by': { es: 'quién lo pide', en: 'who asks for it' },
  'withdraw.method': {
    es: 'cómo lo dijo (código, p. ej. in-person)',
    en: 'how it was said (code, e.g. in-person)',
  },
  'withdraw.at': {
    es: 'cuándo lo dijo (si no se da: ahora)',
    en: 'when it was said (now when left out)',
  },
  'withdraw.already': {
    es: 'Ya estaba retirado; no cambió nada.',
    en: 'It was withdrawn before; nothing changed.',
  },
  'withdraw.done': {
    es: 'El intercambio destruyó la llave: desde ahora nadie puede abrir el contenido en él. Las copias que la institución receptora ya tuviera están fuera del intercambio; se le pidió eliminarlas.',
    en: 'The hub destroyed the key: from now on nobody can open the content there. Copies that the recipient held already are outside the hub; it was asked to delete them.',
  },
  'withdraw.in-flight': {
    es: '{count}: se anotaron segundos antes del retiro y su contenido pudo haber llegado',
    en: '{count}: logged seconds before the withdrawal; their content may have arrived',
  },
  'withdraw.none-in-flight': { es: 'ninguna', en: 'none' },

  'confirm-deletion.about': {
    es: 'confirma, con firma, que su institución eliminó lo que tenía',
    en: 'confirm, signed, that your institution deleted what it held',
  },
  'confirm-deletion.at': {
    es: 'cuándo quedó eliminado (si no se da: ahora)',
    en: 'when it had been deleted (now when left out)',
  },

  'certificate.about': {
    es: 'constancia de destrucción: qué se destruyó, qué permanece y por qué',
    en: 'certificate of destruction: what was destroyed, what remains and why',
  },
  'certificate.out': { es: 'archivo nuevo donde escribirla', en: 'new file to write it to' },
  'certificate.html': { es: 'como página para imprimir', en: 'as a page to print' },
  'certificate.written': { es: 'Constancia en {file}', en: 'Certificate in {file}' },

  'pull.delete': {
    es: 'la institución receptora elimina lo que tenga y lo confirma: hub confirm-deletion {id}',
    en: 'the recipient deletes what it holds and confirms it: hub confirm-deletion {id}',
  },
  'fact.details': { es: 'detalle', en: 'details' },
  'log.by-clock': { es: '(por el reloj)', en: '(by the clock)' },
  'log.by-deployment': { es: '(por el despliegue)', en: '(by the deployment)' },

  'fact.valid-until': { es: 'vigente hasta', en: 'valid until' },
  'fact.deletion': { es: 'eliminación', en: 'deletion' },
  'fact.in-flight': { es: 'aperturas en curso', en: 'releases in flight' },
  'fact.certificate': { es: 'constancia', en: 'certificate' },
  'fact.for': { es: 'para', en: 'for' },
  'fact.categories': { es: 'datos', en: 'data' },
  'fact.cause': { es: 'motivo', en: 'reason' },
  'fact.requested-by': { es: 'a solicitud de', en: 'at the request of' },
  'fact.destroyed-at': { es: 'destruido el', en: 'destroyed on' },
  'fact.agreement': { es: 'convenio', en: 'agreement' },

  'usage.consent-or-referral': {
    es: 'dé el identificador del consentimiento, o --referral con el de la referencia',
    en: 'give the id of the consent, or --referral with that of the referral',
  },
  'usage.is-a-referral': {
    es: 'ese identificador es de una referencia, no de un consentimiento; úselo con --referral',
    en: 'that id is of a referral, not of a consent; use it with --referral',
  },
  'usage.out-exists': {
    es: 'el archivo ya existe; no se sobrescribe',
    en: 'the file exists; it is not overwritten',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
