// Where everything is kept: tables, queues, keys (infra/hub-stack.ts).
import type { Language } from '../../texts/labels.ts'

export const places: readonly { name: string; holds: Readonly<Record<Language, string>> }[] = [
  {
    name: 'Referrals',
    holds: {
      es: 'encabezados y estados; el contenido, solo cifrado',
      en: 'headers and states; the content, only sealed',
    },
  },
  {
    name: 'ConsentLedger',
    holds: {
      es: 'lo que cada persona permitió, sin decir quién es',
      en: 'what each person permitted, without saying who they are',
    },
  },
  {
    name: 'ReferralKeys',
    holds: {
      es: 'la llave de cada referencia, envuelta por KMS; sin respaldo, para poder destruirla',
      en: 'the key of each referral, wrapped by KMS; no backup, so that it can be destroyed',
    },
  },
  {
    name: 'AccessLog',
    holds: {
      es: 'la bitácora de accesos y sus constancias firmadas',
      en: 'the access log and its signed checkpoints',
    },
  },
  {
    name: 'Outbox · Requests · Directory',
    holds: {
      es: 'avisos por enviar · firmas ya usadas · instituciones y llaves públicas',
      en: 'messages to send · signatures already used · institutions and public keys',
    },
  },
  {
    name: 'referral-hub-inbox-*.fifo',
    holds: {
      es: 'una bandeja por institución: identificadores y texto cifrado',
      en: 'one inbox per institution: ids and ciphertext',
    },
  },
  {
    name: 'KMS envelope · guard · log',
    holds: {
      es: 'envuelve las llaves · detecta duplicados · firma la bitácora; no salen de KMS',
      en: 'wraps the keys · finds duplicates · signs the log; they never leave KMS',
    },
  },
]
