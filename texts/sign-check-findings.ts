// What sign-check says, in Guatemalan Spanish and in English: the component or parameter first, then what to change.
import type { Language } from './labels.ts'
import { filled, type Values } from './filled.ts'

export const findingTexts = {
  holds: {
    es: 'la firma vale. El nonce sirve una sola vez: al repetir la solicitud hay que firmar de nuevo',
    en: 'the signature holds. A nonce works once: sign anew to send the request again',
  },
  'field-missing': {
    es: '{name}: falta el encabezado',
    en: '{name}: the header field is missing',
  },
  'field-without-hub': {
    es: '{name}: no es un diccionario (RFC 9651) con un miembro «hub»',
    en: '{name}: is no dictionary (RFC 9651) with a member "hub"',
  },
  'component-missing': {
    es: '{name}: debe ir firmado; agréguelo a la lista de componentes',
    en: '{name}: must be covered; add it to the list of components',
  },
  'component-not-taken': {
    es: '{name}: no se acepta; use solo @method, @authority, @path y @query, y encabezados',
    en: '{name}: is not taken; use @method, @authority, @path and @query only, and header fields',
  },
  'component-parameters': {
    es: 'un componente lleva parámetros (p. ej. ;sf): van sin ninguno',
    en: 'a component has parameters (e.g. ;sf): they go without any',
  },
  'field-absent': {
    es: '{name}: está en la lista de componentes, pero la solicitud no lo trae',
    en: '{name}: is in the list of components, but the request has no such field',
  },
  'parameter-missing': {
    es: '{name}: falta este parámetro de la firma',
    en: '{name}: this signature parameter is missing',
  },
  tag: { es: 'tag: debe ser "referral-hub"', en: 'tag: must be "referral-hub"' },
  nonce: {
    es: 'nonce: al menos 16 bytes al azar, en base64url sin relleno (22 caracteres o más)',
    en: 'nonce: at least 16 random bytes, base64url without padding (22 characters or more)',
  },
  'expires-before-created': {
    es: 'expires: debe ser posterior a created',
    en: 'expires: must be after created',
  },
  'lives-too-long': {
    es: 'expires: la firma viviría {seconds} s; a lo más 300',
    en: 'expires: the signature would live for {seconds} s; at most 300',
  },
  ahead: {
    es: 'created: {seconds} s adelantado; a lo más 30. Revise el reloj',
    en: 'created: {seconds} s ahead; at most 30. Check the clock',
  },
  behind: {
    es: 'created: {seconds} s atrasado; a lo más 300. Firme justo antes de enviar',
    en: 'created: {seconds} s behind; at most 300. Sign right before sending',
  },
  expired: { es: 'expires: venció hace {seconds} s', en: 'expires: {seconds} s ago' },
  'digest-malformed': {
    es: 'content-digest: no es un diccionario (RFC 9530), p. ej. sha-256=:…:',
    en: 'content-digest: is no dictionary (RFC 9530), e.g. sha-256=:…:',
  },
  'digest-unknown': {
    es: 'content-digest: debe traer sha-256 o sha-512',
    en: 'content-digest: must have sha-256 or sha-512',
  },
  'digest-other': {
    es: 'content-digest: {name} del cuerpo capturado es :{actual}:',
    en: 'content-digest: {name} of the captured body is :{actual}:',
  },
  'digest-line-ending': {
    es: 'content-digest: corresponde al cuerpo con otro fin de línea; envíe exactamente los bytes que firmó (curl: --data-binary)',
    en: 'content-digest: is that of the body with another line ending; send the very bytes that were signed (curl: --data-binary)',
  },
  'key-not-here': {
    es: 'keyid: no es la huella (RFC 7638) de ninguna llave conocida aquí; indique la pública con --public-key',
    en: 'keyid: is the thumbprint (RFC 7638) of no key known here; give the public one with --public-key',
  },
  'signed-by-another': {
    es: 'keyid: firmó la llave {signer}, pero keyid nombra otra',
    en: 'keyid: signed with the key {signer}, but keyid names another',
  },
  algorithm: {
    es: 'alg: esta llave firma con {alg}',
    en: 'alg: this key signs with {alg}',
  },
  'component-other': {
    es: '{name}: se firmó «{signed}»; el intercambio verifica «{expected}»',
    en: '{name}: "{signed}" was signed; the hub verifies "{expected}"',
  },
  der: {
    es: 'signature: está en DER; RFC 9421 §3.3.4 pide r ‖ s, 64 bytes',
    en: 'signature: is DER; RFC 9421 §3.3.4 wants r ‖ s, 64 bytes',
  },
  pkcs1: {
    es: 'signature: es RSASSA-PKCS1-v1_5; se pide RSASSA-PSS con SHA-512 (RFC 9421 §3.3.1)',
    en: 'signature: is RSASSA-PKCS1-v1_5; RSASSA-PSS with SHA-512 is asked for (RFC 9421 §3.3.1)',
  },
  salt: {
    es: 'signature: la sal de RSASSA-PSS debe medir 64 bytes (RFC 9421 §3.3.1)',
    en: 'signature: the salt of RSASSA-PSS must be 64 bytes long (RFC 9421 §3.3.1)',
  },
  'sha-256-first': {
    es: 'signature: se firmó el SHA-256 de la base; se firma la base misma',
    en: 'signature: the SHA-256 of the base was signed; sign the base itself',
  },
  'sha-512-first': {
    es: 'signature: se firmó el SHA-512 de la base; se firma la base misma',
    en: 'signature: the SHA-512 of the base was signed; sign the base itself',
  },
  crlf: {
    es: 'la base se unió con CR LF; las líneas se unen con LF',
    en: 'the base was joined with CR LF; lines are joined with LF',
  },
  'trailing-newline': {
    es: 'la base terminaba en salto de línea; después de la última línea no va nada',
    en: 'the base ended with a line feed; nothing follows its last line',
  },
  'no-params-line': {
    es: '@signature-params: faltó como última línea de la base',
    en: '@signature-params: was missing as the last line of the base',
  },
  'idempotency-key-absent': {
    es: 'idempotency-key: falta el encabezado, que esta ruta pide; agréguelo y fírmelo (16 a 64 caracteres de A-Z a-z 0-9 _ -)',
    en: 'idempotency-key: the header field is missing, and this route asks for it; add it and cover it (16 to 64 of A-Z a-z 0-9 _ -)',
  },
  'idempotency-key-form': {
    es: 'idempotency-key: deben ser 16 a 64 caracteres de A-Z a-z 0-9 _ -',
    en: 'idempotency-key: must be 16 to 64 of A-Z a-z 0-9 _ -',
  },
  rule: {
    es: 'no cumple la regla {rule} (docs/reference/signature-profile.md)',
    en: 'it breaks the rule {rule} (docs/reference/signature-profile.md)',
  },
  'no-known-mistake': {
    es: 'ningún error conocido lo explica: compare su base con esta, línea por línea, y la llave',
    en: 'no known mistake explains it: compare your base with this one, line by line, and the key',
  },
} as const satisfies Record<string, Record<Language, string>>

export type Finding = { key: keyof typeof findingTexts; values?: Values }

export const sentence = ({ key, values = {} }: Finding, language: Language): string =>
  filled(findingTexts[key][language], values)
