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
  'agreement.target-persons': {
    es: 'adenda: nueva meta de personas',
    en: 'amendment: new target of persons',
  },
  'agreement.cause': { es: 'terminación: causa', en: 'termination: its cause' },
  'agreement.warning': {
    es: 'Aviso de {kind} sobre «{title}», firmado en nombre de su institución: {statement}. El aviso no tiene vuelta atrás.',
    en: 'Notice of {kind} about “{title}”, signed for your institution: {statement}. It cannot be taken back.',
  },
  'agreement.question': {
    es: '¿Dar este aviso? [s/N] ',
    en: 'Give this notice? [y/N] ',
  },
  'agreement.left': { es: 'No se dio ningún aviso.', en: 'No notice was given.' },
  'agreement.version': { es: 'versión', en: 'version' },
  'agreement.parties': { es: 'partes', en: 'parties' },
  'agreement.target': { es: 'meta de personas', en: 'target of persons' },
  'usage.notice': {
    es: 'A este aviso le falta o le sobra un dato: la renovación lleva --until; la rescisión, --received-on; la adenda, --target-persons; la terminación, --cause',
    en: 'This notice lacks an option or has one too many: a renewal takes --until, a rescission --received-on, an amendment --target-persons, a termination --cause',
  },
  'usage.no-such-notice': {
    es: 'No hay un aviso con ese número en este convenio',
    en: 'There is no notice of that number about this agreement',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
