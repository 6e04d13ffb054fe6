// Trying the console on the machine that the hub runs on: keys of invented people, from the local hub alone
// (infra/local/console-keys.ts). A deployed hub has nothing that answers, and is not asked.
import { useEffect, useState } from 'preact/hooks'
import type { PublicSigner } from '../../client/institutions.ts'
import { hubKey, type PrivateJwk, publicHalf } from '../../signatures/keys.ts'
import { signerOf } from '../../signatures/sign.ts'
import { useDoing } from './doing.ts'
import { clientFor, onThisMachine } from './hub.ts'
import { Button, Problem } from './parts.tsx'
import { say } from './say.ts'
import { enter } from './session.ts'

const path = '/console/local-keys'
type Person = { name: string }

const enterAs = async (name: string): Promise<void> => {
  const answer = await fetch(`${path}/${name}`, { method: 'POST' })
  if (!answer.ok) throw new Error(`${path} ${answer.status}`)
  const { jwk } = (await answer.json()) as { jwk: PrivateJwk }
  const key = await hubKey(jwk)
  const signing = await signerOf(key)
  const signer: PublicSigner = {
    keyid: key.keyid,
    jwk: publicHalf(jwk),
    algorithm: key.alg,
    sign: data => signing.sign(data),
  }
  const { body } = await (await clientFor(signer)).me()
  await enter(signer, { trial: name, me: body })
}

export const Trial = () => {
  const [people, setPeople] = useState<Person[]>([])
  const { busy, error, run } = useDoing()
  useEffect(() => {
    if (!onThisMachine) return
    fetch(path)
      .then(async answer =>
        answer.ok ? ((await answer.json()) as { people: Person[] }) : undefined,
      )
      .then(found => setPeople(found?.people ?? []))
      .catch(() => {})
  }, [])
  if (people.length === 0) return null
  return (
    <section class="rh-trial" aria-labelledby="trial">
      <h2 id="trial" class="govuk-heading-m">
        {say('enter.trial')}
      </h2>
      <p class="govuk-body">{say('enter.trial-what')}</p>
      {error !== undefined && <Problem error={error} />}
      {people.map(({ name }) => (
        <Button
          key={name}
          type="button"
          kind="secondary"
          busy={busy}
          onClick={() => void run(() => enterAs(name))}
        >
          {say('enter.trial-as', { name })}
        </Button>
      ))}
    </section>
  )
}
