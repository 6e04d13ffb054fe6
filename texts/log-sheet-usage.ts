// What is wrong with how the officer's commands were called, in Guatemalan Spanish and in English (texts/hub.ts takes
// them over).
export const sheetUsageTexts = {
  'usage.sheet-exists': {
    es: 'ya existe {file}; no se escribió nada (elija otro nombre con --out)',
    en: '{file} exists; nothing was written (choose another name with --out)',
  },
  'usage.sheet-unwritable': {
    es: 'no se puede escribir {file}',
    en: '{file} cannot be written',
  },
  'usage.sheet-format': {
    es: 'la extensión de --out debe ser una de {formats}',
    en: 'the extension of --out must be one of {formats}',
  },
  'usage.no-sheet': {
    es: 'el archivo no se puede leer o no es una hoja de hub log prove',
    en: 'the file cannot be read, or is no sheet of hub log prove',
  },
  'usage.no-vkey': {
    es: 'falta --vkey: una hoja no puede dar fe de sí misma',
    en: '--vkey is missing: a sheet cannot vouch for itself',
  },
  'usage.bad-vkey': {
    es: 'eso no es una llave de bitácora (nombre+8 hexadecimales+base64), ni un archivo con una',
    en: 'that is no key of a log (name+8 hexadecimal digits+base64), nor a file with one',
  },
  'usage.month-to-come': {
    es: 'ese mes todavía no empieza: hoy es {today}, hora de Guatemala, según el intercambio. No se escribió nada',
    en: 'that month has not begun: today is {today}, time of Guatemala, by the hub. Nothing was written',
  },
  'prove.no-such-entry': {
    es: 'La bitácora no tiene ninguna entrada {index}: hay {size} firmadas, de la 0 a la {last}.',
    en: 'The log has no entry {index}: {size} are signed, 0 to {last}.',
  },
  'usage.from-after-to': {
    es: 'el inicio ({first}) está después del fin ({last})',
    en: 'the beginning ({first}) is after the end ({last})',
  },
  'usage.which-key': {
    es: 'ninguna llave tiene ese nombre o puesto; dé un nombre de hub.json, un puesto o al menos 8 caracteres de la llave',
    en: 'no key has that name or post; give a name of hub.json, a post, or at least 8 characters of the key',
  },
} as const
