// The holidays of Guatemala City as data. Public libraries are wrong on 30 June, and know no decree: these are our own.
// Whoever adds a day, or a law changes one, gives the calendar a new version; deadlines that were stated before keep
// naming the version they were computed with.
import type { Calendar } from './calendar.ts'

const labourCode = 'Código de Trabajo (Decreto 1441), art. 127'

/** Half days (Holy Wednesday, 24 and 31 December from noon) are business days: offices take papers in the morning. */
export const guatemalaCity: Calendar = {
  id: 'gt-guatemala',
  version: '2026.1',
  // Since 16 April 2020 1 May and 20 October stay where they are (Corte de Constitucionalidad).
  from: '2021-01-01',
  until: '2050-12-31',
  holidays: [
    { name: { es: 'Año Nuevo', en: 'New Year’s Day' }, rule: { on: '01-01' }, source: labourCode },
    {
      name: { es: 'Jueves Santo', en: 'Maundy Thursday' },
      rule: { daysFromEaster: -3 },
      source: labourCode,
    },
    {
      name: { es: 'Viernes Santo', en: 'Good Friday' },
      rule: { daysFromEaster: -2 },
      source: labourCode,
    },
    {
      name: { es: 'Sábado Santo', en: 'Holy Saturday' },
      rule: { daysFromEaster: -1 },
      source: labourCode,
    },
    {
      name: { es: 'Día del Trabajo', en: 'Labour Day' },
      rule: { on: '05-01' },
      source: `${labourCode}; Corte de Constitucionalidad, 16-04-2020`,
    },
    {
      name: { es: 'Día del Ejército', en: 'Army Day' },
      rule: { mondayNear: '06-30' },
      source: `${labourCode}; Decreto 42-2010, art. 2 (Decreto 19-2018)`,
    },
    {
      name: { es: 'Asunción (Ciudad de Guatemala)', en: 'Assumption (Guatemala City)' },
      rule: { on: '08-15' },
      source: `${labourCode} (festividad de la localidad)`,
    },
    {
      name: { es: 'Independencia', en: 'Independence Day' },
      rule: { on: '09-15' },
      source: labourCode,
    },
    {
      name: { es: 'Día de la Revolución', en: 'Revolution Day' },
      rule: { on: '10-20' },
      source: `${labourCode}; Corte de Constitucionalidad, 16-04-2020`,
    },
    {
      name: { es: 'Todos los Santos', en: 'All Saints’ Day' },
      rule: { on: '11-01' },
      source: labourCode,
    },
    { name: { es: 'Navidad', en: 'Christmas Day' }, rule: { on: '12-25' }, source: labourCode },
  ],
  decreed: [],
}
