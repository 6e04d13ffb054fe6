// What the demo says, in Guatemalan Spanish and in English.
import type { Language } from '../../texts/labels.ts'
import { withdrawStory } from './withdraw-story.ts'

type Text = Readonly<Record<Language, string>>

export const story = {
  ...withdrawStory,
  title: {
    es: 'referral-hub: referencias entre instituciones, con consentimiento y constancia',
    en: 'referral-hub: referrals between institutions, with consent and proof',
  },
  intro: {
    es: 'El Instituto Guatemalteco de Migración (IGM) refiere a personas extranjeras que quieren formarse en un oficio a la Asociación La Alianza (ALA). Son personas a quienes un dato en malas manos puede costarles mucho: por eso entre las dos instituciones está este intercambio, que lleva cada referencia en un sobre cifrado, lo abre solo hasta donde la persona consintió y deja constancia de cada apertura. Lo que sigue pasa de verdad, en un intercambio que corre en esta máquina. Todas las personas son inventadas.',
    en: 'The Guatemalan migration institute (IGM) refers foreign persons who want to learn a trade to the association La Alianza (ALA). A detail about them in the wrong hands can cost them dearly: so between the two institutions stands this hub, which carries each referral in a sealed envelope, opens it only as far as the person consented, and leaves proof of every opening. What follows really happens, on a hub running on this machine. All the people are invented.',
  },
  clock: {
    es: 'Fecha del intercambio: {when} (hora de Guatemala)',
    en: 'Date at the hub: {when} (Guatemala time)',
  },

  'refer.title': { es: 'El IGM refiere a diez personas', en: 'IGM refers ten people' },
  'refer.story': {
    es: 'Cada envío va firmado por el IGM y trae el consentimiento informado: qué datos, para qué finalidad, a qué institución. La persona de la cuarta fila no quiso compartir su contacto; la de la octava, sus medidas de protección.',
    en: 'Each submission is signed by IGM and brings the informed consent: which data, for what purpose, to which institution. The person in the fourth row did not want to share contact details; the one in the eighth, protection measures.',
  },
  'refer.folios': {
    es: 'Esto es todo lo que una lista muestra. El nombre, los documentos y la situación migratoria quedaron en el sobre cifrado, cada categoría por separado.',
    en: 'This is all that a list shows. Name, documents and migration status stayed in the sealed envelope, each category on its own.',
  },

  'open.title': { es: 'La Alianza abre su bandeja de entrada', en: 'La Alianza opens its inbox' },
  'open.looked': {
    es: 'Mirar no es abrir: ALA toma la bandeja sin abrirla, ve {count} encabezados y devuelve los mensajes. Nada salió de un sobre, y la bitácora dice quién los tomó.',
    en: 'Looking is not opening: ALA takes its inbox without opening it, sees {count} headers and gives the messages back. Nothing left an envelope, and the log says who took them.',
  },
  'open.story': {
    es: 'Antes de abrir un sobre, el intercambio anota la apertura en la bitácora de accesos; sin esa anotación no hay apertura. Después entrega solo las categorías que el consentimiento permite en ese momento. Aquí se ven las categorías, nunca su contenido.',
    en: 'Before it opens an envelope, the hub notes the opening in the access log; without that entry nothing is opened. Then it hands over only the categories that the consent permits at that moment. Here you see the categories, never their content.',
  },
  'open.all': {
    es: 'Llegaron {count} referencias y ALA confirmó el recibo.',
    en: '{count} referrals came and ALA acknowledged them.',
  },
  'open.withheld': {
    es: 'En {count} se retuvo una categoría: la persona no la incluyó en su consentimiento para ALA. No existe forma de saltárselo.',
    en: 'In {count} a category was withheld: the person did not include it in the consent for ALA. There is no way to override that.',
  },
  'open.absent': {
    es: 'Lo retenido no venía en la respuesta, ni vacío.',
    en: 'What was withheld was not in the answer, not even empty.',
  },
  'open.proof': {
    es: 'Cada una trae la prueba de inclusión de su propia apertura en la bitácora.',
    en: 'Each brings the inclusion proof of its own opening in the log.',
  },

  'answer.title': { es: 'La Alianza responde', en: 'La Alianza answers' },
  'answer.story': {
    es: 'Cada cambio de estado dice sobre qué versión se decidió; si otra persona cambió la referencia entre tanto, no se acepta. Un rechazo exige un motivo de una lista cerrada: no hay campo para contar historias.',
    en: 'Each change of status says which version it was decided on; if somebody changed the referral meanwhile, it is refused. A rejection needs a reason out of a closed list: there is no field for stories.',
  },
  'answer.silence': {
    es: 'La última quedó en «Recibida»: el plazo de respuesta corre y se ve. El silencio es la falla más común de las referencias.',
    en: 'The last one stays "Received": its answer time is running, in plain sight. Silence is the most common failure of referrals.',
  },

  'events.title': {
    es: 'El IGM encuentra las respuestas en su bandeja',
    en: 'IGM finds the answers in its inbox',
  },
  'events.story': {
    es: 'Los avisos son CloudEvents: códigos, fechas y números, nada personal. Este es el del rechazo, completo:',
    en: 'The messages are CloudEvents: codes, dates and numbers, nothing personal. This is the rejection, whole:',
  },
  'events.rejection': {
    es: 'El rechazo llegó al IGM con su motivo.',
    en: 'The rejection reached IGM with its reason.',
  },
  'events.nothing-personal': {
    es: 'Ningún aviso trae contenido de un sobre.',
    en: 'No message carries content of an envelope.',
  },
  'events.gapless': {
    es: 'Los {count} avisos van numerados por referencia, sin saltos ni repeticiones.',
    en: 'The {count} messages are numbered per referral, without gaps or repetitions.',
  },

  'refuse.title': { es: 'Lo que no se puede', en: 'What cannot be done' },
  'refuse.story': {
    es: 'Cinco intentos, con el código que los rechaza, y una bandeja ajena:',
    en: 'Five attempts, with the code that refuses them, and an outsider’s inbox:',
  },
  'refuse.read': {
    es: '{code}: otra institución, registrada pero ajena al convenio, quiere leer una referencia.',
    en: '{code}: another institution, registered but no party to the agreement, wants to read a referral.',
  },
  'refuse.pull': {
    es: 'La misma abre su propia bandeja: está vacía. No hay forma de pedir la de otra institución.',
    en: 'The same one opens its own inbox: it is empty. There is no way to ask for that of another institution.',
  },
  'refuse.forged': {
    es: '{code}: alguien cambia la prioridad de un envío después de firmado.',
    en: '{code}: somebody changes the priority of a submission after it was signed.',
  },
  'refuse.replayed': {
    es: '{code}: alguien repite una solicitud que grabó.',
    en: '{code}: somebody repeats a request they recorded.',
  },
  'refuse.no-consent': {
    es: '{code}: el IGM envía una referencia sin consentimiento para la formación.',
    en: '{code}: IGM submits a referral without consent for the training.',
  },
  'refuse.twice': {
    es: '{code}: el IGM refiere otra vez a la misma persona mientras su referencia sigue abierta.',
    en: '{code}: IGM refers the same person again while their referral is still open.',
  },

  'log.title': { es: 'La bitácora de accesos', en: 'The access log' },
  'log.story': {
    es: 'Quien vela por el cumplimiento en el IGM puede ver todo lo que pasó con sus referencias, también lo denegado. Consultarla queda anotado. No se puede borrar ni reordenar sin que se note: cada constancia firmada contiene a las anteriores.',
    en: 'The compliance officer of IGM can see all that happened to its referrals, refusals too. Asking is itself noted. It cannot be erased or reordered unnoticed: each signed checkpoint contains those before it.',
  },
  'log.one': {
    es: 'Todo lo que pasó con la referencia {folio}, lo más reciente arriba:',
    en: 'All that happened to referral {folio}, newest first:',
  },
  'log.denied': { es: 'Todo lo que se denegó:', en: 'All that was denied:' },
  'log.signed': {
    es: 'La última constancia de integridad firmada cubre {size} entradas de todas las instituciones, entre ellas las {count} que el IGM puede ver.',
    en: 'The last signed checkpoint covers {size} entries of all institutions, among them the {count} that IGM may see.',
  },
  'log.counts': { es: 'En total: {counts}.', en: 'In all: {counts}.' },
  'log.releases': {
    es: '{count} aperturas de sobre, una entrada por cada una, con las categorías que se abrieron.',
    en: '{count} envelopes opened, one entry for each, with the categories that were opened.',
  },

  'search.title': { es: 'Y si alguien se lleva el disco', en: 'And if somebody takes the disk' },
  'search.story': {
    es: 'Se buscan los nombres, teléfonos y números de documento de las once personas en cada byte que el intercambio escribió (tablas, bandejas, llaves, registros), tal cual y en las formas en que suelen esconderse (base64, UTF-16, JSON escapado).',
    en: 'The names, phones and document numbers of the eleven people are looked for in every byte the hub wrote (tables, inboxes, keys, logs), as they are and in the forms they tend to hide in (base64, UTF-16, escaped JSON).',
  },
  'search.control': {
    es: 'La búsqueda sí encuentra lo que debe estar: {count} de {all} folios.',
    en: 'The search does find what should be there: {count} of {all} folios.',
  },
  'search.nothing': {
    es: '{traces} datos buscados en {files} archivos ({kilobytes} KiB): {hits} hallazgos.',
    en: '{traces} details looked for in {files} files ({kilobytes} KiB): {hits} found.',
  },

  'verify.title': {
    es: 'La bitácora se verifica sin el intercambio',
    en: 'The log is verified without the hub',
  },
  'verify.story': {
    es: 'Quien vela por el cumplimiento se lleva la bitácora firmada en una carpeta. Un programa que no abre ninguna conexión recalcula cada huella hasta la raíz firmada y verifica otra vez la firma de cada solicitud. Ni quien opera el intercambio puede cambiar el pasado sin que se note.',
    en: 'The compliance officer takes the signed log away in a folder. A program that opens no connection recomputes every hash up to the signed root and verifies the signature of every request again. Not even who runs the hub can change the past unnoticed.',
  },
  'verify.holds': {
    es: 'La carpeta es íntegra: {size} entradas, {requests} solicitudes firmadas.',
    en: 'The folder is intact: {size} entries, {requests} signed requests.',
  },
  'verify.tamper': {
    es: 'En una copia, alguien cambia una sola palabra de la entrada {index}: lo denegado queda como una falla.',
    en: 'In a copy, somebody changes a single word of entry {index}: what was denied becomes a failure.',
  },
  'verify.found': {
    es: 'La verificación no la acepta, y dice que es la entrada {index}.',
    en: 'The verification refuses it, and says that it is entry {index}.',
  },

  'places.title': { es: 'Qué queda dónde', en: 'What lies where' },
  'places.story': {
    es: 'La llave de cada referencia está aparte de lo que abre, y sin respaldo: destruida esa llave, ninguna copia del contenido se puede abrir.',
    en: 'The key of each referral lies apart from what it opens, and has no backup: once that key is destroyed, no copy of the content can be opened.',
  },
  'column.folio': { es: 'folio', en: 'folio' },
  'column.status': { es: 'estado', en: 'status' },
  'column.priority': { es: 'prioridad', en: 'priority' },
  'column.respond-by': { es: 'responder antes de', en: 'answer before' },
  'open.opened': { es: 'abierto', en: 'opened' },
  'open.kept': { es: 'RETENIDO', en: 'WITHHELD' },
  'short.identity': { es: 'identidad', en: 'identity' },
  'short.contact': { es: 'contacto', en: 'contact' },
  'short.migrationStatus': { es: 'migración', en: 'migration' },
  'short.trainingProfile': { es: 'formación', en: 'training' },
  'short.supportNeeds': { es: 'apoyo', en: 'support' },
  'short.protection': { es: 'protección', en: 'protection' },
  'column.way': { es: 'recorrido', en: 'way' },
  'column.reason': { es: 'motivo', en: 'reason' },
  'column.events': { es: 'avisos', en: 'messages' },
  'column.message': { es: 'mensaje', en: 'message' },
  'column.content': { es: 'contenido', en: 'content' },
  'column.fact': { es: 'dato', en: 'fact' },
  'column.says': { es: 'dice', en: 'says' },
  'fact.cause': { es: 'motivo', en: 'reason' },
  'fact.asked': { es: 'a solicitud de', en: 'at the request of' },
  'fact.destroyed-at': { es: 'destruido el', en: 'destroyed on' },
  'fact.key': { es: 'llave (SHA-256)', en: 'key (SHA-256)' },
  'fact.deletion': { es: 'eliminación', en: 'deletion' },
  'fact.remains': { es: 'permanece', en: 'remains' },
  'column.place': { es: 'lugar', en: 'place' },
  'column.holds': { es: 'guarda', en: 'holds' },

  'end.good': {
    es: 'Todo se cumplió, en {seconds} s. No queda nada en el disco.',
    en: 'Everything held, in {seconds} s. Nothing is left on the disk.',
  },
  'end.bad': {
    es: 'Cosas que no se cumplieron (✗): {failures}, en {seconds} s.',
    en: 'Things that did not hold (✗): {failures}, in {seconds} s.',
  },
  'end.next': {
    es: 'Para seguir: «npm start» en una terminal y «npm run hub -- --help» en otra.',
    en: 'To go on: "npm start" in one terminal and "npm run hub -- --help" in another.',
  },
} as const satisfies Record<string, Text>

export type StoryKey = keyof typeof story
