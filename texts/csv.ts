// What is said about sheets, in Guatemalan Spanish and in English.
import type { Language } from './labels.ts'

type Entry = Readonly<Record<Language, string>>

export const csvTexts = {
  'template.about': { es: 'plantillas para llenar', en: 'templates to fill in' },
  'template.csv': {
    es: 'hoja CSV para hub refer: encabezados y dos personas inventadas',
    en: 'CSV sheet for hub refer: its headers and two invented persons',
  },
  'template.columns': {
    es: 'explica cada columna de la hoja',
    en: 'explain each column of the sheet',
  },
  'template.out': { es: 'archivo nuevo para la hoja', en: 'new file for the sheet' },
  'template.how': {
    es: `Varios valores en una celda: separados por |. Fechas: AAAA-MM-DD (o --dates dmy al enviar).
Un día en «otorgado» cuenta desde su inicio y en «valido_hasta» hasta su fin, hora de Guatemala.
Finalidades (para_…): las categorías que se pueden ver, p. ej. identidad|contacto; si quien las ve
no es quien recibe la referencia, antes su código: OIM:identidad|contacto.
Las dos filas EJEMPLO son inventadas: bórrelas, no se envían. Columnas y códigos: hub template columns.`,
    en: `Several values in one cell: separated by |. Dates: YYYY-MM-DD (or --dates dmy when sending).
A day in "otorgado" counts from its beginning, in "valido_hasta" to its end, time of Guatemala.
Purposes (para_…): the categories that may be seen, e.g. identity|contact; where who sees them is
not who receives the referral, its code first: OIM:identity|contact.
The two rows EJEMPLO are invented: delete them, they are not sent. Columns and codes: hub template columns.`,
  },
  'fact.column': { es: 'columna', en: 'column' },
  'fact.letter': { es: 'letra', en: 'letter' },
  'fact.path': { es: 'campo', en: 'field' },
  'fact.form': { es: 'forma', en: 'form' },
  'form.text': { es: 'texto o código', en: 'text or code' },
  'form.list': { es: 'uno o varios, con |', en: 'one or several, with |' },
  'form.yes-no': { es: 'sí o no', en: 'yes or no' },
  'form.date': { es: 'AAAA-MM-DD', en: 'YYYY-MM-DD' },
  'form.start': { es: 'AAAA-MM-DD, u hora RFC 3339', en: 'YYYY-MM-DD, or RFC 3339' },
  'form.end': { es: 'AAAA-MM-DD, u hora RFC 3339', en: 'YYYY-MM-DD, or RFC 3339' },
  'form.purpose': { es: 'categorías con |', en: 'categories with |' },
  'usage.csv-broken': {
    es: 'la hoja no es CSV cerca de la línea {line}: una comilla sin cerrar o suelta; no se envió nada',
    en: 'the sheet is no CSV near line {line}: a quotation mark that is open or loose; nothing was sent',
  },
  'usage.csv-no-header': {
    es: 'la primera fila no tiene los nombres de las columnas; vea hub template csv. No se envió nada',
    en: 'the first row does not have the names of the columns; see hub template csv. Nothing was sent',
  },
  'usage.csv-unknown-column': {
    es: 'columnas con un encabezado que no se conoce: {letters}; vea hub template columns. No se envió nada',
    en: 'columns with a header that is not known: {letters}; see hub template columns. Nothing was sent',
  },
  'usage.csv-column-twice': {
    es: 'columnas que ya estaban: {letters}. No se envió nada',
    en: 'columns that come a second time: {letters}. Nothing was sent',
  },
  'usage.sheet-problems': {
    es: '{count} errores en {rows} filas; no se envió nada',
    en: '{count} errors in {rows} rows; nothing was sent',
  },
  'usage.errors-exists': {
    es: 'el archivo de --errors ya existe y no se sobrescribe; no se envió nada',
    en: 'the file of --errors exists and is not overwritten; nothing was sent',
  },
} as const satisfies Record<string, Entry>

/** What is wrong with a cell, by code. */
export const cellTexts = {
  'excel-number': {
    es: 'la hoja de cálculo abrevió el número: ponga la columna como texto y escríbalo de nuevo',
    en: 'the spreadsheet shortened the number: format the column as text and write it again',
  },
  'excel-error': {
    es: 'la hoja de cálculo puso un error en lugar del valor',
    en: 'the spreadsheet put an error in place of the value',
  },
  'date-order': {
    es: 'no se sabe si va primero el día o el mes: escriba AAAA-MM-DD, o envíe con --dates dmy (día/mes/año)',
    en: 'day or month first? Write YYYY-MM-DD, or send with --dates dmy (day/month/year)',
  },
  'not-a-day': { es: 'no es un día AAAA-MM-DD', en: 'not a day YYYY-MM-DD' },
  'yes-or-no': { es: 'responda sí o no', en: 'answer yes or no' },
  'unknown-category': { es: 'no es una categoría de datos', en: 'not a category of data' },
  'who-may-see-it': {
    es: 'diga antes quién puede verlo, con su código: OIM:identidad|contacto',
    en: 'say first who may see it, by code: OIM:identity|contact',
  },
  'cell-count': {
    es: 'la fila no tiene tantas celdas como el encabezado',
    en: 'the row does not have as many cells as the header',
  },
  'example-row': {
    es: 'es la fila de ejemplo de la plantilla, con una persona inventada: bórrela',
    en: 'this is the example row of the template, an invented person: delete it',
  },
  'number-comes-twice': {
    es: 'ese número propio ya está en otra fila del archivo',
    en: 'that own number is in another row of the file already',
  },
} as const satisfies Record<string, Entry>
