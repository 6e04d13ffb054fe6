// What somebody sees first when they have entered: whom they act for, and where to go.
import type { Me } from '../../../schemas/institution.ts'
import { roleLabels } from '../../../texts/referral.ts'
import { Heading, Link, Notice } from '../parts.tsx'
import { day, label, say } from '../say.ts'
import type { Session } from '../session.ts'
import { linksFor } from '../roles.ts'

const soonMs = 21 * 86_400_000

export const Home = ({ me }: { of: Session; me: Me }) => {
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
      {links.length === 0 && <Notice>{say('home.nothing')}</Notice>}
      <ul class="govuk-list">
        {links.map(({ to, text }) => (
          <li key={to}>
            <Link to={to}>{say(text)}</Link>
          </li>
        ))}
      </ul>
    </>
  )
}
