// One referral, for whoever works on it: what it is, opening it for a purpose, answering, steps, withdrawal and
// deletion, a slip.
import { Button } from '../parts.tsx'
import { say } from './case-words.ts'
import type { Session } from '../session.ts'
import { Decide } from './decide.tsx'
import { Deletion } from './deletion.tsx'
import { Handover } from './handover.tsx'
import { Milestones } from './milestones.tsx'
import { Open } from './open.tsx'
import { CaseFrame, useCase } from './read-case.tsx'
import { Told } from './told.tsx'
import { Withdraw } from './withdraw.tsx'

export const CasePage = ({ of, referralId }: { of: Session; referralId: string }) => {
  const read = useCase(of, referralId)
  return (
    <CaseFrame
      read={read}
      back={{ to: 'bandeja', text: say('inbox.title') }}
      title={folio => say('case.title', { folio })}
      untitled={say('case.untitled')}
    >
      {one => (
        <>
          <Told header={one.header} />
          {one.header.contentState === 'shredded' && <Deletion {...one} />}
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
    </CaseFrame>
  )
}
