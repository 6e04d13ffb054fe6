// The columns of a sheet of referrals: a Spanish name for people, the path of the field for machines, how a cell is
// read. What a value may be is not said here: schemas/ says it.
import { Priority } from '../../schemas/agreement.ts'
import { DataCategory, Purpose, type ConsentTerms } from '../../schemas/consent.ts'
import { MigrationStatusCode } from '../../schemas/payload.ts'
import { Service } from '../../schemas/referral.ts'

/**
 * How a cell is read. `list`: several, separated by `|`. `start`, `end`: a day of Guatemala is its first or last
 * millisecond. `purpose`: the categories that may be seen for one purpose, with who may see them before a colon.
 */
type Kind = 'text' | 'list' | 'yes-no' | 'date' | 'start' | 'end' | 'purpose'

export type Column = {
  /** Spanish name: what the template has. */
  name: string
  /** Members of the submission, joined by dots; documents count from 1. Also taken as a name. */
  path: string
  kind: Kind
  /** What an invented person has there. */
  example: string
  /** Codes of the schema, where they are few. */
  allowed?: readonly string[]
}

const grantor = ['self', 'guardian', 'representative'] satisfies ConsentTerms['grantor']['type'][]
const methods = [
  'signature',
  'thumbprint',
  'witnessed-verbal',
  'electronic',
] satisfies ConsentTerms['method'][]

const column = (
  name: string,
  path: string,
  kind: Kind,
  { example = '', allowed }: { example?: string; allowed?: readonly string[] } = {},
): Column => ({ name, path, kind, example, ...(allowed ? { allowed } : {}) })

const purposeNames: Record<Purpose, [name: string, example?: string]> = {
  'training-referral': [
    'para_formacion',
    'identidad|contacto|situacion_migratoria|perfil_formacion',
  ],
  'psychosocial-support': ['para_apoyo_psicosocial'],
  'mobility-stipend': ['para_estipendio'],
  'protection-handling': ['para_proteccion'],
  'status-feedback': ['para_contrarreferencia', 'IGM:perfil_formacion'],
  'job-placement-handover': ['para_derivacion', 'OIM:identidad|contacto'],
  'aggregate-reporting': ['para_informes'],
}

/** Columns of the document that is `n`th, from 1. */
const documentColumns = (n: number): Column[] => {
  const [name, path] = [`documento${n}`, `payload.identity.documents.${n}`]
  const first = n === 1
  return [
    column(`${name}_tipo`, `${path}.type`, 'text', { example: first ? 'passport' : '' }),
    column(`${name}_numero`, `${path}.number`, 'text', { example: first ? 'PRUEBA00001' : '' }),
    column(`${name}_pais`, `${path}.issuingCountry`, 'text', { example: first ? 'HND' : '' }),
    column(`${name}_vence`, `${path}.expiresOn`, 'date', { example: first ? '2029-06-30' : '' }),
    column(`${name}_motivo`, `${path}.reason`, 'text'),
  ]
}

const hash = (digit: string) => ({ example: digit.repeat(64) })

const [before, after]: [Column[], Column[]] = [
  [
    column('numero_propio', 'externalId', 'text', { example: 'EJEMPLO-1' }),
    column('convenio', 'agreementId', 'text', { example: 'igm-ala-2026' }),
    column('recibe', 'recipient', 'text', { example: 'ALA' }),
    column('prioridad', 'priority', 'text', { example: 'routine', allowed: Priority.options }),
    column('servicios', 'services', 'list', {
      example: 'vocational-profiling|enrolment-guidance',
      allowed: Service.options,
    }),
    column('aviso', 'consent.notice.id', 'text', { example: 'consent-notice' }),
    column('aviso_version', 'consent.notice.version', 'text', { example: '2026-01' }),
    column('aviso_idioma', 'consent.notice.language', 'text', { example: 'es' }),
    column('aviso_sha256', 'consent.notice.sha256', 'text', hash('a')),
    column('otorga', 'consent.grantor.type', 'text', { example: 'self', allowed: grantor }),
    column('otorga_parentesco', 'consent.grantor.relationship', 'text'),
    column('asentimiento', 'consent.grantor.assent', 'yes-no'),
    column('metodo', 'consent.method', 'text', { example: 'signature', allowed: methods }),
    column('con_testigo', 'consent.witnessed', 'yes-no'),
    column('con_interprete', 'consent.interpreterUsed', 'yes-no', { example: 'no' }),
    column('otorgado', 'consent.grantedAt', 'start', { example: '2026-11-20' }),
    column('valido_hasta', 'consent.validUntil', 'end', { example: '2027-10-31' }),
    column('hoja_sha256', 'consent.evidenceSha256', 'text', hash('b')),
    ...Purpose.options.map(purpose => {
      const [name, example = ''] = purposeNames[purpose]
      const path = `consent.purposes.${purpose}`
      return column(name, path, 'purpose', { example, allowed: DataCategory.options })
    }),
    column('nombres', 'payload.identity.givenNames', 'list', { example: 'María|Elena' }),
    column('apellidos', 'payload.identity.familyNames', 'list', { example: 'Zelaya|Prueba' }),
    column('alias', 'payload.identity.alias', 'text'),
    column('nombre_en_su_escritura', 'payload.identity.originalScript', 'text'),
    column('fecha_nacimiento', 'payload.identity.birthDate', 'date', { example: '1994-05-14' }),
    column('fecha_estimada', 'payload.identity.birthDateEstimated', 'yes-no'),
    column('sexo', 'payload.identity.sex', 'text', { example: 'F', allowed: ['F', 'M', 'X'] }),
    column('nacionalidades', 'payload.identity.nationalities', 'list', { example: 'HND' }),
  ],
  [
    column('idiomas', 'payload.identity.languages', 'list', { example: 'es' }),
    column('encargado_nombres', 'payload.identity.guardian.givenNames', 'list'),
    column('encargado_apellidos', 'payload.identity.guardian.familyNames', 'list'),
    column('encargado_parentesco', 'payload.identity.guardian.relationship', 'text'),
    column('encargado_telefono', 'payload.identity.guardian.phone', 'text'),
    column('telefono', 'payload.contact.phone', 'text', { example: "'+50200000001" }),
    column('puede_llamarse', 'payload.contact.safeToCall', 'yes-no', { example: 'sí' }),
    column('solo_por_enlace', 'payload.contact.throughLiaisonOnly', 'yes-no'),
    column('horas_seguras', 'payload.contact.safeTimes', 'list', { example: 'morning' }),
    column('municipio', 'payload.contact.municipality', 'text', { example: '1703' }),
    column('situacion', 'payload.migrationStatus.status', 'text', {
      example: 'refugee-applicant',
      allowed: MigrationStatusCode.options,
    }),
    column('expediente', 'payload.migrationStatus.caseNumber', 'text', {
      example: 'EXP-PRUEBA-00001',
    }),
    column('situacion_vence', 'payload.migrationStatus.validUntil', 'date'),
    column('interes_declarado', 'payload.trainingProfile.interestDeclared', 'yes-no', {
      example: 'sí',
    }),
    column('intereses', 'payload.trainingProfile.interests', 'list', { example: 'bakery|cooking' }),
    column('escolaridad', 'payload.trainingProfile.schooling', 'text', { example: 'primary' }),
    column('experiencia', 'payload.trainingProfile.experience', 'list'),
    column('disponibilidad', 'payload.trainingProfile.availability', 'list', {
      example: 'weekend',
    }),
    column('apoyos', 'payload.supportNeeds.needs', 'list', {
      example: 'transport',
      allowed: ['interpreter', 'childcare', 'accessibility', 'transport', 'literacy'],
    }),
    column('medidas_proteccion', 'payload.protection.handling', 'list'),
  ],
]

const mostDocuments = 8

/** Own numbers of the two invented persons that the template has: they are never sent. */
export const exampleNumbers = ['EJEMPLO-1', 'EJEMPLO-2'] as const

/** What the template has: two documents. */
export const templateColumns: readonly Column[] = [
  ...before,
  ...documentColumns(1),
  ...documentColumns(2),
  ...after,
]

/** Every column that is understood. */
export const columns: readonly Column[] = [
  ...before,
  ...Array.from({ length: mostDocuments }, (_, index) => documentColumns(index + 1)).flat(),
  ...after,
]

/** As a header is compared: without accents, case, blanks at the ends; blanks and hyphens inside are underscores. */
const normal = (text: string) =>
  text
    .trim()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')

const byName = new Map(
  columns.flatMap(one => [
    [normal(one.name), one],
    [normal(one.path), one],
  ]),
)

/**
 * The column that a header names: in Spanish, or by its path (`payload.identity.birthDate`,
 * `/payload/identity/birthDate`).
 */
export const columnNamed = (header: string): Column | undefined =>
  byName.get(normal(header.trim().replace(/^\//, '').replaceAll('/', '.')))

/** The letter over a column in a spreadsheet: A … Z, AA … from 0. */
export const letterOf = (index: number): string =>
  index < 26
    ? String.fromCharCode(65 + index)
    : letterOf(Math.floor(index / 26) - 1) + letterOf(index % 26)
