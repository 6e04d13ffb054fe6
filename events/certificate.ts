// What a certificate of destruction says. Pure: facts of the ledger, the referral and the log in, sentences in both
// languages out.
import type { AccessLogEntry } from '../schemas/access-log.ts'
import type { Certificate, Sentence } from '../schemas/certificate.ts'
import type { ConsentEvent } from '../schemas/consent.ts'
import type { AgreementId, Folio, Instant, ReferralId, Sha256 } from '../schemas/ids.ts'
import type { Consent } from './consent.ts'

const sentence = (es: string, en: string): Sentence => ({ es, en })

const destroyed = {
  key: sentence(
    'La llave de la referencia, que existía una sola vez y sin respaldo. Sin ella ninguna copia del sobre cifrado puede abrirse: ni en tablas, ni en bandejas de entrada, ni en mensajes apartados, ni en respaldos.',
    'The referral’s key, which existed once and without a backup. Without it no copy of the sealed envelope can be opened: not in tables, inboxes, parked messages or backups.',
  ),
  envelope: sentence(
    'El sobre cifrado que guardaba la tabla de referencias.',
    'The sealed envelope that the table of referrals held.',
  ),
  guards: sentence(
    'Las huellas con llave de los documentos, que servían para no referir dos veces a la misma persona.',
    'The keyed hashes of documents that kept the same person from being referred twice.',
  ),
}

const remains = (deletion: Consent['deletion']): Certificate['remains'] => [
  {
    what: sentence(
      'El encabezado de la referencia: folio, instituciones, fechas, estados y avances (códigos y días).',
      'The header of the referral: folio, institutions, dates, statuses and milestones (codes and days).',
    ),
    why: sentence(
      'No dice quién es la persona; rinde cuentas de lo que hicieron las instituciones.',
      'It does not say who the person is; it accounts for what the institutions did.',
    ),
  },
  {
    what: sentence(
      'El registro del consentimiento y la bitácora de accesos.',
      'The record of the consent, and the access log.',
    ),
    why: sentence(
      'Son la prueba de quién vio qué y de que esto se cumplió. Contienen identificadores y códigos, no datos personales.',
      'They are the evidence of who saw what and that this was done. They hold identifiers and codes, no personal data.',
    ),
  },
  {
    what: sentence(
      'Copias cifradas que aún no hayan vencido en bandejas o respaldos.',
      'Sealed copies that have not yet run out in queues or backups.',
    ),
    why: sentence(
      'Vencen solas; sin la llave destruida nadie puede abrirlas.',
      'They run out by themselves; without the destroyed key nobody can open them.',
    ),
  },
  {
    what: sentence(
      'Lo que la institución receptora haya recibido antes, y el expediente de la institución que refirió.',
      'What the recipient had received before, and the referrer’s own file.',
    ),
    why:
      deletion === 'none'
        ? sentence(
            'Está fuera del intercambio y se rige por las normas de cada institución.',
            'It is outside the hub, under each institution’s own rules.',
          )
        : sentence(
            'Está fuera del intercambio. Se pidió a la institución receptora eliminarlo y confirmarlo con su firma.',
            'It is outside the hub. The recipient was asked to delete it and to confirm with its signature.',
          ),
  },
]

const statement = sentence(
  'El intercambio destruyó su copia de traslado. Esta constancia no afirma nada de copias fuera del intercambio.',
  'The hub destroyed its transfer copy. This certificate says nothing of copies outside the hub.',
)

/** Facts a certificate is made of. `destruction` is the log entry of the shredding. */
export type CertificateFacts = {
  referral: {
    referralId: ReferralId
    folio: Folio
    agreementId: AgreementId
    envelopeDigest: Sha256
  }
  consent: Consent
  events: readonly ConsentEvent[]
  destruction: AccessLogEntry
  entries: readonly AccessLogEntry[]
  /** The log's last signed checkpoint, read after the entries. */
  checkpoint: string | undefined
  now: Instant
}

export const certificate = ({
  referral,
  consent,
  events,
  destruction,
  entries,
  checkpoint,
  now,
}: CertificateFacts): Certificate => {
  const withdrawn = events.find(event => event.event === 'withdrawn')
  const confirmed = events.find(event => event.event === 'deletion-confirmed')
  // The hub finishes a withdrawal that a backup had undone; what it destroyed before any was kept long enough.
  const cause =
    destruction.action === 'consent.withdraw' || (withdrawn && withdrawn.at <= destruction.time)
      ? 'withdrawal'
      : 'retention'
  return {
    consentId: consent.consentId,
    referralId: referral.referralId,
    folio: referral.folio,
    agreementId: referral.agreementId,
    cause,
    ...(withdrawn && cause === 'withdrawal'
      ? { requestedBy: { institution: withdrawn.by, capacity: withdrawn.requestedBy } }
      : {}),
    destroyedAt: destruction.time,
    destroyed: [
      {
        what: destroyed.key,
        ...(destruction.destroyedKeyDigest ? { digest: destruction.destroyedKeyDigest } : {}),
      },
      { what: destroyed.envelope, digest: referral.envelopeDigest },
      { what: destroyed.guards },
    ],
    remains: remains(consent.deletion),
    deletion: consent.deletion,
    ...(confirmed ? { deletionConfirmedAt: confirmed.statedAt } : {}),
    logEntries: entries.map(({ index, id, action, time }) => ({
      ...(index === undefined ? {} : { index }),
      id,
      action,
      time,
    })),
    ...(checkpoint === undefined ? {} : { checkpoint }),
    statement,
    issuedAt: now,
  }
}
