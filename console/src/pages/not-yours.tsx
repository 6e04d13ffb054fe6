// What somebody sees who has come to a page of another role: what it is for, who may, and the way home. The hub would
// refuse what it asks for, and only after a form was filled in.
import type { Role } from '../../../schemas/agreement.ts'
import type { Me } from '../../../schemas/institution.ts'
import { roleLabels } from '../../../texts/referral.ts'
import { Heading, Link } from '../parts.tsx'
import { label } from '../say.ts'
import { say } from './home-words.ts'

const inWords = (roles: readonly Role[]) => roles.map(role => label(roleLabels, role)).join(', ')

/** `roles`: those that have the page. */
export const NotYours = ({ me, roles }: { me: Me; roles: readonly Role[] }) => (
  <>
    <Heading>{say('other.title')}</Heading>
    {roles.map(role => (
      <p class="govuk-body" key={role}>
        {say(`other.${role}`)}
      </p>
    ))}
    <p class="govuk-body">
      {say('other.who', {
        roles: inWords(roles),
        institution: me.institution,
        own: inWords(me.roles),
      })}
    </p>
    <p class="govuk-body">{say('other.what')}</p>
    <p class="govuk-body">
      <Link to="">{say('app.to-home')}</Link>
    </p>
  </>
)
