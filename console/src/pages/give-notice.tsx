// Giving notice about an agreement, as who signs for a party: what it says is asked, looked at once more with the digest
// that is signed, and sent.
import { useEffect, useState } from 'preact/hooks'
import { HubError } from '../../../client/refusal.ts'
import { statementOf } from '../../../events/notice.ts'
import type { Me } from '../../../schemas/institution.ts'
import type { AgreementView, NoticeCommand, NoticeView } from '../../../schemas/notice.ts'
import { hex } from '../../../log/bytes.ts'
import { randomToken } from '../../../signatures/keys.ts'
import { noticeKindLabels, noticeStateLabels } from '../../../texts/labels.ts'
import { meaningOf } from '../../../texts/meanings.ts'
import { useDoing, useReading } from '../doing.ts'
import { untilAnswered } from '../hub.ts'
import { Button, Facts, Heading, Link, Loading, NotFound, Notice, Problem } from '../parts.tsx'
import { label, language } from '../say.ts'
import { session, type Session } from '../session.ts'
import { say } from './liaison-words.ts'
import { AskNotice } from './ask-notice.tsx'
import { effectIn, statementIn } from './statement.ts'

const digestOf = async (states: NoticeCommand): Promise<string> => {
  const bytes = new TextEncoder().encode(statementOf(states))
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** Why the hub does not take it: the place, in words, where it names one. */
const Refused = ({ error }: { error: unknown }) => (
  <>
    <Problem error={error} />
    {error instanceof HubError && error.errors.length > 0 && (
      <ul class="govuk-list">
        {error.errors.map(({ pointer, code }) => (
          <li key={pointer}>{meaningOf(code, language.get())}</li>
        ))}
      </ul>
    )}
  </>
)

type Signing = {
  of: Session
  me: Me
  view: AgreementView
  states: NoticeCommand
  /** The notice of the other party that says the same. */
  other?: NoticeView | undefined
}

const Sign = ({ of, me, view, states, other, back }: Signing & { back?: () => void }) => {
  const [idempotencyKey] = useState(() => randomToken(16))
  const [digest, setDigest] = useState<string>()
  const [given, setGiven] = useState<NoticeView>()
  const { busy, error, run } = useDoing()
  useEffect(() => void digestOf(states).then(setDigest), [states])
  const differs = other !== undefined && digest !== undefined && digest !== other.digest
  const sign = () =>
    run(async () => {
      const { body } = await untilAnswered(
        () => of.client.giveNotice(view.agreementId, states, idempotencyKey),
        () => session.get() === of,
      )
      setGiven(body)
    })
  // Who has yet to say it once this is said.
  const awaited = view.awaiting.find(one => one.digest === digest)
  const missing = (awaited?.from ?? view.parties).filter(party => party !== me.institution)
  const title = other ? say('give.agree-title', { number: other.number }) : say('give.check-title')
  return (
    <>
      <Link to={`convenio/${view.agreementId}`} class="govuk-back-link">
        {view.title}
      </Link>
      <Heading>{title}</Heading>
      {error !== undefined && <Refused error={error} />}
      {given && (
        <Notice kind="done" takesFocus>
          {say('give.done', {
            number: given.number,
            state: label(noticeStateLabels, given.state),
          })}
        </Notice>
      )}
      <Facts
        rows={[
          [say('deal.notice'), label(noticeKindLabels, states.kind)],
          [say('deal.says'), statementIn(states)],
          [say('give.effect'), effectIn(states, missing)],
          [say('deal.digest'), <span class="rh-id">{digest ?? '…'}</span>],
        ]}
      />
      {differs ? (
        <Notice>{say('give.digest-other', { number: other.number })}</Notice>
      ) : (
        !given && (
          <>
            <p class="govuk-body">
              {other ? say('give.digest-same', { number: other.number }) : say('give.digest-what')}
            </p>
            <Notice>{say('give.what', { institution: me.institution })}</Notice>
            <Button type="button" kind="warning" busy={busy} onClick={() => void sign()}>
              {say('give.sign')}
            </Button>{' '}
            {back && (
              <Button type="button" kind="secondary" onClick={back}>
                {say('give.back')}
              </Button>
            )}
          </>
        )
      )}
    </>
  )
}

/** `which`: `aviso`, a notice of one's own; or the number of one that awaits the same of us. */
export const GiveNotice = ({
  of,
  me,
  agreementId,
  which,
}: {
  of: Session
  me: Me
  agreementId: string
  which: string
}) => {
  const [states, setStates] = useState<NoticeCommand>()
  const { reading, again } = useReading(
    async () => (await of.client.getAgreement(agreementId)).body,
    [of, agreementId],
  )
  if (reading.state !== 'there')
    return (
      <>
        <Heading>{say('give.title')}</Heading>
        {reading.state === 'loading' && <Loading />}
        {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      </>
    )
  const view = reading.value
  if (!me.roles.includes('signatory'))
    return (
      <>
        <Heading>{say('give.title')}</Heading>
        <Notice>{say('deal.who', { institution: me.institution })}</Notice>
      </>
    )
  if (which === 'aviso')
    return states ? (
      <Sign of={of} me={me} view={view} states={states} back={() => setStates(undefined)} />
    ) : (
      <AskNotice view={view} now={of.client.hubTime()} asked={setStates} />
    )
  const other = view.notices.find(({ number }) => number === which)
  if (!other) return <NotFound />
  const awaited = view.awaiting.some(
    ({ digest, from }) => digest === other.digest && from.includes(me.institution),
  )
  if (awaited) return <Sign of={of} me={me} view={view} states={other.states} other={other} />
  return (
    <>
      <Heading>{say('give.agree-title', { number: other.number })}</Heading>
      <Notice>{say('give.not-awaited')}</Notice>
    </>
  )
}
