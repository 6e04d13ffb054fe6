// Guatemalan facts that a form can get wrong: CUI numbers, INE municipality codes, days.

/** Municipalities per department 01–22 (INE). A CUI ends in one of these 340 pairs too. */
const municipalitiesPerDepartment = [
  17, 8, 16, 16, 14, 14, 19, 8, 24, 21, 9, 30, 33, 21, 8, 17, 14, 5, 11, 11, 7, 17,
]

/** Whether `code` (4 digits: department, municipality) is a municipality of Guatemala. */
export const isMunicipality = (code: string): boolean => {
  if (!/^\d{4}$/.test(code)) return false
  const count = municipalitiesPerDepartment[Number(code.slice(0, 2)) - 1] ?? 0
  const municipality = Number(code.slice(2))
  return municipality >= 1 && municipality <= count
}

/**
 * Whether `cui` is a Código Único de Identificación: 8 digits, a verifier, then department and municipality.
 * Verifier = Σ dᵢ·(i+2) for i = 0..7, modulo 11; a remainder of 10 is never issued.
 */
export const isCui = (cui: string): boolean => {
  if (!/^\d{13}$/.test(cui)) return false
  const sum = Array.from(cui.slice(0, 8)).reduce(
    (total, digit, i) => total + Number(digit) * (i + 2),
    0,
  )
  return sum % 11 === Number(cui[8]) && isMunicipality(cui.slice(9))
}

/** The calendar day of Guatemala (UTC-6, no daylight saving) on which an instant falls: `2026-11-21`. */
export const dayOf = (instant: string): string =>
  new Date(Date.parse(instant) - 6 * 3_600_000).toISOString().slice(0, 10)
