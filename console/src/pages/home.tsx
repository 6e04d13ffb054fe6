// What somebody sees first when they have entered: whom they act for, how it stands, and where to go.
import type { Me } from '../../../schemas/institution.ts'
import { roleLabels } from '../../../texts/referral.ts'
import { Heading, Link, Notice } from '../parts.tsx'
import { day, label } from '../say.ts'
import { say } from './home-words.ts'
import type { Session } from '../session.ts'
import { linksFor } from '../roles.ts'
import { State } from './state.tsx'

const soonMs = 21 * 86_400_000

export const Home = ({ of, me }: { of: Session; me: Me }) => {
  const links = linksFor(me)
  const soon = Date.parse(me.validUntil) - Date.parse(me.now) < soonMs
  return (
    <>
      <Heading>{say('home.title')}</Heading>
      {soon && <Notice>{say('home.soon', { until: day(me.validUntil) })}</Notice>}
      <p class="govuk-body">
        {say('home.who', {
          institution: me.institution,
          roles: me.roles.map(role => label(roleLabels, role)).join(', '),
        })}
      </p>
      {me.post !== undefined && <p class="govuk-body">{say('home.post', { post: me.post })}</p>}
      {!soon && <p class="govuk-body">{say('home.until', { until: day(me.validUntil) })}</p>}
      <State of={of} me={me} />
      {links.length === 0 ? (
        <Notice>{say('home.nothing')}</Notice>
      ) : (
        <>
          <h2 class="govuk-heading-m">{say('home.pages')}</h2>
          <ul class="govuk-list">
            {links.map(({ to, text }) => (
              <li key={to}>
                <Link to={to}>{say(text)}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
