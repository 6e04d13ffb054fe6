// The terms of an agreement that an addendum may change, in Guatemalan Spanish and in English.
import type { AgreementChange } from '../schemas/notice.ts'
import type { Labels } from './labels.ts'

/** A member of a change, or of the policy in it. */
export type Term =
  | Exclude<keyof AgreementChange, 'policy'>
  | keyof NonNullable<AgreementChange['policy']>

/** In the order in which they are told. */
export const termLabels: Labels<Term> = {
  targetPersons: { es: 'meta de personas', en: 'target of persons' },
  servesRegularStatus: {
    es: 'atiende a quien ya está en situación regular',
    en: 'serves those whose status is regular',
  },
  onwardRecipients: { es: 'a quién se deriva', en: 'who may be handed over to' },
  answerHours: { es: 'horas para responder', en: 'hours to answer' },
  collectHours: { es: 'horas para recoger', en: 'hours to collect' },
  expireDays: {
    es: 'días sin respuesta hasta la anulación',
    en: 'days unanswered until cancelled',
  },
  stallDays: { es: 'días sin novedad hasta el aviso', en: 'days without news until told' },
  retentionDays: { es: 'días que se guarda el contenido', en: 'days that content is kept' },
  completionDays: {
    es: 'días para terminar lo empezado',
    en: 'days to finish what was begun',
  },
  evidenceDays: {
    es: 'días que se guarda tras una terminación',
    en: 'days that it is kept after a termination',
  },
  referralsInNotice: {
    es: 'recibe referencias durante una rescisión',
    en: 'takes referrals during a rescission',
  },
}

export const yesOrNoLabels: Labels<'yes' | 'no'> = {
  yes: { es: 'sí', en: 'yes' },
  no: { es: 'no', en: 'no' },
}
