// The sentences before what cannot be undone, in Guatemalan Spanish and in English.
import type { Language } from './labels.ts'

export const confirmTexts = {
  'confirm.yes': { es: 'no pregunta antes', en: 'do not ask first' },
  'usage.needs-yes': {
    es: 'esto no tiene vuelta atrás y aquí no hay a quién preguntar (la entrada o la salida de errores no es una terminal). No se hizo nada. Para hacerlo sin pregunta, agregue --yes',
    en: 'this cannot be undone and there is nobody to ask here (standard input or standard error is no terminal). Nothing was done. To do it unasked, add --yes',
  },

  'withdraw.warning': {
    es: 'Retirar el consentimiento de la referencia {folio} ({id}) destruye la llave de su contenido. Nadie podrá abrirlo otra vez: no hay vuelta atrás, tampoco con un consentimiento nuevo, que sería una referencia nueva.',
    en: 'Withdrawing the consent of referral {folio} ({id}) destroys the key of its content. Nobody will be able to open it again: this cannot be undone, not even by a new consent, which would be a new referral.',
  },
  'withdraw.question': { es: '¿Retirarlo? [s/N] ', en: 'Withdraw it? [y/N] ' },
  'withdraw.left': { es: 'No se retiró nada.', en: 'Nothing was withdrawn.' },

  'confirm-deletion.warning': {
    es: 'Confirmar la eliminación de la referencia {folio} ({id}) deja firmado que su institución ya no tiene ninguna copia de su contenido. Lo firmado queda en la bitácora de accesos: no hay vuelta atrás.',
    en: 'Confirming the deletion of referral {folio} ({id}) signs that your institution holds no copy of its content any more. What is signed stays in the access log: this cannot be undone.',
  },
  'confirm-deletion.question': { es: '¿Confirmarla? [s/N] ', en: 'Confirm it? [y/N] ' },
  'confirm-deletion.left': { es: 'No se confirmó nada.', en: 'Nothing was confirmed.' },

  'keys.revoke.warning': {
    es: 'Revocar la llave {keyid} de {institution} ({called}) no tiene vuelta atrás: desde su próxima solicitud se le rechaza.',
    en: 'Revoking key {keyid} of {institution} ({called}) cannot be undone: it is refused from its next request on.',
  },
  'keys.revoke.last': {
    es: 'Es la única llave vigente de {institution} para: {role}.',
    en: 'It is the only key in force of {institution} as: {role}.',
  },
  'keys.revoke.last-sends': {
    es: 'Sin ella {institution} ya no puede enviar referencias.',
    en: 'Without it {institution} can send no referrals.',
  },
  'keys.revoke.last-receives': {
    es: 'Sin ella {institution} ya no puede recibir ni abrir referencias.',
    en: 'Without it {institution} can neither receive nor open referrals.',
  },
  'keys.revoke.question': { es: '¿Revocarla? [s/N] ', en: 'Revoke it? [y/N] ' },
  'keys.revoke.left': { es: 'No se revocó nada.', en: 'Nothing was revoked.' },

  'keys.confirm.warning': {
    es: 'Confirmar la llave {keyid} de {institution} le permite firmar a nombre de la institución como {roles}, hasta {until}. Lo que firme vale aunque después se revoque: no hay vuelta atrás.',
    en: 'Confirming key {keyid} of {institution} lets it sign in the institution’s name as {roles}, until {until}. What it signs holds even if it is revoked later: this cannot be undone.',
  },
  'keys.confirm.question': { es: '¿Confirmarla? [s/N] ', en: 'Confirm it? [y/N] ' },
  'keys.confirm.left': { es: 'No se confirmó nada.', en: 'Nothing was confirmed.' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
