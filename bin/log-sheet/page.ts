// Pages that an officer prints and hands over: one HTML file without scripts or anything from elsewhere, for A4 and
// letter paper alike.
import { inertLine } from '../../texts/inert.ts'
import type { Language } from '../../texts/labels.ts'

/** Text as HTML shows it, and does not read it; what would act on its reader is written out. */
export const escaped = (text: string): string =>
  inertLine(text).replace(/[&<>"'`]/g, sign => `&#${sign.charCodeAt(0)};`)

const style = `body{font:10pt/1.35 system-ui,sans-serif;color:#111;max-width:46rem;margin:1.2rem auto;padding:0 1rem}
h1{font-size:14pt;margin:0 0 .3rem}h2{font-size:10.5pt;margin:.8rem 0 .25rem;border-bottom:1px solid #999}p{margin:.3rem 0}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem .8rem;margin:.4rem 0}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.1rem .5rem .1rem 0;vertical-align:top;overflow-wrap:anywhere}th{color:#555;font-weight:normal}td.n,th.n{text-align:right}
pre{font:6pt/1.1 ui-monospace,monospace;margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}pre.long{font-size:5pt}pre.longer{font-size:3pt}pre.longest{font-size:2pt}pre.command{font-size:7.5pt}
@page{margin:10mm}@media print{body{margin:0;max-width:none;padding:0;font-size:9pt}h2{break-after:avoid}tr,dl{break-inside:avoid}}`

/** A whole page. `body` is HTML already. */
export const page = (language: Language, title: string, body: string): string =>
  `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(title)}</title><style>${style}</style></head>
<body><h1>${escaped(title)}</h1>
${body}
</body></html>
`

export const heading = (text: string): string => `<h2>${escaped(text)}</h2>\n`
export const paragraph = (text: string): string => `<p>${escaped(text)}</p>\n`

/** Names and values, line by line. */
export const facts = (rows: readonly (readonly [name: string, value: string])[]): string =>
  `<dl>${rows.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>\n`

const cells = (row: readonly (string | number)[], tag: 'th' | 'td') =>
  row
    .map((cell, i) => {
      const number = i === row.length - 1 ? ' class="n"' : ''
      return `<${tag}${number}>${escaped(String(cell))}</${tag}>`
    })
    .join('')

/** A table whose last column is of numbers. */
export const countTable = (
  titles: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string => {
  const lines = [cells(titles, 'th'), ...rows.map(row => cells(row, 'td'))]
  return `<table>${lines.map(line => `<tr>${line}</tr>`).join('\n')}</table>\n`
}

/** Text as it is, by a name that a program finds it by. Long text is printed small: a sheet stays one page. */
export const exact = (id: string, text: string): string => {
  const [size] = sizes.find(([, from]) => text.length >= from) ?? ['']
  return `<pre id="${id}"${size && ` class="${size}"`}>${escapedLines(text)}</pre>\n`
}
/** From how many letters on: what is longer is for programs, not for eyes. */
const sizes = [
  ['longest', 9000],
  ['longer', 4500],
  ['long', 1500],
] as const

const escapedLines = (text: string) => text.split('\n').map(escaped).join('\n')
