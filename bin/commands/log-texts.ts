// Sentences of `hub log export` and `hub log verify`.
import type { Language } from '../labels.ts'
import { filled, type Values } from '../texts.ts'

const texts = {
  'export.about': {
    es: 'guarda la bitácora firmada en una carpeta, para verificarla sin conexión',
    en: 'keep the signed log in a folder, to verify it offline',
  },
  'verify.about': {
    es: 'verifica una carpeta de hub log export, sin conexión',
    en: 'verify a folder of hub log export, offline',
  },
  folder: { es: 'carpeta de la bitácora', en: 'folder of the log' },
  since: {
    es: 'constancia anterior: lo que cubre debe seguir igual',
    en: 'older checkpoint: what it covers must still be the same',
  },
  'max-age': {
    es: 'horas que puede tener la última entrada',
    en: 'hours that the last entry may be old',
  },
  progress: { es: '  {done} de {total} archivos …', en: '  {done} of {total} files …' },
  exported: {
    es: 'Bitácora de {size} entradas en {folder}. Verifíquela con hub log verify.',
    en: 'Log of {size} entries in {folder}. Verify it with hub log verify.',
  },
  'other-log': {
    es: 'la carpeta es de otra bitácora o de otra llave; no se cambió nada',
    en: 'the folder is of another log or another key; nothing was changed',
  },
  unusable: {
    es: 'el intercambio dio una constancia que no vale; no se cambió nada',
    en: 'the hub gave a checkpoint that does not hold; nothing was changed',
  },
} as const satisfies Record<string, Record<Language, string>>

export type LogTextKey = keyof typeof texts

/** The catalogue in one language. */
export const logSpeaker =
  (language: Language) =>
  (key: LogTextKey, values: Values = {}): string =>
    filled(texts[key][language], values)
