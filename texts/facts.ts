// What members of an entry and of a referral are called beside their values: in what commands show, and on the sheets.
import type { Language } from './language.ts'

export const factTexts = {
  'fact.institution': { es: 'institución', en: 'institution' },
  'fact.key': { es: 'llave', en: 'key' },
  'fact.post': { es: 'puesto', en: 'post' },
  'fact.folio': { es: 'folio', en: 'folio' },
  'fact.referral': { es: 'referencia', en: 'referral' },
  'fact.consent': { es: 'consentimiento', en: 'consent' },
  'fact.code': { es: 'código', en: 'code' },
  'fact.vkey': { es: 'llave de la bitácora', en: 'key of the log' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>
