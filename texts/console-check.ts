// The words of `hub console verify`, in Guatemalan Spanish and in English.
import type { Language } from './language.ts'

export const consoleCheckTexts = {
  'console.about': {
    es: 'la consola que sirve un intercambio',
    en: 'the console that a hub serves',
  },
  'console.verify': {
    es: 'compara la consola que sirve un intercambio con la que produce este repositorio, y con lo que dice su bitácora',
    en: 'hold the console that a hub serves against this repository’s build, and against what its log says',
  },
  'console.url': {
    es: 'dirección del intercambio, como https://hub.example',
    en: 'address of the hub, such as https://hub.example',
  },
  'console.log': {
    es: 'carpeta de hub log export: lo que su última entrada dice que se sirve debe ser esto. Sin ella, y con --key, se lee la bitácora de ahora',
    en: 'folder of hub log export: what its last entry says is served must be this. Without it, and with --key, the log of now is read',
  },
  'console.same': {
    es: 'Es la misma: los {files} archivos que sirve {hub} son los que produce este repositorio.',
    en: 'It is the same: the {files} files that {hub} serves are those that this repository builds.',
  },
  'console.other': {
    es: 'NO es la misma: {hub} sirve otra cosa de la que produce este repositorio. No entre ahí, y avise a quienes lo operan. Si el intercambio es de otra versión, compare con esa versión del repositorio.',
    en: 'It is NOT the same: {hub} serves something else than this repository builds. Do not enter there, and tell its operators. If the hub is of another version, compare with that version of the repository.',
  },
  'console.manifest': { es: 'huella servida', en: 'digest served' },
  'console.built': { es: 'huella producida aquí', en: 'digest built here' },
  'console.logged': { es: 'huella según la bitácora', en: 'digest by the log' },
  'console.no-log': {
    es: 'No se comparó con la bitácora: repita con la llave de una persona oficial de cumplimiento (--key), o con --log y la carpeta de hub log export.',
    en: 'Not compared with the log: try again with a compliance officer’s key (--key), or with --log and the folder of hub log export.',
  },
  'console.found': { es: 'Qué es distinto', en: 'What differs' },
  'console.path': { es: 'Dónde', en: 'Where' },
  'console.altered': { es: 'otro contenido', en: 'other content' },
  'console.missing': { es: 'no se sirve', en: 'not served' },
  'console.unnamed': { es: 'falta en la lista servida', en: 'not in the served list' },
  'console.extra': { es: 'de más en la lista servida', en: 'in the served list, and not ours' },
  'console.manifest-missing': { es: 'no hay lista de archivos', en: 'there is no list of files' },
  'console.manifest-malformed': {
    es: 'la lista de archivos no es tal',
    en: 'the list of files is none',
  },
  'console.log-other': {
    es: 'la bitácora dice que se sirve otra',
    en: 'the log says that another is served',
  },
  'console.log-silent': {
    es: 'la bitácora no dice qué se sirve',
    en: 'the log does not say what is served',
  },
  'console.log-bad': {
    es: 'La bitácora de {folder} no se verifica ({code}): hub log export y hub log verify dicen por qué. No se comparó nada.',
    en: 'The log of {folder} does not verify ({code}): hub log export and hub log verify say why. Nothing was compared.',
  },
  'usage.console-two-logs': {
    es: 'La bitácora se toma de una carpeta (--log) o del intercambio, con una llave (--key, --as): no de los dos',
    en: 'The log is taken from a folder (--log) or from the hub, with a key (--key, --as): not from both',
  },
  'console.unbuilt': {
    es: 'Aquí no se puede producir la consola: use este programa desde el repositorio, después de npm ci. No se comparó nada.',
    en: 'The console cannot be built here: run this from the repository, after npm ci. Nothing was compared.',
  },
  'place.hub-url': { es: 'dirección', en: 'url' },
  'usage.no-hub-url': {
    es: 'no es la dirección de un intercambio: se espera https://…, o http:// en esta máquina',
    en: 'not the address of a hub: https://… is expected, or http:// on this machine',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
