// Opening a referral: the purpose first, then exactly what it permits, for five minutes at most. What came is in this
// component's state and on the screen, and nowhere else.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Released } from '../../../client/hub-client.ts'
import { HubError, HubUnreachable } from '../../../client/refusal.ts'
import type { Purpose } from '../../../schemas/consent.ts'
import { valueInWords } from '../../../texts/code-words.ts'
import { contentWords } from '../../../texts/console-case.ts'
import { clockTime } from '../../../texts/dates.ts'
import { categoryLabels, purposeLabels } from '../../../texts/labels.ts'
import { useReading, valuesOf } from '../doing.ts'
import { ErrorSummary, Radios, type Wrong } from '../fields.tsx'
import { Button, Facts, Loading, Notice, Problem } from '../parts.tsx'
import { label, language } from '../say.ts'
import { say } from './case-words.ts'
import { type Case, useCaseDoing } from './read-case.tsx'

const hideMs = 5 * 60_000

/**
 * A value as text, whatever is in it: no markup, and no direction that reaches beyond it. A code has its member's
 * words.
 */
const Value = ({ member, of }: { member: string; of: unknown }): ComponentChildren => {
  if (Array.isArray(of))
    return of.length === 0 ? (
      '–'
    ) : (
      <ul class="govuk-list">
        {of.map((one: unknown, place) => (
          <li key={place}>
            <Value member={member} of={one} />
          </li>
        ))}
      </ul>
    )
  if (typeof of === 'object' && of !== null) return <Members of={of} />
  return <bdi>{valueInWords(member, String(of), language.get())}</bdi>
}

const Members = ({ of }: { of: object }) => (
  <Facts
    rows={Object.entries(of).map(([name, value]) => [
      label(contentWords, name),
      <Value key={name} member={name} of={value} />,
    ])}
  />
)

/** What came, for what, and when by the hub's clock. */
type Opened = { released: Released; purpose: Purpose; at: Date }

/** Which purpose it was opened for, by whom, and until when it stays. */
const OpenedFor = ({ of, header, purpose, at }: Case & Omit<Opened, 'released'>) => {
  const { institution = header.recipient, post } = of.me ?? {}
  return (
    <>
      <h2 class="govuk-heading-m">
        {say('open.opened-for', { purpose: label(purposeLabels, purpose) })}
      </h2>
      <p class="govuk-body">
        {say('open.opened-by', {
          who: [institution, post].filter(Boolean).join(' · '),
          at: clockTime(at.toISOString()),
          until: clockTime(new Date(at.getTime() + hideMs).toISOString()),
        })}
      </p>
    </>
  )
}

const Shown = ({ released, hide }: { released: Released; hide: () => void }) => {
  useEffect(() => {
    const timer = setTimeout(hide, hideMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <>
      <Notice takesFocus>{say('open.shown')}</Notice>
      <div class="rh-content" translate={false}>
        {Object.entries(released.payload).map(([category, content]) => (
          <section key={category}>
            <h3 class="govuk-heading-s">{label(categoryLabels, category)}</h3>
            <Members of={content} />
          </section>
        ))}
      </div>
      {released.withheld.length > 0 && (
        <p class="govuk-body">
          {say('open.withheld', {
            categories: released.withheld.map(one => label(categoryLabels, one)).join(', '),
          })}
        </p>
      )}
      <Button type="button" kind="secondary" onClick={hide}>
        {say('open.hide')}
      </Button>
    </>
  )
}

/** Whether it may be recorded as opened all the same: the entry comes first, and what fails may fail after it. */
const mayBeOpened = (error: unknown): boolean =>
  error instanceof HubUnreachable || (error instanceof HubError && error.status >= 500)

const Unknown = ({ error }: { error: unknown }) => (
  <Notice>
    <p class="govuk-body">{say('open.unknown')}</p>
    {error instanceof HubError && error.instance !== undefined && (
      <p class="govuk-body-s rh-id">{say('app.request-id', { id: error.instance })}</p>
    )}
  </Notice>
)

/** The purposes for which the person permitted this institution something to see. */
const usePurposes = ({ of, header }: Case) =>
  useReading(async () => {
    const { purposes } = (await of.client.getConsent(header.consentId)).body
    return purposes
      .filter(({ recipient }) => recipient === header.recipient)
      .map(({ purpose }) => purpose)
  }, [of, header.consentId])

const Opening = (one: Case) => {
  const { reading, again } = usePurposes(one)
  const [wrongs, setWrongs] = useState<Wrong[]>([])
  const [opened, setOpened] = useState<Opened>()
  const [hidden, setHidden] = useState(false)
  const { busy, error, run } = useCaseDoing(one)
  // What was wrong before the case became another is wrong no longer.
  useEffect(() => setWrongs([]), [one.etag])
  if (opened)
    return (
      <section>
        <OpenedFor {...one} {...opened} />
        <Shown
          released={opened.released}
          hide={() => {
            setOpened(undefined)
            setHidden(true)
          }}
        />
      </section>
    )
  const send = (asked: string) => {
    one.begin()
    setWrongs(asked === '' ? [{ id: 'purpose', text: say('open.purpose-missing') }] : [])
    if (asked === '') return
    void run(async () => {
      const purpose = asked as Purpose
      const { client } = one.of
      // Once: each opening is its own disclosure, with its own entry.
      const { body: released } = await client.release(one.header.referralId, purpose)
      setOpened({ released, purpose, at: client.hubTime() })
      // It counts as opened now.
      one.again()
    })
  }
  return (
    <section>
      <h2 class="govuk-heading-m">{say('open.title')}</h2>
      {hidden && <Notice takesFocus="if-lost">{say('open.hidden')}</Notice>}
      <ErrorSummary wrongs={wrongs} />
      {mayBeOpened(error) ? (
        <Unknown error={error} />
      ) : (
        error !== undefined && <Problem error={error} />
      )}
      {reading.state === 'loading' && <Loading />}
      {reading.state === 'failed' && <Problem error={reading.error} again={again} />}
      {reading.state === 'there' && (
        <form noValidate onSubmit={event => send(valuesOf(event)('purpose'))}>
          <p class="govuk-body">{say('open.what')}</p>
          <Radios
            id="purpose"
            label={say('open.purpose')}
            wrong={wrongs[0]?.text}
            choices={reading.value.map(value => ({ value, label: label(purposeLabels, value) }))}
          />
          <Button busy={busy}>{say('open.do')}</Button>
        </form>
      )}
    </section>
  )
}

/** What was destroyed is not opened, and nothing is asked about it. */
export const Open = (one: Case) =>
  one.header.contentState === 'shredded' ? null : <Opening {...one} />
