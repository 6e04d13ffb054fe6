// The history of a referral: its states, and all that the log says of it, from the beginning. Nobody's name.
import type { AccessLogEntry } from '../../../schemas/access-log.ts'
import { statusLabels } from '../../../texts/labels.ts'
import { contentLabels } from '../../../texts/referral.ts'
import { useReading } from '../doing.ts'
import { rememberFolio } from '../folios.ts'
import { addressOf } from '../log-query.ts'
import { Facts, Heading, Link, Loading, Problem } from '../parts.tsx'
import { changer, label, moment } from '../say.ts'
import type { Session } from '../session.ts'
import { Entries } from './log.tsx'
import { say } from './officer-words.ts'

const historyOf = async (of: Session, referralId: string) => {
  const { client } = of
  const { body: header } = await client.getReferral(referralId)
  rememberFolio(of, referralId, header.folio)
  const entries: AccessLogEntry[] = []
  for await (const entry of client.everyEntry({ referralId, limit: 200 })) entries.push(entry)
  return { header, entries: entries.toReversed() }
}

export const HistoryPage = ({ of, referralId }: { of: Session; referralId: string }) => {
  const { reading, again } = useReading(() => historyOf(of, referralId), [of, referralId])
  const found = reading.state === 'there' ? reading.value : undefined
  const header = found?.header
  return (
    <>
      <Link to="bitacora" class="govuk-back-link">
        {say('log.title')}
      </Link>
      <Heading>
        {header
          ? say('history.title', { folio: header.folio })
          : say(reading.state === 'failed' ? 'history.untitled' : 'app.loading')}
      </Heading>
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {found && header && (
        <>
          <Facts
            rows={[
              [say('history.status'), label(statusLabels, header.status)],
              [say('history.from'), header.referrer],
              [say('history.to'), header.recipient],
              [say('history.content'), label(contentLabels, header.contentState)],
            ]}
          />
          <p class="govuk-body rh-no-print">
            <Link to={`consentimientos/${header.consentId}`}>{say('entry.consent')}</Link>
          </p>
          <h2 class="govuk-heading-m">{say('history.states')}</h2>
          <ul class="govuk-list">
            {header.history.map(({ status, at, by }) => (
              <li key={status + at}>
                {say('history.state', {
                  when: moment(at),
                  status: label(statusLabels, status),
                  by: changer({ status, by }, header.recipient),
                })}
              </li>
            ))}
          </ul>
          <h2 class="govuk-heading-m">{say('history.entries')}</h2>
          <Entries of={of} items={found.entries} />
          <p class="govuk-body rh-no-print">
            <Link to={addressOf({ referencia: referralId })}>{say('history.in-log')}</Link>
          </p>
        </>
      )}
    </>
  )
}
