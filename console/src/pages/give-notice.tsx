// Giving notice about an agreement, as who signs for a party: what it says is asked, looked at once more with the
// digest that is signed, and sent.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { HubError } from '../../../client/refusal.ts'
import { statementOf } from '../../../events/notice.ts'
import type { Me } from '../../../schemas/institution.ts'
import type { AgreementView, NoticeCommand, NoticeView } from '../../../schemas/notice.ts'
import { randomToken } from '../../../signatures/keys.ts'
import { noticeKindLabels, noticeStateLabels } from '../../../texts/labels.ts'
import { differenceInWords, differences } from '../../../texts/terms-told.ts'
import { useDoing, useReading } from '../doing.ts'
import type { Wrong } from '../fields.tsx'
import { untilAnswered } from '../hub.ts'
import { Button, Facts, Heading, Link, Loading, NotFound, Notice, Problem } from '../parts.tsx'
import { label, language } from '../say.ts'
import { session, type Session } from '../session.ts'
import { sha256Of } from '../sha256.ts'
import { wrongsIn } from './amendment.ts'
import { say } from './liaison-words.ts'
import { AskNotice } from './ask-notice.tsx'
import { effectIn, statementIn } from './statement.ts'

const digestOf = (states: NoticeCommand): Promise<string> =>
  sha256Of(new TextEncoder().encode(statementOf(states)))

/** What the hub does not take, at the fields that it means. */
const wrongsOf = (error: unknown): Wrong[] =>
  error instanceof HubError ? wrongsIn(error.errors) : []

/** What is stated: of an addendum each term as it is and as it would be, else in one sentence. */
const statedIn = (states: NoticeCommand, view: AgreementView): [string, ComponentChildren][] => {
  if (states.kind !== 'amendment') return [[say('deal.says'), statementIn(states)]]
  const changed = differences(view, states.change)
  return [
    ...(changed.length === 0
      ? [[say('deal.says'), say('agreement.changes-nothing')] as [string, string]]
      : changed.map(one => differenceInWords(one, language.get()))),
    ...(states.documentSha256 === undefined
      ? []
      : [
          [say('agreement.document'), <span class="rh-id">{states.documentSha256}</span>] as [
            string,
            ComponentChildren,
          ],
        ]),
  ]
}

type Signing = {
  of: Session
  me: Me
  view: AgreementView
  states: NoticeCommand
  /** The notice of the other party that says the same. */
  other?: NoticeView | undefined
}

const Sign = ({
  of,
  me,
  view,
  states,
  other,
  back,
}: Signing & { back?: (wrongs: Wrong[]) => void }) => {
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
      {error !== undefined && <Problem error={error} />}
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
          ...statedIn(states, view),
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
              <Button type="button" kind="secondary" onClick={() => back(wrongsOf(error))}>
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
  // What was asked before one went back to it, and what of it was refused.
  const [before, setBefore] = useState<{ states?: NoticeCommand; refused: Wrong[] }>({
    refused: [],
  })
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
      <Sign
        of={of}
        me={me}
        view={view}
        states={states}
        back={refused => {
          setBefore({ states, refused })
          setStates(undefined)
        }}
      />
    ) : (
      <AskNotice
        view={view}
        now={of.client.hubTime()}
        before={before.states}
        refused={before.refused}
        asked={setStates}
      />
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
