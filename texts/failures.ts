// Why a log does not hold, one sentence for each code, in Guatemalan Spanish and in English. Those about meaning:
// meaning-failures.ts.
import type { Language } from './language.ts'
import { meaningWhys } from './meaning-failures.ts'

export const failureWhys = {
  ...meaningWhys,
  'not-an-export': {
    es: 'esto no es una exportación de la bitácora (hub log export CARPETA hace una)',
    en: 'this is not an export of the log (hub log export FOLDER makes one)',
  },
  'folder-unreadable': {
    es: 'no se puede leer aquí; revise los permisos de la carpeta',
    en: 'it cannot be read here; look at the permissions of the folder',
  },
  'altered-in-transit': {
    es: 'no se puede leer aquí: en el camino (git, correo, un editor) cambiaron los fines de línea o el comienzo de un archivo. Cópielo otra vez tal cual, por ejemplo en un .zip, o con git sin core.autocrlf',
    en: 'it cannot be read here: on its way (git, mail, an editor) line ends or the beginning of a file were changed. Copy it again as it is, in a .zip for example, or with git without core.autocrlf',
  },
  'log-key': {
    es: 'la llave que la carpeta nombra no es la de esta bitácora',
    en: 'the key that the folder names is not this log’s',
  },
  'policy-missing': { es: 'falta policy.json', en: 'policy.json is missing' },
  'policy-malformed': { es: 'policy.json no está bien formado', en: 'policy.json is malformed' },
  'policy-key': { es: 'la llave de policy.json no vale', en: 'the key in policy.json is none' },
  'checkpoint-missing': { es: 'falta la constancia', en: 'the checkpoint is missing' },
  'checkpoint-malformed': {
    es: 'la constancia no está bien formada',
    en: 'the checkpoint is malformed',
  },
  'checkpoint-origin': {
    es: 'la constancia es de otra bitácora',
    en: 'the checkpoint is another log’s',
  },
  'checkpoint-unsigned': {
    es: 'la constancia no lleva la firma de la bitácora',
    en: 'the checkpoint lacks the log’s signature',
  },
  'checkpoint-signature': {
    es: 'la firma de la constancia no vale',
    en: 'the checkpoint’s signature does not hold',
  },
  'bundle-missing': { es: 'falta un paquete de entradas', en: 'an entry bundle is missing' },
  'bundle-short': {
    es: 'a un paquete le faltan entradas o bytes',
    en: 'a bundle lacks entries or bytes',
  },
  'bundle-trailing': { es: 'a un paquete le sobran bytes', en: 'a bundle has bytes too many' },
  'entry-not-json': { es: 'una entrada no es JSON', en: 'an entry is not JSON' },
  'entry-index': { es: 'una entrada trae su propio índice', en: 'an entry carries its own index' },
  'entry-shape': {
    es: 'una entrada no tiene la forma del contrato',
    en: 'an entry has not the contract’s shape',
  },
  'entry-not-exact': {
    es: 'una entrada está escrita de otra manera',
    en: 'an entry is spelt in another way',
  },
  'tile-missing': { es: 'falta un archivo de huellas', en: 'a hash tile is missing' },
  'tile-length': {
    es: 'un archivo de huellas no mide lo que debe',
    en: 'a hash tile has the wrong length',
  },
  'leaf-hash': {
    es: 'una entrada no tiene la huella anotada',
    en: 'an entry has not the hash on record',
  },
  'tile-hash': {
    es: 'las huellas superiores no corresponden a las entradas',
    en: 'the upper hashes are not those of the entries',
  },
  'file-unexpected': {
    es: 'hay un archivo que la bitácora no tiene (si una exportación quedó a medias, repítala)',
    en: 'there is a file that the log has not (if an export was broken off, run it again)',
  },
  root: {
    es: 'las entradas no dan la raíz firmada',
    en: 'the entries do not give the signed root',
  },
  'entry-repeated': {
    es: 'un identificador de entrada se repite',
    en: 'an entry’s id is there twice',
  },
  'keys-missing': { es: 'falta keys.json', en: 'keys.json is missing' },
  'keys-malformed': { es: 'keys.json no está bien formado', en: 'keys.json is malformed' },
  'keys-repeated': { es: 'una llave está dos veces', en: 'a key is there twice' },
  'key-thumbprint': {
    es: 'una llave no es la que su identificador dice',
    en: 'a key is not the one its keyid names',
  },
  'key-algorithm': { es: 'una llave no es de su algoritmo', en: 'a key is not of its algorithm' },
  'hub-evidence': {
    es: 'una entrada del intercambio trae lo que no es suyo',
    en: 'an entry of the hub’s has what is not its own',
  },
  'hub-action': {
    es: 'el intercambio figura haciendo lo que solo hace quien firma',
    en: 'the hub is said to do what only signers do',
  },
  'key-unknown': { es: 'la llave de quien actuó no está', en: 'the actor’s key is not there' },
  'key-institution': {
    es: 'la llave es de otra institución',
    en: 'the key is another institution’s',
  },
  'key-post': {
    es: 'el puesto de la entrada no es el de la llave',
    en: 'the post in the entry is not the key’s',
  },
  'key-role': { es: 'la llave no tiene ese rol', en: 'the key does not hold that role' },
  'key-validity': { es: 'la llave no estaba vigente', en: 'the key was not valid then' },
  'key-revoked': { es: 'la llave ya estaba revocada', en: 'the key was revoked by then' },
  'evidence-missing': {
    es: 'falta la firma de una solicitud',
    en: 'a request’s signature is missing',
  },
  'evidence-malformed': {
    es: 'la firma de una solicitud no se entiende',
    en: 'a request’s signature cannot be read',
  },
  'evidence-keyid': { es: 'firmó otra llave', en: 'another key signed' },
  'evidence-coverage': {
    es: 'la firma no cubre lo que debe, o cubre lo que depende de un intermediario',
    en: 'the signature does not cover what it must, or covers what depends on a proxy',
  },
  'evidence-covered': {
    es: 'los valores firmados no son los cubiertos',
    en: 'the values on record are not those covered',
  },
  'evidence-window': {
    es: 'la entrada no es del tiempo de su firma',
    en: 'the entry is not of its signature’s time',
  },
  'evidence-signature': {
    es: 'la firma de una solicitud no vale',
    en: 'a request’s signature does not hold',
  },
  'evidence-authority': {
    es: 'la solicitud se firmó para otro intercambio',
    en: 'the request was signed for another hub',
  },
  'evidence-action': {
    es: 'la acción anotada no es la que pidió la solicitud',
    en: 'the action on record is not what the request asked for',
  },
  'evidence-subject': {
    es: 'una entrada nombra otra referencia, otro consentimiento u otra llave que su solicitud firmada',
    en: 'an entry names another referral, consent or key than its signed request',
  },
  'evidence-differs': {
    es: 'una misma solicitud consta de dos maneras',
    en: 'one request is on record in two ways',
  },
  'evidence-reused': {
    es: 'una misma firma está en dos solicitudes',
    en: 'one signature stands behind two requests',
  },
  'chain-missing': {
    es: 'una entrada que cambió una referencia no está en su cadena',
    en: 'an entry that changed a referral is not in its chain',
  },
  'chain-stray': {
    es: 'una entrada está en una cadena de ninguna referencia',
    en: 'an entry is in a chain of no referral',
  },
  'chain-forked': {
    es: 'dos entradas ocupan el mismo lugar en la cadena de una referencia',
    en: 'two entries have the same place in a referral’s chain',
  },
  'chain-start': {
    es: 'la cadena de una referencia no empieza con su envío',
    en: 'a referral’s chain does not begin with its submission',
  },
  'chain-gap': {
    es: 'falta la entrada anterior en la cadena de una referencia',
    en: 'the entry before is missing in a referral’s chain',
  },
  'chain-broken': {
    es: 'la entrada anterior en la cadena de una referencia no es la que consta',
    en: 'the entry before in a referral’s chain is not the one on record',
  },
  'since-missing': { es: 'falta la constancia anterior', en: 'the older checkpoint is missing' },
  'since-malformed': {
    es: 'la constancia anterior no está bien formada',
    en: 'the older checkpoint is malformed',
  },
  'since-origin': {
    es: 'la constancia anterior es de otra bitácora',
    en: 'the older checkpoint is another log’s',
  },
  'since-unsigned': {
    es: 'la constancia anterior no lleva la firma de la bitácora',
    en: 'the older checkpoint lacks the log’s signature',
  },
  'since-signature': {
    es: 'la firma de la constancia anterior no vale',
    en: 'the older checkpoint’s signature does not hold',
  },
  rollback: {
    es: 'es más corta que la constancia anterior',
    en: 'it is shorter than the older checkpoint',
  },
  fork: {
    es: 'no continúa la de la constancia anterior',
    en: 'it does not continue that of the older checkpoint',
  },
  'cosigned-malformed': {
    es: 'una constancia cofirmada no está bien formada',
    en: 'a cosigned checkpoint is malformed',
  },
  'cosigned-origin': {
    es: 'una constancia cofirmada es de otra bitácora',
    en: 'a cosigned checkpoint is another log’s',
  },
  'cosigned-unsigned': {
    es: 'una constancia cofirmada no lleva la firma de la bitácora',
    en: 'a cosigned checkpoint lacks the log’s signature',
  },
  'cosigned-signature': {
    es: 'en una constancia cofirmada la firma de la bitácora no vale',
    en: 'on a cosigned checkpoint the log’s signature does not hold',
  },
  'cosignature-missing': {
    es: 'falta la cofirma de la institución',
    en: 'the institution’s cosignature is missing',
  },
  'cosignature-key': {
    es: 'la llave de una cofirma no está',
    en: 'the key of a cosignature is not there',
  },
  'cosignature-signature': { es: 'una cofirma no vale', en: 'a cosignature does not hold' },
  'cosigned-rollback': {
    es: 'es más corta que la que una institución cofirmó',
    en: 'it is shorter than what an institution cosigned',
  },
  'cosigned-fork': {
    es: 'no continúa la que una institución cofirmó',
    en: 'it does not continue what an institution cosigned',
  },
  stale: { es: 'la última entrada es demasiado antigua', en: 'the last entry is too old' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
