// A person's documents: which there are, which numbers are none, and who issued them (domain.md, "Data as it really
// comes").
import * as z from 'zod'
import { type FieldCode, because } from './field-codes.ts'
import { isCui } from './guatemala.ts'
import { Code, Country, ExpiryDate } from './standards.ts'

/** Documents of the Guatemalan state where nobody says otherwise: who leaves the country out means Guatemala. */
const guatemalan = [
  'provisional-stay',
  'humanitarian-stay',
  'refugee-certificate',
  'refugee-card',
  'temporary-residence',
  'permanent-residence',
  'dpi-foreign-resident',
] as const

export const DocumentType = z.enum([
  'passport',
  'national-id',
  ...guatemalan,
  'unhcr-certificate',
  'birth-certificate',
  'other',
  'none',
])
export type DocumentType = z.infer<typeof DocumentType>

/** Guatemalan documents that no other state has. */
const guatemalanAlone: readonly DocumentType[] = [
  'provisional-stay',
  'humanitarian-stay',
  'dpi-foreign-resident',
]

/** Whether a document says nothing without its country. UNHCR is none. */
export const needsCountry = (type: DocumentType): boolean =>
  ['passport', 'national-id', 'birth-certificate', 'other'].includes(type)

/**
 * What people write into a field that must not be empty, where a counter behind it would make it look like a number.
 */
const countedPlaceholder =
  /^(SN|NA|ND|NT|X{2,}|SINNUMERO|SINDOCUMENTO|NOTIENE|NOAPLICA|PENDIENTE|ENTRAMITE|DESCONOCIDO|UNKNOWN|PENDING|NONE)\d{1,2}$/

/** Whether what stands where a number should is none: `S/N`, `0`, `000000`, `A-0000`, `XXXX`, `PENDIENTE`, `S/N 2`. */
export const isPlaceholder = (number: string): boolean => {
  const plain = number
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  const digits = plain.replace(/\P{Nd}/gu, '')
  return (
    digits === '' ||
    /^0+$/.test(digits) ||
    /^(.)\1*$/u.test(plain) ||
    countedPlaceholder.test(plain)
  )
}

/** A number that identifies something. A placeholder is told first: it need not have the form of a number. */
const numberOr = (placeholder: FieldCode) =>
  z.string().superRefine((number, context) => {
    const code = isPlaceholder(number)
      ? placeholder
      : /^[A-Za-z0-9][A-Za-z0-9 ./-]{0,39}$/.test(number)
        ? undefined
        : 'wrong-format'
    if (code !== undefined) context.addIssue({ code: 'custom', params: { code } })
  })

const numberMeta = { minLength: 1, maxLength: 40 }
const DocumentNumber = numberOr('leave-out-and-give-reason').meta(numberMeta)
/** The number of a file: there is no reason to give where there is none. */
export const CaseNumber = numberOr('leave-out').meta(numberMeta)

const shape = {
  type: DocumentType,
  number: z.string().optional(),
  issuingCountry: Country.optional(),
  expiresOn: z.string().optional(),
  reason: Code.optional(),
}
/** A document as any version of the hub sealed it. */
export const KeptDocument = z.strictObject(shape)
export type Document = z.infer<typeof KeptDocument>

/** The country a document is of: as stated, or Guatemala for the documents that are its own. None for UNHCR's. */
export const issuingCountryOf = ({ type, issuingCountry }: Document): string | undefined =>
  type === 'unhcr-certificate'
    ? undefined
    : (issuingCountry ?? (guatemalan.some(one => one === type) ? 'GTM' : undefined))

/** A document as a referrer may send it. Its number is kept as it is printed. */
export const SentDocument = z
  .strictObject({
    ...shape,
    number: DocumentNumber.optional(),
    expiresOn: ExpiryDate.optional(),
  })
  .refine(({ type, reason }) => type !== 'none' || reason !== undefined, {
    path: ['reason'],
    ...because('required'),
  })
  .refine(({ type, number }) => type !== 'none' || number === undefined, {
    path: ['number'],
    ...because('not-allowed'),
  })
  .refine(
    ({ type, number }) =>
      type !== 'dpi-foreign-resident' ||
      number === undefined ||
      isPlaceholder(number) ||
      isCui(number.replace(/[ -]/g, '')),
    { path: ['number'], ...because('cui') },
  )
  .refine(
    ({ type, issuingCountry }) =>
      issuingCountry === undefined || issuingCountry === 'GTM' || !guatemalanAlone.includes(type),
    { path: ['issuingCountry'], ...because('not-allowed', ['GTM']) },
  )
  .refine(
    ({ type, number, issuingCountry }) =>
      number === undefined || issuingCountry !== undefined || !needsCountry(type),
    { path: ['issuingCountry'], ...because('required') },
  )
