// The words of `hub handover`, in Guatemalan Spanish and in English.
import type { Language } from './language.ts'

export const handoverTexts = {
  'handover.about': {
    es: 'deriva a la persona a otra institución, para colocación laboral, con su consentimiento',
    en: 'hand the person over to another institution, for placement in work, by their consent',
  },
  'handover.to': { es: 'institución a la que se deriva', en: 'institution to hand over to' },
  'handover.priority': {
    es: 'prioridad; si no se da, la de la referencia',
    en: 'priority; that of the referral when left out',
  },
  'fact.part-of': { es: 'derivada de', en: 'handed over of' },
  'place.priority': { es: 'prioridad', en: 'priority' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
