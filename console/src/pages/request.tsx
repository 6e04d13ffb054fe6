// Requesting access: the browser makes a key, its owner keeps the phrase, and the page shows what to send to whom.
import { arrived } from '../arrived.ts'
import { useState } from 'preact/hooks'
import type { Role } from '../../../schemas/agreement.ts'
import { roleLabels } from '../../../texts/referral.ts'
import { useDoing, valuesOf } from '../doing.ts'
import { Form } from '../form.tsx'
import { about, nowAt } from '../hub.ts'
import { keep } from '../kept-keys.ts'
import { ErrorSummary, Field, Radios, type Wrong } from '../fields.tsx'
import { Button, Heading, Link, Notice, Problem } from '../parts.tsx'
import { newPasskey, PasskeyFailed, passkeysPossible } from '../passkey.ts'
import { go } from '../route.ts'
import { say } from '../say.ts'
import { enter } from '../session.ts'
import { type Asked, newKept, phraseLock, plainPhrase, random } from '../wrap.ts'

const roles = Object.keys(roleLabels) as Role[]

/** How long a person's key lasts, unless it is revoked before. */
const validDays = 180

type Answers = Omit<Asked, 'validUntil'> & { by: string }

const judged = (value: (name: string) => string): { answers?: Answers; wrongs: Wrong[] } => {
  const institution = value('institution').toUpperCase()
  const post = value('post').toUpperCase()
  const role = roles.find(one => one === value('role'))
  const wrongs: Wrong[] = []
  if (!/^[A-Z]{2,8}$/.test(institution))
    wrongs.push({ id: 'institution', text: say('request.institution-wrong') })
  if (!role) wrongs.push({ id: 'role', text: say('request.role-missing') })
  if (post !== '' && !/^[A-Z0-9-]{3,24}$/.test(post))
    wrongs.push({ id: 'post', text: say('request.post-wrong') })
  if (wrongs.length > 0 || !role) return { wrongs }
  return {
    answers: { institution, role, by: value('by'), ...(post !== '' && { post }) },
    wrongs,
  }
}

const askedOf = async ({ by: _, ...answers }: Answers): Promise<Asked> => {
  const until = nowAt(await about()).getTime() + validDays * 86_400_000
  return { ...answers, validUntil: new Date(until).toISOString() }
}

const makeWithPasskey = async (answers: Answers): Promise<void> => {
  const salt = random(32)
  const name = [answers.institution, answers.post].filter(Boolean).join(' ')
  const lock = { by: 'passkey', salt, ...(await newPasskey(name, salt)) } as const
  const { kept, signer } = await newKept(await askedOf(answers), lock, 'passkey')
  await keep(kept)
  await enter(signer, { kept })
  go('mi-llave')
}

/** The phrase, once; and whether it was written down, before anything is kept. */
const Phrase = ({ phrase, answers }: { phrase: string; answers: Answers }) => {
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const { busy, error, run } = useDoing()
  const send = (typed: string) => {
    if (plainPhrase(typed) !== phrase)
      return setWrongs([{ id: 'again', text: say('phrase.again-wrong') }])
    setWrongs([])
    return void run(async () => {
      const { kept, signer } = await newKept(await askedOf(answers), phraseLock(), { phrase })
      await keep(kept)
      await enter(signer, { kept })
      go('mi-llave')
    })
  }
  return (
    <Form send={value => send(value('again'))} wrongs={wrongs} error={error}>
      <Heading>{say('phrase.title')}</Heading>
      <p class="rh-phrase" translate={false}>
        {phrase}
      </p>
      <p class="govuk-body">{say('phrase.what')}</p>
      <Field id="again" label={say('phrase.again')} wrong={wrongs[0]?.text} autocapitalize="none" />
      <Button busy={busy} meanwhile={say('request.making')}>
        {say('phrase.done')}
      </Button>
    </Form>
  )
}

export const RequestAccess = () => {
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const [making, setMaking] = useState<{ phrase: string; answers: Answers }>()
  const { busy, error, run } = useDoing()
  if (making) return <Phrase {...making} />
  const wrong = (id: string) => wrongs.find(one => one.id === id)?.text
  const field = (id: 'institution' | 'post') => ({
    id,
    label: say(`request.${id}`),
    hint: say(`request.${id}-hint`),
    wrong: wrong(id),
  })
  const send = (value: (name: string) => string) => {
    const { answers, wrongs: found } = judged(value)
    setWrongs(found)
    if (!answers) return
    void run(async () => {
      if (answers.by === 'passkey') return makeWithPasskey(answers)
      const { newPhrase } = await arrived('phrase', () => import('../phrase.ts'))
      return setMaking({ answers, phrase: newPhrase() })
    })
  }
  return (
    <form autocomplete="off" noValidate onSubmit={event => send(valuesOf(event))}>
      <Link to="" class="govuk-back-link">
        {say('app.back')}
      </Link>
      <ErrorSummary wrongs={wrongs} />
      {error instanceof PasskeyFailed ? (
        <Notice>{say('request.passkey-none')}</Notice>
      ) : (
        error !== undefined && <Problem error={error} />
      )}
      <Heading>{say('request.title')}</Heading>
      <p class="govuk-body">{say('request.what')}</p>
      <Field {...field('institution')} look="govuk-input--width-5" />
      <Radios
        id="role"
        label={say('request.role')}
        wrong={wrong('role')}
        choices={roles.map(value => ({ value, label: say(`request.role-${value}`) }))}
      />
      <Field {...field('post')} look="govuk-input--width-20" />
      {passkeysPossible() && (
        <Radios
          id="by"
          label={say('request.how')}
          chosen="passkey"
          choices={(['passkey', 'phrase'] as const).map(value => ({
            value,
            label: say(`request.how-${value}`),
            hint: say(`request.how-${value}-hint`),
          }))}
        />
      )}
      <Button busy={busy} meanwhile={say('request.making')}>
        {say('request.make')}
      </Button>
    </form>
  )
}
