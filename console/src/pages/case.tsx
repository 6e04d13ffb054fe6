// One referral, for whoever works on it: what it is, opening it for a purpose, answering, steps, withdrawal, a slip.
import { Button, Heading, Link, Loading, Problem } from '../parts.tsx'
import { say } from './case-words.ts'
import type { Session } from '../session.ts'
import { Decide } from './decide.tsx'
import { Handover } from './handover.tsx'
import { Milestones } from './milestones.tsx'
import { Open } from './open.tsx'
import { Said, useCase } from './read-case.tsx'
import { Told } from './told.tsx'
import { Withdraw } from './withdraw.tsx'

export const CasePage = ({ of, referralId }: { of: Session; referralId: string }) => {
  const { reading, again, one, said } = useCase(of, referralId)
  return (
    <>
      <Link to="bandeja" class="govuk-back-link">
        {say('inbox.title')}
      </Link>
      <Heading>{one ? say('case.title', { folio: one.header.folio }) : say('app.loading')}</Heading>
      <Said said={said} />
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {one && (
        <>
          <Told header={one.header} />
          <div class="rh-no-print">
            <Open {...one} />
            <Decide key={one.etag} {...one} />
            <Milestones {...one} />
            <Handover key={`handover ${one.etag}`} {...one} />
            <Withdraw {...one} />
            <Button type="button" kind="secondary" onClick={() => print()}>
              {say('case.print')}
            </Button>
          </div>
        </>
      )}
    </>
  )
}
