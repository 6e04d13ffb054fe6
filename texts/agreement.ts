// The words of `hub agreement`, in Guatemalan Spanish and in English.
import type { Language } from './language.ts'

export const agreementTexts = {
  'agreement.about': {
    es: 'el convenio: estado, avisos y versiones',
    en: 'the agreement: its state, notices and versions',
  },
  'agreement.show': {
    es: 'muestra el estado del convenio, sus plazos, avisos y versiones',
    en: 'show the agreement’s state, deadlines, notices and versions',
  },
  'agreement.notice': {
    es: 'da un aviso en nombre de su institución (firma autorizada)',
    en: 'give notice for your institution (signatory)',
  },
  'agreement.agree': {
    es: 'dice lo mismo que un aviso de la otra parte',
    en: 'say the same as a notice of the other party',
  },
  'agreement.which': {
    es: 'convenio; si no se da, el único que hay',
    en: 'agreement; the only one there is when left out',
  },
  'agreement.kind': { es: 'clase de aviso', en: 'kind of notice' },
  'agreement.number': {
    es: 'número del aviso, como AV-2026-0001',
    en: 'number of the notice, such as AV-2026-0001',
  },
  'agreement.until': {
    es: 'renovación: último instante de la vigencia',
    en: 'renewal: last instant in force',
  },
  'agreement.received-on': {
    es: 'rescisión: día en que se recibió el aviso',
    en: 'rescission: day on which it was received',
  },
  'agreement.cause': { es: 'terminación: causa', en: 'termination: its cause' },
  'agreement.target-persons': {
    es: 'adenda: nueva meta de personas',
    en: 'amendment: new target of persons',
  },
  'agreement.regular-status': {
    es: 'adenda: si se atiende a quien ya está en situación regular',
    en: 'amendment: whether those whose status is regular are served',
  },
  'agreement.onward': {
    es: 'adenda: a quién se puede derivar, separadas por comas, o ninguna',
    en: 'amendment: who may be handed over to, separated by commas, or none',
  },
  'agreement.answer-hours': {
    es: 'adenda: horas para responder; las demás prioridades quedan como están',
    en: 'amendment: hours to answer; other priorities stay as they are',
  },
  'agreement.collect-hours': {
    es: 'adenda: horas para recoger un mensaje; las demás quedan como están',
    en: 'amendment: hours to collect a message; others stay as they are',
  },
  'agreement.expire-days': {
    es: 'adenda: días sin respuesta tras los que una referencia se anula',
    en: 'amendment: days unanswered after which a referral is cancelled',
  },
  'agreement.stall-days': {
    es: 'adenda: días sin novedad tras los que se avisa a las partes',
    en: 'amendment: days without news after which the parties are told',
  },
  'agreement.retention-days': {
    es: 'adenda: días que se guarda el contenido tras cerrar',
    en: 'amendment: days that content is kept after closing',
  },
  'agreement.completion-days': {
    es: 'adenda: días para terminar lo empezado tras el fin',
    en: 'amendment: days to finish what was begun after the end',
  },
  'agreement.evidence-days': {
    es: 'adenda: días que se guarda el contenido tras una terminación',
    en: 'amendment: days that content is kept after a termination',
  },
  'agreement.referrals-in-notice': {
    es: 'adenda: si durante una rescisión se reciben referencias nuevas',
    en: 'amendment: whether new referrals are taken during a rescission',
  },
  'agreement.document-file': {
    es: 'adenda: archivo con la adenda firmada; se envía solo su huella',
    en: 'amendment: file with the signed addendum; only its digest is sent',
  },
  'agreement.same-document': {
    es: 'su copia de la adenda firmada; se rechaza si no es la misma',
    en: 'your copy of the signed addendum; refused unless it is the same',
  },
  'agreement.versions': {
    es: 'las versiones del convenio y qué cambió en cada una',
    en: 'the agreement’s versions, and what changed with each',
  },
  'agreement.versions-one': {
    es: 'una versión; con otra, en qué se diferencian',
    en: 'one version; with another, how they differ',
  },
  'agreement.versions-other': { es: 'la otra', en: 'the other' },
  'agreement.warning': {
    es: 'Aviso de {kind} sobre «{title}», que se firma en nombre de {by}. El aviso no tiene vuelta atrás.',
    en: 'Notice of {kind} about “{title}”, signed for {by}. It cannot be taken back.',
  },
  'agreement.question': {
    es: '¿Dar este aviso? [s/N] ',
    en: 'Give this notice? [y/N] ',
  },
  'agreement.left': { es: 'No se dio ningún aviso.', en: 'No notice was given.' },
  'agreement.next': {
    es: 'Falta que lo diga {others}: hub agreement agree {number}, con la llave de su firma autorizada.',
    en: '{others} has yet to say the same: hub agreement agree {number}, with its signatory’s key.',
  },
  'agreement.version': { es: 'versión', en: 'version' },
  'agreement.since': { es: 'desde {when}', en: 'since {when}' },
  'agreement.alike': {
    es: 'No hay diferencia entre ellas.',
    en: 'There is no difference between them.',
  },
  'agreement.see-versions': {
    es: 'Qué cambió con cada versión: hub agreement versions',
    en: 'What changed with each version: hub agreement versions',
  },
  'agreement.parties': { es: 'partes', en: 'parties' },
  'agreement.nobody': { es: 'ninguna', en: 'none' },
  'agreement.changes': { es: 'cambia', en: 'changes' },
  'agreement.changes-nothing': {
    es: 'nada: los términos ya son estos',
    en: 'nothing: the terms are these already',
  },
  'agreement.document': { es: 'adenda firmada, SHA-256', en: 'signed addendum, SHA-256' },
  'agreement.in-force-until': { es: 'vigente hasta', en: 'in force until' },
  'agreement.received': { es: 'recibida el', en: 'received on' },
  'agreement.for-cause': { es: 'causa', en: 'cause' },
  'agreement.digest': { es: 'huella', en: 'digest' },
  'agreement.effect': { es: 'efecto', en: 'effect' },
  'agreement.effect.first': {
    es: 'ninguno hasta que {others} diga lo mismo',
    en: 'none until {others} states the same',
  },
  'agreement.effect.last': {
    es: 'inmediato: con este aviso lo han dicho todas las partes',
    en: 'at once: with this notice every party has stated it',
  },
  'agreement.effect.rescission': {
    es: 'inmediato: queda en rescisión, vigente hasta ese día',
    en: 'at once: it is being rescinded, and in force until that day',
  },
  'agreement.effect.breach': {
    es: 'inmediato: no se envía ni se abre nada hasta que todas las partes lo levanten',
    en: 'at once: nothing is sent or opened until every party lifts it',
  },
  'agreement.effect.termination': {
    es: 'inmediato: el convenio termina y se anula todo lo abierto',
    en: 'at once: the agreement ends, and all that is open is cancelled',
  },
  'place.kind': { es: 'clase', en: 'kind' },
  'place.notice': { es: 'aviso', en: 'notice' },
  'place.agreement': { es: 'convenio', en: 'agreement' },
  'place.yes-no': { es: 'sí|no', en: 'yes|no' },
  'place.institutions': { es: 'instituciones', en: 'institutions' },
  'place.by-priority': { es: 'prioridad=horas,…', en: 'priority=hours,…' },
  'usage.notice': {
    es: 'Este aviso no tiene la forma debida: {wrong}',
    en: 'This notice is not of the right form: {wrong}',
  },
  'usage.notice-lacks': {
    es: 'Un aviso de {kind} necesita {option}',
    en: 'A notice of {kind} needs {option}',
  },
  'usage.notice-takes-not': {
    es: 'Un aviso de {kind} no lleva {option}',
    en: 'A notice of {kind} does not take {option}',
  },
  'usage.amendment-of-nothing': {
    es: 'Una adenda cambia al menos un término, por ejemplo --target-persons 300 o --expire-days 45; todos están en --help',
    en: 'An amendment changes at least one term, for example --target-persons 300 or --expire-days 45; --help has all of them',
  },
  'usage.no-such-notice': {
    es: 'No hay un aviso con ese número en este convenio. Esperan su respuesta: {numbers}',
    en: 'There is no notice of that number about this agreement. Awaiting yours: {numbers}',
  },
  'usage.notice-settled': {
    es: 'El aviso {number} no espera a nadie: {state}. Esperan su respuesta: {numbers}',
    en: 'Notice {number} awaits nobody: it {state}. Awaiting yours: {numbers}',
  },
  'usage.no-signatory': {
    es: 'esa llave no es de la firma autorizada de {institution}: nadie más puede dar un aviso. No se envió nada (--as, --key)',
    en: 'that key is not a signatory’s of {institution}: nobody else can give notice. Nothing was sent (--as, --key)',
  },
  'usage.own-notice': {
    es: 'El aviso {number} es de su propia institución ({by}); lo mismo tiene que decir {others}, con la llave de su firma autorizada (--as, --key)',
    en: 'Notice {number} is your own institution’s ({by}); {others} has to say the same, with its signatory’s key (--as, --key)',
  },
  'usage.another-document': {
    es: 'Ese archivo no es la adenda de aquel aviso: su huella SHA-256 es otra, o el aviso no nombra ninguna',
    en: 'That file is not the addendum of that notice: its SHA-256 differs, or the notice names none',
  },
  'usage.no-such-version': {
    es: 'No existe esa versión de este convenio; hay: {known}',
    en: 'There is no such version of this agreement; there are: {known}',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
