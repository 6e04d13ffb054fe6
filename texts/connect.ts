// What stands between a command and its hub, in Guatemalan Spanish and in English: addresses, hub.json, keys.
import type { Language } from './labels.ts'

export const connectTexts = {
  'usage.hub-scheme': {
    es: 'a la dirección de --hub le falta el esquema: http:// o https:// (p. ej. http://127.0.0.1:8787)',
    en: 'the address in --hub lacks its scheme: http:// or https:// (e.g. http://127.0.0.1:8787)',
  },
  'usage.hub-url': {
    es: 'la dirección de --hub no sirve: solo http:// o https://, el nombre y el puerto, sin ruta (p. ej. https://hub.example.org)',
    en: 'the address in --hub is not usable: only http:// or https://, the name and the port, without a path (e.g. https://hub.example.org)',
  },
  'usage.hub-localhost': {
    es: 'el intercambio de esta máquina se llama 127.0.0.1, no localhost, y las firmas llevan su nombre: --hub http://127.0.0.1:{port} (o diga su nombre con --authority)',
    en: 'the hub of this machine is called 127.0.0.1, not localhost, and signatures carry its name: --hub http://127.0.0.1:{port} (or give its name by --authority)',
  },
  'usage.no-hub': {
    es: 'no se puede leer hub.json en esa carpeta; ¿ya está corriendo «npm start»?',
    en: 'cannot read hub.json in that folder; is "npm start" running?',
  },
  'usage.no-hub-folder': {
    es: 'no se puede leer hub.json: la carpeta de --hub no existe; ¿ya está corriendo «npm start»?',
    en: 'cannot read hub.json: the folder in --hub does not exist; is "npm start" running?',
  },
  'usage.broken-hub-file': {
    es: 'el hub.json de esa carpeta no es el que escribe el intercambio; «npm start» lo escribe de nuevo',
    en: 'the hub.json in that folder is not as the hub writes it; "npm start" writes it anew',
  },
  'usage.no-such-key': {
    es: 'hub.json no tiene esa llave; tiene {names} (--as)',
    en: 'hub.json has no such key; it has {names} (--as)',
  },
  'usage.key-pem': {
    es: 'el archivo de la llave está en PEM; aquí hace falta el JWK con la parte privada («d»), como lo escribe hub keys new. docs/partners.es.md dice cómo se convierte',
    en: 'the key file is PEM; what is needed here is the JWK with the private half ("d"), as hub keys new writes it. docs/partners.en.md tells how to convert it',
  },
  'usage.key-public': {
    es: 'el archivo tiene solo la parte pública de la llave; para firmar hace falta la llave privada (el JWK con «d»)',
    en: 'the file has only the public half of the key; signing needs the private key (the JWK with "d")',
  },
  'usage.unreadable-key': {
    es: 'el archivo no tiene una llave privada que sirva para firmar (un JWK: Ed25519, P-256 o RSA)',
    en: 'the file has no private key to sign with (a JWK: Ed25519, P-256 or RSA)',
  },
  'key.open': {
    es: 'Aviso: otras personas de esta máquina pueden leer la llave privada {file}. Ciérrela: chmod 600',
    en: 'Warning: others on this machine can read the private key {file}. Close it: chmod 600',
  },
  'not-a-hub': {
    es: 'Esa dirección responde, pero no es un intercambio. Revise --hub, o el puerto de «npm start».',
    en: 'That address answers, but it is no hub. Check --hub, or the port of "npm start".',
  },

  'hint.version-mismatch': {
    es: '    alguien la cambió entretanto: véala otra vez (hub show) y repita si todavía corresponde',
    en: '    somebody changed it meanwhile: look again (hub show), and repeat it if it still fits',
  },
  'hint.precondition-required': {
    es: '    diga qué versión leyó: --if-match, o no dé esa opción y hub la lee antes',
    en: '    say which version you read: --if-match, or leave it out and hub reads it first',
  },
  'hint.transition-not-allowed': {
    es: '    hub show dice en qué estado está y a cuáles puede pasar',
    en: '    hub show tells its status, and which may follow',
  },
  'hint.reason-required': {
    es: '    agregue --reason; hub status --help dice los motivos',
    en: '    add --reason; hub status --help tells the reasons',
  },
  'hint.forbidden': {
    es: '    la llave con que firmó no puede hacerlo: ¿es la que corresponde? (--as, --key)',
    en: '    the key that signed may not do this: is it the right one? (--as, --key)',
  },
  'hint.entry-of-others': {
    es: '    esa entrada trata de un asunto de otra institución: la suya prueba solo las de su bitácora. hub log dice sus números',
    en: '    that entry is about another institution’s business: yours proves only those of its own log. hub log tells their numbers',
  },
  'hint.key-unknown': {
    es: '    el intercambio no conoce esta llave: ¿el hub.json o la llave son de otro intercambio, o falta confirmarla?',
    en: '    the hub does not know this key: are hub.json or the key of another hub, or is it not confirmed yet?',
  },
  'hint.signature-invalid': {
    es: '    ¿el hub.json, --authority o la llave son de otro intercambio? hub sign-check explica una solicitud',
    en: '    are hub.json, --authority or the key of another hub? hub sign-check explains a request',
  },
  'hint.signature-expired': {
    es: '    el reloj de esta máquina no coincide con el del intercambio',
    en: '    the clock of this machine differs from the hub’s',
  },
  'hint.consent-missing-purpose': {
    es: '    hub consent --referral dice qué permite el consentimiento',
    en: '    hub consent --referral tells what the consent permits',
  },
  'hint.content-shredded': {
    es: '    su contenido fue destruido; hub certificate --referral lo acredita',
    en: '    its content was destroyed; hub certificate --referral attests it',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
