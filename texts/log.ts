// Sentences of `hub log export`, `hub log key`, `hub log verify` and `hub log cosign`.
import type { Language } from './labels.ts'
import { sheetTexts } from './log-sheet.ts'
import { filled, type Values } from './filled.ts'

export const logTexts = {
  ...sheetTexts,
  'log.category': {
    es: 'categoría de datos que se abrió (código o palabra)',
    en: 'data category that was opened (code or word)',
  },
  'log.by': {
    es: 'llave que actuó: nombre de hub.json, puesto, o sus primeros 8 caracteres',
    en: 'acting key: name of hub.json, post, or its first 8 characters',
  },
  'export.about': {
    es: 'guarda la bitácora firmada en una carpeta, para verificarla sin conexión',
    en: 'keep the signed log in a folder, to verify it offline',
  },
  'verify.about': {
    es: 'verifica una carpeta de hub log export, sin conexión',
    en: 'verify a folder of hub log export, offline',
  },
  folder: { es: 'carpeta de la bitácora', en: 'folder of the log' },
  vkey: {
    es: 'llave de la bitácora, o un archivo con ella; si falta, la anotada en este equipo',
    en: 'key of the log, or a file with it; left out, the one pinned on this machine',
  },
  'key.about': {
    es: 'da la llave con la que firma la bitácora, para llevarla en papel',
    en: 'give the key that the log signs with, to be kept on paper',
  },
  'key.keep': {
    es: 'Guárdela fuera del intercambio: hub log verify CARPETA --vkey LLAVE no cree en ninguna otra.',
    en: 'Keep it outside the hub: hub log verify FOLDER --vkey KEY believes no other.',
  },
  pinned: {
    es: 'La llave de la bitácora quedó anotada en {file}; hub log verify la comparará:\n  {vkey}',
    en: 'The key of the log is pinned in {file}; hub log verify will compare it:\n  {vkey}',
  },
  unpinned: {
    es: 'La llave de la bitácora no se pudo anotar en este equipo. Guárdela, y désela a hub log verify con --vkey:\n  {vkey}',
    en: 'The key of the log could not be pinned on this machine. Keep it, and give it to hub log verify with --vkey:\n  {vkey}',
  },
  'no-folder': {
    es: 'Ahí hay un archivo, no una carpeta. Dé una carpeta nueva o la de una exportación anterior; no se cambió nada',
    en: 'There is a file there, not a folder. Give a new folder, or that of an earlier export; nothing was changed',
  },
  unwritable: {
    es: 'No se puede escribir en {folder}: revise permisos y espacio. La próxima exportación a la misma carpeta la completa',
    en: '{folder} cannot be written: look at permissions and space. The next export to the same folder completes it',
  },
  since: {
    es: 'constancia anterior: lo que cubre debe seguir igual',
    en: 'older checkpoint: what it covers must still be the same',
  },
  'max-age': {
    es: 'horas que puede tener la última entrada',
    en: 'hours that the last entry may be old',
  },
  authority: {
    es: 'otros nombres que tuvo el intercambio',
    en: 'other names that the hub has had',
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
  'cosign.about': {
    es: 'cofirma la última constancia de la bitácora, tras verificar que continúa la anterior',
    en: 'cosign the last checkpoint of the log, having verified that it continues the one before',
  },
  'cosign.state-file': {
    es: 'archivo con lo ya cofirmado; si falta, junto al de la llave',
    en: 'file with what was cosigned; left out, beside the key’s',
  },
  'cosign.cosigner': {
    es: 'código de su institución, si hub.json no la nombra',
    en: 'your institution’s code, where hub.json does not tell it',
  },
  'cosign.unnamed': {
    es: 'Falta --cosigner con el código de su institución.',
    en: '--cosigner with your institution’s code is missing.',
  },
  'cosign.trusting': {
    es: 'Primera vez: se confía en esta llave de la bitácora y queda en {file}. Compárela por otro medio:\n  {vkey}',
    en: 'First time: this key of the log is trusted and kept in {file}. Compare it by other means:\n  {vkey}',
  },
  cosigned: {
    es: 'Cofirmada por {institution}: bitácora de {size} entradas, {cosignedAt}, llave {keyid}',
    en: 'Cosigned by {institution}: log of {size} entries, {cosignedAt}, key {keyid}',
  },
  'cosign.kept': {
    es: 'Guarde {file}: con él la próxima vez se sabrá si la bitácora fue cambiada.',
    en: 'Keep {file}: by it the next time will tell whether the log was changed.',
  },
  'cosign.other-key': {
    es: 'La llave de la bitácora no es la de {file}.',
    en: 'The key of the log is not the one in {file}.',
  },
  'cosign.nothing': { es: 'No se cofirmó nada.', en: 'Nothing was cosigned.' },
  'cosign.key': {
    es: 'Solo una llave Ed25519 puede cofirmar.',
    en: 'Only an Ed25519 key can cosign.',
  },
  'cosign.state': {
    es: 'No se puede usar {file}. No lo borre: sin él se volvería a confiar a ciegas.',
    en: '{file} cannot be used. Do not delete it: without it trust would start anew.',
  },
  'cosign.locked': {
    es: 'Otra cofirma está en curso; si no es así, borre {lock}.',
    en: 'Another cosigning is under way; if there is none, remove {lock}.',
  },
} as const satisfies Record<string, Record<Language, string>>

export type LogTextKey = keyof typeof logTexts

/** The catalogue in one language. */
export const logSpeaker =
  (language: Language) =>
  (key: LogTextKey, values: Values = {}): string =>
    filled(logTexts[key][language], values)
