// The codes in a person's data in Guatemalan Spanish and in English, by the member that they stand in; the code is what
// travels. Open vocabularies (schemas/standards.ts, Code) have the words of what the form offers.
import type { DocumentType } from '../schemas/documents.ts'
import type { Labels } from './labels.ts'

export const sexLabels = {
  F: { es: 'femenino', en: 'female' },
  M: { es: 'masculino', en: 'male' },
  X: { es: 'otro', en: 'other' },
} as const satisfies Labels<'F' | 'M' | 'X'>

export const documentLabels: Labels<DocumentType> = {
  passport: { es: 'pasaporte', en: 'passport' },
  'national-id': { es: 'documento de identidad de su país', en: 'identity card of their country' },
  'provisional-stay': { es: 'permanencia provisional', en: 'provisional stay permit' },
  'humanitarian-stay': { es: 'permanencia por razones humanitarias', en: 'humanitarian stay' },
  'refugee-certificate': { es: 'constancia de refugio', en: 'refugee certificate' },
  'refugee-card': { es: 'carné de persona refugiada', en: 'refugee card' },
  'temporary-residence': { es: 'residencia temporal', en: 'temporary residence' },
  'permanent-residence': { es: 'residencia permanente', en: 'permanent residence' },
  'dpi-foreign-resident': { es: 'DPI de persona extranjera', en: 'DPI of a foreign resident' },
  'unhcr-certificate': { es: 'constancia de ACNUR', en: 'UNHCR certificate' },
  'birth-certificate': { es: 'certificado de nacimiento', en: 'birth certificate' },
  other: { es: 'otro documento', en: 'another document' },
  none: { es: 'ninguno', en: 'none' },
}

/** Why there is no document, or no number of it. */
export const withoutDocumentLabels = {
  'lost-en-route': { es: 'lo perdió en el camino', en: 'lost on the way' },
  'never-had': { es: 'nunca lo tuvo', en: 'never had one' },
  withheld: { es: 'se lo quitaron o retienen', en: 'taken from them or withheld' },
  'in-process': { es: 'está en trámite', en: 'being issued' },
  'not-at-hand': { es: 'no lo tiene a mano', en: 'not at hand' },
} as const satisfies Labels<string>

export const relationshipLabels = {
  mother: { es: 'madre', en: 'mother' },
  father: { es: 'padre', en: 'father' },
  grandparent: { es: 'abuela o abuelo', en: 'grandparent' },
  sibling: { es: 'hermana o hermano', en: 'sister or brother' },
  'aunt-or-uncle': { es: 'tía o tío', en: 'aunt or uncle' },
  spouse: { es: 'cónyuge o conviviente', en: 'spouse or partner' },
  'legal-guardian': { es: 'tutora o tutor legal', en: 'legal guardian' },
  'child-protection-authority': {
    es: 'autoridad de protección de la niñez',
    en: 'child protection authority',
  },
  'legal-representative': { es: 'representante legal', en: 'legal representative' },
} as const satisfies Labels<string>

export const schoolingLabels = {
  none: { es: 'sin estudios', en: 'no schooling' },
  primary: { es: 'primaria', en: 'primary school' },
  secondary: { es: 'secundaria o diversificado', en: 'secondary school' },
  higher: { es: 'técnico o universidad', en: 'technical college or university' },
} as const satisfies Labels<string>

/** What people want to learn, or have worked in. */
export const tradeLabels = {
  bakery: { es: 'panadería', en: 'bakery' },
  cooking: { es: 'cocina', en: 'cooking' },
  beauty: { es: 'belleza', en: 'beauty care' },
  sewing: { es: 'costura', en: 'sewing' },
  computing: { es: 'computación', en: 'computing' },
  'customer-service': { es: 'atención al cliente', en: 'customer service' },
  refrigeration: { es: 'refrigeración', en: 'refrigeration' },
  'home-electricity': { es: 'electricidad domiciliar', en: 'home electricity' },
  'car-mechanics': { es: 'mecánica de carros', en: 'car mechanics' },
  'motorcycle-mechanics': { es: 'mecánica de motos', en: 'motorcycle mechanics' },
  carpentry: { es: 'carpintería', en: 'carpentry' },
  construction: { es: 'construcción', en: 'construction' },
  farming: { es: 'agricultura', en: 'farming' },
  'other-trade': { es: 'otro oficio', en: 'another trade' },
} as const satisfies Labels<string>

export const timeLabels = {
  morning: { es: 'por la mañana', en: 'in the morning' },
  afternoon: { es: 'por la tarde', en: 'in the afternoon' },
  evening: { es: 'por la noche', en: 'in the evening' },
  weekend: { es: 'fin de semana', en: 'at weekends' },
} as const satisfies Labels<string>

export const migrationLabels = {
  'refugee-applicant': { es: 'solicitante de refugio', en: 'applicant for refugee status' },
  refugee: { es: 'persona refugiada', en: 'refugee' },
  'in-regularization': { es: 'en regularización', en: 'in regularization' },
  regular: { es: 'regular', en: 'regular' },
  'returned-national': { es: 'persona retornada', en: 'returned national' },
  other: { es: 'otra', en: 'other' },
} as const satisfies Labels<string>

export const needLabels = {
  interpreter: { es: 'intérprete', en: 'an interpreter' },
  childcare: { es: 'cuidado infantil', en: 'childcare' },
  accessibility: { es: 'accesibilidad', en: 'accessibility' },
  transport: { es: 'transporte', en: 'transport' },
  literacy: { es: 'apoyo para leer y escribir', en: 'help with reading and writing' },
} as const satisfies Labels<string>

export const handlingLabels = {
  'same-sex-staff': { es: 'personal del mismo sexo', en: 'staff of the same sex' },
  'confidential-location': { es: 'lugar confidencial', en: 'confidential place' },
  'do-not-contact-family': { es: 'no contactar a la familia', en: 'do not contact the family' },
  'psychosocial-priority': { es: 'prioridad psicosocial', en: 'psychosocial priority' },
  'security-alert': { es: 'alerta de seguridad', en: 'security alert' },
} as const satisfies Labels<string>

export const methodLabels = {
  signature: { es: 'con su firma', en: 'by signature' },
  thumbprint: { es: 'con su huella', en: 'by thumbprint' },
  'witnessed-verbal': { es: 'de palabra, ante testigo', en: 'by word, before a witness' },
  electronic: { es: 'por medio electrónico', en: 'electronically' },
} as const satisfies Labels<string>

export const yesNoLabels = {
  true: { es: 'sí', en: 'yes' },
  false: { es: 'no', en: 'no' },
} as const satisfies Labels<string>
