// What hub refer says, in Guatemalan Spanish and in English.
import type { Language } from './labels.ts'

export const referTexts = {
  'refer.about': {
    es: 'envía referencias: una hoja CSV (hub template csv), un objeto JSON, una lista o un objeto por línea (NDJSON)',
    en: 'submit referrals: a CSV sheet (hub template csv), one JSON object, an array, or one object per line (NDJSON)',
  },
  'refer.file': {
    es: 'archivo, o - para la entrada estándar',
    en: 'file, or - for standard input',
  },
  'refer.state': {
    es: 'carpeta para el secreto y la lista de lo enviado (si no se da: la de la llave)',
    en: 'folder for the secret and the list of what was sent (when left out: that of the key)',
  },
  'refer.dry-run': {
    es: 'revisa todo sin intercambio y sin enviar nada',
    en: 'check everything without a hub, and send nothing',
  },
  'refer.errors': {
    es: 'archivo CSV nuevo para los errores: fila, columna y motivo',
    en: 'new CSV file for the errors: row, column and reason',
  },
  'refer.dates': {
    es: 'cómo se leen fechas como 3/4/1994: dmy (día primero) o mdy',
    en: 'how dates such as 3/4/1994 are read: dmy (day first) or mdy',
  },
  'refer.at': {
    es: 'la hora para --dry-run (si no se da: ahora)',
    en: 'the time for --dry-run (now when left out)',
  },
  'refer.row': { es: 'fila {line}', en: 'row {line}' },
  'refer.at-row': { es: 'fila {line}', en: 'row {line}' },
  'refer.at-record': { es: 'n.º {record} (línea {line})', en: 'no. {record} (line {line})' },
  'refer.at-column': { es: 'columna {letter} «{name}»', en: 'column {letter} "{name}"' },
  'refer.allowed': { es: 'se admite: {list}', en: 'allowed: {list}' },
  'refer.checked': {
    es: 'Leídas {read} · en orden {good} · con errores {wrong}; no se envió nada',
    en: 'Read {read} · in order {good} · with errors {wrong}; nothing was sent',
  },
  'refer.unchecked': {
    es: 'Sin el intercambio no se puede saber: si el número propio o la persona ya están, el convenio como está hoy, y su hora.',
    en: 'Without the hub it cannot be known: whether own number or person are there already, the agreement as it is today, and its clock.',
  },
  'errors.heading': {
    es: 'fila,columna,letra,código,motivo,se admite',
    en: 'row,column,letter,code,reason,allowed',
  },
  'errors.written': {
    es: 'Errores en {file}: {count}',
    en: 'Errors in {file}: {count}',
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
    es: 'Leídas {read} · enviadas {new} · ya estaban: {repeated} · no aceptadas {refused} · sin enviar {unsent}',
    en: 'Read {read} · sent {new} · already there: {repeated} · refused {refused} · not sent {unsent}',
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
