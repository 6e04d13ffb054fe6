// The certificate of destruction as a page for a phone and for one sheet of letter paper. No script, no picture,
// nothing loaded from anywhere.
import type { Certificate, Sentence } from '../../schemas/certificate.ts'
import { certificateActions, certificateTexts } from '../../texts/certificate.ts'
import { momentInWords } from '../../texts/dates.ts'
import { filled } from '../../texts/filled.ts'
import { capacityLabels, causeLabels } from '../../texts/labels.ts'
import type { Language } from '../../texts/language.ts'

const style = `*{box-sizing:border-box}body{font:11pt/1.4 Georgia,serif;max-width:44rem;margin:0 auto;padding:1rem;color:#111}
h1{font-size:16pt;margin:0 0 .2rem}h2{font-size:11.5pt;margin:1rem 0 .3rem;border-bottom:1px solid #999}p{margin:.3rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.6rem 0}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}
ul{margin:.3rem 0;padding-left:1.1rem}li{margin:.2rem 0}.why{color:#444}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.1rem .6rem .1rem 0;vertical-align:top}th{color:#555;font-weight:normal}
code,pre{font:8.5pt/1.3 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap;margin:.2rem 0}
@media(max-width:34rem){dl{grid-template-columns:1fr;gap:0}dt{margin-top:.4rem}thead{display:none}tr,td{display:block;padding:0}tr{margin:.5rem 0}}
@page{size:letter;margin:1.4cm}@media print{body{font-size:9pt;margin:0;max-width:none;padding:0}h1{font-size:13pt}h2{font-size:10pt;margin:.5rem 0 .15rem;break-after:avoid}code,pre{font-size:7pt}li,tr{break-inside:avoid;margin:.1rem 0}}`

const escape = (text: string): string => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** A certificate carries actions as texts. */
const doneBy = (action: string): Sentence | undefined =>
  Object.entries(certificateActions).find(([name]) => name === action)?.[1]

/** HTML of a certificate, in the reader's language. */
export const certificatePage = (document: Certificate, language: Language): string => {
  const say = (key: keyof typeof certificateTexts) => certificateTexts[key][language]
  const text = (sentence: Sentence) => escape(sentence[language])
  const moment = (instant: string) =>
    `${momentInWords(instant, language)} (${say('certificate.zone')})`
  const fact = (name: string, value: string) => `<dt>${name}</dt><dd>${escape(value)}</dd>`
  const { requestedBy } = document
  const deletion =
    document.deletion === 'confirmed'
      ? `${say('certificate.deletion.confirmed')} ${document.deletionConfirmedAt ? moment(document.deletionConfirmedAt) : ''}`
      : say(`certificate.deletion.${document.deletion}`)
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say('certificate.title')} ${escape(document.folio)}</title><style>${style}</style></head>
<body><h1>${say('certificate.title')}</h1><p>${text(document.statement)}</p>
<dl>${[
    fact(say('certificate.folio'), document.folio),
    fact(say('certificate.referral'), document.referralId),
    ...(document.referrals.length > 1
      ? [
          fact(
            say('certificate.referrals'),
            document.referrals.map(({ folio }) => folio).join(' · '),
          ),
        ]
      : []),
    fact(say('certificate.consent'), document.consentId),
    fact(say('certificate.agreement'), document.agreementId),
    fact(say('certificate.at'), moment(document.destroyedAt)),
    fact(say('certificate.cause'), capitalized(causeLabels[document.cause][language])),
    ...(requestedBy
      ? [
          fact(
            say('certificate.by'),
            filled(say('certificate.through'), {
              who: capacityLabels[requestedBy.capacity][language],
              institution: requestedBy.institution,
            }),
          ),
        ]
      : []),
    fact(say('certificate.deletion'), deletion),
  ].join('')}</dl>
<h2>${say('certificate.destroyed')}</h2><ul>${document.destroyed
    .map(
      ({ what, digest }) =>
        `<li>${text(what)}${digest ? `<br>${say('certificate.digest')} <code>${escape(digest)}</code>` : ''}</li>`,
    )
    .join('')}</ul>
<h2>${say('certificate.remains')}</h2><ul>${document.remains
    .map(({ what, why }) => `<li>${text(what)}<br><span class="why">${text(why)}</span></li>`)
    .join('')}</ul>
<h2>${say('certificate.log')}</h2><table><thead><tr><th>${say('certificate.index')}</th><th>${say('certificate.action')}</th><th>${say('certificate.time')}</th></tr></thead><tbody>${document.logEntries
    .map(
      ({ index, action, time, id }) =>
        `<tr><td>${index ?? say('certificate.pending')}</td><td>${escape(doneBy(action)?.[language] ?? action)}<br><code>${escape(id)}</code></td><td>${momentInWords(time, language)}</td></tr>`,
    )
    .join('')}</tbody></table>
${
  document.checkpoint === undefined
    ? ''
    : `<h2>${say('certificate.checkpoint')}</h2><pre>${escape(document.checkpoint)}</pre><p class="why">${say('certificate.keep')}</p>\n`
}<p>${say('certificate.issued')} ${moment(document.issuedAt)}</p></body></html>
`
}
