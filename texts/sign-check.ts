// What the command line says about sign-check.
import type { Language } from './labels.ts'

export const signCheckTexts = {
  'sign-check.about': {
    es: 'explica por qué se rechaza una solicitud capturada, sin usar la red',
    en: 'explain why a captured request is refused, without any network',
  },
  'sign-check.file': {
    es: 'archivo con la solicitud HTTP: primera línea, encabezados, línea vacía, cuerpo; o -',
    en: 'file with the HTTP request: request line, header fields, empty line, body; or -',
  },
  'sign-check.public-key': {
    es: 'archivo con la llave pública (JWK); si no, las de hub.json',
    en: 'file with the public key (JWK); else those of hub.json',
  },
  'sign-check.at': {
    es: 'instante en que se juzga; si no, el de created',
    en: 'the instant to judge at; else that of created',
  },
  'sign-check.refused': {
    es: 'El intercambio responde {code}:',
    en: 'The hub answers {code}:',
  },
  'sign-check.base': {
    es: 'Base que verifica el intercambio (RFC 9421 §2.5):',
    en: 'Base that the hub verifies (RFC 9421 §2.5):',
  },
  'usage.no-request': {
    es: 'el archivo no empieza con una línea de solicitud, p. ej. POST /v1/referrals HTTP/1.1',
    en: 'the file does not begin with a request line, e.g. POST /v1/referrals HTTP/1.1',
  },
} as const satisfies Record<string, Record<Language, string>>
