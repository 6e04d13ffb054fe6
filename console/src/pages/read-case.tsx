// A case as the parts of its page take it, and what they say where it is no longer so.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { HubError } from '../../../client/refusal.ts'
import type { ReferralHeader } from '../../../schemas/referral.ts'
import { useReading } from '../doing.ts'
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
}

/** A refusal where somebody else has changed the case meanwhile is told in plain words. */
export const CaseProblem = ({ error }: { error: unknown }) =>
  error instanceof HubError && error.code === 'version-mismatch' ? (
    <Notice>{say('case.changed')}</Notice>
  ) : (
    <Problem error={error} />
  )

/** What was done, or was not: whoever did it is taken there, for what they pressed may be gone. */
const Said = ({ said }: { said: { what: CaseTextKey; n: number } | undefined }) =>
  said ? (
    <Notice key={said.n} kind={said.what === 'case.changed' ? '' : 'done'} takesFocus>
      {say(said.what)}
    </Notice>
  ) : null

/** A page of one case: the way back, what it is called, what was done to it, and the rest once it is read. */
export const CaseFrame = ({
  read: { reading, again, said, one },
  back,
  title,
  children,
}: {
  read: ReturnType<typeof useCase>
  back: { to: string; text: string }
  title: (folio: string) => string
  children: (one: Case) => ComponentChildren
}) => (
  <>
    <Link to={back.to} class="govuk-back-link">
      {back.text}
    </Link>
    <Heading>{one ? title(one.header.folio) : say('app.loading')}</Heading>
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
  const one: Case | undefined =
    reading.state === 'there' ? { of, done, again, ...reading.value } : undefined
  return { reading, again, said, one }
}
