// Ways in which a hub's log contradicts itself, or what it tells of.
import { type Said, incident, restore, tell, waits } from './violation-advice.ts'

/** By kind, in the order in which they are told. */
export const logViolations = {
  'row-unreadable': {
    what: {
      es: 'una fila que ninguna forma conocida puede leer',
      en: 'a row that no known shape reads',
    },
    todo: {
      es: 'Compruebe que la versión del intercambio no sea más vieja que la que escribió la fila; si no lo es, guarde una copia de la carpeta y avise al proveedor.',
      en: 'See that the hub is no older than the one that wrote the row; if it is not, keep a copy of the folder and tell the supplier.',
    },
  },
  'log-unverified': {
    what: {
      es: 'la bitácora firmada no se puede verificar',
      en: 'the signed log does not verify',
    },
    todo: incident,
  },
  'head-differs': {
    what: {
      es: 'la cabeza de la bitácora no es la de sus entradas',
      en: 'the head of the log is not that of its entries',
    },
    todo: incident,
  },
  'entry-gap': {
    what: {
      es: 'una entrada falta en su lugar, o está donde la bitácora no llega',
      en: 'an entry is missing from its place, or is where the log does not reach',
    },
    todo: incident,
  },
  'entry-twice': {
    what: {
      es: 'una misma entrada está dos veces en la bitácora',
      en: 'one entry is in the log twice',
    },
    todo: incident,
  },
  'entry-row-differs': {
    what: {
      es: 'una fila de la bitácora dice otra cosa que su entrada: las búsquedas no la encuentran',
      en: 'a row of the log says something else than its entry: queries miss it',
    },
    todo: incident,
  },
  'entry-pending': {
    what: {
      es: 'una entrada quedó sin lugar, aunque otras posteriores ya lo tienen',
      en: 'an entry was left without a place, although later ones have theirs',
    },
    todo: waits,
  },
  'cosigned-gap': {
    what: {
      es: 'las constancias cofirmadas de una institución no son una serie',
      en: 'the cosigned checkpoints of an institution are no series',
    },
    todo: incident,
  },
  'referral-lost': {
    what: {
      es: 'la bitácora tiene una referencia que ya no está',
      en: 'the log has a referral that is not there',
    },
    todo: restore,
  },
  'effect-lost': {
    what: {
      es: 'la bitácora tiene cambios de la referencia que su fila no tiene',
      en: 'the log has changes of the referral that its row does not have',
    },
    todo: restore,
  },
  'effect-unlogged': {
    what: {
      es: 'la referencia cambió sin una entrada de la bitácora',
      en: 'the referral changed without an entry of the log',
    },
    todo: incident,
  },
  'effect-doubled': {
    what: { es: 'una misma solicitud tuvo efecto dos veces', en: 'one request took effect twice' },
    todo: tell,
  },
  'chain-broken': {
    what: {
      es: 'las entradas de la referencia no forman una cadena',
      en: 'the entries of the referral are no chain',
    },
    todo: incident,
  },
  'state-differs': {
    what: {
      es: 'el estado de la referencia no es el de su historia',
      en: 'the state of the referral is not that of its history',
    },
    todo: tell,
  },
  'milestones-differ': {
    what: {
      es: 'los avances de la referencia no son los que la bitácora registra',
      en: 'the milestones of the referral are not those that the log records',
    },
    todo: tell,
  },
  'release-unlogged': {
    what: {
      es: 'un contenido consta como entregado y la bitácora no lo dice',
      en: 'a content counts as released and the log does not say so',
    },
    todo: incident,
  },
  'answer-unlogged': {
    what: {
      es: 'se guarda la respuesta de una solicitud que la bitácora no tiene',
      en: 'the answer of a request is kept that the log does not have',
    },
    todo: restore,
  },
  'nonce-unlogged': {
    what: {
      es: 'un nonce se gastó en una solicitud que la bitácora no tiene',
      en: 'a nonce was spent on a request that the log does not have',
    },
    todo: restore,
  },
} as const satisfies Record<string, Said>
