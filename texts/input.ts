// What the reader of files and standard input says, in Guatemalan Spanish and in English.
import type { Language } from './labels.ts'

export const inputTexts = {
  'input.typed': {
    es: 'Se lee del teclado; termine con Ctrl-D (en Windows: Ctrl-Z y Entrar)',
    en: 'Reading from the keyboard; end with Ctrl-D (on Windows: Ctrl-Z and Enter)',
  },
  'usage.no-such-file': {
    es: 'no se puede leer el archivo: no existe',
    en: 'the file cannot be read: it does not exist',
  },
  'usage.file-is-folder': {
    es: 'no se puede leer el archivo: es una carpeta',
    en: 'the file cannot be read: it is a folder',
  },
  'usage.file-not-permitted': {
    es: 'no se puede leer el archivo: falta el permiso',
    en: 'the file cannot be read: permission is missing',
  },
  'usage.unreadable-file': {
    es: 'no se puede leer el archivo',
    en: 'the file cannot be read',
  },
  'usage.workbook': {
    es: 'es un libro de Excel, no un texto. En Excel: Guardar como → «CSV UTF-8 (delimitado por comas)»; no se envió nada',
    en: 'this is an Excel workbook, not a text. In Excel: Save As → "CSV UTF-8 (Comma delimited)"; nothing was sent',
  },
  'usage.utf-16': {
    es: 'el texto está en UTF-16 («Unicode» en Windows). Guárdelo en UTF-8; en Excel: Guardar como → «CSV UTF-8 (delimitado por comas)»; no se envió nada',
    en: 'the text is UTF-16 ("Unicode" on Windows). Save it as UTF-8; in Excel: Save As → "CSV UTF-8 (Comma delimited)"; nothing was sent',
  },
  'usage.windows-1252': {
    es: 'la línea {line} no es UTF-8: parece Windows-1252, como lo guarda Excel con «CSV (delimitado por comas)». Guárdelo con «CSV UTF-8 (delimitado por comas)»; no se envió nada',
    en: 'line {line} is not UTF-8: it looks like Windows-1252, which is what Excel writes as "CSV (Comma delimited)". Save it as "CSV UTF-8 (Comma delimited)"; nothing was sent',
  },
  'usage.not-utf-8': {
    es: 'la línea {line} no es UTF-8. Guarde el archivo en UTF-8; en Excel: «CSV UTF-8 (delimitado por comas)»; no se envió nada',
    en: 'line {line} is not UTF-8. Save the file as UTF-8; in Excel: "CSV UTF-8 (Comma delimited)"; nothing was sent',
  },
  'usage.empty-input': { es: 'no hay nada que leer', en: 'there is nothing to read' },
  'usage.empty-list': {
    es: 'la lista está vacía; no hay nada que enviar',
    en: 'the list is empty; there is nothing to send',
  },
  'usage.bad-json-line': {
    es: 'la línea {line} no es JSON; no se envió nada',
    en: 'line {line} is not JSON; nothing was sent',
  },
  'usage.json-twice': {
    es: 'el objeto de la línea {line} nombra dos veces el mismo miembro; no se envió nada',
    en: 'the object at line {line} names the same member twice; nothing was sent',
  },
  'usage.null-record': {
    es: 'el registro n.º {record} (línea {line}) es null: no dice nada; no se envió nada',
    en: 'record no. {record} (line {line}) is null: it says nothing; nothing was sent',
  },
  'usage.not-an-object': {
    es: 'el registro n.º {record} no es un objeto JSON (línea {line}); no se envió nada',
    en: 'record no. {record} is not a JSON object (line {line}); nothing was sent',
  },
  'usage.nothing-leased': {
    es: 'con esta llave no hay ninguna entrega vigente de esa referencia tomada desde aquí: tómela con hub pull, o dé el manejador que mostró hub pull donde se tomó. No se hizo nada',
    en: 'no delivery of that referral was taken from here with this key and is still leased: take it with hub pull, or give the handle that hub pull showed where it was taken. Nothing was done',
  },
  'usage.no-handle': {
    es: 'el registro n.º {record} (línea {line}) no tiene manejador',
    en: 'record no. {record} (line {line}) has no handle',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
