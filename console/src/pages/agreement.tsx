// An agreement as it stands: terms, deadlines, notices, versions; and the way to give notice, for who signs for a
// party.
import type { Me } from '../../../schemas/institution.ts'
import type { AgreementView } from '../../../schemas/notice.ts'
import { agreementStateLabels } from '../../../texts/labels.ts'
import { useReading } from '../doing.ts'
import { Facts, Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { day, label } from '../say.ts'
import type { Session } from '../session.ts'
import { Deadlines } from './deadlines.tsx'
import { say } from './liaison-words.ts'
import { Notices, Versions } from './notices.tsx'

const Terms = ({ view }: { view: AgreementView }) => (
  <Facts
    rows={[
      [say('deal.state'), <strong>{label(agreementStateLabels, view.state)}</strong>],
      [say('deal.id'), `${view.agreementId} · ${say('deal.version-n', { version: view.version })}`],
      [say('deal.parties'), view.parties.join(' · ')],
      [say('deal.from'), day(view.inForceFrom)],
      [say('deal.until'), day(view.endsAt)],
      [say('deal.target'), say('deal.target-persons', { count: view.targetPersons })],
      [say('deal.onward'), view.onwardRecipients.join(', ') || '–'],
      [say('deal.regular'), say(view.servesRegularStatus ? 'deal.yes' : 'deal.no')],
    ]}
  />
)

const One = ({ of, me, view }: { of: Session; me: Me; view: AgreementView }) => (
  <>
    <Heading>{view.title}</Heading>
    <Terms view={view} />
    <Deadlines view={view} now={of.client.hubTime()} />
    <Notices view={view} />
    {me.roles.includes('signatory') ? (
      <p class="govuk-body">
        <Link to={`convenio/${view.agreementId}/aviso`}>{say('give.title')}</Link>
      </p>
    ) : (
      <Notice>{say('deal.who', { institution: me.institution })}</Notice>
    )}
    {view.awaiting.map(({ kind, digest, from }) => {
      const first = view.notices.find(one => one.kind === kind && one.digest === digest)
      const ours = me.roles.includes('signatory') && from.includes(me.institution)
      if (!first) return null
      return (
        <Notice key={kind + digest}>
          <p class="govuk-body">
            {say('deal.awaits', { number: first.number, from: from.join(', ') })}
          </p>
          {ours && (
            <Link to={`convenio/${view.agreementId}/${first.number}`}>
              {say('give.agree-title', { number: first.number })}
            </Link>
          )}
        </Notice>
      )
    })}
    <Versions view={view} />
  </>
)

/** Of several agreements, which; of one, that one. */
export const AgreementPage = ({
  of,
  me,
  agreementId,
}: {
  of: Session
  me: Me
  agreementId: string | undefined
}) => {
  const { reading, again } = useReading(
    async () =>
      agreementId === undefined
        ? (await of.client.listAgreements({ limit: 200 })).body.items
        : [(await of.client.getAgreement(agreementId)).body],
    [of, agreementId],
  )
  const [only, ...more] = reading.state === 'there' ? reading.value : []
  if (only && more.length === 0) return <One of={of} me={me} view={only} />
  return (
    <>
      <Heading>{say('deal.title')}</Heading>
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' && !only && <p class="govuk-body">{say('deal.none')}</p>}
      {only && (
        <ul class="govuk-list" aria-label={say('deal.which')}>
          {[only, ...more].map(({ agreementId: id, title }) => (
            <li key={id}>
              <Link to={`convenio/${id}`}>{title}</Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
