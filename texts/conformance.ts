// What the conformance test says, in Guatemalan Spanish and in English: its usage, its groups, its cases and how each
// went.
import type { Language } from './language.ts'

type Text = Readonly<Record<Language, string>>

export const conformanceGroups = {
  golden: { es: 'Lo que debe funcionar', en: 'What must work' },
  tampered: { es: 'Alteradas o mal firmadas', en: 'Tampered with or badly signed' },
  replayed: { es: 'Repetidas', en: 'Replayed' },
  expired: { es: 'Fuera de tiempo', en: 'Out of time' },
  'wrong-role': { es: 'De quien no debe', en: 'From who may not' },
  malformed: { es: 'Mal formadas', en: 'Malformed' },
  programme: { es: 'El programa', en: 'The programme' },
  agreement: { es: 'El convenio', en: 'The agreement' },
} as const satisfies Record<string, Text>

export const conformanceCases = {
  'hub-healthy': { es: 'el intercambio está sano', en: 'the hub is healthy' },
  'contract-read-unsigned': {
    es: 'el contrato se lee sin firma',
    en: 'the contract is read unsigned',
  },
  'referral-submitted': { es: 'se envía una referencia', en: 'a referral is submitted' },
  'same-answer-to-a-retry': {
    es: 'el reintento con la misma Idempotency-Key da la misma respuesta',
    en: 'a retry under the same Idempotency-Key gives the same answer',
  },
  'referral-read': { es: 'se lee la referencia', en: 'the referral is read' },
  'found-by-folio': {
    es: 'se busca por el folio, como se dicta por teléfono',
    en: 'it is found by its folio, as said by telephone',
  },
  'overdue-listed': {
    es: 'se listan las que esperan respuesta fuera de plazo, y solo ellas',
    en: 'those that are overdue are listed, and only they',
  },
  'who-signs': {
    es: 'el intercambio dice por quién tiene a quien firma',
    en: 'the hub says whom it takes the signer for',
  },
  'sent-listed': { es: 'se listan las enviadas', en: 'sent ones are listed' },
  'id-in-upper-case': { es: 'su identificador, en mayúsculas', en: 'its id, in upper case' },
  'consent-read': { es: 'se lee el consentimiento', en: 'the consent is read' },
  'more-components': { es: 'más componentes de los pedidos', en: 'more components than asked for' },
  'inbox-pulled': { es: 'se toma la bandeja de entrada', en: 'the inbox is pulled' },
  'log-queried': { es: 'se consulta la bitácora', en: 'the access log is queried' },
  'body-changed': {
    es: 'el cuerpo cambió después de firmar',
    en: 'the body changed after it was signed',
  },
  'path-changed': { es: 'cambió la ruta', en: 'the path changed' },
  'query-changed': { es: 'cambió la consulta', en: 'the query changed' },
  'method-changed': { es: 'cambió el método', en: 'the method changed' },
  'idempotency-key-changed': { es: 'cambió la Idempotency-Key', en: 'the Idempotency-Key changed' },
  'another-key-signed': { es: 'firmó otra llave', en: 'another key signed' },
  'another-tag': { es: 'otra etiqueta de uso (tag)', en: 'another tag' },
  'short-nonce': { es: 'nonce corto', en: 'a short nonce' },
  'not-covered': { es: 'falta {name} en la firma', en: '{name} is not covered' },
  'no-nonce': { es: 'falta el nonce', en: 'no nonce' },
  'no-signature': { es: 'sin firma', en: 'no signature' },
  'another-label': { es: 'con otra marca', en: 'another label' },
  'unknown-key': { es: 'llave desconocida', en: 'an unknown key' },
  'request-twice': { es: 'la misma solicitud por segunda vez', en: 'the very same request twice' },
  'key-of-another-request': {
    es: 'otra solicitud bajo la misma Idempotency-Key',
    en: 'another request under the same Idempotency-Key',
  },
  'signed-long-ago': { es: 'firmada hace diez minutos', en: 'signed ten minutes ago' },
  'signed-in-the-future': { es: 'firmada en el futuro', en: 'signed in the future' },
  'lives-too-long': { es: 'vive más de 300 s', en: 'lives for more than 300 s' },
  'recipient-submits': { es: 'quien recibe no envía', en: 'a recipient does not submit' },
  'referrer-records-milestone': {
    es: 'quien refiere no registra avances',
    en: 'a referrer records no milestone',
  },
  'system-reads-log': {
    es: 'un sistema no lee la bitácora',
    en: 'a system does not read the access log',
  },
  'stranger-reads': { es: 'quien no es parte no lee', en: 'who is no party does not read' },
  'not-there': {
    es: 'lo que no existe se responde igual',
    en: 'what does not exist is answered alike',
  },
  'unknown-member': {
    es: 'un miembro que el contrato no tiene',
    en: 'a member that the contract has not',
  },
  'no-idempotency-key': { es: 'sin Idempotency-Key', en: 'no Idempotency-Key' },
  'quoted-idempotency-key': {
    es: 'una Idempotency-Key entre comillas',
    en: 'an Idempotency-Key in quotes',
  },
  'unknown-method': { es: 'un método que la ruta no tiene', en: 'a method that the route has not' },
  'empty-filter': { es: 'un filtro vacío', en: 'an empty filter' },
  'unquoted-if-match': { es: 'If-Match sin comillas', en: 'an If-Match without quotes' },
  'not-json': { es: 'no es JSON', en: 'not JSON' },
  'no-if-match': { es: 'cambiar de estado sin If-Match', en: 'a status change without If-Match' },
  'expired-consent': { es: 'un consentimiento vencido', en: 'a consent that has run out' },
  'sent-without-feedback': {
    es: 'se envía una referencia sin contrarreferencia',
    en: 'a referral without feedback is submitted',
  },
  'sent-with-feedback': {
    es: 'y una con contrarreferencia y derivación',
    en: 'and one with feedback and handover',
  },
  'milestone-too-soon': {
    es: 'un avance antes de aceptarla',
    en: 'a milestone before it is accepted',
  },
  'request-acknowledged': {
    es: 'quien recibe acusa recibo de las dos',
    en: 'the recipient acknowledges both',
  },
  'request-accepted': { es: 'y las acepta', en: 'and accepts them' },
  'milestone-recorded': { es: 'se registra un avance', en: 'a milestone is recorded' },
  'milestone-twice': { es: 'el mismo avance otra vez', en: 'the same milestone again' },
  'milestone-of-tomorrow': { es: 'un avance de mañana', en: 'a milestone of tomorrow' },
  'milestone-voided': { es: 'un avance se anula', en: 'a milestone is voided' },
  'milestone-again': { es: 'y se registra de nuevo', en: 'and recorded again' },
  'milestones-told': {
    es: 'quien refiere ve los avances que la persona permitió',
    en: 'the referrer sees the milestones that the person permitted',
  },
  'milestones-withheld': {
    es: 'y no ve los que no permitió',
    en: 'and not those that they did not',
  },
  'milestone-without-purpose': {
    es: 'una colocación sin consentimiento para la derivación',
    en: 'a placement without consent to the handover',
  },
  'handover-without-purpose': {
    es: 'una derivación sin consentimiento',
    en: 'a handover without consent',
  },
  'handover-to-a-stranger': {
    es: 'una derivación a quien el convenio no nombra',
    en: 'a handover to who is not in the agreement',
  },
  'handed-over': {
    es: 'se deriva: una referencia propia con el mismo consentimiento',
    en: 'it is handed over: a referral of its own, the same consent',
  },
  'handed-over-twice': {
    es: 'otra derivación a la misma institución',
    en: 'another handover to the same institution',
  },
  'parts-listed': { es: 'se listan sus derivaciones', en: 'its handovers are listed' },
  'handover-unseen': {
    es: 'quien refirió no ve la derivación',
    en: 'the referrer does not see the handover',
  },
  'handover-acknowledged': {
    es: 'OIM acusa recibo de la derivación',
    en: 'OIM acknowledges the handover',
  },
  'handover-opened': {
    es: 'y abre solo lo que el consentimiento le da',
    en: 'and opens only what the consent gives it',
  },
  redriven: {
    es: 'la bandeja pide lo que falte',
    en: 'the inbox asks for what is missing',
  },
  'progress-read': {
    es: 'los avances en números, sin celdas menores de 5',
    en: 'progress in numbers, without cells under 5',
  },
  'withdrawal-ends-all': {
    es: 'un retiro termina la referencia y su derivación',
    en: 'one withdrawal ends the referral and its handover',
  },
  'opened-after-withdrawal': { es: 'abrir después del retiro', en: 'to open after the withdrawal' },
  'agreements-listed': { es: 'se listan los convenios', en: 'agreements are listed' },
  'agreement-read': {
    es: 'se lee el convenio con sus avisos y versiones',
    en: 'the agreement is read with its notices and versions',
  },
  'system-gives-notice': { es: 'un sistema no da avisos', en: 'a system gives no notice' },
  'renewal-of-yesterday': {
    es: 'una prórroga hasta un día que pasó',
    en: 'a renewal until a day that has passed',
  },
  'termination-without-cause': {
    es: 'una terminación sin causa',
    en: 'a termination without a cause',
  },
  'lift-of-nothing': {
    es: 'levantar lo que no está suspendido',
    en: 'to lift what is not frozen',
  },
  'amendment-by-one': {
    es: 'una adenda de una parte espera a la otra',
    en: 'an amendment of one party waits for the other',
  },
  'amendment-by-both': {
    es: 'la misma de la otra parte es la versión siguiente',
    en: 'the same of the other party is the next version',
  },
  breach: { es: 'un incumplimiento suspende', en: 'a breach freezes' },
  'submit-frozen': { es: 'enviar mientras está suspendido', en: 'to submit while frozen' },
  'release-frozen': { es: 'abrir mientras está suspendido', en: 'to open while frozen' },
  'handover-frozen': { es: 'derivar mientras está suspendido', en: 'to hand over while frozen' },
  'status-frozen': {
    es: 'el estado sí cambia mientras está suspendido',
    en: 'the status does change while frozen',
  },
  'lift-by-one': {
    es: 'una parte sola no levanta la suspensión',
    en: 'one party alone does not lift it',
  },
  'lift-by-both': { es: 'las dos la levantan', en: 'both lift it' },
  'submit-lifted': { es: 'y se envía de nuevo', en: 'and referrals are submitted again' },
} as const satisfies Record<string, Text>

export const conformanceTexts = {
  usage: {
    es: `npm run conformance -- [--hub .hub] [--lang es|en] [--json]

  --hub   carpeta con hub.json y las llaves privadas que nombra (las que falten se omiten)
  --json  un objeto por caso y línea

Envía referencias de personas inventadas y, con llaves de firmantes, suspende el convenio por un
momento y le agrega una versión igual: úselo con un intercambio de pruebas.`,
    en: `npm run conformance -- [--hub .hub] [--lang es|en] [--json]

  --hub   folder with hub.json and the private keys that it names (cases without theirs are skipped)
  --json  one object per case and line

It submits referrals of invented people and, with keys of signatories, freezes the agreement for a
moment and adds a version with the same terms: use it with a hub for testing.`,
  },
  title: { es: 'Conformidad de {url}', en: 'Conformance of {url}' },
  as: { es: 'como se esperaba: {met}', en: 'as expected: {met}' },
  not: { es: 'se esperaba {expected}, respondió {met}', en: '{expected} was expected, {met} came' },
  skipped: { es: 'omitido: hub.json no tiene {keys}', en: 'skipped: hub.json has no {keys}' },
  summary: {
    es: '{passed} como se esperaba · {failed} no · {skipped} omitidos',
    en: '{passed} as expected · {failed} not · {skipped} skipped',
  },
  'no-hub': { es: 'no hay hub.json en esa carpeta', en: 'there is no hub.json in that folder' },
  unreachable: { es: 'el intercambio no responde', en: 'the hub does not answer' },
} as const satisfies Record<string, Text>
