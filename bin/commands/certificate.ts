// hub certificate: what was destroyed of a referral, for people, for machines or as a page to print.
import type { Command } from 'commander'
import type { Certificate } from '../../schemas/certificate.ts'
import { connect, type ConnectOptions } from '../connect.ts'
import { choiceOf, withConsent } from '../consent-id.ts'
import { actionLabels, capacityLabels, causeLabels, deletionLabels } from '../../texts/labels.ts'
import { facts, folded, table } from '../layout.ts'
import { writeNew } from '../new-file.ts'
import { wallClock, type Terminal } from '../terminal.ts'
import { aboutConsent } from './consents.ts'

type CertificateOptions = { referral?: string; out?: string; html?: boolean }

export function addCertificate(program: Command, terminal: Terminal) {
  const { say } = terminal
  aboutConsent(program, 'certificate', terminal)
    .option('--out <file>', say('certificate.out'))
    .option('--html', say('certificate.html'))
    .action(async (id: string | undefined, { referral, out, html }: CertificateOptions) => {
      const choice = choiceOf(id, referral)
      const { client } = await connect(program.opts<ConnectOptions>(), 'igm-system', terminal)
      if (html) {
        const page = await withConsent(client, choice, one => client.certificate(one, { html }))
        if (out === undefined) return terminal.document(page.body)
        return write(out, page.body, terminal)
      }
      const { body } = await withConsent(client, choice, one => client.certificate(one))
      if (out !== undefined) return write(out, `${JSON.stringify(body, null, 2)}\n`, terminal)
      if (terminal.json) return terminal.record(body)
      for (const line of described(body, terminal)) terminal.line(line)
    })
}

async function write(file: string, text: string, { say, note }: Terminal) {
  await writeNew(file, text)
  note(say('certificate.written', { file }))
}

/** A certificate as lines of text, in one language. */
function described(certificate: Certificate, terminal: Terminal): string[] {
  const { say, language, bold, columns } = terminal
  const { requestedBy, deletion, deletionConfirmedAt, logEntries } = certificate
  const lines = [bold(`${say('certificate.title')}  ${certificate.folio}`)]
  const known: [string, string][] = []
  const fact = (title: string, value: string) => known.push([title, value])
  const item = (mark: string, text: string) =>
    folded(text, columns - 4).map((row, index) => `${index === 0 ? mark : '  '}${row}`)
  const titled = (title: string, rows: string[]) =>
    lines.push('', title, ...rows.map(row => `  ${row}`))
  fact(say('fact.referral'), certificate.referralId)
  if (certificate.referrals.length > 1)
    fact(say('certificate.referrals'), certificate.referrals.map(({ folio }) => folio).join(' · '))
  fact(say('fact.consent'), certificate.consentId)
  fact(say('fact.agreement'), certificate.agreementId)
  fact(say('fact.destroyed-at'), wallClock(certificate.destroyedAt))
  fact(say('fact.cause'), causeLabels[certificate.cause][language])
  if (requestedBy)
    fact(
      say('fact.requested-by'),
      say('certificate.through', {
        who: capacityLabels[requestedBy.capacity][language],
        institution: requestedBy.institution,
      }),
    )
  const when = deletionConfirmedAt ? ` (${wallClock(deletionConfirmedAt)})` : ''
  fact(say('fact.deletion'), `${deletionLabels[deletion][language]}${when}`)
  lines.push(...facts(known, columns))
  titled(
    say('certificate.destroyed'),
    certificate.destroyed.flatMap(({ what, digest }) => [
      ...item('· ', what[language]),
      ...(digest ? item('  ', `SHA-256 ${digest}`) : []),
    ]),
  )
  titled(
    say('certificate.remains'),
    certificate.remains.flatMap(({ what, why }) => [
      ...item('· ', what[language]),
      ...item('  ', why[language]),
    ]),
  )
  titled(
    say('certificate.log'),
    table(
      [say('fact.index'), say('fact.time'), say('fact.action')],
      logEntries.map(({ index, time, action }) => [
        index === undefined ? '…' : String(index),
        wallClock(time),
        actionLabel(action, language),
      ]),
      columns - 2,
    ),
  )
  return [...lines, '', ...folded(certificate.statement[language], columns)]
}

/** A certificate carries actions as texts. */
const actionLabel = (action: string, language: Terminal['language']): string =>
  Object.entries(actionLabels).find(([name]) => name === action)?.[1][language] ?? action
