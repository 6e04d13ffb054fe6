// Where the form begins: what it needs, where what is written lies, and to whom one refers.
import { useState } from 'preact/hooks'
import type { Instant } from '../../../schemas/ids.ts'
import type { Me } from '../../../schemas/institution.ts'
import { gate } from '../../../events/agreement.ts'
import { useReading, valuesOf } from '../doing.ts'
import { ErrorSummary, Radios, type Wrong } from '../fields.tsx'
import { Button, Heading, Link, Loading, Notice, Problem } from '../parts.tsx'
import { go } from '../route.ts'
import type { Session } from '../session.ts'
import { type About, termsOf } from './answers.ts'
import { nextStep } from './check.ts'
import { beginDraft, draftOf, dropDraft } from './draft.ts'
import { pathOf, reviewStep } from './step.tsx'
import { say } from './words.ts'

/** To whom this institution may refer today, and under which agreement. */
const flowsOf = async ({ client }: Session, { institution }: Me): Promise<About[]> => {
  const { items } = (await client.listAgreements({ limit: 200 })).body
  const now = client.hubTime().toISOString() as Instant
  return items
    .flatMap(agreement =>
      agreement.flows
        .filter(({ referrer }) => referrer === institution)
        .map(({ referrer, recipient }) => ({ agreement, referrer, recipient, now })),
    )
    .filter(about => gate(termsOf(about), now).submit === undefined)
}

const Begin = ({ of, flows }: { of: Session; flows: readonly About[] }) => {
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const only = flows.length === 1 ? flows[0] : undefined
  const begin = (chosen: About | undefined) => {
    setWrongs(chosen ? [] : [{ id: 'to', text: say('need.choose') }])
    if (!chosen) return
    go(pathOf(nextStep(new Set(), {}, beginDraft(of, chosen).about) ?? reviewStep))
  }
  return (
    <form
      noValidate
      onSubmit={event => {
        const value = valuesOf(event)('to')
        begin(only ?? flows[value === '' ? -1 : Number(value)])
      }}
    >
      <ErrorSummary wrongs={wrongs} />
      {only ? (
        <p class="govuk-body">
          {say('refer.to-one', { recipient: only.recipient, title: only.agreement.title })}
        </p>
      ) : (
        <Radios
          id="to"
          label={say('refer.to')}
          wrong={wrongs[0]?.text}
          choices={flows.map(({ agreement, recipient }, place) => ({
            value: String(place),
            label: recipient,
            hint: agreement.title,
          }))}
        />
      )}
      <Button>{say('refer.begin')}</Button>
    </form>
  )
}

const GoOn = ({ of, discard }: { of: Session; discard: () => void }) => {
  const draft = draftOf(of)
  if (!draft) return null
  const next = nextStep(draft.done, draft.answers, draft.about) ?? reviewStep
  return (
    <>
      <p class="govuk-body">
        <Link to={pathOf(next)}>{say('refer.go-on')}</Link>
      </p>
      <Button type="button" kind="warning" onClick={discard}>
        {say('refer.discard')}
      </Button>
    </>
  )
}

/** `lost`: one came for a page of a form that is not there any more. */
export const Start = ({ of, me, lost }: { of: Session; me: Me; lost: boolean }) => {
  const [, setDiscarded] = useState(0)
  const { reading, again } = useReading(() => flowsOf(of, me), [of])
  const begun = draftOf(of) !== undefined
  return (
    <>
      <Heading>{say('refer.nav')}</Heading>
      {lost && <Notice>{say('refer.lost')}</Notice>}
      <p class="govuk-body">{say('refer.what')}</p>
      <p class="govuk-body">{say('refer.memory')}</p>
      {begun && (
        <GoOn
          of={of}
          discard={() => {
            dropDraft(of)
            setDiscarded(n => n + 1)
          }}
        />
      )}
      {!begun && reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {!begun &&
        reading.state === 'there' &&
        (reading.value.length === 0 ? (
          <Notice>{say('refer.no-agreement')}</Notice>
        ) : (
          <Begin of={of} flows={reading.value} />
        ))}
    </>
  )
}
