// International codes as zod shapes: ISO 3166-1, ICAO 9303, E.164, partial dates.
import * as z from 'zod'
import { because } from './field-codes.ts'

const iso3166 =
  'ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE'.split(
    ' ',
  )

/** ICAO Doc 9303: stateless (XXA), refugee by the 1951 Convention (XXB), other refugee (XXC), unspecified (XXX). */
const icao = ['XXA', 'XXB', 'XXC', 'XXX']

/** ISO 3166-1 alpha-3, or an ICAO X-code for persons without a nationality. */
export const Country = z.enum([...iso3166, ...icao] as [string, ...string[]])

/** ITU-T E.164, with its plus: `+50200000000`. Behind Guatemala's 502 there are eight digits. */
export const Phone = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/)
  .refine(
    phone => !phone.startsWith('+502') || /^\+502\d{8}$/.test(phone),
    because('guatemalan-phone'),
  )

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, from 1900, that the calendar has. */
export const PartialDate = z
  .string()
  .regex(/^(19|20)\d\d(-\d\d(-\d\d)?)?$/, { abort: true })
  .refine(isInCalendar, because('calendar'))

/** `YYYY-MM-DD` that the calendar has. */
export const CalendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { abort: true })
  .refine(isInCalendar, { ...because('calendar'), abort: true })
  .meta({ format: 'date' })

/** The last day of a document: no program's idea of "no date" (year 1, year 9999). */
export const ExpiryDate = CalendarDate.refine(
  date => date >= '1900' && date < '2101',
  because('date-out-of-range'),
)

function isInCalendar(date: string): boolean {
  const [year, month = 1, day = 1] = date.split('-').map(Number) as [number, number?, number?]
  const made = new Date(Date.UTC(year, month - 1, day))
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day
}

/** A coded value of an open vocabulary: up to four lower-case words joined by hyphens. Too short for a story. */
export const Code = z
  .string()
  .max(40)
  .regex(/^[a-z]+(-[a-z]+){0,3}$/)

/** A list without repetitions. `same`: what two items that are the same have in common. */
export const listOf = <T extends z.ZodType>(
  item: T,
  least: number,
  most: number,
  same: (one: z.output<T>) => unknown = one => JSON.stringify(one),
) =>
  z
    .array(item)
    .min(least)
    .max(most)
    .refine(list => new Set(list.map(same)).size === list.length, because('repeated'))
