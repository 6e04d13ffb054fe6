// One entry of the log: what it says, what stands behind it, whether it is in the signed log; and the sheet to hand over.
import type { ProvenEntry } from '../../../schemas/access-log.ts'
import type { Me } from '../../../schemas/institution.ts'
import { entryCodeLabel } from '../../../texts/codes.ts'
import { categoryLabels, outcomeLabels, purposeLabels } from '../../../texts/labels.ts'
import { useReading } from '../doing.ts'
import { addressOf } from '../log-query.ts'
import { Facts, Heading, Link, Loading, Problem } from '../parts.tsx'
import { label, language } from '../say.ts'
import type { Session } from '../session.ts'
import { CheckEntry } from './check-entry.tsx'
import { say, sentencesOf } from './officer-words.ts'

const What = ({ entry }: Pick<ProvenEntry, 'entry'>) => {
  const { actor, referralId, consentId, code, request, id, time, purpose, categories } = entry
  const rows: [string, string | undefined][] = [
    [say('fact.institution'), actor.institution],
    [say('fact.key'), actor.keyid],
    [say('fact.post'), actor.post],
    [say('log.outcome'), label(outcomeLabels, entry.outcome)],
    [say('fact.code'), code && `${entryCodeLabel(code, language.get())} (${code})`],
    [say('log.purpose'), purpose && label(purposeLabels, purpose)],
    [say('log.category'), categories?.map(one => label(categoryLabels, one)).join(', ')],
    [say('fact.referral'), referralId],
    [say('fact.consent'), consentId],
    [say('entry.request'), `${request.method} ${request.path} (${request.id})`],
    [say('entry.id'), id],
    [say('entry.utc'), time],
  ]
  return (
    <Facts
      rows={rows.flatMap(([name, value]) =>
        value === undefined || value === '' ? [] : [[name, <span class="rh-id">{value}</span>]],
      )}
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
const Evidence = ({ entry: { request }, leaf, proof }: ProvenEntry) => {
  const signed = [request.signatureInput, request.signature, request.contentDigest]
  const lines = signed.filter(one => one !== undefined).join('\n')
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence" class="govuk-heading-m">
        {say('entry.evidence')}
      </h2>
      <p class="govuk-body">{say('entry.evidence-what')}</p>
      {(
        [
          ['entry.signature', lines === '' ? say('entry.unsigned') : lines],
          ['entry.proof', proof],
          ['entry.leaf', leaf],
        ] as const
      ).map(([name, text]) => (
        <div key={name}>
          <details class="govuk-details rh-no-print">
            <summary class="govuk-details__summary">
              <span class="govuk-details__summary-text">{say(name)}</span>
            </summary>
            <div class="govuk-details__text">
              <pre class="rh-exact">{text}</pre>
            </div>
          </details>
          <div class="rh-print-only">
            <h3 class="govuk-heading-s">{say(name)}</h3>
            <pre class="rh-exact rh-small">{text}</pre>
          </div>
        </div>
      ))}
    </section>
  )
}

export const EntryPage = ({ of, me, index }: { of: Session; me: Me; index: number }) => {
  const { reading, again } = useReading(
    async () => (await of.client.logEntry(index)).body,
    [of, index],
  )
  const found = reading.state === 'there' ? reading.value : undefined
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
          <What entry={found.entry} />
          <Onward entry={found.entry} />
          <CheckEntry key={found.leaf} of={of} me={me} index={index} found={found} />
          <Evidence {...found} />
          <p class="govuk-body">{say('sheet.no-names')}</p>
        </>
      )}
    </>
  )
}
