// Sentences of the officer's sheets and commands (hub log prove, check-proof, report), in Guatemalan Spanish and in
// English.
import type { Language } from './labels.ts'
import { entryTexts } from './entry.ts'
import { factTexts } from './facts.ts'
import { filled, type Values } from './filled.ts'

export const sheetTexts = {
  'prove.about': {
    es: 'escribe una hoja con una entrada de la bitácora y su prueba (HTML para imprimir, y JSON)',
    en: 'write a sheet with one entry of the log and its proof (HTML to print, and JSON)',
  },
  'prove.index': { es: 'número de la entrada', en: 'number of the entry' },
  'out.about': {
    es: 'archivo nuevo; su extensión dice el formato ({formats}), sin ella se escriben todos',
    en: 'new file; its extension tells the format ({formats}), without one all are written',
  },
  'check.about': {
    es: 'verifica sin conexión una hoja de hub log prove',
    en: 'verify a sheet of hub log prove, offline',
  },
  'check.file': { es: 'la hoja (.html o .json)', en: 'the sheet (.html or .json)' },
  'check.vkey': {
    es: 'llave de la bitácora que usted ya tiene: su texto, o un archivo con él',
    en: 'key of the log that you already hold: its text, or a file with it',
  },
  'report.about': {
    es: 'resumen de un mes: qué se abrió, qué se denegó, qué consentimientos se retiraron (CSV y HTML)',
    en: 'a month in numbers: what was opened, denied and withdrawn (CSV and HTML)',
  },
  'report.month': { es: 'mes de Guatemala, AAAA-MM', en: 'month of Guatemala, YYYY-MM' },
  written: { es: 'Escrito: {files}', en: 'Written: {files}' },

  'sheet.title': {
    es: 'Entrada {index} de la bitácora de accesos',
    en: 'Entry {index} of the access log',
  },
  ...entryTexts,
  'sheet.no-names': {
    es: 'La bitácora no guarda nombres de personas: dice qué referencia, quién, cuándo y con qué resultado. A qué persona corresponde la referencia lo sabe la institución que la envió.',
    en: 'The log holds no names of persons: it tells which referral, who, when and with what outcome. Whom the referral is about is known to the institution that sent it.',
  },
  ...factTexts,
  'fact.request': { es: 'solicitud firmada', en: 'signed request' },
  'fact.entry-id': { es: 'identificador', en: 'id' },
  'fact.utc': { es: 'hora UTC', en: 'time in UTC' },
  'fact.hub': { es: 'intercambio', en: 'hub' },
  'fact.checkpoint': { es: 'constancia', en: 'checkpoint' },
  'sheet.proof-title': {
    es: 'Prueba de inclusión y constancia',
    en: 'Inclusion proof and checkpoint',
  },
  'sheet.proof-why': {
    es: 'Prueba que la entrada está en la bitácora de {size} entradas que se firmó (C2SP tlog-proof). La última línea es la firma.',
    en: 'Proves that the entry is in the log of {size} entries that was signed (C2SP tlog-proof). The last line is the signature.',
  },
  'sheet.leaf-title': {
    es: 'La entrada, tal como se firmó (base64)',
    en: 'The entry as it was signed (base64)',
  },
  'sheet.verify-title': { es: 'Cómo verificarla', en: 'How to verify it' },
  'sheet.verify-why': {
    es: 'Sin conexión y sin confiar en el intercambio ni en esta hoja. Antes compare la llave de la bitácora con la que su institución guarda en papel: si no es la misma, la hoja no vale.',
    en: 'Offline, trusting neither the hub nor this sheet. First compare the key of the log with the one that your institution keeps on paper: if they differ, the sheet is worth nothing.',
  },

  'check.holds': {
    es: 'La entrada {index} está en la bitácora {origin} de {size} entradas.',
    en: 'Entry {index} is in the log {origin} of {size} entries.',
  },
  'check.trusted': {
    es: '  según la llave que usted dio: {vkey}',
    en: '  by the key that you gave: {vkey}',
  },
  'check.words': {
    es: 'Vale lo que se lee aquí, no lo que diga la hoja:',
    en: 'What counts is what stands here, not what the sheet says:',
  },
  'check.fails': {
    es: 'La hoja NO vale: {why} ({code})',
    en: 'The sheet does NOT hold: {why} ({code})',
  },

  'report.title': {
    es: 'Bitácora de accesos, {month}, para {institution}',
    en: 'Access log, {month}, for {institution}',
  },
  'report.span': {
    es: 'Días de Guatemala, del {first} al {last}. Lo que la persona oficial de cumplimiento puede ver: lo hecho bajo los convenios de su institución, y lo que su institución hizo.',
    en: 'Days of Guatemala, {first} to {last}. What the compliance officer may see: what was done under the agreements of their institution, and what their institution did.',
  },
  'report.running': {
    es: 'El mes no ha terminado: los números son hasta el momento en que se pidieron.',
    en: 'The month is not over: the numbers are as of when they were asked for.',
  },
  'report.openings': { es: 'Aperturas de contenido', en: 'Content opened' },
  'report.by-purpose': { es: 'Aperturas por finalidad', en: 'Openings by purpose' },
  'report.by-category': {
    es: 'Aperturas por categoría (una apertura cuenta en cada categoría que abrió)',
    en: 'Openings by category (an opening counts in each category that it opened)',
  },
  'report.by-key': { es: 'Aperturas por llave', en: 'Openings by key' },
  'report.denials': { es: 'Solicitudes denegadas', en: 'Requests denied' },
  'report.failures': {
    es: 'Aperturas que fallaron después de anotarse (no salió nada)',
    en: 'Openings that failed after they were written down (nothing left)',
  },
  'report.withdrawals': { es: 'Consentimientos retirados', en: 'Consents withdrawn' },
  'report.checkpoint': {
    es: 'Constancia al pedir el resumen',
    en: 'Checkpoint when this was asked for',
  },
  'report.none': { es: 'Ninguna.', en: 'None.' },
  'column.section': { es: 'sección', en: 'section' },
  'column.purpose': { es: 'finalidad', en: 'purpose' },
  'column.categories': { es: 'categorías', en: 'categories' },
  'column.key': { es: 'llave', en: 'key' },
  'column.key-name': { es: 'nombre de la llave', en: 'name of the key' },
  'column.action': { es: 'acción', en: 'action' },
  'column.time': { es: 'hora (Guatemala)', en: 'time (Guatemala)' },
  'column.referral': { es: 'referencia', en: 'referral' },
  'column.institution': { es: 'institución', en: 'institution' },
  'column.n': { es: 'cantidad', en: 'number' },
  'column.value': { es: 'valor', en: 'value' },
} as const satisfies Record<string, Record<Language, string>>

type SheetTextKey = keyof typeof sheetTexts
export type SheetSay = (key: SheetTextKey, values?: Values) => string

export const sheetSpeaker =
  (language: Language): SheetSay =>
  (key, values = {}) =>
    filled(sheetTexts[key][language], values)
