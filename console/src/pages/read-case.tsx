// A case as the parts of its page take it, and what they say where it is no longer so.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { HubError } from '../../../client/refusal.ts'
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { useDoing, useReading } from '../doing.ts'
import { Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { say, type CaseTextKey } from './case-words.ts'
import type { Session } from '../session.ts'

/** A case as it was read: what is decided on it holds only while it is still so. */
export type Case = {
  of: Session
  header: ReferralHeader
  etag: string
  /** Read it again, and say what was done. */
  done: (what: CaseTextKey) => void
  /** Read it again, with nothing to be said. */
  again: () => void
  /** Something else is being done: what was said of the last thing is over. */
  begin: () => void
}

/** Refusals of what the page still offers and the case no longer has: told in plain words, beside how it is now. */
const outdated: Partial<Record<string, CaseTextKey>> = {
  'version-mismatch': 'case.changed',
  'transition-not-allowed': 'case.changed',
  'content-shredded': 'case.destroyed',
}
/** Those that say it well enough themselves. */
const toldByHub: readonly string[] = [
  'consent-expired',
  'handover-exists',
  'milestone-exists',
  'milestone-voided',
]

/** Doing something to a case. Where it turns out to be another than the page shows, it is read again. */
export const useCaseDoing = ({ again, begin, done }: Case) => {
  const doing = useDoing()
  const run = (what: () => Promise<void>) =>
    doing.run(async () => {
      begin()
      try {
        await what()
      } catch (refusal) {
        if (!(refusal instanceof HubError)) throw refusal
        const said = outdated[refusal.code]
        if (said) return done(said)
        if (toldByHub.includes(refusal.code)) again()
        throw refusal
      }
    })
  return { ...doing, run }
}

const changed: readonly (CaseTextKey | undefined)[] = Object.values(outdated)

/** What was done, or was not: whoever did it is taken there, for what they pressed may be gone. */
const Said = ({ said }: { said: { what: CaseTextKey; n: number } | undefined }) =>
  said ? (
    <div class="rh-no-print">
      <Notice key={said.n} kind={changed.includes(said.what) ? '' : 'done'} takesFocus>
        {say(said.what)}
      </Notice>
    </div>
  ) : null

/** A page of one case: the way back, what it is called, what was done to it, and the rest once it is read. */
export const CaseFrame = ({
  read: { reading, again, said, one },
  back,
  title,
  untitled,
  children,
}: {
  read: ReturnType<typeof useCase>
  back: { to: string; text: string }
  title: (folio: string) => string
  /** What it is called where it could not be read. */
  untitled: string
  children: (one: Case) => ComponentChildren
}) => (
  <>
    <Link to={back.to} class="govuk-back-link">
      {back.text}
    </Link>
    <Heading>
      {one ? title(one.header.folio) : reading.state === 'failed' ? untitled : say('app.loading')}
    </Heading>
    <Said said={said} />
    {reading.state === 'loading' && <Loading />}
    {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
    {one && children(one)}
  </>
)

/** Reads a case, again after each thing that was done, and keeps what is to be said of that. */
export const useCase = (of: Session, referralId: string) => {
  const [said, setSaid] = useState<{ what: CaseTextKey; n: number }>()
  const { reading, again } = useReading(async () => {
    const { body, headers } = await of.client.getReferral(referralId)
    return { header: body, etag: headers.get('etag') ?? '' }
  }, [of, referralId])
  const done = (what: CaseTextKey) => {
    setSaid(before => ({ what, n: (before?.n ?? 0) + 1 }))
    again()
  }
  const begin = () => setSaid(undefined)
  const one: Case | undefined =
    reading.state === 'there' ? { of, done, again, begin, ...reading.value } : undefined
  return { reading, again, said, one }
}
