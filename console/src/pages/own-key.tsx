// One's own key: its letters, what to send to a liaison while it waits, and deleting it from this browser.
import { useEffect, useState } from 'preact/hooks'
import { keyProposal } from '../../../client/institutions.ts'
import { lettersOf } from '../../../signatures/letters.ts'
import { roleLabels } from '../../../texts/referral.ts'
import { useDoing } from '../doing.ts'
import { about, nowAt } from '../hub.ts'
import { forget } from '../kept-keys.ts'
import { Area } from '../fields.tsx'
import { Button, Facts, Heading, Loading, Notice, Problem } from '../parts.tsx'
import { go } from '../route.ts'
import { day, label, say } from '../say.ts'
import { enter, lock, session, type Session } from '../session.ts'
import type { KeptKey } from '../wrap.ts'

export const Letters = ({ keyid }: { keyid: string }) => (
  <p class="rh-letters" translate={false}>
    {lettersOf(keyid)}
  </p>
)

const proposalOf = async ({ signer }: Session, { asked }: KeptKey): Promise<string> => {
  const hub = await about()
  const { institution, role, post, validUntil } = asked
  const terms = { roles: [role], validUntil, ...(post !== undefined && { post }) }
  const proposal = await keyProposal(signer, terms, {
    institution,
    authority: hub.authority,
    now: nowAt(hub),
  })
  return JSON.stringify({ institution, ...proposal })
}

/** What is sent to the institution's liaison: made again each time, for it is good for a day. */
const Proposal = ({ of, kept }: { of: Session; kept: KeptKey }) => {
  const [text, setText] = useState<string>()
  const [copied, setCopied] = useState<'own.copied' | 'own.not-copied'>()
  const { error, run } = useDoing()
  useEffect(() => void run(async () => setText(await proposalOf(of, kept))), [kept.keyid])
  if (error !== undefined) return <Problem error={error} />
  if (text === undefined) return <Loading />
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied('own.copied'),
      () => setCopied('own.not-copied'),
    )
  return (
    <>
      <Area
        id="proposal"
        label={say('own.proposal')}
        hint={say('own.proposal-what')}
        readOnly
        value={text}
        class="rh-code"
      />
      <Button type="button" kind="secondary" onClick={() => void copy()}>
        {say('own.copy')}
      </Button>
      <div role="status">{copied && <p class="govuk-body">{say(copied)}</p>}</div>
    </>
  )
}

const Waiting = ({ of, kept }: { of: Session; kept: KeptKey }) => {
  const { busy, error, run } = useDoing()
  const check = () =>
    run(async () => {
      const { body } = await of.client.me()
      await enter(of.signer, { kept, me: body })
      go('')
    })
  return (
    <>
      <Notice>
        <h2 class="govuk-heading-s">{say('waiting.title')}</h2>
        <p class="govuk-body">{say('waiting.what')}</p>
      </Notice>
      {error !== undefined && <Problem error={error} />}
      <h2 class="govuk-heading-m">{say('own.letters')}</h2>
      <Letters keyid={kept.keyid} />
      <p class="govuk-body">{say('own.letters-what')}</p>
      <Proposal of={of} kept={kept} />
      <h2 class="govuk-heading-m">{say('own.steps')}</h2>
      <ol class="govuk-list govuk-list--number">
        {(['own.step-1', 'own.step-2', 'own.step-3'] as const).map(step => (
          <li key={step}>{say(step)}</li>
        ))}
      </ol>
      <Button type="button" busy={busy} onClick={() => void check()}>
        {say('waiting.check')}
      </Button>
    </>
  )
}

const Forget = ({ keyid }: { keyid: string }) => {
  const [asked, setAsked] = useState(false)
  const { busy, error, run } = useDoing()
  const sure = () =>
    run(async () => {
      await forget(keyid)
      lock('forgotten')
      go('', { replace: true })
    })
  return (
    <section>
      <h2 class="govuk-heading-m">{say('own.forget')}</h2>
      <p class="govuk-body">{say('own.forget-what')}</p>
      {error !== undefined && <Problem error={error} />}
      {asked ? (
        <Button type="button" kind="warning" busy={busy} onClick={() => void sure()}>
          {say('own.forget-sure')}
        </Button>
      ) : (
        <Button type="button" kind="secondary" onClick={() => setAsked(true)}>
          {say('own.forget')}
        </Button>
      )}
    </section>
  )
}

export const OwnKey = () => {
  const now = session.use()
  if (!now) return null
  const { me, kept, trial } = now
  return (
    <>
      <Heading>{say('own.title')}</Heading>
      {kept && !me && <Waiting of={now} kept={kept} />}
      {me && (
        <>
          <Facts
            rows={[
              [say('own.letters'), <span class="rh-code">{lettersOf(me.keyid)}</span>],
              [say('keys.roles'), me.roles.map(role => label(roleLabels, role)).join(', ')],
              [say('keys.post'), me.post ?? '–'],
              [say('keys.until'), day(me.validUntil)],
            ]}
          />
          {trial !== undefined && <Notice>{say('own.trial')}</Notice>}
        </>
      )}
      {kept && <Forget keyid={kept.keyid} />}
    </>
  )
}
