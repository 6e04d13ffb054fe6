// Why a log does not hold, as far as keys and the meaning of its entries go: one sentence for each code. The rest:
// failures.ts.
import type { Language } from './language.ts'

export const meaningWhys = {
  'entry-id-time': {
    es: 'el identificador de una entrada es de otro momento que su hora',
    en: 'an entry’s id is of another moment than its time',
  },
  'time-backwards': {
    es: 'una entrada es de antes que las que la preceden',
    en: 'an entry is of a time before those that precede it',
  },
  'key-terms-stray': {
    es: 'una entrada dice de una llave lo que su acción no puede hacer de ella',
    en: 'an entry says of a key what its action cannot make of it',
  },
  'key-terms-missing': {
    es: 'una entrada que cambió una llave no dice qué fue de ella',
    en: 'an entry that changed a key does not say what became of it',
  },
  'key-enrolled-twice': {
    es: 'una llave que ya constaba se inscribe otra vez',
    en: 'a key that was there is enrolled again',
  },
  'key-unproposed': {
    es: 'se confirma o revoca una llave que nadie propuso ni inscribió',
    en: 'a key is confirmed or revoked that nobody proposed or enrolled',
  },
  'key-by-another': {
    es: 'una llave la propuso, confirmó o revocó quien no firmó, o quien no es de su institución',
    en: 'a key was proposed, confirmed or revoked by somebody who did not sign, or is not of its institution',
  },
  'key-self-confirmed': {
    es: 'una llave la confirmó quien la propuso',
    en: 'a key was confirmed by whoever proposed it',
  },
  'key-terms-changed': {
    es: 'al confirmarla o revocarla cambió de quién es una llave, para qué o hasta cuándo',
    en: 'whose a key is, for what or until when changed as it was confirmed or revoked',
  },
  'key-backdated': {
    es: 'lo que se decidió de una llave vale desde antes de que se decidiera',
    en: 'what was decided about a key holds from before it was decided',
  },
  'key-revocation-undone': {
    es: 'una revocación se deshace o se aplaza',
    en: 'a revocation is undone or put off',
  },
  'key-history-rewritten': {
    es: 'lo que el despliegue anota de una llave no es lo que ya constaba de ella',
    en: 'what the deployment enters of a key is not what was on record of it',
  },
  'directory-invented': {
    es: 'keys.json tiene una llave que la bitácora no conoce',
    en: 'keys.json has a key that the log does not know',
  },
  'directory-missing': {
    es: 'a keys.json le falta una llave que la bitácora conoce',
    en: 'keys.json lacks a key that the log knows',
  },
  'directory-institution': {
    es: 'según keys.json una llave es de otra institución que según la bitácora',
    en: 'by keys.json a key is another institution’s than by the log',
  },
  'directory-roles': {
    es: 'según keys.json una llave tiene otros roles que según la bitácora',
    en: 'by keys.json a key holds other roles than by the log',
  },
  'directory-post': {
    es: 'según keys.json una llave es de otro puesto que según la bitácora',
    en: 'by keys.json a key is of another post than by the log',
  },
  'directory-validity': {
    es: 'según keys.json una llave vale en otro tiempo que según la bitácora',
    en: 'by keys.json a key is valid at other times than by the log',
  },
  'directory-revocation': {
    es: 'keys.json no dice de la revocación de una llave lo que dice la bitácora',
    en: 'keys.json does not say of a key’s revocation what the log says',
  },
  'directory-confirmation': {
    es: 'keys.json no dice de quién propuso o confirmó una llave lo que dice la bitácora',
    en: 'keys.json does not say of who proposed or confirmed a key what the log says',
  },
  'directory-history': {
    es: 'según keys.json la historia de una llave es otra que según la bitácora',
    en: 'by keys.json a key’s history is another than by the log',
  },
  'key-early': {
    es: 'firmó una llave que el despliegue aún no había inscrito',
    en: 'a key signed that the deployment had not enrolled yet',
  },
  'evidence-role': {
    es: 'se permitió a un rol lo que no puede pedir',
    en: 'a role was allowed what it may not ask for',
  },
  'outcome-code': {
    es: 'una entrada dice de su resultado lo que no puede ser',
    en: 'an entry says of its outcome what cannot be',
  },
  'release-bare': {
    es: 'una apertura no dice para qué o qué se abrió',
    en: 'a release does not say what for, or what was opened',
  },
  'status-missing': {
    es: 'un cambio de estado no dice a cuál',
    en: 'a change of status does not say to which',
  },
  'entry-duplicated': {
    es: 'una misma entrada está dos veces, con dos identificadores',
    en: 'one entry is there twice, under two ids',
  },
  'replay-of-nothing': {
    es: 'consta una respuesta repetida que nunca se dio',
    en: 'an answer given again is on record that was never given',
  },
  'submit-repeated': {
    es: 'una sola solicitud figura enviando dos referencias',
    en: 'one request is said to have submitted two referrals',
  },
  'referral-consent': {
    es: 'una entrada nombra otro consentimiento que el de su referencia',
    en: 'an entry names another consent than its referral’s',
  },
  'referral-envelope': {
    es: 'lo que se abrió o destruyó no es lo que se envió',
    en: 'what was opened or destroyed is not what was submitted',
  },
  'release-after-end': {
    es: 'se abrió una referencia después de retirada, anulada, ingresada por error o vencida',
    en: 'a referral was opened after it was withdrawn, cancelled, entered in error or had expired',
  },
  'release-recipient': {
    es: 'abrió una referencia quien no es su receptora',
    en: 'a referral was opened by an institution that is not its recipient',
  },
  'handover-alone': {
    es: 'una referencia se dice derivada de otra que no dice nada de ella',
    en: 'a referral says that it was handed over of another, which says nothing of that',
  },
  'destroyed-twice': {
    es: 'la llave de una referencia se destruyó dos veces',
    en: 'a referral’s key was destroyed twice',
  },
  'console-stray': {
    es: 'una entrada dice de la consola lo que no le toca, o no dice cuál se sirve',
    en: 'an entry speaks of the console where it may not, or does not say which is served',
  },
  'console-repeated': {
    es: 'consta otra versión de la consola que es la misma de antes',
    en: 'another console build is on record that is the one from before',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
