// What an entry of the log says of a refusal, in few words: beside it stand the time, the key and the action. The code
// is what travels.
import type { ProblemCode } from '../schemas/problem.ts'
import type { Labels, Language } from './labels.ts'

export const entryCodeLabels: Labels<ProblemCode | 'replayed'> = {
  'malformed-request': { es: 'solicitud mal formada', en: 'malformed request' },
  'idempotency-key-missing': { es: 'sin Idempotency-Key', en: 'no Idempotency-Key' },
  'idempotency-key-malformed': {
    es: 'Idempotency-Key mal formado',
    en: 'malformed Idempotency-Key',
  },
  'signature-missing': { es: 'sin firma', en: 'no signature' },
  'signature-invalid': { es: 'la firma no corresponde', en: 'the signature does not match' },
  'signature-expired': { es: 'firma fuera de tiempo', en: 'signature out of time' },
  'signature-incomplete': { es: 'firma incompleta', en: 'incomplete signature' },
  'key-unknown': { es: 'llave no registrada', en: 'key not registered' },
  'key-revoked': {
    es: 'llave revocada o fuera de vigencia',
    en: 'key revoked or outside its validity',
  },
  'digest-mismatch': { es: 'contenido alterado', en: 'content altered' },
  'nonce-reused': { es: 'firma ya usada', en: 'signature used before' },
  forbidden: { es: 'sin permiso, o no existe', en: 'not permitted, or not there' },
  'not-yet-sequenced': { es: 'aún sin lugar en la bitácora', en: 'no place in the log yet' },
  'method-not-allowed': { es: 'método no admitido', en: 'method not taken' },
  'not-found': { es: 'no existe esa ruta', en: 'no such route' },
  'external-id-exists': { es: 'expediente externo ya usado', en: 'external id used before' },
  'duplicate-active-referral': {
    es: 'la persona ya tiene una referencia abierta',
    en: 'the person has an open referral',
  },
  'agreement-frozen': { es: 'convenio congelado', en: 'agreement frozen' },
  'agreement-not-in-force': { es: 'convenio no vigente', en: 'agreement not in force' },
  'transition-not-allowed': { es: 'cambio no permitido', en: 'change not allowed' },
  'milestone-exists': { es: 'avance ya registrado', en: 'milestone recorded already' },
  'milestone-voided': { es: 'avance ya anulado', en: 'milestone voided already' },
  'milestones-full': { es: 'no caben más avances', en: 'no more milestones fit' },
  'handover-exists': { es: 'derivación ya abierta', en: 'handover open already' },
  'handovers-full': { es: 'no caben más derivaciones', en: 'no more handovers fit' },
  'key-exists': { es: 'la llave ya está', en: 'the key is there already' },
  'request-in-progress': { es: 'la misma está en curso', en: 'the same one is under way' },
  'nothing-destroyed': { es: 'nada se ha destruido', en: 'nothing has been destroyed' },
  'checkpoint-older': { es: 'constancia anterior a la cofirmada', en: 'older than the cosigned' },
  'checkpoint-inconsistent': { es: 'constancia contradictoria', en: 'contradictory checkpoint' },
  'content-shredded': { es: 'contenido destruido', en: 'content destroyed' },
  'version-mismatch': { es: 'cambió desde que se leyó', en: 'changed since it was read' },
  'body-too-large': { es: 'pasa de 256 KiB', en: 'larger than 256 KiB' },
  'unsupported-media-type': { es: 'no es JSON en UTF-8', en: 'not JSON in UTF-8' },
  'invalid-request': { es: 'datos no válidos', en: 'invalid data' },
  'idempotency-key-reused': {
    es: 'Idempotency-Key de otra solicitud',
    en: 'Idempotency-Key of another request',
  },
  'eligibility-population': { es: 'solo personas extranjeras', en: 'foreign persons only' },
  'eligibility-status': {
    es: 'situación migratoria no atendida',
    en: 'migration status not served',
  },
  'interest-not-declared': { es: 'sin interés declarado', en: 'no interest declared' },
  'consent-missing-purpose': {
    es: 'finalidad no consentida',
    en: 'purpose not consented to',
  },
  'consent-expired': { es: 'consentimiento vencido', en: 'consent expired' },
  'consent-outlives-agreement': {
    es: 'consentimiento más largo que el convenio',
    en: 'consent outlives the agreement',
  },
  'minor-needs-guardian-and-assent': {
    es: 'NNA sin representante o asentimiento',
    en: 'minor without guardian or assent',
  },
  'recipient-not-party': { es: 'receptora ajena al convenio', en: 'recipient is no party' },
  'reason-required': { es: 'falta el motivo', en: 'no reason given' },
  'proof-invalid': { es: 'prueba de posesión no válida', en: 'proof of possession invalid' },
  'handle-unknown': { es: 'manejador ajeno o vencido', en: 'handle of none of its deliveries' },
  'checkpoint-not-ours': {
    es: 'constancia de otra bitácora',
    en: 'checkpoint of another log',
  },
  'cosignature-invalid': { es: 'cofirma no válida', en: 'cosignature invalid' },
  'cosignature-time': { es: 'cofirma fuera de tiempo', en: 'cosignature out of time' },
  'cosigner-key-unsuitable': { es: 'llave no apta para cofirmar', en: 'key cannot cosign' },
  'precondition-required': { es: 'falta la versión leída', en: 'version read is missing' },
  'rate-limited': { es: 'demasiadas solicitudes', en: 'too many requests' },
  internal: { es: 'falla interna', en: 'internal fault' },
  'log-stale': { es: 'bitácora sin firmar', en: 'log not signed' },
  unavailable: { es: 'intercambio no disponible', en: 'hub not available' },
  replayed: { es: 'repetida: misma respuesta', en: 'repeated: same answer' },
}

/** In words; a code that this program does not know, as it is. */
export const entryCodeLabel = (code: string, language: Language): string =>
  Object.entries(entryCodeLabels).find(([known]) => known === code)?.[1][language] ?? code
