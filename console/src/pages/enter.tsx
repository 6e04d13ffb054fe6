// Entering: with the key that this browser keeps, by its phrase or its passkey.
import { useEffect, useState } from 'preact/hooks'
import { HubError } from '../../../client/refusal.ts'
import type { Me } from '../../../schemas/institution.ts'
import { lettersOf } from '../../../signatures/letters.ts'
import { useDoing, valuesOf } from '../doing.ts'
import { clientFor } from '../hub.ts'
import { keptKeys } from '../kept-keys.ts'
import { ErrorSummary, Field, Radios, type Wrong } from '../fields.tsx'
import { Button, Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { PasskeyFailed } from '../passkey.ts'
import { say } from '../say.ts'
import { enter, lockedBy } from '../session.ts'
import { Trial } from '../trial.tsx'
import { type KeptKey, openKept, plainPhrase, WrongOpener } from '../wrap.ts'

/** Whom the hub takes the key for; nobody, while it is not in the directory. */
const meOrNobody = async (key: Awaited<ReturnType<typeof openKept>>): Promise<Me | undefined> => {
  try {
    return (await (await clientFor(key)).me()).body
  } catch (error) {
    if (error instanceof HubError && error.code === 'key-unknown') return undefined
    throw error
  }
}

const open = async (kept: KeptKey, typed: string): Promise<void> => {
  const signer = await openKept(kept, kept.lock.by === 'passkey' ? 'passkey' : { phrase: typed })
  const me = await meOrNobody(signer)
  await enter(signer, { kept, ...(me && { me }) })
}

const wrongOf = (error: unknown): Wrong | undefined =>
  error instanceof WrongOpener ? { id: 'phrase', text: say('enter.phrase-wrong') } : undefined

const Unlock = ({ keys }: { keys: readonly KeptKey[] }) => {
  const [keyid, setKeyid] = useState(keys[0]?.keyid)
  const [shown, setShown] = useState(false)
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const { busy, error, run } = useDoing()
  const kept = keys.find(key => key.keyid === keyid)
  if (!kept) return null
  const byPhrase = kept.lock.by === 'phrase'
  const send = (typed: string) => {
    if (byPhrase && plainPhrase(typed) === '')
      return setWrongs([{ id: 'phrase', text: say('enter.phrase-missing') }])
    setWrongs([])
    return void run(async () => {
      try {
        await open(kept, typed)
      } catch (failure) {
        const wrong = wrongOf(failure)
        if (!wrong) throw failure
        setWrongs([wrong])
      }
    })
  }
  const choices = keys.map(key => ({
    value: key.keyid,
    label: [key.asked.institution, key.asked.post, lettersOf(key.keyid).slice(0, 9)]
      .filter(Boolean)
      .join(' · '),
  }))
  return (
    <form autocomplete="off" noValidate onSubmit={event => send(valuesOf(event)('phrase'))}>
      <ErrorSummary wrongs={wrongs} />
      {error instanceof PasskeyFailed ? (
        <Notice>{say('enter.passkey-failed')}</Notice>
      ) : (
        error !== undefined && <Refused error={error} />
      )}
      {keys.length > 1 && (
        <Radios
          id="key"
          label={say('enter.which')}
          choices={choices}
          chosen={kept.keyid}
          onChoose={setKeyid}
        />
      )}
      {byPhrase ? (
        <>
          <Field
            id="phrase"
            label={say('enter.phrase')}
            hint={say('enter.phrase-hint')}
            wrong={wrongs[0]?.text}
            look={shown ? '' : 'rh-hidden-text'}
            autocapitalize="none"
          />
          <div class="govuk-checkboxes govuk-checkboxes--small govuk-form-group">
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                id="show"
                type="checkbox"
                onChange={event => setShown(event.currentTarget.checked)}
              />
              <label class="govuk-label govuk-checkboxes__label" for="show">
                {say('enter.show')}
              </label>
            </div>
          </div>
        </>
      ) : (
        <p class="govuk-body">{say('enter.passkey-what')}</p>
      )}
      <Button busy={busy} meanwhile={say('enter.wait')}>
        {say(byPhrase ? 'enter.button' : 'enter.passkey')}
      </Button>
    </form>
  )
}

const Refused = ({ error }: { error: unknown }) =>
  error instanceof HubError && error.code === 'key-revoked' ? (
    <Notice>
      <h2 class="govuk-heading-s">{say('revoked.title')}</h2>
      <p class="govuk-body">{say('revoked.what')}</p>
    </Notice>
  ) : (
    <Problem error={error} />
  )

/** `undefined`: still being read. `null`: this browser keeps nothing. */
const useKeptKeys = () => {
  const [keys, setKeys] = useState<KeptKey[] | null>()
  useEffect(() => {
    keptKeys().then(setKeys, () => setKeys(null))
  }, [])
  return keys
}

export const Enter = () => {
  const keys = useKeptKeys()
  const why = lockedBy.use()
  return (
    <>
      <Heading>{say('enter.title')}</Heading>
      {why !== undefined && (
        <Notice>{say(why === 'forgotten' ? 'own.forgotten' : `locked.${why}`)}</Notice>
      )}
      {keys === undefined && <Loading />}
      {keys === null && <Notice>{say('enter.no-storage')}</Notice>}
      {keys && keys.length > 0 && <Unlock keys={keys} />}
      {keys?.length === 0 && <p class="govuk-body">{say('enter.none')}</p>}
      <p class="govuk-body">
        <Link to="solicitar">
          {say(keys && keys.length > 0 ? 'enter.request-another' : 'enter.request')}
        </Link>
      </p>
      <p class="govuk-body">{say('enter.what')}</p>
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{say('enter.lost')}</span>
        </summary>
        <div class="govuk-details__text">{say('enter.lost-what')}</div>
      </details>
      <Trial />
    </>
  )
}
