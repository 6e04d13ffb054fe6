// Proposing a key, as a liaison: what somebody has sent is read, looked at, and sent on.
import { useState } from 'preact/hooks'
import type { SignedProposal } from '../../../client/institutions.ts'
import type { Role } from '../../../schemas/agreement.ts'
import { randomToken, thumbprint } from '../../../signatures/keys.ts'
import { useDoing, valuesOf } from '../doing.ts'
import { untilAnswered } from '../hub.ts'
import { Area, ErrorSummary, type Wrong } from '../fields.tsx'
import { Button, Facts, Heading, Link, Notice, Problem } from '../parts.tsx'
import { day } from '../say.ts'
import { say } from './liaison-words.ts'
import { session, type Session } from '../session.ts'
import { rolesOf } from './keys.tsx'
import { Letters } from './own-key.tsx'

type Read = { proposal: SignedProposal; keyid: string; roles: Role[]; post: string; until: string }

/** What somebody pasted, if it has the members of a proposal. Whether it is a good one, the hub says. */
const readProposal = async (text: string): Promise<Read | undefined> => {
  try {
    const { institution: _, ...proposal } = JSON.parse(text) as SignedProposal & {
      institution?: string
    }
    const keyid = await thumbprint(proposal.jwk)
    const roles = [...proposal.roles]
    if (roles.length === 0 || typeof proposal.proof !== 'string') return undefined
    if (Number.isNaN(Date.parse(proposal.validUntil))) return undefined
    return { proposal, keyid, roles, post: proposal.post ?? '–', until: day(proposal.validUntil) }
  } catch {
    return undefined
  }
}

const Check = ({ of, institution, read }: { of: Session; institution: string; read: Read }) => {
  const [done, setDone] = useState(false)
  const [idempotencyKey] = useState(() => randomToken(16))
  const { busy, error, run } = useDoing()
  const send = () =>
    run(async () => {
      await untilAnswered(
        () => of.client.proposeKey(institution, read.proposal, idempotencyKey),
        () => session.get() === of,
      )
      setDone(true)
    })
  return (
    <>
      <Heading>{say(done ? 'keys.propose' : 'keys.check-title')}</Heading>
      {done && <Notice kind="done">{say('keys.proposed')}</Notice>}
      {error !== undefined && <Problem error={error} />}
      <Letters keyid={read.keyid} />
      <Facts
        rows={[
          [say('keys.roles'), rolesOf(read)],
          [say('keys.post'), read.post],
          [say('keys.until'), read.until],
        ]}
      />
      {done ? (
        <Link to="llaves">{say('keys.title', { institution })}</Link>
      ) : (
        <Button type="button" busy={busy} onClick={() => void send()}>
          {say('keys.propose-send')}
        </Button>
      )}
    </>
  )
}

export const ProposeKey = ({ of, institution }: { of: Session; institution: string }) => {
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const [read, setRead] = useState<Read>()
  if (read) return <Check of={of} institution={institution} read={read} />
  const look = async (text: string) => {
    const found = await readProposal(text)
    setRead(found)
    setWrongs(found ? [] : [{ id: 'pasted', text: say('keys.proposal-wrong') }])
  }
  return (
    <form autocomplete="off" noValidate onSubmit={event => void look(valuesOf(event)('pasted'))}>
      <Link to="llaves" class="govuk-back-link">
        {say('app.back')}
      </Link>
      <ErrorSummary wrongs={wrongs} />
      <Heading>{say('keys.propose')}</Heading>
      <Area
        id="pasted"
        label={say('keys.proposal')}
        hint={say('keys.propose-what')}
        wrong={wrongs[0]?.text}
      />
      <Button>{say('keys.proposal-look')}</Button>
    </form>
  )
}
