// The certificate of what was destroyed of a referral, as a part of its page; it prints.
import type { Certificate, Sentence } from '../../../schemas/certificate.ts'
import { certificateTexts } from '../../../texts/certificate.ts'
import { capacityLabels, causeLabels } from '../../../texts/labels.ts'
import { useReading } from '../doing.ts'
import { Button, Facts, Loading, Problem } from '../parts.tsx'
import { label, language, moment, saying } from '../say.ts'
import type { Case } from './read-case.tsx'
import { say } from './sent-words.ts'

const told = saying(certificateTexts)
const inWords = (sentence: Sentence): string => sentence[language.get()]

const requestOf = ({ requestedBy }: Certificate): string =>
  requestedBy === undefined
    ? '–'
    : told('certificate.through', {
        who: label(capacityLabels, requestedBy.capacity),
        institution: requestedBy.institution,
      })

const deletionOf = ({ deletion, deletionConfirmedAt }: Certificate): string =>
  `${told(`certificate.deletion.${deletion}`)}${
    deletionConfirmedAt === undefined ? '' : ` ${moment(deletionConfirmedAt)}`
  }`

const Whole = ({ of }: { of: Certificate }) => (
  <>
    <Facts
      rows={[
        [told('certificate.folio'), of.folio],
        [told('certificate.at'), moment(of.destroyedAt)],
        [told('certificate.cause'), label(causeLabels, of.cause)],
        [told('certificate.by'), requestOf(of)],
        [told('certificate.deletion'), deletionOf(of)],
        [told('certificate.issued'), moment(of.issuedAt)],
      ]}
    />
    <h3 class="govuk-heading-s">{told('certificate.destroyed')}</h3>
    <ul class="govuk-list govuk-list--bullet">
      {of.destroyed.map(({ what }) => (
        <li key={what.es}>{inWords(what)}</li>
      ))}
    </ul>
    <h3 class="govuk-heading-s">{told('certificate.remains')}</h3>
    <ul class="govuk-list govuk-list--bullet">
      {of.remains.map(({ what, why }) => (
        <li key={what.es}>
          {inWords(what)} {inWords(why)}
        </li>
      ))}
    </ul>
    <p class="govuk-body">{inWords(of.statement)}</p>
    <Button type="button" kind="secondary" onClick={() => print()}>
      {say('sent.print-certificate')}
    </Button>
  </>
)

export const CertificatePart = ({ of, header }: Case) => {
  const { reading, again } = useReading(
    async () => (await of.client.certificate(header.consentId)).body,
    [of, header.consentId],
  )
  return (
    <section>
      <h2 class="govuk-heading-m">{say('sent.certificate')}</h2>
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' && <Whole of={reading.value} />}
    </section>
  )
}
