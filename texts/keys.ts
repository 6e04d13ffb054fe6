// The sentences of the commands about keys and first enrolments, in Guatemalan Spanish and in English.
import type { Language } from './labels.ts'

export const keyTexts = {
  'keys.about': { es: 'llaves para firmar', en: 'signing keys' },
  'keys.new': { es: 'hace una llave Ed25519 nueva', en: 'make a new Ed25519 key' },
  'keys.out': { es: 'archivo para la llave privada', en: 'file for the private key' },
  'keys.written': {
    es: 'Llave privada en {file} (solo su dueño puede leerla). Registre la pública.',
    en: 'Private key in {file} (only its owner can read it). Register the public one.',
  },
  'keys.institution': { es: 'institución (código)', en: 'institution (code)' },
  'keys.keyid': {
    es: 'la llave: su keyid o al menos sus primeros 8 caracteres, o su puesto',
    en: 'the key: its keyid or at least the first 8 characters of it, or its post',
  },
  'keys.meant': { es: 'Llave: {keyid}', en: 'Key: {keyid}' },
  'keys.list': {
    es: 'muestra las llaves de una institución, o las instituciones',
    en: 'show the keys of an institution, or the institutions',
  },
  'keys.propose': {
    es: 'propone una llave nueva de su institución; otra persona la confirma',
    en: 'propose a new key of your institution; another person confirms it',
  },
  'keys.file': {
    es: 'la llave privada nueva (JWK), o lo que escribió --prove-only',
    en: 'the new private key (JWK), or what --prove-only wrote',
  },
  'keys.roles': { es: 'roles, separados por comas', en: 'roles, separated by commas' },
  'keys.post': {
    es: 'puesto de quien la usa, sin nombres (p. ej. IGM-CUMP-01)',
    en: 'post of whoever uses it, no names (e.g. IGM-CUMP-01)',
  },
  'keys.from': { es: 'vigente desde (si no se da: ahora)', en: 'valid from (now when left out)' },
  'keys.until': {
    es: 'vigente hasta (día de Guatemala o RFC 3339)',
    en: 'valid until (day of Guatemala or RFC 3339)',
  },
  'keys.prove-only': {
    es: 'solo escribe la propuesta firmada por la llave nueva; un enlace la envía en menos de un día',
    en: 'only write the proposal signed by the new key; a liaison sends it within a day',
  },
  'keys.proposed': {
    es: 'Propuesta. No firma nada hasta que otra persona la confirme, en 7 días a lo más: hub keys confirm {institution} --keyid {keyid} --roles {roles} --until {until}',
    en: 'Proposed. It signs nothing until another person confirms it, within 7 days: hub keys confirm {institution} --keyid {keyid} --roles {roles} --until {until}',
  },
  'keys.confirm': {
    es: 'confirma, como segunda persona, una llave propuesta; diga para qué es y hasta cuándo',
    en: 'confirm a proposed key as the second person; say what it is for and until when',
  },
  'keys.revoke': {
    es: 'revoca una llave: no hay vuelta atrás',
    en: 'revoke a key: this cannot be undone',
  },
  'keys.reason': { es: 'motivo (RFC 5280)', en: 'reason (RFC 5280)' },
  'keys.at': {
    es: 'desde cuándo (si no se da: ahora); antes: lo firmado desde entonces queda en duda',
    en: 'since when (now when left out); earlier: what it signed since then is in doubt',
  },

  'me.about': {
    es: 'por quién lo tiene el intercambio: institución, roles, convenios, hora y bitácora',
    en: 'whom the hub takes you for: institution, roles, agreements, clock and log',
  },

  'admin.about': {
    es: 'lo que hace quien despliega, con credenciales de AWS',
    en: 'what whoever deploys does, with AWS credentials',
  },
  'admin.enrol': {
    es: 'agrega instituciones, convenios y primeras llaves al directorio desplegado; no cambia lo que ya está',
    en: 'add institutions, agreements and first keys to the deployed directory; changes nothing that is there',
  },
  'admin.table': {
    es: 'nombre de la tabla (salida DirectoryTable del despliegue)',
    en: 'name of the table (output DirectoryTable of the deployment)',
  },
  'admin.log-table': {
    es: 'nombre de la tabla de la bitácora (salida AccessLogTable)',
    en: 'name of the access log’s table (output AccessLogTable)',
  },
  'admin.keys': {
    es: 'archivo JSON: [{institution, roles, post?, jwk, validFrom?, validUntil?}], solo llaves públicas',
    en: 'JSON file: [{institution, roles, post?, jwk, validFrom?, validUntil?}], public keys only',
  },
  'admin.dry-run': { es: 'solo muestra lo que haría', en: 'only show what it would do' },
  'admin.added': { es: 'agregado', en: 'added' },
  'admin.would-add': { es: 'se agregaría', en: 'would be added' },
  'admin.entered': { es: 'anotado en la bitácora', en: 'entered in the log' },
  'admin.would-enter': { es: 'se anotaría en la bitácora', en: 'would be entered in the log' },
  'admin.kept': { es: 'ya estaba', en: 'was there' },

  'fact.state': { es: 'estado', en: 'state' },
  'fact.roles': { es: 'roles', en: 'roles' },
  'fact.valid-from': { es: 'vigente desde', en: 'valid from' },
  'fact.revoked-at': { es: 'revocada el', en: 'revoked on' },
  'fact.doubt': { es: 'en duda desde', en: 'in doubt since' },
  'fact.agreements': { es: 'convenios', en: 'agreements' },
  'fact.hub-clock': { es: 'hora del intercambio', en: 'the hub’s clock' },
  'fact.log-size': { es: 'entradas firmadas de la bitácora', en: 'signed entries of the log' },
  'fact.name': { es: 'nombre', en: 'name' },

  'usage.no-key-fits': {
    es: 'ninguna llave de {institution} es esa; vea hub keys list {institution}. No se hizo nada',
    en: 'no key of {institution} is that one; see hub keys list {institution}. Nothing was done',
  },
  'usage.keys-fit': {
    es: 'varias llaves pueden ser esa; dé una completa: {keyids}. No se hizo nada',
    en: 'several keys may be that one; give one in full: {keyids}. Nothing was done',
  },
  'usage.proposal-terms': {
    es: 'con una llave privada hacen falta --roles y --until; con una propuesta ya firmada, ninguno',
    en: 'a private key needs --roles and --until; a proposal that is signed already, neither',
  },
  'usage.key-list': {
    es: 'el archivo no es una lista de llaves públicas que sirva ({where})',
    en: 'the file is not a usable list of public keys ({where})',
  },
  'usage.aws': {
    es: 'AWS no lo hizo ({name}): revise credenciales, región y tabla',
    en: 'AWS did not do it ({name}): check credentials, region and table',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
