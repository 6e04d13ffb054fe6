// One entry of the log: what it says, what stands behind it, whether it is in the signed log; and the sheet to hand
// over.
import type { ProvenEntry } from '../../../schemas/access-log.ts'
import type { Me } from '../../../schemas/institution.ts'
import { entryCodeLabel } from '../../../texts/codes.ts'
import { categoryLabels, outcomeLabels, purposeLabels } from '../../../texts/labels.ts'
import { useReading } from '../doing.ts'
import { Fold } from '../fold.tsx'
import { useFolio } from '../folios.ts'
import { addressOf } from '../log-query.ts'
import { Facts, Heading, Link, Loading, Problem } from '../parts.tsx'
import { actor as actorOf, label, language } from '../say.ts'
import type { Session } from '../session.ts'
import { CheckEntry } from './check-entry.tsx'
import { say, sentencesOf } from './officer-words.ts'

type Told = Pick<ProvenEntry, 'entry'> & { folio: string | undefined }

const There = ({ rows }: { rows: readonly (readonly [string, string | undefined])[] }) => (
  <Facts
    rows={rows.flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, <span class="rh-id">{value}</span>]],
    )}
  />
)

/** What it says, for whoever asks who saw what. */
const What = ({ entry, folio }: Told) => {
  const { actor, code, purpose, categories } = entry
  return (
    <There
      rows={[
        [say('fact.institution'), actorOf(actor.institution)],
        [say('fact.post'), actor.post],
        [say('log.outcome'), label(outcomeLabels, entry.outcome)],
        [say('entry.why'), code && entryCodeLabel(code, language.get())],
        [say('log.purpose'), purpose && label(purposeLabels, purpose)],
        [say('log.category'), categories?.map(one => label(categoryLabels, one)).join(', ')],
        [say('fact.folio'), folio],
      ]}
    />
  )
}

/** The names by which programs know it. */
const Ids = ({ entry }: Pick<ProvenEntry, 'entry'>) => {
  const { actor, referralId, consentId, code, request, id, time } = entry
  return (
    <There
      rows={[
        [say('fact.key'), actor.keyid],
        [say('fact.code'), code],
        [say('fact.referral'), referralId],
        [say('fact.consent'), consentId],
        [say('entry.request'), `${request.method} ${request.path} (${request.id})`],
        [say('entry.id'), id],
        [say('entry.utc'), time],
      ]}
    />
  )
}

const Onward = ({ entry: { actor, referralId, consentId } }: Pick<ProvenEntry, 'entry'>) => (
  <ul class="govuk-list rh-no-print">
    {referralId !== undefined && (
      <li>
        <Link to={`historia/${referralId}`}>{say('entry.history')}</Link>
      </li>
    )}
    {consentId !== undefined && (
      <li>
        <Link to={`consentimientos/${consentId}`}>{say('entry.consent')}</Link>
      </li>
    )}
    {actor.keyid !== undefined && (
      <li>
        <Link to={addressOf({ llave: actor.keyid })}>{say('entry.key-all')}</Link>
      </li>
    )}
  </ul>
)

/** What a program needs to check it: folded on the screen, whole on paper. */
const Evidence = ({ entry, leaf, proof }: ProvenEntry) => {
  const { signatureInput, signature, contentDigest } = entry.request
  const signed = [signatureInput, signature, contentDigest]
  const lines = signed.filter(one => one !== undefined).join('\n')
  const parts = [
    ['entry.signature', lines === '' ? say('entry.unsigned') : lines],
    ['entry.proof', proof],
    ['entry.leaf', leaf],
  ] as const
  const technical = (look: string) => (
    <>
      <Ids entry={entry} />
      {parts.map(([name, text]) => (
        <div key={name}>
          <h3 class="govuk-heading-s">{say(name)}</h3>
          <pre class={`rh-exact ${look}`}>{text}</pre>
        </div>
      ))}
    </>
  )
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence" class="govuk-heading-m">
        {say('entry.evidence')}
      </h2>
      <p class="govuk-body">{say('entry.evidence-what')}</p>
      <Fold title={say('entry.details')} look="rh-no-print">
        {technical('')}
      </Fold>
      <div class="rh-print-only">{technical('rh-small')}</div>
    </section>
  )
}

export const EntryPage = ({ of, me, index }: { of: Session; me: Me; index: number }) => {
  const { reading, again } = useReading(
    async () => (await of.client.logEntry(index)).body,
    [of, index],
  )
  const found = reading.state === 'there' ? reading.value : undefined
  const referralId = found?.entry.referralId
  // Of a referral that somebody was denied this institution may have none to read: that would be one more denial.
  const folio = useFolio(of, referralId, found?.entry.outcome !== 'denied')
  return (
    <>
      <Link to="bitacora" class="govuk-back-link">
        {say('log.title')}
      </Link>
      <Heading>{say('log.entry', { index })}</Heading>
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {found && (
        <>
          <p class="govuk-body-l">{sentencesOf(found.entry)}</p>
          <What entry={found.entry} folio={folio} />
          <Onward entry={found.entry} />
          <CheckEntry key={found.leaf} of={of} me={me} index={index} found={found} folio={folio} />
          <Evidence {...found} />
          <p class="govuk-body">{say('sheet.no-names')}</p>
        </>
      )}
    </>
  )
}
