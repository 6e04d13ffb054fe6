// What `hub fsck` says: for each way in which what a hub keeps can contradict itself, what it means and what to do.
import { logViolations } from './log-violations.ts'
import { rowViolations } from './row-violations.ts'

/** By kind, in the order in which they are told. */
export const violationTexts = { ...logViolations, ...rowViolations }
export type ViolationKind = keyof typeof violationTexts

export const fsckTexts = {
  'fsck.about': {
    es: 'comprueba que lo que un intercambio local guarda no se contradice; no cambia nada',
    en: 'check that what a local hub keeps does not contradict itself; changes nothing',
  },
  'fsck.folder': {
    es: 'carpeta de datos, con el intercambio detenido o en marcha',
    en: 'data folder, with the hub stopped or running',
  },
  'fsck.exits': {
    es: 'Termina con 0 si nada se contradice, 1 si algo lo hace, 2 si la carpeta no es la de datos de un intercambio.',
    en: 'Ends with 0 if nothing contradicts itself, 1 if something does, 2 if the folder is no data folder of a hub.',
  },
  'fsck.holds': {
    es: 'Nada se contradice: {referrals} referencias, {consents} consentimientos, {entries} entradas de la bitácora, {owed} mensajes por confirmar.',
    en: 'Nothing contradicts itself: {referrals} referrals, {consents} consents, {entries} entries of the log, {owed} messages not acknowledged.',
  },
  'fsck.pending': {
    es: '{pending} entradas esperan su lugar o su firma; al iniciar, el intercambio las completa.',
    en: '{pending} entries wait for their place or signature; once started, the hub completes them.',
  },
  'fsck.found': { es: 'Contradicciones: {count}', en: 'Contradictions: {count}' },
  'fsck.more': { es: '… y {count} más', en: '… and {count} more' },
  'fsck.no-folder': {
    es: 'no es la carpeta de datos de un intercambio local (le falta {file}); con npm start se llama .hub si no se dio otra',
    en: 'is no data folder of a local hub ({file} is missing); with npm start it is .hub unless another was given',
  },
} as const
