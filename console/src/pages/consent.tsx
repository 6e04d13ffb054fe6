// A consent, without names: what it permits, what happened to it, and what was destroyed once it ended.
import type { Certificate } from '../../../schemas/certificate.ts'
import type { ConsentView } from '../../../schemas/consent.ts'
import type { ReferralHeader } from '../../../schemas/referral.ts'
import {
  categoryLabels,
  causeLabels,
  consentEventLabels,
  consentStateLabels,
  deletionLabels,
  purposeLabels,
} from '../../../texts/labels.ts'
import { useReading } from '../doing.ts'
import { rememberFolio } from '../folios.ts'
import { Button, Facts, Heading, Link, Loading, Problem } from '../parts.tsx'
import { actor, label, language, moment } from '../say.ts'
import type { Session } from '../session.ts'
import { say } from './officer-words.ts'

/**
 * With the certificate where something was destroyed. Elsewhere none is asked for: that would be a denial in the log, of
 * somebody who only looked.
 */
const consentOf = async (
  of: Session,
  consentId: string,
): Promise<{
  consent: ConsentView
  header: ReferralHeader
  certificate: Certificate | undefined
}> => {
  const { client } = of
  const { body: consent } = await client.getConsent(consentId)
  const { body: header } = await client.getReferral(consent.referralId)
  rememberFolio(of, header.referralId, header.folio)
  const destroyed = consent.state === 'withdrawn' || header.contentState === 'shredded'
  const certificate = destroyed ? (await client.certificate(consentId)).body : undefined
  return { consent, header, certificate }
}

const Terms = ({ consent }: { consent: ConsentView }) => (
  <>
    <Facts
      rows={[
        [say('consent.state'), label(consentStateLabels, consent.state)],
        [say('consent.until'), moment(consent.validUntil)],
        [say('consent.agreement'), consent.agreementId],
        [say('consent.deletion'), label(deletionLabels, consent.deletion)],
      ]}
    />
    <h2 class="govuk-heading-m">{say('consent.permits')}</h2>
    <ul class="govuk-list govuk-list--bullet">
      {consent.purposes.map(({ purpose, recipient, dataCategories }) => (
        <li key={purpose + recipient}>
          {say('consent.permit', {
            purpose: label(purposeLabels, purpose),
            recipient,
            categories: dataCategories.map(one => label(categoryLabels, one)).join(', '),
          })}
        </li>
      ))}
    </ul>
    <h2 class="govuk-heading-m">{say('consent.events')}</h2>
    <ul class="govuk-list">
      {consent.events.map(({ event, at, by }) => (
        <li key={event + at}>
          {say('consent.event', {
            when: moment(at),
            event: label(consentEventLabels, event),
            by: actor(by),
          })}
        </li>
      ))}
    </ul>
  </>
)

const Destroyed = ({ certificate }: { certificate: Certificate | undefined }) => {
  const spoken = language.use()
  return (
    <section aria-labelledby="certificate">
      <h2 id="certificate" class="govuk-heading-m">
        {say('consent.certificate')}
      </h2>
      {certificate === undefined ? (
        <p class="govuk-body">{say('consent.intact')}</p>
      ) : (
        <>
          <Facts
            rows={[
              [say('consent.at'), moment(certificate.destroyedAt)],
              [say('consent.cause'), label(causeLabels, certificate.cause)],
            ]}
          />
          <h3 class="govuk-heading-s">{say('consent.destroyed')}</h3>
          <ul class="govuk-list govuk-list--bullet">
            {certificate.destroyed.map(({ what, digest }) => (
              <li key={what.es}>
                {what[spoken]} {digest !== undefined && <span class="rh-id">({digest})</span>}
              </li>
            ))}
          </ul>
          <h3 class="govuk-heading-s">{say('consent.remains')}</h3>
          <ul class="govuk-list govuk-list--bullet">
            {certificate.remains.map(({ what, why }) => (
              <li key={what.es}>
                {what[spoken]} {why[spoken]}
              </li>
            ))}
          </ul>
          <ul class="govuk-list rh-no-print">
            {certificate.logEntries.map(
              ({ index, id }) =>
                index !== undefined && (
                  <li key={id}>
                    <Link to={`bitacora/${index}`}>{say('log.entry', { index })}</Link>
                  </li>
                ),
            )}
          </ul>
          <p class="govuk-body">{certificate.statement[spoken]}</p>
        </>
      )}
    </section>
  )
}

export const ConsentPage = ({ of, consentId }: { of: Session; consentId: string }) => {
  const { reading, again } = useReading(() => consentOf(of, consentId), [of, consentId])
  const found = reading.state === 'there' ? reading.value : undefined
  return (
    <>
      <Link to="bitacora" class="govuk-back-link">
        {say('log.title')}
      </Link>
      <Heading>{say('consent.title')}</Heading>
      <p class="govuk-body-s rh-id">{consentId}</p>
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {found && (
        <>
          <p class="govuk-body rh-no-print">
            <Link to={`historia/${found.consent.referralId}`}>
              {say('history.title', { folio: found.header.folio })}
            </Link>
          </p>
          <Terms consent={found.consent} />
          <Destroyed certificate={found.certificate} />
          <p class="govuk-body">{say('consent.no-names')}</p>
          <Button type="button" kind="secondary" onClick={() => print()}>
            {say('consent.print')}
          </Button>
        </>
      )}
    </>
  )
}
