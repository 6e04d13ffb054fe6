// What the verifier says beside its reasons (failures.ts), in Guatemalan Spanish and in English: how it is used, how
// far it has come, and its verdict.
import type { Language } from './language.ts'

const usage = {
  es: 'Uso: verify-log CARPETA [--vkey LLAVE|ARCHIVO] [--since CONSTANCIA] [--max-age HORAS] [--authority NOMBRE] [--workers N] [--progress] [--lang es|en] [--json]',
  en: 'Usage: verify-log FOLDER [--vkey VKEY|FILE] [--since CHECKPOINT] [--max-age HOURS] [--authority NAME] [--workers N] [--progress] [--lang es|en] [--json]',
}

export const verdictTexts = {
  usage,
  help: {
    es: `${usage.es}

Verifica una bitácora exportada (hub log export CARPETA) sin red y sin el intercambio.

  --vkey LLAVE|ARCHIVO   la llave de la bitácora, conocida por otro medio; sin ella vale la anotada en esta máquina
  --since CONSTANCIA     una constancia anterior: lo que cubría debe seguir ahí
  --max-age HORAS        falla si la última entrada es más vieja
  --authority NOMBRE     otro nombre que tuvo el intercambio; puede repetirse
  --workers N            hilos que comprueban entradas; si no se da, uno por núcleo cuando la bitácora es larga
  --progress             cuánto va, en la salida de errores; en una terminal siempre
  --lang es|en           idioma
  --json                 el veredicto como JSON

Termina con 0 si nada contradice la bitácora (el veredicto, y trusted.by de --json, dicen con la llave de quién), 1 si
algo la contradice, 2 si no es una exportación o el uso es incorrecto, 3 si la comprobación se interrumpió o no se pudo
escribir su resultado.`,
    en: `${usage.en}

Verifies an exported log (hub log export FOLDER) without any network and without the hub.

  --vkey VKEY|FILE     the log's key, known by other means; without it the one pinned on this machine counts
  --since CHECKPOINT   an older checkpoint: what it covered must still be there
  --max-age HOURS      fails if the last entry is older
  --authority NAME     another name that the hub has had; may be repeated
  --workers N          threads that check entries; by default one for each core when the log is long
  --progress           how far it has come, on standard error; on a terminal always
  --lang es|en         language
  --json               the verdict as JSON

Ends with 0 if nothing contradicts the log (the verdict, and trusted.by of --json, say whose key that goes by), 1 if
something does, 2 if it is no export or the usage is wrong, 3 if the check broke off or its result could not be written.`,
  },
  progress: {
    es: '  {done} de {all} entradas · {percent} % · faltan {left}',
    en: '  {done} of {all} entries · {percent} % · {left} left',
  },
  'phase.tree': { es: '  comparando el árbol…', en: '  comparing the tree…' },
  'phase.rules': {
    es: '  siguiendo llaves, solicitudes y cadenas…',
    en: '  following keys, requests and chains…',
  },
  unfinished: {
    es: 'No hay veredicto: la comprobación se interrumpió ({why}). Repítala, con --workers 1 si vuelve a suceder.',
    en: 'There is no verdict: the check broke off ({why}). Run it again, with --workers 1 if it happens again.',
  },
  holds: {
    es: 'La bitácora está íntegra: {size} entradas y {requests} solicitudes firmadas de {origin}.',
    en: 'The log is intact: {size} entries and {requests} signed requests of {origin}.',
  },
  /** Nobody outside has said by which key: whoever wrote the folder could have chosen it. */
  agrees: {
    es: 'La bitácora concuerda consigo misma: {size} entradas y {requests} solicitudes firmadas de {origin}. Más no se puede decir: la llave salió de la carpeta misma.',
    en: 'The log agrees with itself: {size} entries and {requests} signed requests of {origin}. No more can be said: the key came from the folder itself.',
  },
  facts: {
    es: '  cadenas completas desde su inicio: {referrals} referencias\n  llaves según la bitácora misma: {keys}\n  raíz {root}\n  última entrada {newest}',
    en: '  chains followed from their beginning: {referrals} referrals\n  keys by the log itself: {keys}\n  root {root}\n  last entry {newest}',
  },
  'log-key': { es: '  llave de la bitácora {vkey}', en: '  key of the log {vkey}' },
  'by.given': { es: '    es la que usted dio', en: '    it is the one that you gave' },
  'by.pinned': {
    es: '    es la que quedó anotada antes en {file}',
    en: '    it is the one pinned before in {file}',
  },
  'by.first-use': {
    es: '    primera vez: se tomó de la carpeta misma y quedó anotada en {file}; desde ahora se comparará con ella.\n    Compárela por otro medio con la que da el intercambio (hub log key)',
    en: '    first use: it was taken from the folder itself and pinned in {file}; from now on it is compared with that.\n    Compare it by other means with the one that the hub gives (hub log key)',
  },
  /** Said by the console alone. */
  'by.hub': {
    es: '    es la que da hoy el intercambio mismo: este navegador no conocía ninguna',
    en: '    it is the one that the hub itself gives today: this browser knew none',
  },
  'by.another': {
    es: '    se tomó de la carpeta misma; es la misma que quedó anotada antes en {file}, para otra carpeta',
    en: '    it was taken from the folder itself; it is the same as one pinned before in {file}, for another folder',
  },
  'by.folder': {
    es: '    se tomó de la carpeta misma: nada de fuera la respalda. Dé la llave con --vkey (hub log key)',
    en: '    it was taken from the folder itself: nothing outside vouches for it. Give the key with --vkey (hub log key)',
  },
  continued: {
    es: '  desde la constancia anterior ({from} entradas, hasta {fromTime}) hasta esta ({size} entradas, hasta {newest}):\n    nada de lo anterior se quitó ni se cambió; se agregaron {added}',
    en: '  from the older checkpoint ({from} entries, until {fromTime}) to this one ({size} entries, until {newest}):\n    nothing before was removed or changed; {added} were added',
  },
  'cosigned-by': {
    es: '  cofirmada por {institution} hasta la entrada {last}, {at}',
    en: '  cosigned by {institution} up to entry {last}, {at}',
  },
  unverified: {
    es: 'No hay veredicto: {why} ({code})',
    en: 'There is no verdict: {why} ({code})',
  },
  fails: {
    es: 'La bitácora NO es la que se firmó: {why} ({code})',
    en: 'The log is NOT what was signed: {why} ({code})',
  },
  place: {
    es: '  primera entrada afectada: {index}',
    en: '  first entry concerned: {index}',
  },
  where: { es: '  dónde: {detail}', en: '  where: {detail}' },
  kept: {
    es: '  las dos constancias quedaron, completas, en {evidence}',
    en: '  both checkpoints were kept, whole, in {evidence}',
  },
  'warning.old': {
    es: '  aviso: la última entrada tiene más de un día; puede haber otras después',
    en: '  warning: the last entry is more than a day old; there may be later ones',
  },
  'warning.clock-set': {
    es: '  aviso: el reloj del intercambio se atrasó mientras llevaba esta bitácora; consta en ella cuándo',
    en: '  warning: the hub’s clock was set back while it kept this log; the log says when',
  },
  'no-key': {
    es: '--vkey: no es una llave de bitácora ni un archivo que la contenga (hub log key da la del intercambio)',
    en: '--vkey: neither a key of a log nor a file that holds one (hub log key gives the hub’s)',
  },
  'no-pins': {
    es: 'No se puede usar {file}, donde están anotadas las llaves de bitácora. No lo borre: sin él se volvería a confiar a ciegas. Corríjalo, o dé la llave con --vkey.',
    en: '{file}, where keys of logs are pinned, cannot be used. Do not delete it: without it trust would start anew. Mend it, or give the key with --vkey.',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
