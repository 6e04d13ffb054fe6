// One key of a liaison's institution: confirming it by its letters, or ending it.
import { useState } from 'preact/hooks'
import type { DirectoryKey, RevocationReason } from '../../../schemas/agreement.ts'
import { randomToken } from '../../../signatures/keys.ts'
import { areLettersOf, lettersOf } from '../../../signatures/letters.ts'
import { keyEventLabels, keyStateLabels, revocationReasonLabels } from '../../../texts/labels.ts'
import { useDoing, useReading } from '../doing.ts'
import { Form } from '../form.tsx'
import { untilAnswered } from '../hub.ts'
import { asTyped } from '../pasted.ts'
import { choicesOf, Day, Field, Radios, type Wrong } from '../fields.tsx'
import { Button, Facts, Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { day, label, moment } from '../say.ts'
import { say, type LiaisonTextKey } from './liaison-words.ts'
import { session, type Session } from '../session.ts'
import { stateOf } from '../key-ends.ts'
import { rolesOf } from './keys.tsx'

type About = {
  of: Session
  found: DirectoryKey
  done: (what: LiaisonTextKey) => void
  /** Something else is being done: what was said of the last thing is over. */
  begin: () => void
}

/** Sends what a form asks for, once, until it is answered. */
const useSending = ({ of, done }: Pick<About, 'of' | 'done'>) => {
  const [idempotencyKey] = useState(() => randomToken(16))
  const doing = useDoing()
  const sent = (what: LiaisonTextKey, send: (key: string) => Promise<unknown>) =>
    doing.run(async () => {
      await untilAnswered(
        () => send(idempotencyKey),
        () => session.get() === of,
      )
      done(what)
    })
  return { ...doing, sent }
}

const Confirm = ({ of, found, done, begin }: About) => {
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const { busy, error, sent } = useSending({ of, done })
  const { institution, keyid, roles, validUntil } = found
  if (found.proposedBy === of.signer.keyid) return <Notice>{say('keys.confirm-own')}</Notice>
  const send = (heard: string) => {
    begin()
    if (!areLettersOf(asTyped(heard), keyid))
      return setWrongs([{ id: 'heard', text: say('keys.heard-wrong') }])
    setWrongs([])
    return void sent('keys.confirmed', key =>
      of.client.confirmKey(institution, keyid, { roles, validUntil }, key),
    )
  }
  return (
    <Form send={value => send(value('heard'))} wrongs={wrongs} error={error}>
      <Field
        id="heard"
        label={say('keys.heard')}
        hint={say('keys.confirm-what')}
        wrong={wrongs[0]?.text}
        look="govuk-input--width-20"
        autocapitalize="characters"
      />
      <Button busy={busy}>{say('keys.confirm')}</Button>
    </Form>
  )
}

/** Guatemala’s days begin at six in UTC. */
const isDayOrNone = (text: string) => text === '' || /^\d{4}-\d\d-\d\d$/.test(text)

const Revoke = ({ of, found, done, begin }: About) => {
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const { busy, error, sent } = useSending({ of, done })
  const { institution, keyid } = found
  const send = (value: (name: string) => string) => {
    const [why, since] = [value('why'), value('since')]
    begin()
    const missing: Wrong[] = [
      ...(why === '' ? [{ id: 'why', text: say('keys.revoke-why-missing') }] : []),
      ...(isDayOrNone(since) ? [] : [{ id: 'since', text: say('keys.since-wrong') }]),
    ]
    setWrongs(missing)
    if (missing.length > 0) return
    const effectiveAt = since === '' ? {} : { effectiveAt: `${since}T06:00:00.000Z` }
    void sent('keys.revoked', key =>
      of.client.revokeKey(
        institution,
        keyid,
        { reason: why as RevocationReason, ...effectiveAt },
        key,
      ),
    )
  }
  const wrong = (id: string) => wrongs.find(one => one.id === id)?.text
  return (
    <Form send={send} wrongs={wrongs} error={error}>
      <h2 class="govuk-heading-m">{say('keys.revoke')}</h2>
      <p class="govuk-body">{say('keys.revoke-what')}</p>
      <Radios
        id="why"
        label={say('keys.revoke-why')}
        wrong={wrong('why')}
        choices={choicesOf(revocationReasonLabels)}
      />
      <Day
        id="since"
        label={say('keys.since')}
        hint={say('keys.since-hint')}
        wrong={wrong('since')}
      />
      <Button kind="warning" busy={busy}>
        {say('keys.revoke')}
      </Button>
    </Form>
  )
}

/** When it was ended, why, and since when what it signed is doubted. */
const endOf = ({ revokedAt, revocationReason, invalidityDate }: DirectoryKey) => [
  ...(revokedAt === undefined ? [] : [[say('keys.ended'), moment(revokedAt)] as const]),
  ...(revocationReason === undefined
    ? []
    : [[say('keys.ended-why'), label(revocationReasonLabels, revocationReason)] as const]),
  ...(invalidityDate === undefined ? [] : [[say('keys.doubt'), moment(invalidityDate)] as const]),
]

/** Not the letters of a key that waits: they are heard from its owner, not read off here. */
const Told = ({ found }: { found: DirectoryKey }) => (
  <>
    <Facts
      rows={[
        ...(stateOf(found) === 'proposed'
          ? []
          : [[say('keys.letters'), lettersOf(found.keyid)] as const]),
        [say('keys.roles'), rolesOf(found)],
        [say('keys.post'), found.post ?? '–'],
        [say('keys.until'), day(found.validUntil)],
        [say('keys.state'), label(keyStateLabels, stateOf(found))],
        ...endOf(found),
      ]}
    />
    <ul class="govuk-list">
      {(found.history ?? []).map(event => (
        <li key={event.event + event.at}>
          {moment(event.at)}: {label(keyEventLabels, event.event)}
          {event.by !== 'deployment' && ` ${lettersOf(event.by).slice(0, 9)}…`}
        </li>
      ))}
    </ul>
  </>
)

export const OneKey = ({
  of,
  institution,
  keyid,
}: {
  of: Session
  institution: string
  keyid: string
}) => {
  const [done, setDone] = useState<LiaisonTextKey>()
  const { reading, again } = useReading(async () => {
    const { items } = (await of.client.getKeys(institution)).body
    return items.find(key => key.keyid === keyid)
  }, [of, keyid])
  const found = reading.state === 'there' ? reading.value : undefined
  const state = found && stateOf(found)
  const begin = () => setDone(undefined)
  const finished = (what: LiaisonTextKey) => {
    setDone(what)
    again()
  }
  return (
    <>
      <Link to="llaves" class="govuk-back-link">
        {say('keys.title', { institution })}
      </Link>
      <Heading>{say(state === 'proposed' ? 'keys.confirm-title' : 'keys.nav')}</Heading>
      {done && (
        <Notice key={done} kind="done" takesFocus>
          {say(done)}
        </Notice>
      )}
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' && !found && <Notice>{say('keys.gone')}</Notice>}
      {found && <Told found={found} />}
      {found && state === 'proposed' && (
        <Confirm of={of} found={found} done={finished} begin={begin} />
      )}
      {found && (state === 'proposed' || state === 'active') && (
        <Revoke of={of} found={found} done={finished} begin={begin} />
      )}
    </>
  )
}
