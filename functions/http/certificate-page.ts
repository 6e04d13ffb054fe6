// The certificate of destruction as a page that prints on one or two sheets. No script, no picture, nothing loaded from anywhere.
import type { Certificate, Sentence } from '../../schemas/certificate.ts'

type Language = 'es' | 'en'

const words = {
  es: {
    title: 'Constancia de destrucción criptográfica',
    folio: 'Folio',
    referral: 'Referencia',
    consent: 'Consentimiento',
    agreement: 'Convenio',
    at: 'Destruido el',
    cause: 'Motivo',
    withdrawal: 'Retiro del consentimiento',
    retention: 'Fin del plazo de conservación',
    by: 'A solicitud de',
    self: 'la persona',
    guardian: 'quien ejerce la tutela',
    representative: 'su representante',
    through: 'por medio de',
    destroyed: 'Qué se destruyó',
    digest: 'Huella SHA-256',
    remains: 'Qué permanece y por qué',
    deletion: 'Eliminación por la institución receptora',
    none: 'No se ha solicitado',
    requested: 'Solicitada, sin confirmar todavía',
    confirmed: 'Confirmada con firma el',
    log: 'Entradas de la bitácora de accesos',
    index: 'N.º',
    action: 'Acción',
    time: 'Hora (UTC)',
    pending: 'pendiente',
    issued: 'Emitida el',
  },
  en: {
    title: 'Certificate of cryptographic destruction',
    folio: 'Folio',
    referral: 'Referral',
    consent: 'Consent',
    agreement: 'Agreement',
    at: 'Destroyed on',
    cause: 'Reason',
    withdrawal: 'Withdrawal of consent',
    retention: 'End of the retention period',
    by: 'At the request of',
    self: 'the person',
    guardian: 'their guardian',
    representative: 'their representative',
    through: 'through',
    destroyed: 'What was destroyed',
    digest: 'SHA-256',
    remains: 'What remains, and why',
    deletion: 'Deletion by the recipient',
    none: 'Not requested',
    requested: 'Requested, not yet confirmed',
    confirmed: 'Confirmed with signature on',
    log: 'Entries of the access log',
    index: 'No.',
    action: 'Action',
    time: 'Time (UTC)',
    pending: 'pending',
    issued: 'Issued on',
  },
} satisfies Record<Language, Record<string, string>>

const style = `body{font:11pt/1.45 Georgia,serif;max-width:44rem;margin:2.5rem auto;padding:0 1.5rem;color:#111}
h1{font-size:17pt;margin:0 0 .3rem}h2{font-size:12pt;margin:1.6rem 0 .4rem;border-bottom:1px solid #999}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:1rem 0}dt{color:#555}dd{margin:0}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .6rem .2rem 0;vertical-align:top}th{color:#555;font-weight:normal}
code{font:9pt ui-monospace,monospace;overflow-wrap:anywhere}li{margin:.4rem 0}.why{color:#444}
@page{size:letter;margin:2cm}@media print{body{margin:0;max-width:none;padding:0}h2{break-after:avoid}li,tr{break-inside:avoid}}`

const escape = (text: string): string => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)

/** HTML of a certificate, in the reader's language. */
export const certificatePage = (document: Certificate, language: Language): string => {
  const say = words[language]
  const text = (sentence: Sentence) => escape(sentence[language])
  const fact = (name: string, value: string) => `<dt>${name}</dt><dd>${escape(value)}</dd>`
  const { requestedBy } = document
  const deletion =
    document.deletion === 'confirmed'
      ? `${say.confirmed} ${document.deletionConfirmedAt ?? ''}`
      : say[document.deletion]
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say.title} ${escape(document.folio)}</title><style>${style}</style></head>
<body><h1>${say.title}</h1><p>${text(document.statement)}</p>
<dl>${[
    fact(say.folio, document.folio),
    fact(say.referral, document.referralId),
    fact(say.consent, document.consentId),
    fact(say.agreement, document.agreementId),
    fact(say.at, document.destroyedAt),
    fact(say.cause, say[document.cause]),
    ...(requestedBy
      ? [fact(say.by, `${say[requestedBy.capacity]}, ${say.through} ${requestedBy.institution}`)]
      : []),
    fact(say.deletion, deletion),
  ].join('')}</dl>
<h2>${say.destroyed}</h2><ul>${document.destroyed
    .map(
      ({ what, digest }) =>
        `<li>${text(what)}${digest ? `<br>${say.digest} <code>${escape(digest)}</code>` : ''}</li>`,
    )
    .join('')}</ul>
<h2>${say.remains}</h2><ul>${document.remains
    .map(({ what, why }) => `<li>${text(what)}<br><span class="why">${text(why)}</span></li>`)
    .join('')}</ul>
<h2>${say.log}</h2><table><tr><th>${say.index}</th><th>${say.action}</th><th>${say.time}</th><th>Id</th></tr>${document.logEntries
    .map(
      entry =>
        `<tr><td>${entry.index ?? say.pending}</td><td>${escape(entry.action)}</td><td>${escape(entry.time)}</td><td><code>${escape(entry.id)}</code></td></tr>`,
    )
    .join('')}</table>
<p>${say.issued} ${escape(document.issuedAt)}</p></body></html>
`
}
