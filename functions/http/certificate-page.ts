// The certificate of destruction as a page for a phone and for one sheet of letter paper. No script, no picture,
// nothing loaded from anywhere.
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
    time: 'Hora de Guatemala',
    pending: 'pendiente',
    checkpoint: 'Constancia de integridad de la bitácora',
    keep: 'Quien la conserve puede comprobar más adelante que nada de lo anterior se quitó ni se cambió.',
    issued: 'Emitida el',
    zone: 'hora de Guatemala',
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
    time: 'Time in Guatemala',
    pending: 'pending',
    checkpoint: 'Signed checkpoint of the log',
    keep: 'Whoever keeps it can check later that nothing of the above was removed or changed.',
    issued: 'Issued on',
    zone: 'Guatemala time',
  },
} satisfies Record<Language, Record<string, string>>

/** The entries that a certificate tells of, in words; what is not here shows as its code. */
const actions: Record<Language, Readonly<Record<string, string>>> = {
  es: {
    'referral.submit': 'Se envió la referencia',
    'referral.release': 'Se abrió su contenido',
    'referral.shred': 'Se destruyó el contenido',
    'consent.withdraw': 'Se retiró el consentimiento',
    'consent.expire': 'Venció el consentimiento',
    'consent.confirm-deletion': 'La receptora confirmó la eliminación',
  },
  en: {
    'referral.submit': 'The referral was sent',
    'referral.release': 'Its content was opened',
    'referral.shred': 'The content was destroyed',
    'consent.withdraw': 'The consent was withdrawn',
    'consent.expire': 'The consent expired',
    'consent.confirm-deletion': 'The recipient confirmed the deletion',
  },
}

/** `21 de noviembre de 2026, 06:00:00`: whoever holds the sheet lives by this clock. */
const local = (instant: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-GT' : 'en-GB', {
    timeZone: 'America/Guatemala',
    dateStyle: 'long',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(new Date(instant))

const style = `*{box-sizing:border-box}body{font:11pt/1.4 Georgia,serif;max-width:44rem;margin:0 auto;padding:1rem;color:#111}
h1{font-size:16pt;margin:0 0 .2rem}h2{font-size:11.5pt;margin:1rem 0 .3rem;border-bottom:1px solid #999}p{margin:.3rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.6rem 0}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}
ul{margin:.3rem 0;padding-left:1.1rem}li{margin:.2rem 0}.why{color:#444}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.1rem .6rem .1rem 0;vertical-align:top}th{color:#555;font-weight:normal}
code,pre{font:8.5pt/1.3 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap;margin:.2rem 0}
@media(max-width:34rem){dl{grid-template-columns:1fr;gap:0}dt{margin-top:.4rem}thead{display:none}tr,td{display:block;padding:0}tr{margin:.5rem 0}}
@page{size:letter;margin:1.4cm}@media print{body{font-size:9pt;margin:0;max-width:none;padding:0}h1{font-size:13pt}h2{font-size:10pt;margin:.5rem 0 .15rem;break-after:avoid}code,pre{font-size:7pt}li,tr{break-inside:avoid;margin:.1rem 0}}`

const escape = (text: string): string => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)

/** HTML of a certificate, in the reader's language. */
export const certificatePage = (document: Certificate, language: Language): string => {
  const say = words[language]
  const text = (sentence: Sentence) => escape(sentence[language])
  const moment = (instant: string) => `${local(instant, language)} (${say.zone})`
  const fact = (name: string, value: string) => `<dt>${name}</dt><dd>${escape(value)}</dd>`
  const { requestedBy } = document
  const deletion =
    document.deletion === 'confirmed'
      ? `${say.confirmed} ${document.deletionConfirmedAt ? moment(document.deletionConfirmedAt) : ''}`
      : say[document.deletion]
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say.title} ${escape(document.folio)}</title><style>${style}</style></head>
<body><h1>${say.title}</h1><p>${text(document.statement)}</p>
<dl>${[
    fact(say.folio, document.folio),
    fact(say.referral, document.referralId),
    fact(say.consent, document.consentId),
    fact(say.agreement, document.agreementId),
    fact(say.at, moment(document.destroyedAt)),
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
<h2>${say.log}</h2><table><thead><tr><th>${say.index}</th><th>${say.action}</th><th>${say.time}</th></tr></thead><tbody>${document.logEntries
    .map(
      ({ index, action, time, id }) =>
        `<tr><td>${index ?? say.pending}</td><td>${escape(actions[language][action] ?? action)}<br><code>${escape(id)}</code></td><td>${local(time, language)}</td></tr>`,
    )
    .join('')}</tbody></table>
${
  document.checkpoint === undefined
    ? ''
    : `<h2>${say.checkpoint}</h2><pre>${escape(document.checkpoint)}</pre><p class="why">${say.keep}</p>\n`
}<p>${say.issued} ${moment(document.issuedAt)}</p></body></html>
`
}
