// Every sentence of the command line, in Guatemalan Spanish and in English. A key that is not in here does not compile.
import { clockTexts } from './clock.ts'
import { confirmTexts } from './confirm.ts'
import { connectTexts } from './connect.ts'
import { certificateTexts } from './certificate.ts'
import { consentTexts } from './consent.ts'
import { consoleCheckTexts } from './console-check.ts'
import { factTexts } from './facts.ts'
import { fsckTexts } from './fsck.ts'
import { helpTexts } from './help.ts'
import { filled, type Values } from './filled.ts'
import { csvTexts } from './csv.ts'
import { inboxTexts } from './inbox.ts'
import { inputTexts } from './input.ts'
import { keyTexts } from './keys.ts'
import { fieldTexts } from './field-codes.ts'
import type { Language } from './labels.ts'
import { agreementTexts } from './agreement.ts'
import { handoverTexts } from './handover.ts'
import { milestoneTexts } from './milestone.ts'
import { sheetUsageTexts } from './log-sheet-usage.ts'
import { progressTexts } from './progress.ts'
import { referTexts } from './refer.ts'
import { signCheckTexts } from './sign-check.ts'

type Entry = Readonly<Record<Language, string>>

export const texts = {
  ...fieldTexts,
  ...confirmTexts,
  ...helpTexts,
  ...connectTexts,
  ...consentTexts,
  ...consoleCheckTexts,
  ...certificateTexts,
  ...factTexts,
  ...signCheckTexts,
  ...keyTexts,
  ...csvTexts,
  ...sheetUsageTexts,
  ...inboxTexts,
  ...inputTexts,
  ...referTexts,
  ...milestoneTexts,
  ...agreementTexts,
  ...handoverTexts,
  ...clockTexts,
  ...progressTexts,
  ...fsckTexts,
  about: {
    es: 'Referencias entre instituciones, con consentimiento y constancia',
    en: 'Referrals between institutions, with consent and proof',
  },
  exit: {
    es: 'Códigos de salida: 0 hecho · 1 rechazado por el intercambio, o usted dijo que no · 2 uso incorrecto · 3 sin conexión o salida perdida · 129, 130, 143 detenido',
    en: 'Exit codes: 0 done · 1 refused by the hub, or you said no · 2 wrong usage · 3 unreachable or output lost · 129, 130, 143 stopped',
  },
  'option.as': {
    es: 'llave de hub.json (p. ej. igm-system)',
    en: 'key of hub.json (e.g. igm-system)',
  },
  'option.hub': { es: 'carpeta con hub.json, o URL', en: 'folder with hub.json, or URL' },
  'option.key': { es: 'archivo con la llave privada (JWK)', en: 'file with the private key (JWK)' },
  'option.authority': {
    es: 'host[:puerto] con el que se conoce el intercambio',
    en: 'host[:port] the hub knows itself by',
  },
  'option.json': { es: 'un objeto JSON por línea', en: 'one JSON object per line' },
  'option.lang': { es: 'idioma: es o en', en: 'language: es or en' },
  'option.reveal': { es: 'muestra los datos personales', en: 'show personal data' },
  as: { es: '(como {name}, {institution})', en: '(as {name}, {institution})' },
  id: { es: 'folio o identificador de la referencia', en: 'folio or id of the referral' },
  'usage.folio-wrong-check': {
    es: 'el último carácter no corresponde a ese folio: revise el folio, algún carácter se copió mal',
    en: 'the last character does not match: check the folio, some character was copied wrongly',
  },
  'usage.folio-no-check': {
    es: 'al folio le falta su último carácter, el que dice si se copió bien: dé el folio completo, REF-XXXX-XXXX-C',
    en: 'the folio lacks its last character, which tells whether it was copied well: give it in full, REF-XXXX-XXXX-C',
  },
  'usage.no-such-folio': {
    es: 'su institución no tiene ninguna referencia con el folio {folio}',
    en: 'your institution has no referral with the folio {folio}',
  },

  'pull.max': { es: 'cuántos mensajes a lo más (1–10)', en: 'how many messages at most (1–10)' },
  'pull.wait': { es: 'segundos de espera (0–20)', en: 'seconds to wait (0–20)' },
  'pull.visibility': {
    es: 'segundos para confirmar antes de una nueva entrega (30–43200)',
    en: 'seconds to acknowledge before it is delivered again (30–43200)',
  },
  'pull.count': { es: 'Mensajes: {count}', en: 'Messages: {count}' },
  'pull.proof': {
    es: 'entrada {index} de la bitácora de accesos, con prueba de inclusión',
    en: 'entry {index} of the access log, with its inclusion proof',
  },
  'ack.about': { es: 'confirma mensajes recibidos', en: 'acknowledge messages' },
  'ack.handles': {
    es: 'folios de lo tomado desde aquí, o manejadores de hub pull',
    en: 'folios of what was taken from here, or handles from hub pull',
  },
  'ack.one': { es: '{name}: {event}', en: '{name}: {event}' },
  'ack.deletion': {
    es: '{name}: atención, pide eliminar lo que tenga. El acuse no lo confirma: elimínelo y use hub confirm-deletion --referral {name}',
    en: '{name}: note, it asks to delete what you hold. Acknowledging does not confirm that: delete it and use hub confirm-deletion --referral {name}',
  },
  'ack.all': {
    es: 'los de hub pull --json, por la entrada estándar',
    en: 'those of hub pull --json, on standard input',
  },
  'return.about': { es: 'devuelve mensajes a la bandeja', en: 'give messages back to the inbox' },
  'return.delay': {
    es: 'segundos antes de volver (0–900)',
    en: 'seconds before they return (0–900)',
  },
  'settle.count': { es: 'Hecho: {done} de {total}', en: 'Done: {done} of {total}' },
  'settle.refused': { es: 'No se pudo ({code}). {title}', en: 'Not possible ({code}). {title}' },

  'status.about': {
    es: 'cambia el estado de una referencia (lee antes su versión)',
    en: 'change the status of a referral (reads its version first)',
  },
  'status.status': { es: 'estado nuevo (código)', en: 'new status (code)' },
  'status.reason': {
    es: 'código de motivo, para rejected, on-hold, failed y cancelled',
    en: 'reason code, for rejected, on-hold, failed and cancelled',
  },
  'status.if-match': { es: 'ETag de la versión leída', en: 'ETag of the version you read' },
  'show.about': { es: 'muestra una referencia', en: 'show a referral' },
  'list.about': { es: 'lista las referencias', en: 'list referrals' },
  'list.direction': { es: 'sent (enviadas) o received (recibidas)', en: 'sent or received' },
  'list.status': { es: 'solo las que están en este estado', en: 'only those in this status' },
  'list.since': { es: 'solo las que cambiaron desde', en: 'only those changed since' },
  'list.limit': { es: 'cuántas por página (1–200)', en: 'how many per page (1–200)' },
  'list.all': { es: 'todas las páginas', en: 'every page' },
  'list.count': { es: 'Referencias: {count}', en: 'Referrals: {count}' },
  'list.more': {
    es: 'Se muestran {count}; hay más (--all)',
    en: '{count} shown; there are more (--all)',
  },

  'log.about': { es: 'consulta la bitácora de accesos', en: 'query the access log' },
  'log.from': {
    es: 'desde (día de Guatemala o RFC 3339)',
    en: 'from (day of Guatemala or RFC 3339)',
  },
  'log.to': { es: 'hasta (día de Guatemala o RFC 3339)', en: 'to (day of Guatemala or RFC 3339)' },
  'log.institution': { es: 'institución que actuó', en: 'acting institution' },
  'log.action': { es: 'acción', en: 'action' },
  'log.outcome': { es: 'resultado', en: 'outcome' },
  'log.consent': { es: 'consentimiento informado', en: 'consent' },
  'log.purpose': { es: 'finalidad', en: 'purpose' },
  'log.count': { es: 'Entradas: {count}', en: 'Entries: {count}' },

  'fact.next-step': { es: 'siguiente paso', en: 'next step' },
  'fact.milestone': { es: 'avance', en: 'milestone' },
  'fact.event': { es: 'evento', en: 'event' },
  'fact.route': { es: 'de → para', en: 'from → to' },
  'fact.priority': { es: 'prioridad', en: 'priority' },
  'fact.services': { es: 'servicios', en: 'services' },
  'fact.opened': { es: 'abierto', en: 'opened' },
  'fact.withheld': { es: 'retenido', en: 'withheld' },
  'fact.status': { es: 'estado', en: 'status' },
  'fact.data': { es: 'datos', en: 'data' },
  'fact.proof': { es: 'constancia', en: 'proof' },
  'fact.handle': { es: 'manejador', en: 'handle' },
  'fact.sent': { es: 'enviada', en: 'sent' },
  'fact.respond-by': { es: 'responder antes', en: 'answer before' },
  'fact.since': { es: 'sin novedad desde', en: 'nothing since' },
  'fact.ends': { es: 'termina', en: 'ends' },
  'pull.ends': { es: '{when} · aviso de {days} días', en: '{when} · {days} days’ warning' },
  'fact.own': { es: 'número propio', en: 'own number' },
  'fact.delivery': { es: 'entrega', en: 'delivery' },
  'fact.next': { es: 'puede pasar a', en: 'may become' },
  'fact.index': { es: 'n.º', en: 'no.' },
  'fact.time': { es: 'hora (Guatemala)', en: 'time (Guatemala)' },
  'fact.who': { es: 'quién', en: 'who' },
  'fact.action': { es: 'acción', en: 'action' },
  'fact.outcome': { es: 'resultado', en: 'outcome' },
  'fact.purpose': { es: 'finalidad', en: 'purpose' },

  'usage.wrong': { es: 'Uso incorrecto: {what}', en: 'Wrong usage: {what}' },
  'usage.unknown-option': { es: 'opción desconocida {name}', en: 'unknown option {name}' },
  'usage.unknown-command': { es: 'comando desconocido {name}', en: 'unknown command {name}' },
  'usage.missing': { es: 'falta {name}', en: '{name} is missing' },
  'usage.invalid': {
    es: 'valor no válido para {name}{hint}',
    en: 'invalid value for {name}{hint}',
  },
  'usage.excess': { es: 'argumentos de más', en: 'too many arguments' },
  'usage.other': { es: 'vea hub --help', en: 'see hub --help' },
  'usage.handles-or-all': {
    es: 'dé folios o manejadores, o --all',
    en: 'give folios or handles, or --all',
  },
  'usage.url-needs-key': { es: 'con una URL hace falta --key', en: 'a URL needs --key' },
  'usage.file-exists': {
    es: 'el archivo ya existe; una llave nunca se sobrescribe',
    en: 'the file exists; a key is never overwritten',
  },
  'usage.unwritable-file': {
    es: 'no se puede escribir el archivo',
    en: 'the file cannot be written',
  },

  refused: {
    es: 'El intercambio no lo aceptó ({code}). {title}',
    en: 'The hub refused ({code}). {title}',
  },
  'refused.no-hub': {
    es: 'Delante del intercambio se respondió que este no está en este momento. Espere un minuto e intente de nuevo.',
    en: 'What stands before the hub answered that the hub is not there at the moment. Wait a minute and try again.',
  },
  'refused.before-hub': {
    es: 'Respondió algo que está delante del intercambio, no el intercambio. Revise la dirección y la red.',
    en: 'Something before the hub answered, not the hub. Check the address and the network.',
  },
  'refused.instance': { es: '    solicitud {instance}', en: '    request {instance}' },
  'refused.retry': {
    es: '    intente de nuevo en {seconds} s',
    en: '    try again in {seconds} s',
  },
  unreachable: {
    es: 'No hay conexión con el intercambio. No se sabe si la última solicitud llegó. Si es el de esta máquina, ¿está corriendo «npm start»?',
    en: 'The hub cannot be reached. Whether the last request arrived is not known. If it is the one of this machine: is "npm start" running?',
  },
  stopped: { es: 'Se detuvo porque se pidió', en: 'Stopped, as asked' },
  stopping: {
    es: 'Deteniendo después de lo que está en curso (Ctrl-C otra vez: ya)',
    en: 'Stopping after what is under way (Ctrl-C again: now)',
  },
  'output-lost': {
    es: 'No se pudo escribir toda la salida ({code}). Lo hecho, hecho está.',
    en: 'Not all of the output could be written ({code}). What was done is done.',
  },
  internal: {
    es: 'Falla interna del programa ({name})',
    en: 'Internal fault of the program ({name})',
  },
} as const satisfies Record<string, Entry>

export type TextKey = keyof typeof texts
export type Say = (key: TextKey, values?: Values) => string

/** The catalogue in one language. */
export const speaker =
  (language: Language): Say =>
  (key, values = {}) =>
    filled(texts[key][language], values)
