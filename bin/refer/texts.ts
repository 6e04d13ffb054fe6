// What hub refer says, in Guatemalan Spanish and in English.
import type { Language } from '../labels.ts'

export const referTexts = {
  'refer.about': {
    es: 'envía referencias: un objeto JSON, una lista o un objeto por línea (NDJSON)',
    en: 'submit referrals: one JSON object, an array, or one object per line (NDJSON)',
  },
  'refer.file': {
    es: 'archivo, o - para la entrada estándar',
    en: 'file, or - for standard input',
  },
  'refer.state': {
    es: 'carpeta para el secreto y la lista de lo enviado (si no se da: la de la llave)',
    en: 'folder for the secret and the list of what was sent (when left out: that of the key)',
  },
  'refer.progress': { es: '  {done} de {total} …', en: '  {done} of {total} …' },
  'refer.waiting': {
    es: '  Demasiado rápido para el intercambio; se espera {seconds} s …',
    en: '  Too fast for the hub; waiting {seconds} s …',
  },
  'refer.respond-by': { es: 'responder antes de {when}', en: 'answer before {when}' },
  'refer.there': { es: 'ya estaba', en: 'already there' },
  'refer.refused': {
    es: 'n.º {place}: no se aceptó ({code}). {title}',
    en: 'no. {place}: not accepted ({code}). {title}',
  },
  'refer.other-content': {
    es: 'Ese número propio ya se envió desde aquí con otro contenido. Si es otra persona, dele otro número; si es un cambio, anule la referencia anterior.',
    en: 'That own number was sent from here with other content. For another person, give another number; for a change, cancel the earlier referral.',
  },
  'refer.content-unknown': {
    es: 'Ese número propio ya existe; aquí no consta con qué contenido se envió. Búsquelo con hub list.',
    en: 'That own number exists; with what content is not known here. Look for it with hub list.',
  },
  'refer.summary': {
    es: 'Leídas {read} · enviadas {accepted} (ya estaban: {repeated}) · no aceptadas {refused} · sin enviar {unsent}',
    en: 'Read {read} · accepted {accepted} (already there: {repeated}) · refused {refused} · not sent {unsent}',
  },
  'refer.again': {
    es: 'Repita la misma orden: sigue donde quedó y no envía nada dos veces.',
    en: 'Give the same command again: it goes on where it stopped and sends nothing twice.',
  },
  'usage.refer-secret': {
    es: 'no se puede leer o hacer el secreto junto a la llave (….refer-secret); con --state FOLDER va en otra carpeta',
    en: 'the secret beside the key (….refer-secret) cannot be read or made; --state FOLDER puts it elsewhere',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
